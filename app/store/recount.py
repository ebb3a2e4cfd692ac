"""Counts taken from the quotes themselves, for what no table of counts knows: topics among the quotes of a topic."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select

from app.domain import AttributionKind
from app.store.filters import AttributionFilter
from app.store.rows import TopicCount, TopicSpeakerCount
from app.store.schema import attributions, quote_topics, quotes, speakers, topics
from app.store.speakers import COLUMNS as SPEAKER
from app.store.speakers import speaker_of
from app.store.topics import topic_of

_INDIRECT_KIND = quotes.c.kind == AttributionKind.INDIRECT.value


def _sum(condition: ColumnElement[bool], name: str) -> ColumnElement[Any]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0).label(name)


_QUOTES, _INDIRECT = _sum(~_INDIRECT_KIND, "quotes"), _sum(_INDIRECT_KIND, "indirect")


def topic_counts(conn: Connection, chosen: AttributionFilter) -> tuple[TopicCount, ...]:
    """As :func:`app.store.stats.topic_counts`."""
    counted = (
        select(quote_topics.c.topic_id, _QUOTES, _INDIRECT)
        .join(quotes, quotes.c.id == quote_topics.c.quote_id)
        .where(*chosen.where())
        .group_by(quote_topics.c.topic_id)
        .subquery()
    )
    every = (
        select(topics, counted.c.quotes, counted.c.indirect)
        .outerjoin(counted, counted.c.topic_id == topics.c.id)
        .order_by(topics.c.position, topics.c.id)
    )
    return tuple(TopicCount(topic_of(row), row.quotes or 0, row.indirect or 0) for row in conn.execute(every))


def topic_speaker_counts(conn: Connection, chosen: AttributionFilter) -> tuple[TopicSpeakerCount, ...]:
    """As :func:`app.store.stats.topic_speaker_counts`."""
    joined = quotes.join(attributions, attributions.c.id == quotes.c.attribution_id)
    joined = joined.join(quote_topics, quote_topics.c.quote_id == quotes.c.id)
    found = (
        select(attributions.c.speaker_id, quote_topics.c.topic_id, _QUOTES, _INDIRECT)
        .select_from(joined)
        .where(*chosen.where())
        .group_by(quote_topics.c.topic_id, attributions.c.speaker_id)
        .subquery()
    )
    rows = conn.execute(
        select(found.c.topic_id, found.c.quotes, found.c.indirect, *SPEAKER)
        .select_from(found.outerjoin(speakers, speakers.c.id == found.c.speaker_id))
        .join(topics, topics.c.id == found.c.topic_id)
        .order_by(
            topics.c.position,
            found.c.quotes.desc(),
            found.c.indirect.desc(),
            func.coalesce(speakers.c.key, ""),
            func.coalesce(speakers.c.id, 0),
        )
    )
    return tuple(TopicSpeakerCount(row.topic_id, speaker_of(row), row.quotes, row.indirect) for row in rows)
