"""Share links for programs: listed, made, taken back."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from app.present.share_json import share_json
from app.store.shares import list_shares, share_by_uid
from app.web.access import Role, open_to
from app.web.adding import BodyDep, WrongFieldError
from app.web.addresses import shared
from app.web.answers import answers
from app.web.deps import ReadingDep, json_response
from app.web.shapes import shares as shapes
from app.web.share_targets import targets
from app.web.sharing import LONGEST_NOTE, ROLES, TERMS, made, taken_back
from app.web.uploads import read_object

router = APIRouter()
READ = ["GET", "HEAD"]
NOT_KEPT = {"cache-control": "no-store"}
FIELDS = ("of", "what", "role", "days", "note")


@router.api_route("/shares.json", methods=READ)
@open_to(Role.OWNER)
@answers(shapes.Shares)
def listed(now: ReadingDep) -> Response:
    """The share links, the last first."""
    every = [share_json(one) for one in list_shares(now.conn)]
    return json_response(now, {"items": every, "total": len(every), "next": None})


@router.post("/api/shares")
@open_to(Role.OWNER, changes=False)
@answers(shapes.MadeShare, 404, 422, status=(201,), takes=shapes.GivenShare)
def make(now: ReadingDep, body: BodyDep) -> Response:
    """Make a link; its token is in the answer and nowhere else."""
    given = read_object(body)
    for name in given:
        if name not in FIELDS:
            raise WrongFieldError({name: f"There is no field “{name[:40]}”. There are: {', '.join(FIELDS)}."})
    offered = {one.key: one for one in targets(now, _text(given, "of", "/"))}
    what = _text(given, "what", next(iter(offered)))
    if what not in offered:
        raise WrongFieldError({"what": f"From there can be shared: {', '.join(offered)}."})
    role, note = _text(given, "role", "reader"), _text(given, "note", "")
    if role not in ROLES:
        raise WrongFieldError({"role": f"“role” can be {' or '.join(ROLES)}."})
    if len(note) > LONGEST_NOTE:
        raise WrongFieldError({"note": f"A note has {LONGEST_NOTE} characters at most."})
    share, token = made(now, offered[what], ROLES[role], _days(given), note)
    answer = {**share_json(share), "token": token, "link": shared(now.request, f"/s/{token}")}
    return JSONResponse(answer, 201, headers=NOT_KEPT)


@router.delete("/api/shares/{uid}")
@open_to(Role.OWNER, changes=False)
@answers(shapes.Share, 404, 409)
def take_back(now: ReadingDep, uid: str) -> Response:
    """Let a link, and whoever came by it, see nothing any more."""
    taken_back(now, uid)
    with now.desk.engine.connect() as conn:
        return JSONResponse(share_json(share_by_uid(conn, uid)), headers=NOT_KEPT)


def _text(given: dict[str, Any], name: str, usual: str) -> str:
    value = given.get(name, usual)
    if not isinstance(value, str):
        raise WrongFieldError({name: f"“{name}” is a text."})
    return value.strip()


def _days(given: dict[str, Any]) -> str:
    """The field ``days`` as the form has it: 30 where nothing is said, without end where it is null.

    Raises:
        WrongFieldError: it is no number of days that a link can work.
    """
    days = given.get("days", 30)
    if days is None:
        return ""
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= max(int(one) for one in TERMS if one):
        raise WrongFieldError({"days": "“days” is a whole number from 1 to 365, or null for a link without end."})
    return str(days)
