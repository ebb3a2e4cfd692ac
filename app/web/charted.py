"""The charts of each page with what they are of, for files, drawings and frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import Connection

from app.errors import NotFound
from app.present.chart_data import ChartData
from app.present.drawn.svg import AnyChart
from app.present.dumbbell import Dumbbell
from app.present.exports.about import About
from app.present.filter_query import query_of
from app.present.rows import first_words, full_name
from app.present.templates import address
from app.present.time_data import TimeChart
from app.store import stats
from app.store.articles import article_row
from app.store.filters import AttributionFilter
from app.web import article_page, building, compare, speaker, timing
from app.web.contexts import Site
from app.web.facets import Counts
from app.web.things import compare_address

LONGEST_TITLE = 120
Chart = TypeVar("Chart", ChartData, TimeChart, Dumbbell)


@dataclass(frozen=True, slots=True)
class Charted:
    """A chart, and what its files say of it."""

    chart: AnyChart
    about: About


def one_of(charts: Sequence[Charted], key: str) -> Charted:
    """The one with *key*; without a key, the first.

    Raises:
        NotFound: there is none.
    """
    found = next((one for one in charts if key in ("", one.chart.key)), None)
    if found is None:
        told = ", ".join(one.chart.key for one in charts)
        raise NotFound(f"This page has no such chart.{f' It has: {told}.' if told else ''}")
    return found


def of_board(conn: Connection) -> tuple[Charted, ...]:
    """The chart of the board."""
    return (_charted(building.board_chart(conn), "/", {}, stats.library_counts(conn).quotes),)


def of_topic(conn: Connection, site: Site, chosen: AttributionFilter) -> tuple[Charted, ...]:
    """The chart of a topic's page.

    Raises:
        NotFound: there is no such topic.
    """
    chart = building.topic_chart(conn, site, chosen)
    view = address(f"/topics/{chosen.topic}", **query_of(chosen, "topic"))
    return (_charted(chart, view, query_of(chosen), Counts(conn).total(chosen)),)


def of_article(conn: Connection, slug: str) -> tuple[Charted, ...]:
    """The charts of an article, one a topic.

    Raises:
        NotFound: there is no such article.
    """
    title = article_row(conn, slug).title
    charts = article_page.article_charts(conn, slug)
    view = address(f"/articles/{slug}")
    return tuple(
        _charted(
            _titled(chart, title),
            view,
            {"topic": chart.key.removeprefix("topic-"), "article": slug},
            sum(bar.total for bar in chart.rows),
        )
        for chart in charts
    )


def of_speaker(conn: Connection, site: Site, chosen: AttributionFilter) -> tuple[Charted, ...]:
    """Both charts of a speaker's page; the second where any quote has a date.

    Raises:
        NotFound: there is no such speaker.
    """
    name = full_name(speaker.speaker_of(conn, chosen.speaker or ""))
    view = address(f"/speakers/{chosen.speaker}", **query_of(chosen, "speaker"))
    bars = _titled(speaker.topic_chart(conn, chosen), name)
    times = speaker.time_chart(conn, site, chosen)
    query = query_of(chosen)
    first = _charted(bars, view, query, Counts(conn).total(chosen))
    return (first, _charted(_titled(times, name), view, query, _dated(times))) if times.buckets else (first,)


def of_time(conn: Connection, site: Site, chosen: AttributionFilter, how: timing.TimeView) -> tuple[Charted, ...]:
    """The chart of quotes over time."""
    chart = timing.chart_of(conn, site, chosen, how)
    view = address(timing.PATH, **query_of(chosen), **how.kept())
    return (_charted(chart, view, query_of(chosen), _dated(chart)),)


def of_compare(
    conn: Connection, site: Site, given: Sequence[str], common: AttributionFilter, by: str
) -> tuple[Charted, ...]:
    """The chart of a comparison; none where there is nothing to draw.

    Raises:
        BadComparison: as :func:`app.web.compare.compare`.
    """
    chart = compare.chart_of(conn, site, tuple(given), common, by)
    if chart is None:
        return ()
    query = query_of(common)
    of = "as a share of each one’s own, in per cent" if chart.by_share else "by number"
    view = compare_address(given, **query, by=by or None)
    titled = replace(chart, title=f"{chart.title}, {of}")
    return (_charted(titled, view, query, sum(thing.total for thing in chart.things)),)


def _charted(chart: AnyChart, view: str, filters: Mapping[str, str], count: int) -> Charted:
    return Charted(chart, About(chart.title, view, filters, count, {}))


def _dated(chart: TimeChart) -> int:
    return sum(bucket.total for bucket in chart.buckets)


def _titled(chart: Chart, of: str) -> Chart:
    """*chart* with the name of what it is of, which its page has above it."""
    return replace(chart, title=f"{first_words(of, LONGEST_TITLE)}: {chart.title[:1].lower()}{chart.title[1:]}")
