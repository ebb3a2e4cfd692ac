"""``/keys``: the list of keys for whoever has no script to show it in a dialog."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy import Connection

from app.present.keys import KEYS
from app.web.access import Role, open_to
from app.web.answers import answers
from app.web.contexts import KeysPage, Site
from app.web.deps import ReadingDep, json_response, page_response
from app.web.shapes.jobs import Keys

router = APIRouter()
READ = ["GET", "HEAD"]


@router.api_route("/keys", methods=READ)
@open_to(Role.ANYONE)
def keys(now: ReadingDep) -> Response:
    """The list."""
    return page_response(now, "pages/keys.html", keys_page)


@router.api_route("/keys.json", methods=READ)
@open_to(Role.ANYONE)
@answers(Keys)
def keys_json(now: ReadingDep) -> Response:
    """What single keys do on the pages."""
    told: Keys = {"keys": [{"keys": list(one.keys), "does": one.words} for one in KEYS]}
    return json_response(now, told)


def keys_page(conn: Connection, site: Site) -> KeysPage:
    """The context of ``/keys``."""
    return KeysPage(site, KEYS)
