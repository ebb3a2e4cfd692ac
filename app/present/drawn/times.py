"""A chart over time as a drawing."""

from __future__ import annotations

from collections.abc import Iterator

from app.present.drawn.colours import name_of
from app.present.drawn.sheet import INNER, SIDE, SMALL, Outline, Sheet, Words
from app.present.dumbbell import SHAPES
from app.present.numbers import count
from app.present.time_data import TimeChart
from app.present.time_figure import SYMBOLS

HIGH, LEFT = 260, 40
DASHES = ("", "8 5", "2 5", "9 5 2 5", "14 6", "14 5 2 5")
"""As many as there may be series; the style sheet has the same."""
OUTLINES = {one.symbol: one.outline for one in SHAPES} | {"triangle-down": "M0 6.5l6.4-11h-12.8z"}
"""Of the marks that :data:`app.present.time_figure.SYMBOLS` names."""


def draw_times(sheet: Sheet, chart: TimeChart) -> None:
    """Put *chart* on *sheet*: bars on one another or lines, with a scale at the left and times below."""
    sheet.key([(one.label, _sample(chart, at)) for at, one in enumerate(chart.series)])
    sheet.y += 6
    for share in (0, 0.5, 1):
        y = sheet.y + HIGH * share
        sheet.outlines.append(Outline(f"M{SIDE + LEFT} {y:g}h{INNER - LEFT}", stroke="rule"))
        words = count(round(chart.top * (1 - share)))
        sheet.words.append(Words(SIDE + LEFT - 8, y + 4, words, SMALL, "soft", "end"))
    for at in range(len(chart.series)):
        sheet.outlines += _line(sheet, chart, at) if chart.lines else _bars(sheet, chart, at)
    for place in chart.ticks:
        x = _middle(chart, place)
        sheet.words.append(Words(x, sheet.y + HIGH + 18, chart.buckets[place].tick, SMALL, "soft", "middle"))
    sheet.y += HIGH + 24
    for bucket in chart.buckets:
        parts = ", ".join(
            f"{part.count} {one.label}" for one, part in zip(chart.series, bucket.parts, strict=True) if part.count
        )
        sheet.says.append(f"{bucket.label}: {bucket.total}{f' ({parts})' if parts else ''}.")


def _sample(chart: TimeChart, at: int) -> Outline:
    colour = name_of(chart.series[at].colour)
    if chart.lines:
        return Outline(_mark(chart, at), colour, "paper")
    return Outline("M-6-6h12v12h-12z", colour)


def _middle(chart: TimeChart, place: int) -> float:
    return round(SIDE + LEFT + (INNER - LEFT) * (place + 0.5) / len(chart.buckets), 2)


def _bars(sheet: Sheet, chart: TimeChart, at: int) -> Iterator[Outline]:
    wide = 0.8 * (INNER - LEFT) / len(chart.buckets)
    for place, bucket in enumerate(chart.buckets):
        number = bucket.parts[at].count
        if not number:
            continue
        top = sum(part.count for part in bucket.parts[: at + 1])
        x, y, high = _middle(chart, place) - wide / 2, sheet.y + HIGH * (1 - top / chart.top), HIGH * number / chart.top
        outline = f"M{x:.2f} {y:.2f}h{wide:.2f}v{high:.2f}h-{wide:.2f}z"
        yield Outline(outline, name_of(chart.series[at].colour), "paper", says=_says(chart, at, place))


def _line(sheet: Sheet, chart: TimeChart, at: int) -> Iterator[Outline]:
    """A time without a quote breaks the line; each time with one has a mark."""
    colour, d, marks = name_of(chart.series[at].colour), "", []
    for place, bucket in enumerate(chart.buckets):
        number = bucket.parts[at].count
        if not number:
            continue
        x, y = _middle(chart, place), round(sheet.y + HIGH * (1 - number / chart.top), 2)
        goes_on = place and chart.buckets[place - 1].parts[at].count
        d += f"{'L' if goes_on else 'M'}{x:g} {y:g}"
        marks.append(Outline(_mark(chart, at), colour, "paper", says=_says(chart, at, place), x=x, y=y))
    yield Outline(d, stroke=colour, wide=2, dash=DASHES[at % len(DASHES)])
    yield from marks


def _mark(chart: TimeChart, at: int) -> str:
    return OUTLINES[SYMBOLS[chart.series[at].place % len(SYMBOLS)]]


def _says(chart: TimeChart, at: int, place: int) -> str:
    bucket = chart.buckets[place]
    return f"{bucket.label}, {chart.series[at].label}: {bucket.parts[at].count}"
