"""The stand-in of a chart over time: one path a series, in a box that is stretched to the place it has."""

from __future__ import annotations

from collections.abc import Iterator

from app.present.time_data import TimeChart

WIDE = 10
"""Units of the drawing that a bucket is wide; the drawing is :data:`HIGH` units high."""
HIGH = 100
SIDE = 1
"""Units left free on each side of a bar."""


def drawing_width(chart: TimeChart) -> int:
    """How many units the drawing is wide."""
    return WIDE * max(1, len(chart.buckets))


def paths(chart: TimeChart) -> tuple[str, ...]:
    """The outline of each series, in their order: bars that stand on one another, or lines with gaps."""
    draw = _line if chart.lines else _bars
    return tuple("".join(draw(chart, at)) for at in range(len(chart.series)))


def _bars(chart: TimeChart, series: int) -> Iterator[str]:
    for place, bucket in enumerate(chart.buckets):
        below = sum(part.count for part in bucket.parts[:series])
        count = bucket.parts[series].count
        if count:
            x, wide = WIDE * place + SIDE, WIDE - 2 * SIDE
            y, high = _height(chart, below + count), HIGH * count / chart.top
            yield f"M{x} {y:g}h{wide}v{high:.4g}h-{wide}z"


def _line(chart: TimeChart, series: int) -> Iterator[str]:
    """A time without a quote breaks the line; a point between two such times is drawn as one."""
    drawing = False
    for place, bucket in enumerate(chart.buckets):
        count = bucket.parts[series].count
        if count:
            at = f"{WIDE * place + WIDE // 2} {_height(chart, count):g}"
            yield f"L{at}" if drawing else f"M{at}h0"
        drawing = count > 0


def _height(chart: TimeChart, count: int) -> float:
    return round(HIGH - HIGH * count / chart.top, 2)


def tick_places(chart: TimeChart) -> tuple[tuple[str, str, bool], ...]:
    """Where below the chart which time is named, in hundredths of its width; and whether a phone leaves it out."""
    width = max(1, len(chart.buckets))
    return tuple(
        (f"{100 * (place + 0.5) / width:.2f}%", chart.buckets[place].tick, bool(number % 2))
        for number, place in enumerate(chart.ticks)
    )
