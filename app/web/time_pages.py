"""``/time``: the page, the same as JSON, and its chart."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.present.figures import drawn_json
from app.present.templates import address
from app.present.time_figure import time_figure
from app.store.cube.tallying import Unit
from app.web import timing
from app.web.access import Part, Role, open_to
from app.web.answers import answers
from app.web.api import drawn
from app.web.deps import ReadingDep, json_response, page_response
from app.web.filtering import BadFilter, FilterDep, short
from app.web.shapes.board import Times
from app.web.shapes.jobs import Charts

router = APIRouter()
READ = ["GET", "HEAD"]


def view(request: Request) -> timing.TimeView:
    """How the times are to be shown.

    Raises:
        BadFilter: in no way that there is.
    """
    unit = _one_of(request, "unit", get_args(Unit))
    return timing.TimeView(unit, _one_of(request, "as", timing.SHAPE_WORDS) or "stacked")


TimeViewDep = Annotated[timing.TimeView, Depends(view)]


def _one_of(request: Request, name: str, allowed: Collection[str]) -> str:
    value = request.query_params.get(name, "").strip()
    if value and value not in allowed:
        kept = {key: other for key, other in request.query_params.items() if key != name}
        path = request.url.path.removesuffix(".json").removesuffix("/charts")
        away = ((f"Without “{name}”", address(path, **kept)),)
        offered = ", ".join(list(allowed)[:-1]) + f" or {list(allowed)[-1]}"
        raise BadFilter(f"“{short(value)}” is no value of “{name}”. It can be {offered}.", name, away)
    return value


@router.api_route("/time", methods=READ)
@open_to(Role.READER, Part.LIST)
def page(now: ReadingDep, filters: FilterDep, how: TimeViewDep) -> Response:
    """Quotes by day, week, month or year, and by topic."""
    return page_response(now, "pages/time.html", timing.time_page, filters, how)


@router.api_route("/time.json", methods=READ)
@open_to(Role.READER, Part.LIST)
@answers(Times, 400)
def as_json(now: ReadingDep, filters: FilterDep, how: TimeViewDep) -> Response:
    """Quotes by day, week, month or year, and by topic."""
    return json_response(now, timing.as_json(timing.time_page(now.conn, now.site, filters, how)))


@router.api_route("/time/charts.json", methods=READ)
@open_to(Role.READER, Part.LIST)
@answers(Charts, 400)
def chart(now: ReadingDep, filters: FilterDep, how: TimeViewDep, v: str = "") -> Response:
    """The chart of quotes over time as a Plotly figure."""
    found = timing.chart_of(now.conn, now.site, filters, how)
    return drawn(now, drawn_json({found.key: time_figure(found)} if found.buckets else {}), v)
