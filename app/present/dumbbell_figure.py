"""A dumbbell chart as a Plotly figure; plotly is imported where it is drawn."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from app.present.dumbbell import Dumbbell, Row
from app.present.figures import CONFIG, LABEL_AT, ROW, in_place, plain, short
from app.present.plotly_objects import graph_objects

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

INSET = 8
"""Pixels left and right of the scale, so that a mark at its end is whole; the stand-in has the same."""

LINE_AT = 32
SIZE = 11
HOVER = "%{customdata[1]}<br>%{customdata[2]}: %{customdata[3]}<extra></extra>"


def dumbbell_figure(chart: Dumbbell) -> Figure:
    """Rows from the top, each with its label above its line; ``customdata[0]`` is where a click leads."""
    go = graph_objects()

    figure = go.Figure([_lines(go, chart), *(_marks(go, chart, at) for at in range(len(chart.things)))])
    axis = {"visible": False, "fixedrange": True}
    figure.update_layout(
        **in_place(go, ROW * len(chart.rows), INSET),
        xaxis={**axis, "range": [0, chart.longest]},
        yaxis={**axis, "range": [ROW * len(chart.rows), 0]},
        annotations=[note for at, row in enumerate(chart.rows) for note in _words(chart, at, row)],
    )
    return figure


def _lines(go: Any, chart: Dumbbell) -> Any:
    """From the first to the last mark of each row; a gap parts the rows."""
    x: list[float | None] = []
    y: list[float | None] = []
    for at, row in enumerate(chart.rows):
        values = [chart.value(thing, dot) for thing, dot in enumerate(row.dots)]
        x += [min(values), max(values), None]
        y += [_height(at), _height(at), None]
    line = {"color": "var(--soft)", "width": 2}
    return go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", cliponaxis=False)


def _marks(go: Any, chart: Dumbbell, thing: int) -> Any:
    label = plain(chart.things[thing].label)
    dots = [row.dots[thing] for row in chart.rows]
    return go.Scatter(
        name=label,
        mode="markers",
        x=[chart.value(thing, dot) for dot in dots],
        y=[_height(at) + chart.marks(row)[thing].shift for at, row in enumerate(chart.rows)],
        customdata=[
            [dot.href, plain(row.label), label, chart.words(thing, dot)]
            for row, dot in zip(chart.rows, dots, strict=True)
        ],
        hovertemplate=HOVER,
        cliponaxis=False,
        marker={
            "color": chart.colour(thing),
            "size": SIZE,
            "symbol": chart.shape(thing).symbol,
            "line": {"width": 1, "color": "var(--paper)"},
            "opacity": 1,
        },
    )


def _height(row: int) -> float:
    return row * ROW + LINE_AT


def _words(chart: Dumbbell, at: int, row: Row) -> list[dict[str, Any]]:
    place = {"y": at * ROW + LABEL_AT, "yref": "y", "xref": "paper", "showarrow": False}
    label = {**place, "x": 0, "xanchor": "left", "text": plain(short(row.label)), "xshift": -2 - INSET}
    note = {**place, "x": 1, "xanchor": "right", "align": "right", "text": chart.note(row), "xshift": 2 + INSET}
    return [label, note]


def dumbbell_json(chart: Dumbbell) -> str:
    """The chart of a page as one JSON text, as :func:`app.present.figures.figures_json` has charts of bars."""
    from plotly import io  # noqa: PLC0415

    drawn = f"{json.dumps(chart.key)}:{io.to_json(dumbbell_figure(chart), validate=False)}" if chart.rows else ""
    return f'{{"config":{json.dumps(CONFIG)},"charts":{{{drawn}}}}}'
