"""Charts as Plotly figures. plotly is imported by the functions that need it: a page without a chart never pays."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.present.chart_data import Bar, ChartData, Series
from app.present.plotly_objects import graph_objects

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "responsive": True,
    "scrollZoom": False,
    "showSendToCloud": False,
}
"""Plotly 7 offers to upload a chart to a cloud unless it is told not to."""

ROW = 44
"""Pixels a bar takes with its label; the stand-in's rows (``.bars li``) are as high."""
THICK = 12
LABEL_AT, BAR_AT = 12, 24
LONGEST_LABEL = 34
HOVER = "%{customdata[1]}<br>%{customdata[2]}: %{x}<extra></extra>"
"""No ``<b>``: Plotly would write it as a ``style`` attribute, which the policy of the pages forbids."""


def plain(text: str) -> str:
    """*text* as Plotly shows it letter by letter: Plotly reads ``<b>`` and ``<a href>`` in every label."""
    return html.escape(text, quote=False)


def short(text: str, limit: int = LONGEST_LABEL) -> str:
    """*text* cut to *limit* characters, with an ellipsis where something is missing."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def in_place(go: Any, height: int, inset: int = 0) -> dict[str, Any]:
    """The layout that every chart has: see-through and in the page's own words, *height* pixels and without a margin.

    *inset* are pixels at the left and at the right.
    """
    return {
        "template": go.layout.Template(),
        "height": height,
        "margin": {"l": inset, "r": inset, "t": 0, "b": 0, "pad": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "system-ui, -apple-system, 'Segoe UI', sans-serif", "size": 14, "color": "var(--ink)"},
        "hoverlabel": {
            "bgcolor": "var(--paper)",
            "bordercolor": "var(--ink)",
            "font": {"color": "var(--ink)"},
            "align": "left",
        },
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
    }


def bar_figure(chart: ChartData) -> Figure:
    """Horizontal bars with each label above its bar and its count at the right.

    Colours are CSS custom properties and ``customdata[0]`` is the address a click leads to, both for the
    page's ``charts.js``. The figure has ``ROW`` pixels a bar and no margin.
    """
    go = graph_objects()

    figure = go.Figure([_trace(go, chart, series) for series in chart.series])
    rows = len(chart.bars)
    axis = {"visible": False, "fixedrange": True}
    figure.update_layout(
        **in_place(go, ROW * rows),
        barmode="stack",
        xaxis={**axis, "range": [0, chart.longest * 1.004]},
        yaxis={**axis, "range": [rows - 0.5, -0.5]},
        annotations=[note for row, bar in enumerate(chart.bars) for note in _words(row, bar)],
    )
    return figure


def _trace(go: Any, chart: ChartData, series: Series) -> Any:
    """The pieces of one colour. ``y`` counts rows from the top; ``offset`` puts the bar under its label."""
    found = [(row, bar, part) for row, bar in enumerate(chart.bars) for part in bar.parts if part.series == series.key]
    by_kind = series.colour.startswith("var(--k")
    return go.Bar(
        name=plain(series.label),
        orientation="h",
        x=[part.count for _, _, part in found],
        y=[row for row, _, _ in found],
        width=THICK / ROW,
        offset=(BAR_AT - ROW / 2) / ROW,
        customdata=[[part.href, plain(bar.label), plain(series.label)] for _, bar, part in found],
        hovertemplate=HOVER,
        marker={
            "color": series.colour,
            "line": {"width": 1, "color": "var(--k1)" if by_kind else "var(--paper)"},
        },
    )


def _words(row: int, bar: Bar) -> list[dict[str, Any]]:
    at = {"y": row, "yref": "y", "xref": "paper", "showarrow": False, "yshift": ROW / 2 - LABEL_AT}
    label = {**at, "x": 0, "xanchor": "left", "text": plain(short(bar.label)), "xshift": -2}
    note = {**at, "x": 1, "xanchor": "right", "align": "right", "text": plain(bar.note), "xshift": 2}
    return [label, note]


def figures_json(charts: list[ChartData]) -> str:
    """All charts of a page as one JSON text: ``{"config", "charts": {key: {"data", "layout"}}}``."""
    return drawn_json({chart.key: bar_figure(chart) for chart in charts if chart.bars})


def drawn_json(drawn: Mapping[str, Figure]) -> str:
    """The same of figures by the keys of their charts."""
    from plotly import io  # noqa: PLC0415

    each = (f"{json.dumps(key)}:{io.to_json(figure, validate=False)}" for key, figure in drawn.items())
    return f'{{"config":{json.dumps(CONFIG)},"charts":{{{",".join(each)}}}}}'
