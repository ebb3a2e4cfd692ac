"""Articles as it takes to judge their topics anew, with the topics and the evidence that they have now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select, union

from app.domain import TextSpan
from app.store.batches import batches
from app.store.details import EvidenceRow
from app.store.schema import (
    articles,
    attribution_topics,
    attributions,
    evidence,
    paragraph_topics,
    paragraphs,
    quote_topics,
    quotes,
    readings,
)

Key = int | tuple[int, int]
"""The row of a quote or an attribution; for a paragraph, its article and its place in it."""


@dataclass(frozen=True, slots=True)
class PackedArticle:
    """The text of an article with its tokens and readings as packed; both are ``None`` where none were stored."""

    id: int
    text: str
    tokens: str | None
    readings: str | None


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """As much of a quote as it takes to judge it."""

    id: int
    uid: str
    attribution: int
    span: TextSpan


@dataclass(slots=True)
class Tags:
    """Topics in order by their owner, and evidence in order by quote and by attribution; the keys are the owners."""

    quotes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    attributions: dict[int, tuple[str, ...]] = field(default_factory=dict)
    paragraphs: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    quote_evidence: dict[int, tuple[EvidenceRow, ...]] = field(default_factory=dict)
    attribution_evidence: dict[int, tuple[EvidenceRow, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Tagged:
    """What some articles hold, quotes and paragraphs in the order of the texts, and how it is tagged now."""

    quotes: dict[int, list[StoredQuote]] = field(default_factory=lambda: defaultdict(list))
    paragraphs: dict[int, list[tuple[int, TextSpan]]] = field(default_factory=lambda: defaultdict(list))
    attributions: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    tags: Tags = field(default_factory=Tags)


def packed_articles(conn: Connection, size: int) -> Iterator[list[PackedArticle]]:
    """Every article, the oldest first, *size* at a time."""
    last = 0
    statement = select(articles.c.id, articles.c.text, readings.c.tokens, readings.c.quotes).outerjoin(
        readings, readings.c.article_id == articles.c.id
    )
    while rows := conn.execute(statement.where(articles.c.id > last).order_by(articles.c.id).limit(size)).all():
        yield [PackedArticle(*row) for row in rows]
        last = rows[-1].id


def articles_about(conn: Connection, topics: Collection[str]) -> set[int]:
    """The articles in which anything hangs on one of *topics*."""
    if not topics:
        return set()
    of_quotes = select(quotes.c.article_id).join(quote_topics).where(quote_topics.c.topic_id.in_(topics))
    of_attributions = select(attributions.c.article_id).join(attribution_topics)
    why = select(attributions.c.article_id).join(evidence, evidence.c.attribution_id == attributions.c.id)
    of_paragraphs = select(paragraph_topics.c.article_id).where(paragraph_topics.c.topic_id.in_(topics))
    every = union(
        of_quotes,
        of_attributions.where(attribution_topics.c.topic_id.in_(topics)),
        why.where(evidence.c.topic_id.in_(topics)),
        of_paragraphs,
    )
    return set(conn.scalars(every))


def quotes_about(conn: Connection, topics: Collection[str]) -> int:
    """How many quotes have one of *topics* at least."""
    having = select(func.count(quote_topics.c.quote_id.distinct())).where(quote_topics.c.topic_id.in_(topics))
    return conn.scalar(having) or 0


def read_tagged(conn: Connection, ids: Sequence[int]) -> Tagged:
    """The quotes, attributions and paragraphs of the articles *ids* and their tags."""
    found = Tagged()
    for some in batches(ids):
        _read_owners(conn, some, found)
        _read_topics(conn, some, found.tags)
        _read_evidence(conn, some, found.tags)
    return found


def _read_owners(conn: Connection, ids: list[int], found: Tagged) -> None:
    columns = (quotes.c.id, quotes.c.uid, quotes.c.attribution_id, quotes.c.article_id, quotes.c.start, quotes.c.end)
    for key, uid, owner, article, start, end in conn.execute(
        _of(select(*columns), quotes, ids).order_by(quotes.c.id)
    ).all():
        found.quotes[article].append(StoredQuote(key, uid, owner, TextSpan(start, end)))
    said = _of(select(attributions.c.id, attributions.c.article_id), attributions, ids).order_by(attributions.c.id)
    for key, article in conn.execute(said).all():
        found.attributions[article].append(key)
    places = (paragraphs.c.article_id, paragraphs.c.position, paragraphs.c.start, paragraphs.c.end)
    for article, place, start, end in conn.execute(_of(select(*places), paragraphs, ids).order_by(*places[:2])).all():
        found.paragraphs[article].append((place, TextSpan(start, end)))


def _read_topics(conn: Connection, ids: list[int], tags: Tags) -> None:
    of_quotes = select(quote_topics.c.quote_id, quote_topics.c.topic_id).join(quotes)
    tags.quotes |= _grouped(conn.execute(_of(of_quotes, quotes, ids).order_by(quote_topics.c.position)).all())
    said = select(attribution_topics.c.attribution_id, attribution_topics.c.topic_id).join(attributions)
    said = _of(said, attributions, ids).order_by(attribution_topics.c.position)
    tags.attributions |= _grouped(conn.execute(said).all())
    table = paragraph_topics.c
    places = _of(select(table.article_id, table.paragraph, table.topic_id), paragraph_topics, ids)
    rows = conn.execute(places.order_by(table.position)).all()
    tags.paragraphs |= _grouped([((article, place), topic) for article, place, topic in rows])


def _read_evidence(conn: Connection, ids: list[int], tags: Tags) -> None:
    table = evidence.c
    what = (table.topic_id, table.start, table.end, table.term, table.rule, table.refers_start, table.refers_end)
    rows = select(table.attribution_id, table.quote_id, *what, table.score)
    rows = _of(rows.join(attributions, attributions.c.id == table.attribution_id), attributions, ids)
    found = conn.execute(rows.order_by(table.position)).all()
    of_quotes = [(row[1], tuple(row[2:])) for row in found if row[1] is not None]
    said = [(row[0], tuple(row[2:])) for row in found if row[1] is None]
    tags.quote_evidence |= _grouped(of_quotes)
    tags.attribution_evidence |= _grouped(said)


def _of(statement: Select[Any], table: Table, ids: list[int]) -> Select[Any]:
    return statement.where(table.c.article_id.in_(ids))


def _grouped(rows: Iterable[Any]) -> dict[Any, tuple[Any, ...]]:
    found: defaultdict[Any, list[Any]] = defaultdict(list)
    for key, value in rows:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def has_readings(conn: Connection) -> bool:
    """Whether any article can be judged anew."""
    return conn.scalar(select(readings.c.article_id).limit(1)) is not None


def articles_without_readings(conn: Connection) -> int:
    """How many articles cannot be judged anew, since a version that kept no tokens stored them."""
    without = select(func.count()).select_from(articles.outerjoin(readings)).where(readings.c.article_id.is_(None))
    return conn.scalar(without) or 0
