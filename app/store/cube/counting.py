"""The counts of :mod:`app.store.stats` under a filter that no table of counts knows; there it says what each is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from app.domain import AttributionKind
from app.store.batches import batches
from app.store.confidence import Band
from app.store.cube import tallying
from app.store.cube.choosing import choose
from app.store.cube.tallying import Unit
from app.store.filters import AttributionFilter
from app.store.rows import (
    KindCount,
    Others,
    SpeakerCount,
    SpeakerRow,
    TimeCount,
    TopicCount,
    TopicSpeakerCount,
    ValueCount,
)
from app.store.schema import speakers
from app.store.speakers import COLUMNS, speaker_of
from app.store.topics import all_topics

if TYPE_CHECKING:
    from app.store.cube.tallying import Tally

_NOBODY = (None, "")


def topic_counts(conn: Connection, chosen: AttributionFilter) -> tuple[TopicCount, ...]:
    """Every topic in order, also those without a quote."""
    choice = choose(conn, chosen)
    numbers = dict(zip(choice.cube.topics, map(_two, tallying.by_topic(choice)), strict=True))
    return tuple(TopicCount(topic, *numbers.get(topic.id, (0, 0))) for topic in all_topics(conn))


def speaker_counts(
    conn: Connection, chosen: AttributionFilter, most: int | None = None
) -> tuple[tuple[SpeakerCount, ...], Others]:
    """The speakers with most quotes, *most* of them, in the order of every list; and all the others together."""
    tally = tallying.by(choose(conn, chosen), "speaker")
    shown = tallying.marked_first(tally, most)
    names = _speakers(conn, shown)
    ordered = sorted(shown, key=lambda key: (-tally[key, 0] - tally[key, 1], -tally[key, 2], names[key][1], key))
    rows = tuple(SpeakerCount(names[key][0], *map(int, tally[key])) for key in ordered)
    left = tally.sum(axis=0) - tally[shown].sum(axis=0)
    return rows, Others(int(tally.any(axis=1).sum()) - len(shown), *map(int, left))


def topic_speaker_counts(conn: Connection, chosen: AttributionFilter) -> tuple[TopicSpeakerCount, ...]:
    """Every topic and speaker that meet in a chosen quote: topics in order, most quotes first in each."""
    tallies = dict(tallying.by_topic_and(choose(conn, chosen), "speaker"))
    cells = {topic: tallying.marked_first(tally) for topic, tally in tallies.items()}
    names = _speakers(conn, {key for keys in cells.values() for key in keys})
    found = []
    for topic in all_topics(conn):
        rows = [(*_two(tallies[topic.id][key]), key) for key in cells.get(topic.id, ())]
        for quotes, indirect, key in sorted(rows, key=lambda row: (-row[0], -row[1], names[row[2]][1], row[2])):
            found.append(TopicSpeakerCount(topic.id, names[key][0], quotes, indirect))
    return tuple(found)


def kind_counts(conn: Connection, chosen: AttributionFilter) -> tuple[KindCount, ...]:
    """Direct, mixed, indirect, in this order."""
    (row,) = tallying.kinds(choose(conn, chosen))
    return tuple(KindCount(kind, int(number)) for kind, number in zip(AttributionKind, row, strict=True))


def article_numbers(
    conn: Connection, chosen: AttributionFilter, most: int | None, before: int | None = None
) -> dict[int, tuple[int, int]]:
    """Quotes in marks and indirect ones by article, last added first, *most* of them; *before* is where to begin."""
    tally = tallying.by(choose(conn, chosen), "article")[:before]
    there = tally.sum(axis=1).nonzero()[0][::-1][:most].tolist()
    return {key: _two(tally[key]) for key in there}


def count_articles(conn: Connection, chosen: AttributionFilter) -> int:
    """In how many articles the quotes are."""
    return int(tallying.by(choose(conn, chosen), "article").any(axis=1).sum())


def publisher_counts(conn: Connection, chosen: AttributionFilter) -> tuple[ValueCount, ...]:
    """By publisher, most quotes first."""
    choice = choose(conn, chosen)
    return _values(choice.cube.publishers, tallying.by(choice, "publisher"))


def language_counts(conn: Connection, chosen: AttributionFilter) -> tuple[ValueCount, ...]:
    """By language, most quotes first."""
    choice = choose(conn, chosen)
    return _values(choice.cube.languages, tallying.by(choice, "language"))


def confidence_counts(conn: Connection, chosen: AttributionFilter) -> tuple[ValueCount, ...]:
    """By band, the surest first, also those without a quote."""
    tally = tallying.by(choose(conn, chosen), "band", len(Band))
    return tuple(ValueCount(band.value, *_two(row)) for band, row in zip(Band, tally, strict=True))


def corrected_counts(conn: Connection, chosen: AttributionFilter) -> tuple[ValueCount, ...]:
    """``yes`` and ``no``, in this order, also those without a quote."""
    no, yes = tallying.by(choose(conn, chosen), "corrected", 2)
    return ValueCount("yes", *_two(yes)), ValueCount("no", *_two(no))


def time_counts(conn: Connection, chosen: AttributionFilter, unit: Unit) -> tuple[TimeCount, ...]:
    """By the first day of each *unit*, and by topic."""
    return tuple(TimeCount(*row) for row in tallying.by_time(choose(conn, chosen), unit))


def _two(row: Any) -> tuple[int, int]:
    return int(row[0] + row[1]), int(row[2])


def _values(names: Sequence[str], tally: Tally) -> tuple[ValueCount, ...]:
    rows = [ValueCount(names[place], *_two(row)) for place, row in enumerate(tally) if row.any()]
    return tuple(sorted(rows, key=lambda row: (-row.quotes - row.indirect, row.value)))


def _speakers(conn: Connection, keys: Iterable[int]) -> dict[int, tuple[SpeakerRow | None, str]]:
    """Each speaker with the key that orders those with as many quotes; 0 is nobody."""
    found: dict[int, tuple[SpeakerRow | None, str]] = {0: _NOBODY}
    for some in batches(keys):
        rows = conn.execute(select(speakers.c.id, speakers.c.key, *COLUMNS).where(speakers.c.id.in_(some)))
        found |= {row.id: (speaker_of(row), row.key) for row in rows}
    return found
