"""Where the counts under a filter stand: the table that has them by speaker, by article, by both or by neither."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, case, false, func, literal, select

from app.domain import AttributionKind
from app.store.count_schema import ALL, NOBODY, count_articles, count_cells, count_speakers, count_topics
from app.store.filters import UNNAMED, AttributionFilter
from app.store.schema import articles, speakers

KINDS = tuple(kind.value for kind in AttributionKind)


@dataclass(frozen=True)
class Counted:
    """A table of counts under a filter: a row for each of what it is asked by.

    Attributes:
        table: the smallest one that knows the filter's speaker and article, and what is asked by.
        where: the conditions of the filter but for the topic; a kind leaves rows that have some of it.
        direct, mixed, indirect: the numbers, 0 for a kind that the filter leaves out.
    """

    table: Table
    where: tuple[ColumnElement[bool], ...]
    direct: ColumnElement[int]
    mixed: ColumnElement[int]
    indirect: ColumnElement[int]

    @property
    def number(self) -> ColumnElement[int]:
        """All quotes."""
        return self.direct + self.mixed + self.indirect


def counted(chosen: AttributionFilter, *, by_speaker: bool = False, by_article: bool = False) -> Counted:
    """Where the counts under *chosen* stand, in rows by topic and, if asked, by speaker and by article."""
    of_speaker, of_article = by_speaker or chosen.speaker is not None, by_article or chosen.article is not None
    if of_speaker:
        table = count_cells if of_article else count_speakers
    else:
        table = count_articles if of_article else count_topics
    where: list[ColumnElement[bool]] = []
    if chosen.speaker is not None:
        where.append(table.c.speaker_id == _speaker(chosen.speaker))
    if chosen.article is not None:
        where.append(
            table.c.article_id == select(articles.c.id).where(articles.c.slug == chosen.article).scalar_subquery()
        )
    if chosen.kind is not None:
        where.append(table.c[chosen.kind] > 0 if chosen.kind in KINDS else false())
    numbers = [table.c[kind] if chosen.kind in (None, kind) else literal(0) for kind in KINDS]
    return Counted(table, tuple(where), *numbers)


def of_topic(table: Table, topic: str | None) -> ColumnElement[bool]:
    """The rows of one topic, or of the whole library."""
    return false() if topic == ALL else table.c.topic_id == (ALL if topic is None else topic)


def total(conn: Connection, chosen: AttributionFilter) -> int:
    """How many quotes *chosen* lets through."""
    found = counted(chosen)
    return conn.scalar(select(found.number).where(of_topic(found.table, chosen.topic), *found.where)) or 0


def newest_with(chosen: AttributionFilter, quotes: int, until: int | None) -> Select[Any]:
    """The ids of as many articles, newest first, as it takes to have so many *quotes* that *chosen* lets through.

    From the article *until* on, if one is given; of that one it is unknown how many quotes are still to come.
    """
    found = counted(chosen, by_article=True)
    table = found.table.c
    number = found.number if until is None else case((table.article_id == until, 0), else_=found.number)
    some = select(table.article_id, number.label("number")).where(of_topic(found.table, chosen.topic), *found.where)
    some = some.where(found.number > 0)  # of an article without quotes the counts of the whole library say so
    if until is not None:
        some = some.where(table.article_id <= until)
    near = some.order_by(table.article_id.desc()).limit(quotes + 1).subquery()
    before = func.sum(near.c.number).over(order_by=near.c.article_id.desc()) - near.c.number
    summed = select(near.c.article_id, before.label("before")).subquery()
    return select(summed.c.article_id).where(summed.c.before < quotes)


def _speaker(slug: str) -> Any:
    if slug == UNNAMED:
        return NOBODY
    return select(speakers.c.id).where(speakers.c.slug == slug).scalar_subquery()
