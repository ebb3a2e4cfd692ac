"""Corrections as they are kept: who said what of which quote, when, and whether it still holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from app.domain import Action, Anchor
from app.errors import Conflict, NotFound
from app.store import meta
from app.store.checks import LARGEST_NUMBER, check_limit
from app.store.correction_schema import corrections, former_quotes
from app.store.jobs import now
from app.store.rows import Page
from app.store.schema import articles, quotes

COUNTER = "corrections"
"""In the table ``meta``: the highest number that was ever given, so that none is given twice."""

_MOST_MOVES = 100


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person said, and what became of it.

    Attributes:
        number: later ones have higher numbers, and win.
        article_slug: of the article; ``None`` for what is of the whole library.
        quote_id: the address that the quote had then; :func:`current_id` says which it has now.
        value: what was said, by action: ``speaker`` ``{"speaker": {"slug", "name", "kind"} | None, "scope",
            "machine"}``, ``topics`` ``{"topics": […]}``, ``kind`` ``{"kind"}``, ``edges`` ``{"to": anchor}``,
            ``add`` ``{"kind", "speaker", "topics": […] | None}``, ``merge`` ``{"speaker": {…}, "into": {…}}``.
        anchor: the words of the quote, before its edges were moved.
        undone: when it was taken back, if it was, by *undone_by*.
        placed: whether its words stand in the text of its article.
    """

    number: int
    article_slug: str | None
    quote_id: str | None
    action: Action
    value: Mapping[str, Any]
    anchor: Anchor | None
    by: str
    at: dt.datetime
    undone: dt.datetime | None
    undone_by: str | None
    placed: bool
    note: str

    @property
    def in_force(self) -> bool:
        """Whether it was not taken back."""
        return self.undone is None


class Disagreement(Conflict):
    """Somebody else corrected the same thing first; *other* is what they said."""

    def __init__(self, message: str, other: Correction) -> None:
        super().__init__(message)
        self.other = other


def latest(conn: Connection) -> int:
    """The highest number of a correction, 0 before any: what a person who looks now has seen."""
    return int(meta.get(conn, COUNTER) or 0)


def correction(conn: Connection, number: int) -> Correction:
    """The correction *number*.

    Raises:
        NotFound: there is none.
    """
    possible = 0 < number <= LARGEST_NUMBER
    row = conn.execute(_rows().where(corrections.c.number == number)).one_or_none() if possible else None
    if row is None:
        raise NotFound(f"There is no correction {number}.")
    return correction_of(row)


def history(
    conn: Connection,
    *,
    quote_id: str | None = None,
    article: str | None = None,
    limit: int = 20,
    after: str | None = None,
) -> Page[Correction]:
    """Corrections, the last first: of a quote, of an article, or all. *after* is the ``next`` of the page before.

    Those of a quote are all that were ever made of it, under whichever address.

    Raises:
        NotFound: there is no such quote or article, or *after* is no number.
        StoreError: *limit* is below 1.
    """
    check_limit(limit)
    conditions = []
    if article is not None:
        conditions.append(corrections.c.article_id == _article_id(conn, article))
    if quote_id is not None:
        conditions.append(corrections.c.quote_uid.in_(_addresses(conn, quote_id)))
    total = conn.scalar(select(func.count()).select_from(corrections).where(*conditions)) or 0
    if after is not None:
        if not after.isdecimal() or len(after) > 9:
            raise NotFound(f"There is no correction “{after}”.")
        conditions.append(corrections.c.number < int(after))
    rows = conn.execute(_rows().where(*conditions).order_by(corrections.c.number.desc()).limit(limit + 1)).all()
    following = str(rows[limit - 1].number) if len(rows) > limit else None
    return Page(total, tuple(map(correction_of, rows[:limit])), following)


def current_id(conn: Connection, quote_id: str) -> str:
    """The address that the quote has now whose address is or was *quote_id*.

    Raises:
        NotFound: no quote has or had it, or the quote is rejected.
    """
    sought, seen = quote_id, set[str]()
    while sought not in seen and len(seen) < _MOST_MOVES:
        if conn.scalar(select(quotes.c.uid).where(quotes.c.uid == sought)) is not None:
            return sought
        seen.add(sought)
        sought = conn.scalar(select(former_quotes.c.now).where(former_quotes.c.uid == sought)) or sought
    raise NotFound(f"There is no quote “{quote_id}”.")


def put_correction(conn: Connection, values: Mapping[str, Any]) -> int:
    """Keep a correction, in a transaction that holds the lock; its number."""
    number = latest(conn) + 1
    meta.put(conn, COUNTER, str(number))
    conn.execute(insert(corrections).values(number=number, made=now(), placed=True, **values))
    return number


def correction_of(row: Any) -> Correction:
    """The correction in a row of :data:`app.store.correction_schema.corrections` with the ``slug`` of its article."""
    return Correction(
        number=row.number,
        article_slug=row.slug,
        quote_id=row.quote_uid,
        action=Action(row.action),
        value=row.value,
        anchor=anchor_of(row.anchor),
        by=row.made_by,
        at=row.made,
        undone=row.undone,
        undone_by=row.undone_by,
        placed=row.placed,
        note=row.note,
    )


def anchor_of(kept: Mapping[str, Any] | None) -> Anchor | None:
    """The anchor that :func:`kept_anchor` packed."""
    return None if kept is None else Anchor(**kept)


def kept_anchor(anchor: Anchor) -> dict[str, Any]:
    """*anchor* as it is kept."""
    return asdict(anchor)


def _rows() -> Select[Any]:
    return select(corrections, articles.c.slug).outerjoin(articles, articles.c.id == corrections.c.article_id)


def _article_id(conn: Connection, slug: str) -> int:
    found: int | None = conn.scalar(select(articles.c.id).where(articles.c.slug == slug))
    if found is None:
        raise NotFound(f"There is no article “{slug}”.")
    return found


def _addresses(conn: Connection, quote_id: str) -> set[str]:
    """All addresses that the quote has or had which has or had this one."""
    known, new = set[str](), {quote_id}
    while new:
        known |= new
        near = former_quotes.c.uid.in_(new) | former_quotes.c.now.in_(new)
        pairs = conn.execute(select(former_quotes.c.uid, former_quotes.c.now).where(near)).all()
        new = {uid for pair in pairs for uid in pair} - known
    return known
