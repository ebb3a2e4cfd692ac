"""What the tables of counts must hold, as statements: the cells from the quotes, the others from the cells."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, Table, case, func, literal, select, union_all

from app.store.count_schema import ALL, NOBODY, count_articles, count_cells, count_speakers, count_topics
from app.store.schema import articles, attributions, quote_topics, quotes

KINDS = ("direct", "mixed", "indirect")


def cells_of(ids: BindParameter[int] | None = None) -> Any:
    """The rows of ``count_cells`` by the quotes, of the articles in *ids* or of all."""
    speaker = func.coalesce(attributions.c.speaker_id, NOBODY).label("speaker_id")
    joined = quotes.join(attributions, attributions.c.id == quotes.c.attribution_id)
    tagged = joined.join(quote_topics, quote_topics.c.quote_id == quotes.c.id)
    numbers = [_sum(case((quotes.c.kind == kind, 1), else_=0), kind) for kind in KINDS]
    each = select(quote_topics.c.topic_id, speaker, quotes.c.article_id, *numbers).select_from(tagged)
    every = select(literal(ALL).label("topic_id"), speaker, quotes.c.article_id, *numbers).select_from(joined)
    if ids is not None:
        each, every = (one.where(quotes.c.article_id.in_(ids)) for one in (each, every))
    return union_all(
        each.group_by(quote_topics.c.topic_id, speaker, quotes.c.article_id),
        every.group_by(speaker, quotes.c.article_id),
    )


def _articles() -> Any:
    cells = count_cells.c
    counted = select(cells.topic_id, cells.article_id, *_sums(cells)).group_by(cells.topic_id, cells.article_id)
    some = select(cells.article_id).where(cells.topic_id == ALL)
    none = [literal(0).label(kind) for kind in KINDS]
    without = select(literal(ALL).label("topic_id"), articles.c.id, *none)
    return union_all(counted, without.where(articles.c.deleted.is_(None), articles.c.id.not_in(some)))


def _speakers() -> Select[Any]:
    cells = count_cells.c
    marked = _sum(cells.direct + cells.mixed, "quotes")
    return select(cells.topic_id, cells.speaker_id, *_sums(cells), marked).group_by(cells.topic_id, cells.speaker_id)


def _topics() -> Select[Any]:
    speaker, article = count_speakers.c, count_articles.c
    have = [_sum(case((speaker[kind] > 0, 1), else_=0), f"{kind}_speakers") for kind in KINDS]
    number = func.count().label("speakers")
    speaking = select(speaker.topic_id, number, *have).group_by(speaker.topic_id).subquery()
    counted = select(article.topic_id, func.count().label("articles"), *_sums(article)).group_by(article.topic_id)
    found = counted.subquery()
    names = ("speakers", *(f"{kind}_speakers" for kind in KINDS))
    rest = [func.coalesce(speaking.c[name], 0).label(name) for name in names]
    return select(found, *rest).outerjoin(speaking, speaking.c.topic_id == found.c.topic_id)


def _sum(what: ColumnElement[Any], name: str) -> ColumnElement[int]:
    return func.sum(what).label(name)


def _sums(columns: Any) -> list[ColumnElement[int]]:
    return [_sum(columns[kind], kind) for kind in KINDS]


SUMS: tuple[tuple[Table, Any], ...] = (
    (count_cells, cells_of()),
    (count_articles, _articles()),
    (count_speakers, _speakers()),
    (count_topics, _topics()),
)
"""Each table with all of its rows, in an order in which each finds those that it sums."""
