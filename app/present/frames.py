"""Pages of ours within those of others: how high they must be, and the code that puts them there."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

from app.present.chart_data import ChartData
from app.present.drawn.svg import AnyChart
from app.present.time_data import TimeChart

WIDTH, HIGHEST = 600, 1_200
NARROW = 300
"""Pixels of the narrowest frame; in a wider one there is room left below."""
AROUND_QUOTE, LINE, LETTERS = 195, 27, 27
"""Pixels of what stands around a quote, those of a line of it, and letters in a line of a narrow frame."""
AROUND_CHART, ROW, KEY_LINE = 150, 44, 24


def quote_height(words: int) -> int:
    """How high a frame with a quote of *words* letters is."""
    return min(HIGHEST, AROUND_QUOTE + LINE * math.ceil(words / LETTERS))


def chart_height(chart: AnyChart, stamp: Sequence[str]) -> int:
    """How high a frame with *chart* is, with its title, its key, and the lines of its *stamp*."""
    words = 24 * math.ceil(len(chart.title) / 28) + sum(20 * math.ceil(len(line) / 36) for line in stamp)
    if isinstance(chart, ChartData):
        rows, labels = ROW * len(chart.bars) + (24 if chart.rest else 0), [one.label for one in chart.series]
    elif isinstance(chart, TimeChart):
        rows, labels = 250, [one.label for one in chart.series]
    else:
        rows, labels = ROW * len(chart.rows) + 20, [one.label for one in chart.things]
    return min(HIGHEST, AROUND_CHART + words + rows + KEY_LINE * _key_lines(labels))


def _key_lines(labels: list[str]) -> int:
    lines, used = 1, 0.0
    for label in labels:
        wide = 36 + 7.2 * min(len(label), 34)
        if used and used + wide > NARROW - 32:
            lines, used = lines + 1, 0.0
        used += wide
    return lines


def frame_code(source: str, title: str, width: int, height: int) -> str:
    """The HTML that shows the page at *source*, called *title*, within another page."""
    address, name = html.escape(source), html.escape(title)
    return (
        f'<iframe src="{address}" title="{name}" width="{width}" height="{height}" loading="lazy" '
        'style="border: 0; max-width: 100%"></iframe>'
    )
