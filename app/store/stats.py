"""Counts for charts and filters, over the same quotes that the lists show.

They come from the tables of counts where these know the filter, else from :mod:`app.store.cube`.

``quotes`` are stretches between quotation marks (direct and mixed); indirect ones are always counted apart.
To count along a dimension as if it were not filtered, hand in the filter without that field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import Connection, and_, func, select

from app.domain import AttributionKind
from app.store.attributions import ARTICLE, article_of
from app.store.batches import batches
from app.store.count_schema import ALL, NOBODY, count_speakers, count_topics
from app.store.counted import counted, of_topic
from app.store.cube import counting
from app.store.cube.choosing import choose
from app.store.cube.tallying import Unit, span
from app.store.filters import AttributionFilter
from app.store.rows import (
    ArticleCount,
    ArticleRef,
    KindCount,
    LibraryCounts,
    SpeakerCount,
    TimeCount,
    TopicCount,
    TopicSpeakerCount,
    ValueCount,
)
from app.store.schema import articles, speakers, topics
from app.store.speakers import COLUMNS as SPEAKER
from app.store.speakers import speaker_of
from app.store.topics import topic_of


def topic_counts(conn: Connection, chosen: AttributionFilter) -> tuple[TopicCount, ...]:
    """Every topic in order, also those without a quote. A quote counts for each of its topics."""
    if chosen.topic is not None or not chosen.counted:
        return counting.topic_counts(conn, chosen)
    found = counted(chosen)
    every = (
        select(topics, (found.direct + found.mixed).label("quotes"), found.indirect.label("indirect"))
        .outerjoin_from(topics, found.table, and_(found.table.c.topic_id == topics.c.id, *found.where))
        .order_by(topics.c.position, topics.c.id)
    )
    return tuple(TopicCount(topic_of(row), row.quotes or 0, row.indirect or 0) for row in conn.execute(every))


def speaker_counts(conn: Connection, chosen: AttributionFilter) -> tuple[SpeakerCount, ...]:
    """The speakers of the chosen quotes, most quotes first; ``None`` among them where nobody is named."""
    if not chosen.counted:
        return counting.speaker_counts(conn, chosen)[0]
    found = counted(chosen, by_speaker=True)
    columns = (found.direct.label("direct"), found.mixed.label("mixed"), found.indirect.label("indirect"))
    joined = found.table.outerjoin(speakers, speakers.c.id == found.table.c.speaker_id)
    rows = conn.execute(
        select(*columns, *SPEAKER)
        .select_from(joined)
        .where(of_topic(found.table, chosen.topic), *found.where)
        .order_by(
            (found.direct + found.mixed).desc(),
            found.indirect.desc(),
            func.coalesce(speakers.c.key, ""),
            found.table.c.speaker_id,
        )
    )
    return tuple(SpeakerCount(speaker_of(row), row.direct, row.mixed, row.indirect) for row in rows)


def topic_speaker_counts(conn: Connection, chosen: AttributionFilter) -> tuple[TopicSpeakerCount, ...]:
    """Every topic and speaker that meet in a chosen quote: topics in order, most quotes first in each."""
    if chosen.topic is not None or not chosen.counted:
        return counting.topic_speaker_counts(conn, chosen)
    found = counted(chosen, by_speaker=True)
    quotes, indirect = (found.direct + found.mixed).label("quotes"), found.indirect.label("indirect")
    joined = found.table.join(topics, topics.c.id == found.table.c.topic_id)
    joined = joined.outerjoin(speakers, speakers.c.id == found.table.c.speaker_id)
    rows = conn.execute(
        select(found.table.c.topic_id, quotes, indirect, *SPEAKER)
        .select_from(joined)
        .where(*found.where)
        .order_by(
            topics.c.position,
            quotes.desc(),
            indirect.desc(),
            func.coalesce(speakers.c.key, ""),
            found.table.c.speaker_id,
        )
    )
    return tuple(TopicSpeakerCount(row.topic_id, speaker_of(row), row.quotes, row.indirect) for row in rows)


def kind_counts(conn: Connection, chosen: AttributionFilter) -> tuple[KindCount, ...]:
    """Direct, mixed, indirect, in this order, also those without a quote."""
    if not chosen.counted:
        return counting.kind_counts(conn, chosen)
    found = counted(chosen)
    numbers = select(found.direct, found.mixed, found.indirect)
    row = conn.execute(numbers.where(of_topic(found.table, chosen.topic), *found.where)).one_or_none() or (0, 0, 0)
    return tuple(KindCount(kind, number) for kind, number in zip(AttributionKind, row, strict=True))


def article_counts(
    conn: Connection, chosen: AttributionFilter, *, limit: int | None = None
) -> tuple[ArticleCount, ...]:
    """The articles of the chosen quotes, last added first, *limit* of them at most."""
    if not chosen.counted:
        return counted_articles(conn, counting.article_numbers(conn, chosen, limit))
    found = counted(chosen, by_article=True)
    rows = conn.execute(
        select(*ARTICLE, (found.direct + found.mixed).label("quotes"), found.indirect.label("indirect"))
        .join_from(found.table, articles, articles.c.id == found.table.c.article_id)
        .where(of_topic(found.table, chosen.topic), found.number > 0, *found.where)
        .order_by(found.table.c.article_id.desc())
        .limit(limit)
    )
    return tuple(ArticleCount(article_of(row), row.quotes, row.indirect) for row in rows)


def counted_articles(conn: Connection, numbers: Mapping[int, tuple[int, int]]) -> tuple[ArticleCount, ...]:
    """The articles with these row ids, each with its *numbers*, in their order; what is not there is left out."""
    found: dict[int, ArticleRef] = {}
    for some in batches(numbers):
        rows = conn.execute(select(articles.c.id, *ARTICLE).where(articles.c.id.in_(some)))
        found |= {row.id: article_of(row) for row in rows}
    return tuple(ArticleCount(found[key], *counts) for key, counts in numbers.items() if key in found)


def publisher_counts(conn: Connection, chosen: AttributionFilter) -> tuple[ValueCount, ...]:
    """The publishers of the chosen quotes, most quotes first."""
    return counting.publisher_counts(conn, chosen)


def language_counts(conn: Connection, chosen: AttributionFilter) -> tuple[ValueCount, ...]:
    """The languages of the chosen quotes, most quotes first."""
    return counting.language_counts(conn, chosen)


def confidence_counts(conn: Connection, chosen: AttributionFilter) -> tuple[ValueCount, ...]:
    """How sure the chosen quotes are: every band, the surest first."""
    return counting.confidence_counts(conn, chosen)


def corrected_counts(conn: Connection, chosen: AttributionFilter) -> tuple[ValueCount, ...]:
    """How many of the chosen quotes a person has set something of: ``yes``, then ``no``."""
    return counting.corrected_counts(conn, chosen)


def time_counts(conn: Connection, chosen: AttributionFilter, unit: Unit) -> tuple[TimeCount, ...]:
    """The chosen quotes by the first day of each *unit* and by topic, where there are any; first all topics together.

    Those of articles without a date are left out; a date of which only the month or the year is known counts as its
    first day.
    """
    return counting.time_counts(conn, chosen, unit)


def date_span(conn: Connection, chosen: AttributionFilter) -> tuple[dt.date, dt.date] | None:
    """The first and the last date of the chosen quotes; ``None`` where none of them has one."""
    return span(choose(conn, chosen))


def library_counts(conn: Connection) -> LibraryCounts:
    """The whole library in one statement."""
    table = count_topics.c
    unnamed = select(func.count()).where(count_speakers.c.topic_id == ALL, count_speakers.c.speaker_id == NOBODY)
    named = table.speakers - unnamed.scalar_subquery()
    row = conn.execute(
        select(table.articles, table.direct + table.mixed, table.indirect, named).where(table.topic_id == ALL)
    ).one_or_none()
    return LibraryCounts(*(row or (0, 0, 0, 0)))
