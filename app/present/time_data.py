"""What a chart over time says, before it is drawn: the same values make the stand-in, the table and the figure."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast, get_args

from app.domain import Topic
from app.present import theme
from app.present.chart_data import Part
from app.present.numbers import day
from app.store.cube.tallying import Unit, start_of
from app.store.filters import AttributionFilter
from app.store.rows import TimeCount

UNITS = cast(tuple[Unit, ...], get_args(Unit))
"""From the shortest to the longest."""

MOST_BUCKETS = 36
"""Three years of months. With six topics these are as many bars and cells as a page can carry."""

MOST_SERIES = 6
"""Topics told apart in one chart; of more, the last are counted together."""

REST = ""
"""The key of all topics together that have no series of their own."""

Span = tuple[dt.date, dt.date]
Address = Callable[[AttributionFilter], str]


@dataclass(frozen=True, slots=True)
class TimeSeries:
    """One topic of the chart.

    Attributes:
        colour, css: a CSS custom property, and the class that carries it.
        place: the topic's among all topics, by which its shape is chosen wherever it is shown.
    """

    key: str
    label: str
    colour: str
    css: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Bucket:
    """A day, week, month or year: its name, all of its quotes and where they are, and a part for each series."""

    start: dt.date
    label: str
    tick: str
    total: int
    href: str | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class TimeChart:
    """Quotes over time, by topic.

    A quote on two topics is in the parts of both, and once in ``Bucket.total``. Times without a quote have buckets
    like all others, with zeros; none is made up from its neighbours.

    Attributes:
        earlier: how many quotes are older than the first bucket, and where they are.
    """

    key: str
    title: str
    unit: Unit
    series: tuple[TimeSeries, ...]
    buckets: tuple[Bucket, ...]
    lines: bool = False
    earlier: tuple[int, str | None] = (0, None)

    @property
    def top(self) -> int:
        """The end of the scale: a round number that nothing exceeds, even so that its half is one too."""
        counts = [[part.count for part in bucket.parts] for bucket in self.buckets]
        highest = max((max(some, default=0) if self.lines else sum(some) for some in counts), default=0)
        return rounded_up(highest + 1 if self.lines else highest)  # a point at the edge can hardly be clicked

    @property
    def kind(self) -> str:
        """What kind of chart it is, in words."""
        return "a line chart" if self.lines else "a bar chart"

    @property
    def ticks(self) -> tuple[int, ...]:
        """The places of the buckets to name below the chart, seven at most."""
        step = -(-len(self.buckets) // 7) or 1
        return tuple(range(0, len(self.buckets), step))


def unit_for(span: Span, most: int = MOST_BUCKETS) -> Unit:
    """The shortest unit of which *span* has *most* at most; years where even these are more."""
    return next((unit for unit in UNITS if number_of(span, unit) <= most), "year")


def number_of(span: Span, unit: Unit) -> int:
    """How many days, weeks, months or years *span* touches."""
    first, last = (start_of(day, unit) for day in span)
    if unit == "year":
        return last.year - first.year + 1
    if unit == "month":
        return 12 * (last.year - first.year) + last.month - first.month + 1
    return (last - first).days // (7 if unit == "week" else 1) + 1


def back(start: dt.date, unit: Unit, number: int) -> dt.date:
    """The start of the time *number* units before the one that begins on *start*."""
    if unit == "year":
        return start.replace(year=start.year - number)
    if unit == "month":
        months = 12 * start.year + start.month - 1 - number
        return start.replace(year=months // 12, month=months % 12 + 1)
    return start - dt.timedelta(days=number * (7 if unit == "week" else 1))


def last_day(start: dt.date, unit: Unit) -> dt.date:
    """The last day of the *unit* that begins on *start*."""
    if unit == "day":
        return start
    if unit == "week":
        return start + dt.timedelta(days=min(6, (dt.date.max - start).days))
    if unit == "year":
        return start.replace(month=12, day=31)
    return start.replace(day=calendar.monthrange(start.year, start.month)[1])


def name_of(start: dt.date, unit: Unit) -> str:
    """The time that begins on *start*, in full."""
    if unit == "week":
        return f"Week of {day(start)}"
    return day(start) if unit == "day" else f"{start:%B} {start.year}" if unit == "month" else str(start.year)


def tick_of(start: dt.date, unit: Unit) -> str:
    """The same in as few signs as the axis has room for."""
    if unit in ("day", "week"):
        return f"{start.day} {start:%b}"
    return f"{start:%b} {start.year}" if unit == "month" else str(start.year)


def rounded_up(number: int) -> int:
    """The next of 2, 4, 6, 8, 10, 12, 16, 20, 40, 60 … that is no smaller than *number*."""
    scale = 1
    while True:
        for step in (2, 4, 6, 8, 10, 12, 16):
            if step * scale >= number:
                return step * scale
        scale *= 10


def time_chart(
    key: str,
    title: str,
    counts: Sequence[TimeCount],
    topics: Sequence[Topic],
    chosen: AttributionFilter,
    unit: Unit,
    href: Address,
    *,
    most: int = MOST_BUCKETS,
    lines: bool = False,
) -> TimeChart:
    """The chart of *counts*, which :func:`app.store.stats.time_counts` took of *chosen* by *unit*.

    Args:
        key, title: of the chart.
        counts: without any, the chart has no buckets.
        topics: all topics, in their order; where *chosen* names one, it alone is shown.
        chosen: the filter; the quotes of a bucket are those of this filter within the bucket's days.
        unit: what a bucket is.
        href: the address of the quotes that a filter lets through.
        most: the latest buckets are shown, so many of them.
        lines: whether to draw lines instead of stacked bars.
    """
    if not counts:
        return TimeChart(key, title, unit, (), (), lines)
    span = min(row.start for row in counts), max(row.start for row in counts)
    shown = min(number_of(span, unit), most)
    starts = [back(span[1], unit, number) for number in range(shown - 1, -1, -1)]
    by_topic = {(row.start, row.topic_id): row.quotes + row.indirect for row in counts if row.start >= starts[0]}
    own, rest = _series(by_topic, topics, chosen)
    series = tuple(
        TimeSeries(one.id, one.label, theme.topic_colour(one.id), theme.topic_class(one.id), topics.index(one))
        for one in own
    )
    if rest:
        series += (TimeSeries(REST, f"{len(rest)} other topics", "var(--soft)", "t-rest"),)
    buckets = tuple(_bucket(start, unit, by_topic, series, rest, chosen, href) for start in starts)
    before = sum(row.quotes + row.indirect for row in counts if not row.topic_id and row.start < starts[0])
    until = starts[0] - dt.timedelta(days=1) if before else None
    earlier = (before, href(replace(chosen, until=until)) if before else None)
    return TimeChart(key, title, unit, series, buckets, lines, earlier)


def _series(
    by_topic: Mapping[tuple[dt.date, str], int], topics: Sequence[Topic], chosen: AttributionFilter
) -> tuple[list[Topic], frozenset[str]]:
    """The topics with a series of their own, in their order, and the ids of those without."""
    totals: dict[str, int] = {}
    for (_, topic), count in by_topic.items():
        totals[topic] = totals.get(topic, 0) + count
    there = [one for one in topics if totals.get(one.id) and chosen.topic in (None, one.id)]
    if len(there) <= MOST_SERIES:
        return there, frozenset()
    first = {one.id for one in sorted(there, key=lambda one: -totals[one.id])[: MOST_SERIES - 1]}
    return [one for one in there if one.id in first], frozenset(one.id for one in there) - first


def _bucket(
    start: dt.date,
    unit: Unit,
    by_topic: Mapping[tuple[dt.date, str], int],
    series: Iterable[TimeSeries],
    rest: Iterable[str],
    chosen: AttributionFilter,
    href: Address,
) -> Bucket:
    within = during(chosen, start, unit)
    parts = []
    for one in series:
        keys = rest if one.key == REST else (one.key,)
        count = sum(by_topic.get((start, key), 0) for key in keys)
        where = None if one.key == REST else href(replace(within, topic=one.key))
        parts.append(Part(one.key, count, where if count else None))
    total = by_topic.get((start, ""), 0)
    return Bucket(
        start, name_of(start, unit), tick_of(start, unit), total, href(within) if total else None, tuple(parts)
    )


def during(chosen: AttributionFilter, start: dt.date, unit: Unit) -> AttributionFilter:
    """*chosen* within the *unit* that begins on *start*, as far as its own dates go."""
    since, until = max(start, chosen.since or start), last_day(start, unit)
    return replace(chosen, since=since, until=min(until, chosen.until or until))
