"""Every count of :mod:`app.store.stats`, taken from the quotes by SQL alone."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Connection, select

from app.domain import AttributionKind
from app.store.confidence import FAIRLY_SURE, SURE, Band
from app.store.cube.tallying import Unit, start_of
from app.store.filters import AttributionFilter
from app.store.rows import KindCount, TimeCount, TopicCount, ValueCount
from app.store.schema import articles, attributions, quote_topics, quotes, speakers
from app.store.topics import all_topics


def rows(conn: Connection, chosen: AttributionFilter) -> list[Any]:
    """The quotes that *chosen* lets through, newest article first, each with what counts tell apart."""
    joined = quotes.join(attributions, attributions.c.id == quotes.c.attribution_id)
    joined = joined.join(articles, articles.c.id == quotes.c.article_id)
    joined = joined.outerjoin(speakers, speakers.c.id == attributions.c.speaker_id)
    found = select(
        quotes.c.id,
        quotes.c.uid,
        quotes.c.kind,
        quotes.c.corrected,
        articles.c.slug,
        articles.c.publisher,
        articles.c.language,
        articles.c.declared_language,
        articles.c.date,
        attributions.c.confidence,
        speakers.c.slug.label("speaker"),
        speakers.c.key,
    )
    found = found.select_from(joined).where(*chosen.where(), articles.c.deleted.is_(None))
    return list(conn.execute(found.order_by(quotes.c.article_id.desc(), quotes.c.start, quotes.c.id)))


def tagged(conn: Connection, found: list[Any]) -> list[tuple[str, Any]]:
    """Each of the quotes *found* with each of its topics."""
    of = {row.id: row for row in found}
    tags = conn.execute(select(quote_topics.c.topic_id, quote_topics.c.quote_id))
    return [(topic, of[key]) for topic, key in tags if key in of]


def topic_counts(conn: Connection, chosen: AttributionFilter) -> tuple[TopicCount, ...]:
    counted = Counter((topic, marked(row)) for topic, row in tagged(conn, rows(conn, chosen)))
    return tuple(TopicCount(one, counted[one.id, True], counted[one.id, False]) for one in all_topics(conn))


def topic_speaker_counts(conn: Connection, chosen: AttributionFilter) -> dict[tuple[str, str | None], tuple[int, int]]:
    counted = Counter((topic, row.speaker, marked(row)) for topic, row in tagged(conn, rows(conn, chosen)))
    return {key: (counted[*key, True], counted[*key, False]) for key in {(one[0], one[1]) for one in counted}}


def speaker_counts(conn: Connection, chosen: AttributionFilter) -> list[tuple[str | None, int, int, int]]:
    found = rows(conn, chosen)
    counted = Counter((row.speaker, row.kind) for row in found)
    keys = {row.speaker: row.key or "" for row in found}
    numbers = [(slug, *(counted[slug, kind.value] for kind in AttributionKind)) for slug in keys]
    return sorted(numbers, key=lambda row: (-row[1] - row[2], -row[3], keys[row[0]]))


def kind_counts(conn: Connection, chosen: AttributionFilter) -> tuple[KindCount, ...]:
    counted = Counter(row.kind for row in rows(conn, chosen))
    return tuple(KindCount(kind, counted[kind.value]) for kind in AttributionKind)


def article_counts(conn: Connection, chosen: AttributionFilter) -> list[tuple[str, int, int]]:
    found = rows(conn, chosen)
    counted = Counter((row.slug, marked(row)) for row in found)
    return [(slug, counted[slug, True], counted[slug, False]) for slug in dict.fromkeys(row.slug for row in found)]


def value_counts(conn: Connection, chosen: AttributionFilter, field: str) -> set[ValueCount]:
    """By publisher, language, confidence or corrected, where there are any."""
    counted = Counter((value_of(row, field), marked(row)) for row in rows(conn, chosen))
    return {ValueCount(value, counted[value, True], counted[value, False]) for value, _ in counted}


def value_of(row: Any, field: str) -> str:
    if field == "publisher":
        return row.publisher or ""
    if field == "language":
        return row.language or row.declared_language or "und"
    if field == "corrected":
        return "yes" if row.corrected else "no"
    if row.confidence is None:
        return Band.UNCOUNTED
    return Band.SURE if row.confidence >= SURE else Band.FAIRLY if row.confidence >= FAIRLY_SURE else Band.UNSURE


def time_counts(conn: Connection, chosen: AttributionFilter, unit: Unit) -> set[TimeCount]:
    found = [row for row in rows(conn, chosen) if row.date]
    each = [("", row) for row in found] + tagged(conn, found)
    counted = Counter((start_of(row.date, unit), topic, marked(row)) for topic, row in each)
    keys = {(start, topic) for start, topic, _ in counted}
    return {TimeCount(*key, counted[*key, True], counted[*key, False]) for key in keys}


def marked(row: Any) -> bool:
    return bool(row.kind != "indirect")
