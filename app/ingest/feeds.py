"""Feeds: looked at, and what is new in them queued, each entry once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Connection, Engine

from app.errors import AppError, IngestError
from app.ingest.given import pack_given
from app.store import feeds as store
from app.store import meta
from app.store.feeds import FeedRow, Validators, due_feeds, feed_by_id, validators_of
from app.store.job_rows import JobKind, NewJob, Priority
from app.store.jobs import add_jobs
from app.text.fetch import Fetched, check_url, fetch
from app.text.given import Given

if TYPE_CHECKING:
    from app.text.feeds import Feed, FeedEntry

ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
LATEST = 10


class Fetch(Protocol):
    """What brings a page; a test hands in one that needs no network."""

    def __call__(
        self, url: str, *, etag: str | None = None, modified: str | None = None, accept: str = ACCEPT
    ) -> Fetched:
        """What is at *url*, unless it is as it was."""
        ...


@dataclass(frozen=True, slots=True)
class Polled:
    """What a look at a feed brought: how many entries were queued, or why it failed."""

    queued: int
    error: str | None = None


Poll = Callable[[Engine, int], Polled]


def add_feed(engine: Engine, url: str, *, every: int = 30, latest: int = LATEST, fetch: Fetch = fetch) -> FeedRow:
    """Look at the feed at *url* from now on; its newest entries are queued, older ones count as seen.

    Args:
        engine: a library that may be written.
        url: of a feed, or of a page that names one.
        every: minutes between two looks.
        latest: how many entries are queued now.
        fetch: brings the feed.

    Raises:
        IngestError: nothing there is a feed; the message names those that the page leads to.
        Conflict: the feed is looked at already.
        StoreError: the library cannot be written.
    """
    address, found, feed = _discovered(check_url(url), fetch)
    with engine.begin() as conn:
        meta.lock(conn)
        feed_id = store.add_feed(conn, address, feed.title or address, every, Validators(found.etag, found.modified))
        store.take_new(conn, feed_id, (entry.key for entry in feed.entries))
        _queue(conn, feed.entries[:latest])
        return feed_by_id(conn, feed_id)


def poll_feed(engine: Engine, feed_id: int, *, fetch: Fetch = fetch) -> Polled:
    """Look at a feed now, and queue what is new in it: with the memory of having seen it, or neither.

    Raises:
        NotFound: there is no such feed.
        StoreError: the library cannot be written.
    """
    with engine.connect() as conn:
        row, known = feed_by_id(conn, feed_id), validators_of(conn, feed_id)
    try:
        found = fetch(row.url, etag=known.etag, modified=known.modified, accept=ACCEPT)
        feed = None if found.not_modified else _read(found)
    except IngestError as error:
        return poll_failed(engine, feed_id, str(error))
    with engine.begin() as conn:
        meta.lock(conn)
        feed_by_id(conn, feed_id)
        store.polled(conn, feed_id, Validators(found.etag, found.modified), feed.title if feed else None)
        if feed is None:
            return Polled(0)
        new = store.take_new(conn, feed_id, (entry.key for entry in feed.entries))
        return Polled(_queue(conn, [entry for entry in feed.entries if entry.key in new]))


def poll_failed(engine: Engine, feed_id: int, error: str) -> Polled:
    """Say why a feed could not be read."""
    with engine.begin() as conn:
        meta.lock(conn)
        store.failed(conn, feed_id, error)
    return Polled(0, error)


def poll_due(engine: Engine, *, poll: Poll = poll_feed) -> Iterator[tuple[int, Polled]]:
    """Look at each feed that is due; one that fails does not keep the others."""
    with engine.connect() as conn:
        due = due_feeds(conn)
    for feed_id in due:
        try:
            yield feed_id, poll(engine, feed_id)
        except AppError as error:  # removed meanwhile, or the library is busy: the next round sees
            yield feed_id, Polled(0, str(error))


def _discovered(url: str, fetch: Fetch) -> tuple[str, Fetched, Feed]:
    """The feed at *url*, or the only one that the page there names."""
    from app.text.feeds import NoFeedError  # noqa: PLC0415 - only who adds a feed needs it

    found = fetch(url, accept=f"{ACCEPT}, text/html")
    try:
        return url, found, _read(found)
    except NoFeedError as error:
        if len(error.feeds) != 1:
            raise
        address = check_url(error.feeds[0])
    found = fetch(address, accept=ACCEPT)
    return address, found, _read(found)


def _read(found: Fetched) -> Feed:
    from app.text.feeds import read_feed  # noqa: PLC0415 - a parser of XML, which a server is not to load

    return read_feed(found.data, found.url, media_type=found.media_type)


def _queue(conn: Connection, entries: Sequence[FeedEntry]) -> int:
    """Queue the pages of *entries*, as far as they have one that can be fetched; how many."""
    queued = list(_jobs(entries))
    if queued:
        add_jobs(conn, queued)
    return len(queued)


def _jobs(entries: Iterable[FeedEntry]) -> Iterator[NewJob]:
    for entry in entries:
        try:
            url = check_url(entry.url)
        except IngestError:
            continue
        given = pack_given(Given(title=entry.title, date=entry.date))
        yield NewJob(JobKind.URL, entry.title or url, url, given, priority=Priority.BULK)
