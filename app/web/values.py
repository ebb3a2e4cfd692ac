"""``/search/values/{field}``: all values of one filter, where the list of quotes has room for the first of them."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy import Connection

from app.present.filter_query import query_of
from app.present.templates import address
from app.store.filters import AttributionFilter
from app.web.access import Part, Role, open_to
from app.web.answers import answers
from app.web.contexts import Site, ValuesPage
from app.web.deps import ReadingDep, json_response, page_response
from app.web.facets import MOST_LISTED, Counts, PageAt, every_value
from app.web.filtering import FilterDep
from app.web.shapes.lists import Value, Values

router = APIRouter()
READ = ["GET", "HEAD"]
PATH = "/search/values"
EVERY = 1_000_000
Field = Literal["publisher", "article", "language", "topic"]


@router.api_route(f"{PATH}/{{field}}.json", methods=READ)
@open_to(Role.READER, Part.LIST)
@answers(Values, 400, 404)
def values_json(now: ReadingDep, field: Field, filters: FilterDep) -> Response:
    """All values of one filter, each with how many quotes it would leave."""
    page = values_page(now.conn, now.site, field, filters, EVERY)
    return json_response(now, as_json(page, filters))


@router.api_route(f"{PATH}/{{field}}", methods=READ)
@open_to(Role.READER, Part.LIST)
def values(now: ReadingDep, field: Field, filters: FilterDep) -> Response:
    """The values with the quotes that each would leave."""
    return page_response(now, "pages/values.html", values_page, field, filters)


def values_page(
    conn: Connection, site: Site, field: str, chosen: AttributionFilter, most: int = MOST_LISTED
) -> ValuesPage:
    """The context of the page, with *most* values."""
    found = every_value(Counts(conn), site, PageAt("/search", chosen, {}), field, most)
    query = {name: value for name, value in query_of(chosen).items() if name != field}
    return ValuesPage(site, found, query)


def as_json(page: ValuesPage, chosen: AttributionFilter) -> Values:
    """The page's values; of articles only the newest are among them, and ``next`` is the list that has all."""
    items: list[Value] = [{"value": one.value, "label": one.label, "count": one.count} for one in page.facet.choices]
    following = page.facet.name == "article" and len(items) > MOST_LISTED
    return {
        "field": page.facet.name,
        "filters": page.query,
        "total": len(items) + max(page.facet.more, 0),
        "items": items,
        "next": address("/articles.json", **query_of(chosen, "article")) if following else None,
    }
