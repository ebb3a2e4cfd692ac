"""Corrections as they are listed: by article, by person, in force, undone, or no longer to be placed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, func, select

from app.errors import NotFound
from app.store.checks import check_limit
from app.store.correction_schema import corrections
from app.store.corrections import Correction, correction_of
from app.store.rows import Page
from app.store.schema import articles

MOST_PEOPLE = 50


class State(StrEnum):
    """What became of a correction."""

    IN_FORCE = "in-force"
    UNDONE = "undone"
    UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which corrections are listed; ``None`` is all."""

    article: str | None = None
    by: str | None = None
    state: State | None = None

    def where(self) -> list[ColumnElement[bool]]:
        """The conditions on the table of corrections, joined with that of articles."""
        found: list[ColumnElement[bool]] = []
        if self.article is not None:
            found.append(articles.c.slug == self.article)
        if self.by is not None:
            found.append(corrections.c.made_by == self.by)
        if self.state is State.UNDONE:
            found.append(corrections.c.undone.is_not(None))
        elif self.state is not None:
            found += [corrections.c.undone.is_(None), corrections.c.placed.is_(self.state is State.IN_FORCE)]
        return found


def list_corrections(
    conn: Connection, wanted: Wanted, *, limit: int = 20, after: str | None = None
) -> Page[Correction]:
    """The corrections that are *wanted*, the last first; *after* is the ``next`` of the page before.

    Raises:
        NotFound: *after* is no number.
        StoreError: *limit* is below 1.
    """
    check_limit(limit)
    conditions = wanted.where()
    joined = corrections.outerjoin(articles, articles.c.id == corrections.c.article_id)
    total = conn.scalar(select(func.count()).select_from(joined).where(*conditions)) or 0
    if after is not None:
        if not (after.isascii() and after.isdecimal()) or len(after) > 9:
            raise NotFound(f"There is no correction “{after[:40]}”.")
        conditions.append(corrections.c.number < int(after))
    page = select(corrections, articles.c.slug).select_from(joined).where(*conditions)
    rows = conn.execute(page.order_by(corrections.c.number.desc()).limit(limit + 1)).all()
    following = str(rows[limit - 1].number) if len(rows) > limit else None
    return Page(total, tuple(map(correction_of, rows[:limit])), following)


def correctors(conn: Connection) -> tuple[tuple[str, int], ...]:
    """Who has corrected something, and how often, those first who did most."""
    number = func.count()
    rows = conn.execute(
        select(corrections.c.made_by, number)
        .group_by(corrections.c.made_by)
        .order_by(number.desc(), corrections.c.made_by)
        .limit(MOST_PEOPLE)
    )
    return tuple((row[0], row[1]) for row in rows)
