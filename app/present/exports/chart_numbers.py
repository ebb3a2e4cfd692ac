"""The numbers of any chart as one table: what is drawn, and what its files have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.present.chart_data import ChartData
from app.present.drawn.svg import AnyChart
from app.present.dumbbell import Dumbbell
from app.present.time_data import TimeChart

Number = int | float


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its label, where its quotes are, its numbers, and what is printed beside it or below it.

    Attributes:
        shown: the count as the chart prints it (``4 + 1 indirect``), or the short name of a time.
    """

    label: str
    href: str | None
    values: tuple[Number, ...]
    shown: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """A chart's numbers. ``of`` is what the rows are; ``ticks`` are the rows that an axis names."""

    title: str
    of: str
    columns: tuple[str, ...]
    rows: tuple[Line, ...]
    ticks: tuple[int, ...] = ()


def numbers_of(chart: AnyChart) -> Numbers:
    """The numbers that *chart* shows, in its order; what has no bar of its own is the last row."""
    if isinstance(chart, ChartData):
        return _of_bars(chart)
    return _of_times(chart) if isinstance(chart, TimeChart) else _of_dumbbell(chart)


def _of_bars(chart: ChartData) -> Numbers:
    rows = []
    for bar in chart.rows:
        counts = {part.series: part.count for part in bar.parts}
        rows.append(Line(bar.label, bar.href, tuple(counts.get(one.key, 0) for one in chart.series), bar.note))
    return Numbers(chart.title, chart.of, tuple(one.label for one in chart.series), tuple(rows))


def _of_times(chart: TimeChart) -> Numbers:
    rows = tuple(
        Line(one.label, one.href, (one.total, *(part.count for part in one.parts)), one.tick) for one in chart.buckets
    )
    columns = ("All", *(one.label for one in chart.series))
    return Numbers(chart.title, chart.unit.capitalize(), columns, rows, chart.ticks)


def _of_dumbbell(chart: Dumbbell) -> Numbers:
    """The number of each thing, and then the share of each thing's own quotes, in per cent."""
    labels = [thing.label for thing in chart.things]
    columns = (*labels, *(f"{label}, % of its quotes" for label in labels))
    rows = []
    for row in chart.rows:
        counts = tuple(dot.count for dot in row.dots)
        rows.append(Line(row.label, row.href, (*counts, *_shares(chart, counts)), chart.note(row)))
    return Numbers(chart.title, chart.of, columns, tuple(rows))


def _shares(chart: Dumbbell, counts: tuple[int, ...]) -> Iterator[float]:
    for thing, count in zip(chart.things, counts, strict=True):
        yield round(100 * count / thing.total, 4) if thing.total else 0.0
