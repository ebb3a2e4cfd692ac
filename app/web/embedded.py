"""From the store to the small pages that others show in frames."""

from __future__ import annotations

from sqlalchemy import Connection

from app.present.chart_data import ChartData
from app.present.chart_links import numbers_address
from app.present.exports.chart_files import stamp
from app.present.filter_query import query_of
from app.present.matching import figures_with_hits
from app.present.templates import address
from app.present.time_data import TimeChart
from app.store.attributions import list_quotes, quote_by_id
from app.store.corrections import current_id
from app.store.filters import AttributionFilter
from app.web import charted
from app.web.charted import Charted
from app.web.contexts import Site
from app.web.contexts.embed import EmbedChartPage, EmbedListPage, EmbedQuotePage
from app.web.facets import Counts, PageAt, filter_bar
from app.web.timing import TimeView

QUOTES = 5


def quote(conn: Connection, site: Site, quote_id: str) -> EmbedQuotePage:
    """One quote; an address that it had shows it as well.

    Raises:
        NotFound: there is no such quote.
    """
    row = quote_by_id(conn, current_id(conn, quote_id))
    return EmbedQuotePage(site, figures_with_hits([row])[0], address(f"/quotes/{row.id}"))


def search(conn: Connection, site: Site, chosen: AttributionFilter, order: str) -> EmbedListPage:
    """The first quotes that *chosen* lets through.

    Raises:
        QueryError: the words of *chosen* cannot be looked for.
    """
    found = list_quotes(conn, chosen, limit=QUOTES, order=order)
    query = query_of(chosen, order=order)
    bar = filter_bar(Counts(conn), site, PageAt("/search", chosen, {}), left=found.total)
    applied = tuple((facet.label, facet.chosen_label) for facet in bar.applied)
    return EmbedListPage(site, figures_with_hits(found.items), found.total, applied, address("/search", **query))


def board(conn: Connection, site: Site) -> EmbedChartPage:
    """The board's chart."""
    return _page(site, charted.of_board(conn)[0])


def topic(conn: Connection, site: Site, chosen: AttributionFilter) -> EmbedChartPage:
    """A topic's chart.

    Raises:
        NotFound: there is no such topic.
    """
    return _page(site, charted.of_topic(conn, site, chosen)[0])


def article(conn: Connection, site: Site, slug: str, key: str) -> EmbedChartPage:
    """The chart of an article with *key*.

    Raises:
        NotFound: there is no such article or chart.
    """
    return _page(site, charted.one_of(charted.of_article(conn, slug), key))


def speaker(conn: Connection, site: Site, chosen: AttributionFilter, key: str) -> EmbedChartPage:
    """The chart of a speaker with *key*.

    Raises:
        NotFound: there is no such speaker or chart.
    """
    return _page(site, charted.one_of(charted.of_speaker(conn, site, chosen), key))


def time(conn: Connection, site: Site, chosen: AttributionFilter, how: TimeView) -> EmbedChartPage:
    """The chart of quotes over time."""
    return _page(site, charted.of_time(conn, site, chosen, how)[0])


def compare(conn: Connection, site: Site, given: tuple[str, ...], common: AttributionFilter, by: str) -> EmbedChartPage:
    """The chart of a comparison.

    Raises:
        BadComparison: as :func:`app.web.compare.compare`.
        NotFound: there is nothing to draw.
    """
    return _page(site, charted.one_of(charted.of_compare(conn, site, given, common, by), ""))


def _page(site: Site, found: Charted) -> EmbedChartPage:
    """The page of a chart; no day stands on it, since it follows the library and is kept until that changes."""
    chart, about = found.chart, found.about
    kind = "bars" if isinstance(chart, ChartData) else "times" if isinstance(chart, TimeChart) else "dumbbell"
    return EmbedChartPage(
        site, chart, kind, stamp(about, dated=False), about.view, numbers_address(about.view, chart.key)
    )
