"""The charts of a file. ``standalone.js`` makes the same of the quotes that its filters leave."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from app.domain import AttributionKind
from app.present import figures, theme
from app.present.chart_data import Bar, ChartData, Part, Series, count_note
from app.present.figures import BAR_AT, CONFIG, HOVER, LABEL_AT, LONGEST_LABEL, ROW, THICK
from app.present.standalone.tally import KINDS, NONE, Tally, Value, Values
from app.present.templates import address

TITLES = {"topic": "Quotes by topic", "speaker": "Who speaks", "year": "Quotes by year"}
OTHERS = {"topic": "other topics", "speaker": "others", "year": "other years"}


MOST_BARS = 7
"""The quotes begin below the charts."""


def charts_of(tally: Tally, tone: str) -> tuple[ChartData, ...]:
    """A chart of each field that has several values: topics, speakers, years; each bar by kind.

    *tone* is the CSS class of its colours.
    """
    shown = [tally.fields[name] for name in TITLES if name == "speaker" or len(tally.fields[name].listed) > 1]
    return tuple(_chart(values, tone) for values in shown if values.listed)


def _chart(values: Values, tone: str) -> ChartData:
    kinds = [kind for kind in KINDS if any(one.counts[kind] for one in values.listed)]
    series = tuple(Series(kind.value, kind.value.capitalize(), theme.kind_colour(kind)) for kind in kinds)
    first = _sorted(values)
    shown = first if len(first) <= MOST_BARS else first[: MOST_BARS - 1]
    left = first[len(shown) :]
    bars = tuple(_bar(values.name, one, kinds) for one in shown)
    rest = _rest(f"{len(left)} {OTHERS[values.name]}", left, kinds) if left else None
    return ChartData(f"by-{values.name}", TITLES[values.name], values.label, series, bars, rest, tone)


def _sorted(values: Values) -> list[Value]:
    if values.name == "year":
        return sorted(values.listed, key=lambda one: (one.key == NONE, one.key))
    return sorted(values.listed, key=lambda one: -one.total)


def _bar(field: str, one: Value, kinds: Sequence[AttributionKind]) -> Bar:
    parts = tuple(
        Part(kind.value, one.counts[kind], _href(**{field: one.key, "kind": kind.value}))
        for kind in kinds
        if one.counts[kind]
    )
    return Bar(one.label, _href(**{field: one.key}), parts, _note([one]))


def _rest(label: str, left: Sequence[Value], kinds: Sequence[AttributionKind]) -> Bar:
    sums = ((kind, sum(one.counts[kind] for one in left)) for kind in kinds)
    return Bar(label, None, tuple(Part(kind.value, count, None) for kind, count in sums if count), _note(left))


def _note(some: Sequence[Value]) -> str:
    indirect = sum(one.counts[AttributionKind.INDIRECT] for one in some)
    return count_note(sum(one.total for one in some) - indirect, indirect)


def _href(**chosen: str) -> str:
    return f"#{address('', **chosen).removeprefix('?')}"


def drawing(charts: Sequence[ChartData]) -> dict[str, Any]:
    """What the file's script needs to draw *charts* as the pages do: Plotly's options and measures.

    ``layout`` is the one that all of them have; heights, ranges and words come from the bars.
    """
    if not charts:
        return {}
    layout = json.loads(figures.drawn_json({"": figures.bar_figure(charts[0])}))["charts"][""]["layout"]
    return {
        "config": CONFIG,
        "layout": {name: value for name, value in layout.items() if name != "annotations"},
        "row": ROW,
        "thick": THICK,
        "barAt": BAR_AT,
        "labelAt": LABEL_AT,
        "longestLabel": LONGEST_LABEL,
        "most": MOST_BARS,
        "hover": HOVER,
        "charts": {chart.key: {"field": chart.key.removeprefix("by-"), "of": chart.of} for chart in charts},
        "others": OTHERS,
    }
