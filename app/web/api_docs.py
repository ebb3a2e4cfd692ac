"""``/openapi.json`` and ``/api``: what programs can ask for, made when somebody looks for the first time."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from app.web.access import Role, open_to
from app.web.addresses import absolute
from app.web.answers import answers
from app.web.cache import Kept
from app.web.contexts import ApiGroupPage, ApiPage, ApiTypePage, Site
from app.web.deps import ReadingDep, page_response, tag_of, tagged

router = APIRouter()
READ = ["GET", "HEAD"]
Described = dict[str, object]


def described(app: FastAPI) -> tuple[dict[str, Any], Kept]:
    """The OpenAPI document of *app*, and the same as it is sent; made once."""
    kept: tuple[dict[str, Any], Kept] | None = getattr(app.state, "described", None)
    if kept is None:
        from app.web.openapi.document import document  # noqa: PLC0415 - nobody may ever ask

        made = document(app)
        body = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
        kept = app.state.described = (made, Kept(body, tag_of(body)))
    return kept


@router.api_route("/openapi.json", methods=READ)
@open_to(Role.ANYONE)
@answers(Described)
def openapi(request: Request) -> Response:
    """All of this as OpenAPI 3.1."""
    return tagged(request, described(request.app)[1], "application/json")


@router.api_route("/api", methods=READ)
@open_to(Role.READER)
def api(now: ReadingDep, group: str = "", type: str = "") -> Response:
    """What programs can ask for, and what is promised to them; or the operations of a group; or one type."""
    base = absolute(now.request, "")
    if type:
        return page_response(now, "pages/api_type.html", type_page, now.request.app, type)
    if group:
        return page_response(now, "pages/api_group.html", group_page, now.request.app, group, base)
    return page_response(now, "pages/api.html", api_page, now.request.app, base)


def api_page(conn: Connection, site: Site, app: FastAPI, base: str) -> ApiPage:
    """The context of the page without a choice; *base* is where this service is."""
    from app.web.openapi import shown  # noqa: PLC0415

    return shown.overview(described(app)[0], site, base)


def group_page(conn: Connection, site: Site, app: FastAPI, name: str, base: str) -> ApiGroupPage:
    """The context of the page of the group *name*."""
    from app.web.openapi import shown  # noqa: PLC0415

    return shown.group(described(app)[0], site, base, name)


def type_page(conn: Connection, site: Site, app: FastAPI, name: str) -> ApiTypePage:
    """The context of the page of the type *name*."""
    from app.web.openapi import shown  # noqa: PLC0415

    return shown.one_type(described(app)[0], site, name)
