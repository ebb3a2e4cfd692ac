"""Who speaks most: the first of a list that may be long, and what all the others have together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from typing import Any

from sqlalchemy import Connection, Select, Table, select, union_all

from app.store.batches import batches
from app.store.count_schema import ALL, NOBODY, count_speakers, count_topics
from app.store.counted import KINDS, Counted, counted, of_topic
from app.store.cube import counting
from app.store.filters import AttributionFilter
from app.store.rows import Others, SpeakerCount, SpeakerRanking, TopicCount, TopicSpeakerCount
from app.store.schema import speakers
from app.store.speakers import COLUMNS as SPEAKER
from app.store.speakers import speaker_of
from app.store.stats import speaker_counts

MARGIN = 120
"""Rows that are read to tell apart by name those with as many quotes; behind them the one known last comes first."""
FEW = 25
"""The same for each of many topics."""
TOGETHER = 100
"""Topics in one statement."""


def rank_speakers(conn: Connection, chosen: AttributionFilter, limit: int) -> SpeakerRanking:
    """The *limit* speakers with most of the chosen quotes, in the order of :func:`app.store.stats.speaker_counts`."""
    if not chosen.counted:
        rows, left = counting.speaker_counts(conn, chosen, max(limit, MARGIN))
        beyond = _together(rows[limit:])
        both = (sum(numbers) for numbers in zip(astuple(beyond), astuple(left), strict=True))
        return SpeakerRanking(rows[:limit], Others(*both))
    if chosen.speaker is not None or chosen.article is not None:
        rows = speaker_counts(conn, chosen)
        return SpeakerRanking(rows[:limit], _together(rows[limit:]))
    found = counted(chosen, by_speaker=True)
    read = max(limit, MARGIN)
    rows = _rows(conn.execute(_with_names(_first(found, chosen.topic, chosen.kind, read))))
    if len(rows) < read:
        return SpeakerRanking(rows[:limit], _together(rows[limit:]))
    return SpeakerRanking(rows[:limit], _beyond(conn, chosen, rows[:limit]))


def leading_speakers(conn: Connection, topics: Iterable[str], most: int) -> dict[str, tuple[TopicSpeakerCount, ...]]:
    """For each of *topics*, the *most* speakers with a name that have most quotes in marks on it."""
    found: dict[str, tuple[TopicSpeakerCount, ...]] = {}
    everything = counted(AttributionFilter(), by_speaker=True)
    named = count_speakers.c.speaker_id != NOBODY, count_speakers.c.quotes > 0
    for some in batches(topics, TOGETHER):
        firsts = (_first(everything, topic, None, FEW).where(*named).subquery() for topic in some)
        cells: dict[str, list[Any]] = {}
        for row in conn.execute(_with_names(union_all(*(select(first) for first in firsts)))):
            cells.setdefault(row.topic_id, []).append(row)
        for topic, rows in cells.items():
            first = sorted(rows, key=_place)[:most]
            found[topic] = tuple(
                TopicSpeakerCount(topic, speaker_of(row), row.direct + row.mixed, row.indirect) for row in first
            )
    return found


def topics_by_speakers(conn: Connection, topics: Sequence[TopicCount], most: int) -> tuple[TopicSpeakerCount, ...]:
    """The cells of *topics* by the *most* quoted speakers of the library; in each topic, ``None`` is all the others."""
    table = count_speakers.c
    named = table.topic_id == ALL, table.speaker_id != NOBODY, table.quotes > 0
    ids = conn.scalars(select(table.speaker_id).where(*named).order_by(*_order(count_speakers, None)).limit(most)).all()
    cells = select(table.topic_id, table.quotes, table.indirect, *SPEAKER)
    cells = cells.join_from(count_speakers, speakers, speakers.c.id == table.speaker_id)
    cells = cells.where(table.topic_id.in_([row.topic.id for row in topics]), table.speaker_id.in_(ids))
    left = {row.topic.id: (row.quotes, row.indirect) for row in topics}
    found = []
    for row in conn.execute(cells.order_by(table.topic_id, table.speaker_id)):
        quotes, indirect = left[row.topic_id]
        left[row.topic_id] = quotes - row.quotes, indirect - row.indirect
        found.append(TopicSpeakerCount(row.topic_id, speaker_of(row), row.quotes, row.indirect))
    rest = (TopicSpeakerCount(topic, None, *numbers) for topic, numbers in left.items() if any(numbers))
    return (*found, *rest)


def _order(table: Table, kind: str | None) -> list[Any]:
    names = (kind,) if kind in KINDS else ("quotes", "indirect")
    return [table.c[name].desc() for name in (*names, "speaker_id")]


def _first(found: Counted, topic: str | None, kind: str | None, limit: int) -> Select[Any]:
    table = found.table
    columns = (table.c.topic_id, table.c.speaker_id, *(getattr(found, name).label(name) for name in KINDS))
    rows = select(*columns).where(of_topic(table, topic), *found.where)
    return rows.order_by(*_order(table, kind)).limit(limit)


def _with_names(rows: Any) -> Select[Any]:
    near = rows.subquery()
    joined = near.outerjoin(speakers, speakers.c.id == near.c.speaker_id)
    return select(near, speakers.c.key, *SPEAKER).select_from(joined)


def _place(row: Any) -> tuple[int, int, str, int]:
    return -row.direct - row.mixed, -row.indirect, row.key or "", row.speaker_id


def _rows(found: Iterable[Any]) -> tuple[SpeakerCount, ...]:
    rows = sorted(found, key=_place)
    return tuple(SpeakerCount(speaker_of(row), row.direct, row.mixed, row.indirect) for row in rows)


def _together(rows: Sequence[SpeakerCount]) -> Others:
    return Others(len(rows), *(sum(getattr(row, kind) for row in rows) for kind in KINDS))


def _beyond(conn: Connection, chosen: AttributionFilter, shown: Sequence[SpeakerCount]) -> Others:
    whole, table = counted(chosen), count_topics
    number = table.c.speakers if chosen.kind is None else table.c[f"{chosen.kind}_speakers"]
    columns = (number, whole.direct, whole.mixed, whole.indirect)
    totals = conn.execute(select(*columns).where(of_topic(table, chosen.topic))).one()
    have = _together(shown)
    taken = have.number, have.direct, have.mixed, have.indirect
    return Others(*(all_of_it - some for all_of_it, some in zip(totals, taken, strict=True)))
