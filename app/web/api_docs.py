"""``/openapi.json``: what programs can ask for, made when it is asked for the first time."""

from __future__ import annotations

import json
from functools import lru_cache

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response

from app.web.access import Role, open_to
from app.web.answers import answers
from app.web.cache import Kept
from app.web.deps import tag_of, tagged

router = APIRouter()
READ = ["GET", "HEAD"]
Described = dict[str, object]


@lru_cache(maxsize=2)
def described(app: FastAPI) -> Kept:
    """The OpenAPI document of *app* as it is sent."""
    from app.web.openapi.document import document  # noqa: PLC0415 - nobody may ever ask

    body = json.dumps(document(app), ensure_ascii=False, separators=(",", ":")).encode()
    return Kept(body, tag_of(body))


@router.api_route("/openapi.json", methods=READ)
@open_to(Role.ANYONE)
@answers(Described)
def openapi(request: Request) -> Response:
    """All of this as OpenAPI 3.1."""
    return tagged(request, described(request.app), "application/json")
