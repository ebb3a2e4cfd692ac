"""``/compare``: the page, the same as JSON, and its chart."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from app.present.dumbbell_figure import dumbbell_json
from app.present.figures import figures_json
from app.store.filters import AttributionFilter
from app.web import compare, compare_json
from app.web.access import Role, open_to
from app.web.answers import answers
from app.web.api import drawn
from app.web.comparing import BadComparison
from app.web.deps import ReadingDep, json_response, page_response
from app.web.filtering import BadFilter, chosen_filter
from app.web.shapes.compare import Compared
from app.web.shapes.jobs import Charts
from app.web.things import MOST, compare_address

router = APIRouter()
READ = ["GET", "HEAD"]
WithDep = Annotated[list[str], Query(alias="with", default_factory=list)]


def common_filter(request: Request, now: ReadingDep, given: WithDep) -> AttributionFilter:
    """What all things have in common; the way on from a wrong value keeps the things.

    Raises:
        BadComparison: a value is malformed, or nothing in the library has it.
    """
    try:
        return chosen_filter(request, now)
    except BadFilter as error:
        way_on = ("The same without these filters", compare_address(given[:MOST]))
        raise BadComparison(str(error), (way_on,)) from error


CommonDep = Annotated[AttributionFilter, Depends(common_filter)]


@router.api_route("/compare", methods=READ)
@open_to(Role.READER)
def page(now: ReadingDep, filters: CommonDep, given: WithDep, by: str = "") -> Response:
    """Two to six articles, speakers, topics, publishers or periods side by side."""
    return page_response(now, "pages/compare.html", compare.compare, tuple(given), filters, by)


@router.api_route("/compare.json", methods=READ)
@open_to(Role.READER)
@answers(Compared, 400, 404)
def as_json(now: ReadingDep, filters: CommonDep, given: WithDep) -> Response:
    """Two to six articles, speakers, topics, publishers or periods side by side."""
    return json_response(now, compare_json.compare_page(compare.compare(now.conn, now.site, tuple(given), filters)))


@router.api_route("/compare/charts.json", methods=READ)
@open_to(Role.READER)
@answers(Charts, 400, 404)
def chart(now: ReadingDep, filters: CommonDep, given: WithDep, by: str = "", v: str = "") -> Response:
    """The chart of a comparison as a Plotly figure."""
    found = compare.chart_of(now.conn, now.site, tuple(given), filters, by)
    return drawn(now, dumbbell_json(found) if found else figures_json([]), v)
