"""Counts for charts and filters, over the same quotes that the lists show.

``quotes`` are stretches between quotation marks (direct and mixed); indirect ones are always counted apart.
To count along a dimension as if it were not filtered, hand in the filter without that field.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from app.domain import AttributionKind
from app.store.attributions import article_of
from app.store.filters import AttributionFilter
from app.store.rows import (
    ArticleCount,
    KindCount,
    LibraryCounts,
    SpeakerCount,
    TopicCount,
    TopicSpeakerCount,
)
from app.store.schema import articles, attributions, quote_topics, quotes, speakers, topics
from app.store.speakers import COLUMNS as SPEAKER
from app.store.speakers import speaker_of
from app.store.topics import topic_of


def _number(*kinds: AttributionKind) -> ColumnElement[int]:
    matching = quotes.c.kind.in_([kind.value for kind in kinds])
    return func.coalesce(func.sum(case((matching, 1), else_=0)), 0)


_DIRECT = _number(AttributionKind.DIRECT).label("direct")
_MIXED = _number(AttributionKind.MIXED).label("mixed")
_QUOTES = _number(AttributionKind.DIRECT, AttributionKind.MIXED).label("quotes")
_INDIRECT = _number(AttributionKind.INDIRECT).label("indirect")


def topic_counts(conn: Connection, chosen: AttributionFilter) -> tuple[TopicCount, ...]:
    """Every topic in order, also those without a quote. A quote counts for each of its topics."""
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


def speaker_counts(conn: Connection, chosen: AttributionFilter) -> tuple[SpeakerCount, ...]:
    """The speakers of the chosen quotes, most quotes first; ``None`` among them where nobody is named."""
    counted = _by_speaker(_DIRECT, _MIXED, _INDIRECT).where(*chosen.where()).group_by(attributions.c.speaker_id)
    found = counted.subquery()
    rows = conn.execute(
        _with_speaker(found, found.c.direct, found.c.mixed, found.c.indirect).order_by(
            (found.c.direct + found.c.mixed).desc(),
            found.c.indirect.desc(),
            func.coalesce(speakers.c.key, ""),
            func.coalesce(speakers.c.id, 0),
        )
    )
    return tuple(SpeakerCount(speaker_of(row), row.direct, row.mixed, row.indirect) for row in rows)


def topic_speaker_counts(conn: Connection, chosen: AttributionFilter) -> tuple[TopicSpeakerCount, ...]:
    """Every topic and speaker that meet in a chosen quote: topics in order, most quotes first in each."""
    found = (
        _by_speaker(quote_topics.c.topic_id, _QUOTES, _INDIRECT)
        .join(quote_topics, quote_topics.c.quote_id == quotes.c.id)
        .where(*chosen.where())
        .group_by(quote_topics.c.topic_id, attributions.c.speaker_id)
        .subquery()
    )
    rows = conn.execute(
        _with_speaker(found, found.c.topic_id, found.c.quotes, found.c.indirect)
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


def kind_counts(conn: Connection, chosen: AttributionFilter) -> tuple[KindCount, ...]:
    """Direct, mixed, indirect, in this order, also those without a quote."""
    counted = select(quotes.c.kind, func.count()).where(*chosen.where()).group_by(quotes.c.kind)
    found: dict[str, int] = dict(conn.execute(counted).all())
    return tuple(KindCount(kind, found.get(kind.value, 0)) for kind in AttributionKind)


def article_counts(conn: Connection, chosen: AttributionFilter) -> tuple[ArticleCount, ...]:
    """The articles of the chosen quotes, last added first."""
    counted = select(quotes.c.article_id, _QUOTES, _INDIRECT).where(*chosen.where()).group_by(quotes.c.article_id)
    found = counted.subquery()
    rows = conn.execute(
        select(
            articles.c.slug,
            articles.c.title,
            articles.c.publisher,
            articles.c.date,
            articles.c.url,
            articles.c.language,
            found.c.quotes,
            found.c.indirect,
        )
        .join(found, found.c.article_id == articles.c.id)
        .order_by(articles.c.id.desc())
    )
    return tuple(ArticleCount(article_of(row), row.quotes, row.indirect) for row in rows)


def library_counts(conn: Connection) -> LibraryCounts:
    """The whole library in one statement."""
    named = select(func.count(attributions.c.speaker_id.distinct()))
    named = named.join(quotes, quotes.c.attribution_id == attributions.c.id)
    row = conn.execute(
        select(
            select(func.count()).select_from(articles).scalar_subquery(),
            select(_QUOTES).scalar_subquery(),
            select(_INDIRECT).scalar_subquery(),
            named.scalar_subquery(),
        )
    ).one()
    return LibraryCounts(*row)


def _by_speaker(*columns: ColumnElement[Any]) -> Select[Any]:
    joined = quotes.join(attributions, attributions.c.id == quotes.c.attribution_id)
    return select(attributions.c.speaker_id, *columns).select_from(joined)


def _with_speaker(found: Any, *columns: ColumnElement[Any]) -> Select[Any]:
    joined = found.outerjoin(speakers, speakers.c.id == found.c.speaker_id)
    return select(*columns, *SPEAKER).select_from(joined)
