"""Feeds that are looked at again and again, and which of their entries were seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.errors import Conflict, NotFound
from app.store.batches import batches
from app.store.checks import LARGEST_NUMBER
from app.store.intake_schema import feed_entries, feeds
from app.store.jobs import now

LONGEST_WAIT = dt.timedelta(days=1)
"""Between two looks at a feed that fails."""

KEPT = dt.timedelta(days=90)
"""For which an entry is remembered that the feed does not have any more."""


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed as a person sees it: looked at *every* so many minutes, next when it is *due*.

    ``checked`` is when it was last looked at, ``error`` why that failed; ``entries`` counts those seen so far.
    """

    id: int
    url: str
    title: str
    added: dt.datetime
    every: int
    due: dt.datetime
    checked: dt.datetime | None
    error: str | None
    entries: int


@dataclass(frozen=True, slots=True)
class Validators:
    """By which a site can say that a feed is as it was."""

    etag: str | None = None
    modified: str | None = None


def add_feed(conn: Connection, url: str, title: str, every: int, validators: Validators) -> int:
    """Keep a feed that was just looked at; its row id.

    Raises:
        Conflict: it is there already.
    """
    moment = now()
    values = {"url": url, "title": title, "added": moment, "every": every, "checked": moment}
    known = {"etag": validators.etag, "modified": validators.modified}
    due = moment + dt.timedelta(minutes=every)
    try:
        with conn.begin_nested():
            made = insert(feeds).values(**values, **known, due=due).returning(feeds.c.id)
            return int(conn.execute(made).scalar_one())
    except IntegrityError as error:
        raise Conflict("This feed is looked at already.") from error


def list_feeds(conn: Connection) -> tuple[FeedRow, ...]:
    """All feeds, in the order in which they were added."""
    return tuple(FeedRow(*row) for row in conn.execute(_rows().order_by(feeds.c.id)))


def feed_by_id(conn: Connection, feed_id: int) -> FeedRow:
    """The feed of this row id.

    Raises:
        NotFound: there is none.
    """
    possible = 0 < feed_id <= LARGEST_NUMBER
    row = conn.execute(_rows().where(feeds.c.id == feed_id)).one_or_none() if possible else None
    if row is None:
        raise NotFound(f"There is no feed {feed_id}.")
    return FeedRow(*row)


def validators_of(conn: Connection, feed_id: int) -> Validators:
    """What the site said of the feed when it last came."""
    row = conn.execute(select(feeds.c.etag, feeds.c.modified).where(feeds.c.id == feed_id)).one_or_none()
    return Validators(*row) if row else Validators()


def due_feeds(conn: Connection) -> list[int]:
    """The row ids of the feeds that are to be looked at now, the longest due first."""
    return list(conn.scalars(select(feeds.c.id).where(feeds.c.due <= now()).order_by(feeds.c.due, feeds.c.id)))


def remove_feed(conn: Connection, feed_id: int) -> None:
    """Look at a feed no more; what came from it stays.

    Raises:
        NotFound: there is none.
    """
    conn.execute(delete(feeds).where(feeds.c.id == feed_by_id(conn, feed_id).id))


def take_new(conn: Connection, feed_id: int, keys: Iterable[str]) -> set[str]:
    """Remember the entries *keys* as seen; those of them that are new.

    What the feed has not had for long is forgotten.
    """
    given = list(dict.fromkeys(keys))
    known: set[str] = set()
    for some in batches(given):
        found = select(feed_entries.c.key).where(feed_entries.c.feed_id == feed_id, feed_entries.c.key.in_(some))
        known |= set(conn.scalars(found))
    new = [key for key in given if key not in known]
    moment = now()
    if new:
        conn.execute(insert(feed_entries), [{"feed_id": feed_id, "key": key, "seen": moment} for key in new])
    _forget(conn, feed_id, given, moment - KEPT)
    return set(new)


def polled(conn: Connection, feed_id: int, validators: Validators, title: str | None = None) -> None:
    """Say that a feed was looked at and is well."""
    moment = now()
    values: dict[str, Any] = {"checked": moment, "error": None}
    values |= {"etag": validators.etag, "modified": validators.modified}
    if title:
        values["title"] = title
    every = conn.scalar(select(feeds.c.every).where(feeds.c.id == feed_id)) or 0
    due = moment + dt.timedelta(minutes=every)
    conn.execute(update(feeds).where(feeds.c.id == feed_id).values(**values, due=due))


def failed(conn: Connection, feed_id: int, error: str) -> None:
    """Say why a feed could not be read: it is tried again after twice the time, up to a day."""
    found = select(feeds.c.every, feeds.c.due, feeds.c.checked, feeds.c.error).where(feeds.c.id == feed_id)
    row = conn.execute(found).one_or_none()
    if row is None:
        return
    waited = row.due - row.checked if row.error and row.checked else dt.timedelta(minutes=row.every)
    moment = now()
    due = moment + min(max(2 * waited, dt.timedelta(minutes=row.every)), LONGEST_WAIT)
    conn.execute(update(feeds).where(feeds.c.id == feed_id).values(checked=moment, error=error, due=due))


def _rows() -> Select[Any]:
    entries = select(func.count()).where(feed_entries.c.feed_id == feeds.c.id).scalar_subquery()
    names = ("id", "url", "title", "added", "every", "due", "checked", "error")
    return select(*(feeds.c[name] for name in names), entries)


def _forget(conn: Connection, feed_id: int, there: Iterable[str], before: dt.datetime) -> None:
    still = set(there)
    old = select(feed_entries.c.key).where(feed_entries.c.feed_id == feed_id, feed_entries.c.seen < before)
    gone = [key for key in conn.scalars(old) if key not in still]
    for some in batches(gone):
        conn.execute(delete(feed_entries).where(feed_entries.c.feed_id == feed_id, feed_entries.c.key.in_(some)))
