"""A chart over time as a Plotly figure; plotly is imported where it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.present.figures import in_place, plain
from app.present.plotly_objects import graph_objects
from app.present.time_data import TimeChart

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

HEIGHT = 220
"""Pixels; the page gives the chart its own height, which is the same."""
GAP = 0.2
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
"""As many as there may be series; no two lines are told apart by colour alone."""
SYMBOLS = ("square", "circle", "triangle-up", "diamond", "triangle-down", "cross")
"""The shapes that :data:`app.present.theme.SHAPES` gives to topics on the page."""
HOVER = "%{customdata[1]}<br>%{customdata[2]}: %{y}<extra></extra>"


def time_figure(chart: TimeChart) -> Figure:
    """Stacked bars, or lines that break where there is no quote; ``customdata[0]`` is where a click leads.

    The axes have no words of their own: those stand around the chart, whether it is drawn or not.
    """
    go = graph_objects()

    draw = _line if chart.lines else _bars
    figure = go.Figure([draw(go, chart, at) for at in range(len(chart.series))])
    axis = {"fixedrange": True, "showticklabels": False, "ticks": "", "zeroline": False}
    figure.update_layout(
        **in_place(go, HEIGHT),
        barmode="stack",
        bargap=GAP,
        xaxis={**axis, "showgrid": False, "range": [-0.5, len(chart.buckets) - 0.5]},
        yaxis={
            **axis,
            "range": [0, chart.top],
            "tickvals": [0, chart.top / 2, chart.top],
            "gridcolor": "var(--rule)",
            "layer": "below traces",
        },
    )
    return figure


def _data(chart: TimeChart, series: int, places: list[int]) -> dict[str, Any]:
    label = plain(chart.series[series].label)
    shown = [chart.buckets[place] for place in places]
    return {
        "name": label,
        "x": places,
        "customdata": [[one.parts[series].href or one.href, one.label, label] for one in shown],
        "hovertemplate": HOVER,
        "cliponaxis": False,
    }


def _bars(go: Any, chart: TimeChart, series: int) -> Any:
    places = [place for place, bucket in enumerate(chart.buckets) if bucket.parts[series].count]
    return go.Bar(
        **_data(chart, series, places),
        y=[chart.buckets[place].parts[series].count for place in places],
        marker={"color": chart.series[series].colour, "line": {"width": 1, "color": "var(--paper)"}},
    )


def _line(go: Any, chart: TimeChart, series: int) -> Any:
    colour = chart.series[series].colour
    return go.Scatter(
        **_data(chart, series, list(range(len(chart.buckets)))),
        y=[bucket.parts[series].count or None for bucket in chart.buckets],
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": 2, "dash": DASHES[series % len(DASHES)]},
        marker={
            "color": colour,
            "size": 8,
            "symbol": SYMBOLS[chart.series[series].place % len(SYMBOLS)],
            "line": {"width": 1, "color": "var(--paper)"},
        },
    )
