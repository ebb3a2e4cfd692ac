"""From the store to the page of quotes over time, its chart, and the same as JSON."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import get_args

from sqlalchemy import Connection

from app.present import quote_json
from app.present.filter_query import query_of
from app.present.templates import address
from app.present.time_data import MOST_BUCKETS, TimeChart, last_day, time_chart, unit_for
from app.store import dating, stats
from app.store.cube.tallying import Unit
from app.store.filters import AttributionFilter
from app.web.contexts import Site, TimePage
from app.web.facets import Counts, PageAt, filter_bar
from app.web.shapes.board import Times

PATH = "/time"
UNIT_WORDS: dict[Unit, str] = {"day": "Days", "week": "Weeks", "month": "Months", "year": "Years"}
SHAPE_WORDS = {"stacked": "Stacked", "lines": "Lines"}
UNDATED_ARTICLES = 8


@dataclass(frozen=True, slots=True)
class TimeView:
    """How the page shows the times: a unit, or "" for the one that fits; and bars or lines."""

    unit: Unit | str = ""
    shape: str = "stacked"

    def kept(self, **other: str) -> dict[str, str]:
        """The parameters for this view with *other* values; the usual ones are not said."""
        found = {"unit": self.unit, "as": self.shape, **other}
        return {name: value for name, value in found.items() if value not in ("", "stacked")}


def search_address(chosen: AttributionFilter) -> str:
    """The list of the quotes that *chosen* lets through."""
    return address("/search", **query_of(chosen))


def chart_of(
    conn: Connection, site: Site, chosen: AttributionFilter, view: TimeView, *, most: int = MOST_BUCKETS
) -> TimeChart:
    """The chart of the quotes that *chosen* lets through, in the unit of *view* or the shortest that fits.

    Raises:
        QueryError: the words of *chosen* cannot be looked for.
    """
    span = stats.date_span(conn, chosen)
    named = [one for one in get_args(Unit) if one == view.unit]
    unit: Unit = named[0] if named else unit_for(span, most) if span else "month"
    return time_chart(
        "time",
        "Quotes over time, by topic",
        stats.time_counts(conn, chosen, unit) if span else (),
        site.topics,
        chosen,
        unit,
        search_address,
        most=most,
        lines=view.shape == "lines",
    )


def time_page(conn: Connection, site: Site, chosen: AttributionFilter, view: TimeView) -> TimePage:
    """The context of ``/time``.

    Raises:
        QueryError: the words of *chosen* cannot be looked for.
    """
    counted = Counts(conn)
    asked = PageAt(PATH, chosen, view.kept())
    chart = chart_of(conn, site, chosen, view)
    total = counted.total(chosen)

    def url(**other: str) -> str:
        return PageAt(PATH, chosen, view.kept(**other)).url(chosen)

    return TimePage(
        site=site,
        filters=chosen,
        bar=filter_bar(counted, site, asked, left=total),
        total=total,
        chart=chart,
        charts_url=address("/time/charts.json", **query_of(chosen), **view.kept(), v=str(site.revision)),
        units=tuple((words, "" if unit == chart.unit else url(unit=unit)) for unit, words in UNIT_WORDS.items()),
        shapes=tuple((words, "" if one == view.shape else url(**{"as": one})) for one, words in SHAPE_WORDS.items()),
        by_itself=url(unit="") if view.unit else None,
        undated=dating.undated(conn, chosen, UNDATED_ARTICLES),
        vague=dating.vague(conn, chosen),
        earlier_url=_earlier(asked, chart),
        search_url=search_address(chosen),
        json_url=address("/time.json", **query_of(chosen), **view.kept()),
    )


def _earlier(asked: PageAt, chart: TimeChart) -> str | None:
    if not chart.earlier[0]:
        return None
    until = chart.buckets[0].start - dt.timedelta(days=1)
    return PageAt(asked.path, asked.chosen, {**asked.kept, "unit": chart.unit}).url(replace(asked.chosen, until=until))


def as_json(page: TimePage) -> Times:
    """``/time.json``: every time of the chart, also those without a quote; ``counts`` are by topic."""
    chart = page.chart
    return {
        "filters": query_of(page.filters),
        "unit": chart.unit,
        "total": page.total,
        "topics": [{"id": one.key or None, "label": one.label} for one in chart.series],
        "times": [
            {
                "from": bucket.start.isoformat(),
                "to": last_day(bucket.start, chart.unit).isoformat(),
                "label": bucket.label,
                "total": bucket.total,
                "counts": [part.count for part in bucket.parts],
                "address": bucket.href,
            }
            for bucket in chart.buckets
        ],
        "earlier": chart.earlier[0],
        "undated": {
            "quotes": page.undated.quotes,
            "indirect": page.undated.indirect,
            "articles": page.undated.articles,
            "newest": [
                {**quote_json.article(row.article), "quotes": row.quotes, "indirect": row.indirect}
                for row in page.undated.newest
            ],
        },
        "month_alone_known": page.vague.month,
        "year_alone_known": page.vague.year,
    }
