"""Quotes over time."""

from __future__ import annotations

from dataclasses import dataclass

from app.present.time_data import TimeChart
from app.store.dating import Undated, Vague
from app.store.filters import AttributionFilter
from app.web.contexts.filters import FilterBar
from app.web.contexts.site import Links, Site


@dataclass(frozen=True, slots=True)
class TimePage:
    """``/time``: quotes by day, week, month or year, and by topic, under the filters.

    Attributes:
        filters, bar: in force, and all of them.
        total: how many quotes the filters leave.
        chart: those of them that have a date.
        charts_url: where ``charts.js`` gets it from.
        units, shapes: the other units, and bars or lines, each with its address; what is shown has none.
        by_itself: the address without a unit, where one is asked for.
        undated: the quotes without a date, and their articles.
        vague: how many have a month or a year without more.
        earlier_url: the times before those of the chart, where it has no room for all.
        search_url, json_url: the same quotes as a list, and the same as JSON.
    """

    site: Site
    filters: AttributionFilter
    bar: FilterBar
    total: int
    chart: TimeChart
    charts_url: str
    units: Links
    shapes: Links
    by_itself: str | None
    undated: Undated
    vague: Vague
    earlier_url: str | None
    search_url: str
    json_url: str
