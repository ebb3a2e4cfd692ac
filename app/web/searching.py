"""``/search``: every quote, under any filter, with the words that are looked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from app.domain import AttributionKind
from app.errors import QueryError
from app.present import quote_json
from app.present.filter_query import query_of
from app.store import stats
from app.store.attributions import list_quotes
from app.store.filters import AttributionFilter
from app.store.rows import Page
from app.store.search import read_query
from app.web import schemas
from app.web.access import Part, Role, open_to
from app.web.answers import answers
from app.web.contexts import SearchPage, Site
from app.web.deps import ReadingDep, fresh_page, json_response, page_response
from app.web.facets import Counts, filter_bar
from app.web.filtering import View, ViewDep, asked_by, read_filter
from app.web.listing import Listed, bare
from app.web.shapes.lists import SearchResult


def loose_filter(request: Request, now: ReadingDep) -> AttributionFilter:
    """The filter in the address; its words are read by the page, which explains what is wrong with them."""
    return read_filter(now, asked_by(request))


LooseFilterDep = Annotated[AttributionFilter, Depends(loose_filter)]
router = APIRouter()
READ = ["GET", "HEAD"]
PATH, TEMPLATE = "/search", "pages/search.html"


@router.api_route(PATH, methods=READ)
@open_to(Role.READER, Part.LIST)
def search(now: ReadingDep, filters: LooseFilterDep, view: ViewDep) -> Response:
    """The quotes; where the words cannot be looked for, why."""
    try:
        return page_response(now, TEMPLATE, search_page, filters, view)
    except QueryError as error:
        return fresh_page(now, TEMPLATE, not_understood(now.site, filters, str(error)), 400)


@router.api_route(f"{PATH}.json", methods=READ)
@open_to(Role.READER, Part.LIST)
@answers(SearchResult, 400, 404)
def search_json(now: ReadingDep, filters: LooseFilterDep, view: ViewDep) -> Response:
    """A page of the quotes that a filter lets through."""
    return json_response(now, as_json(search_page(now.conn, now.site, filters, view)))


def search_page(conn: Connection, site: Site, chosen: AttributionFilter, view: View) -> SearchPage:
    """The context of ``/search``.

    Raises:
        QueryError: its words cannot be looked for.
        NotFound: *after* is no quote.
    """
    query = read_query(conn, chosen.words) if chosen.words else None
    counted = Counts(conn)
    quotes = list_quotes(conn, chosen, after=view.after, order=view.order)
    listed = Listed(PATH, chosen, view.order, view.after)
    counts = {row.kind: row.count for row in counted(stats.kind_counts, chosen)}
    indirect = counts[AttributionKind.INDIRECT]
    return SearchPage(
        site=site,
        filters=chosen,
        typed=chosen.words or "",
        error="",
        query=query,
        bar=filter_bar(counted, site, listed.asked, left=quotes.total),
        kinds=(quotes.total - indirect, indirect),
        quotes=quotes,
        orders=listed.orders(),
        downloads=listed.downloads(quotes.total),
        next_url=listed.following(quotes.next),
        first_url=listed.first(),
        time_url=bare("/time", chosen),
    )


def not_understood(site: Site, chosen: AttributionFilter, error: str) -> SearchPage:
    """The page with what was typed and why it cannot be looked for."""
    return SearchPage(
        site=site,
        filters=replace(chosen, words=None),
        typed=chosen.words or "",
        error=error,
        query=None,
        bar=None,
        kinds=(0, 0),
        quotes=Page(0, (), None),
        orders=(),
        downloads=(),
        next_url=None,
        first_url=None,
        time_url="",
    )


def as_json(page: SearchPage) -> SearchResult:
    """``/search.json``: the filter, the page of quotes, and what every other click would leave."""
    return {
        "filters": query_of(page.filters),
        **schemas.listing(page.quotes, quote_json.quote, schemas.in_json(page.next_url)),
        "facets": schemas.facets(page.bar) if page.bar else {},
    }
