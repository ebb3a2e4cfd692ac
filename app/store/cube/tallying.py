"""The chosen quotes counted, by whatever a column tells apart. Each tally is an array of *n* rows by three kinds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from app.domain import AttributionKind
from app.store.cube.choosing import Choice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from app.store.cube.values import Numbers

    Tally = NDArray[np.int64]

KINDS = len(AttributionKind)
TOGETHER = 8
"""Topics that are counted at once; they do not straddle a row of 64."""
_EPOCH = dt.date(1970, 1, 1).toordinal()
EPOCH = dt.date(1970, 1, 1).toordinal()
Column = Literal["speaker", "article", "publisher", "language", "band", "corrected"]
Unit = Literal["day", "week", "month", "year"]


def kinds(choice: Choice) -> Tally:
    """How many of each kind: one row."""
    import numpy as np  # noqa: PLC0415 - only who filters pays for it

    return np.bincount(choice.cube.columns.kind[choice.places], minlength=KINDS).reshape(1, KINDS)


def by(choice: Choice, column: Column, rows: int | None = None) -> Tally:
    """Of each kind, by the number in *column*; *rows* of them, or as many as the highest number asks for."""
    return _tally(choice, choice.places, column, rows)


def by_topic(choice: Choice) -> Tally:
    """Of each kind, by the place of the topic in the cube's list. A quote counts for each of its topics."""
    import numpy as np  # noqa: PLC0415

    kind = choice.cube.columns.kind[choice.places].astype(np.int64)
    found = np.zeros((len(choice.cube.topics), KINDS), np.int64)
    for first in range(0, len(found), TOGETHER):
        # Quotes with the same of these topics are counted together, so that each is looked at once for all of them.
        bits = choice.cube.columns.topics[first // 64][choice.places] >> np.uint64(first % 64)
        same = (bits & np.uint64((1 << TOGETHER) - 1)).astype(np.int64)
        counted = np.bincount(same * KINDS + kind, minlength=KINDS << TOGETHER).reshape(-1, KINDS)
        for place in range(first, min(first + TOGETHER, len(found))):
            found[place] = counted[(np.arange(1 << TOGETHER) >> (place - first)) & 1 == 1].sum(axis=0)
    return found


def by_topic_and(choice: Choice, column: Column) -> Iterator[tuple[str, Tally]]:
    """For each topic, the quotes of each kind by the number in *column*."""
    for topic, places in each_topic(choice):
        yield topic, _tally(choice, places, column, None)


def each_topic(choice: Choice) -> Iterator[tuple[str, Numbers]]:
    """The places of the chosen quotes that have a topic, topic by topic."""
    import numpy as np  # noqa: PLC0415

    for place, topic in enumerate(choice.cube.topics):
        bits = choice.cube.columns.topics[place // 64][choice.places]
        yield topic, choice.places[(bits & np.uint64(1 << place % 64)) != 0]


def by_time(choice: Choice, unit: Unit) -> Iterator[tuple[dt.date, str, int, int]]:
    """By the first day of each *unit* and by topic, ``""`` being all: quotes in marks and indirect ones, above 0."""
    for topic, places in (("", choice.places), *each_topic(choice)):
        yield from ((start, topic, *numbers) for start, numbers in _by_start(choice, places, unit).items())


def span(choice: Choice) -> tuple[dt.date, dt.date] | None:
    """The first and the last date of the chosen quotes; ``None`` where none of them has one."""
    days = choice.cube.columns.day[choice.places]
    days = days[days > 0]
    if not len(days):
        return None
    return dt.date.fromordinal(int(days.min())), dt.date.fromordinal(int(days.max()))


def start_of(day: dt.date, unit: Unit) -> dt.date:
    """The first day of the *unit* that *day* is in; a week begins on Monday."""
    if unit == "week":
        return day - dt.timedelta(days=day.weekday())
    return day.replace(day=day.day if unit == "day" else 1, month=1 if unit == "year" else day.month)


def starts_of(days: Numbers, unit: Unit) -> Numbers:
    """:func:`start_of` of each of *days*, all as ordinals."""
    import numpy as np  # noqa: PLC0415

    if unit == "day":
        return days
    if unit == "week":
        return days - (days - 1) % 7
    whole = (days - _EPOCH).astype("datetime64[D]").astype(f"datetime64[{unit[0].upper()}]")
    starts: Numbers = whole.astype("datetime64[D]").astype(np.int64) + _EPOCH
    return starts


def marked_first(tally: Tally, most: int | None = None) -> Sequence[int]:
    """The numbers of the rows that have any: most in marks first, then most indirect, then the highest number.

    The first *most* of them, one at least; few are found without putting all in order.
    """
    import numpy as np  # noqa: PLC0415

    there = np.flatnonzero(tally.any(axis=1))[::-1]
    quotes, indirect = tally[there, 0] + tally[there, 1], tally[there, 2]
    before = -quotes * (indirect.max(initial=0) + 1) - indirect
    if most is not None and most < len(there):
        last = np.partition(before, most - 1)[most - 1]
        ahead = np.flatnonzero(before < last)
        near = np.concatenate((ahead, np.flatnonzero(before == last)[: most - len(ahead)]))
        there, before = there[near], before[near]
    found: list[int] = there[np.argsort(before, kind="stable")].tolist()
    return found


def _tally(choice: Choice, places: Numbers, column: Column, rows: int | None) -> Tally:
    import numpy as np  # noqa: PLC0415

    columns = choice.cube.columns
    values = getattr(columns, column)[places].astype(np.int64)
    counted = np.bincount(values * KINDS + columns.kind[places], minlength=KINDS * (rows or 0))
    padded = np.pad(counted, (0, -len(counted) % KINDS))
    return padded.reshape(-1, KINDS)


def _by_start(choice: Choice, places: Numbers, unit: Unit) -> dict[dt.date, tuple[int, int]]:
    import numpy as np  # noqa: PLC0415

    columns = choice.cube.columns
    days = columns.day[places].astype(np.int64)
    dated = days > 0
    if not dated.any():
        return {}
    days, kind = days[dated], columns.kind[places][dated]
    first = int(days.min())
    counted = np.bincount((days - first) * 2 + (kind == KINDS - 1)).astype(np.int64)
    by_day = np.pad(counted, (0, len(counted) % 2)).reshape(-1, 2)
    there = np.flatnonzero(by_day.any(axis=1))
    starts, group = np.unique(starts_of(there + first, unit), return_inverse=True)
    table = np.zeros((len(starts), 2), np.int64)
    np.add.at(table, group, by_day[there])
    return {dt.date.fromordinal(start): (quotes, rest) for start, (quotes, rest) in _plain(starts, table)}


def _plain(starts: Numbers, table: Tally) -> Iterator[tuple[int, tuple[int, int]]]:
    return zip(starts.tolist(), table.tolist(), strict=True)
