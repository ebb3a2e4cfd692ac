"""``/s/{token}``: the way in. The token is swapped for a cookie, so that it does not travel on."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.errors import ShareError
from app.store import audit
from app.store.share_sessions import forget, start
from app.store.shares import Share, share_by_token
from app.web.access import Role, open_to
from app.web.addresses import client_of
from app.web.contexts.sharing import OpenedPage
from app.web.deps import Reading, ReadingDep, fresh_page, see
from app.web.gate.cookies import cookie_name, keep, secret_in
from app.web.gate.deciding import visitor_of
from app.web.problems import problem
from app.web.rates import Kind, address_of, too_many

router = APIRouter()
READ = ["GET", "HEAD"]
NOT_KEPT = {"cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex"}
NOTHING = (
    "This link opens nothing: it was taken back, it has ended, it was used up, or it is mistyped. "
    "Ask whoever sent it for another."
)


@router.api_route("/s/{token}", methods=READ)
@open_to(Role.ANYONE)
def enter(now: ReadingDep, token: str) -> Response:
    """Let whoever has the token in, and lead them to what was shared.

    Raises:
        ShareError: it opens nothing.
    """
    who = address_of(now.request.scope)
    wait = now.desk.rates.spent(Kind.GUESS, who)
    if wait is not None:
        answer = problem(now.request, 429, too_many(Kind.GUESS, wait))
        answer.headers["retry-after"] = str(wait)
        return answer
    share = share_by_token(now.conn, token)
    if share is not None and now.site.visitor.owner:
        return see(share.path)
    if share is None:
        raise _nothing(now, who)
    if now.request.method == "HEAD":
        return Response(headers=NOT_KEPT)
    secret = _started(now, share)
    if secret is None:
        raise _nothing(now, who)
    site = replace(now.site, visitor=visitor_of(share))
    answer = fresh_page(now, "pages/opened.html", OpenedPage(site, share.title, share.role, share.path))
    keep(answer, now.desk.settings, secret, share.role)
    answer.headers.update(NOT_KEPT)
    return answer


def _started(now: Reading, share: Share) -> str | None:
    before = secret_in(now.request.headers, cookie_name(now.desk.settings))
    with now.desk.engine.begin() as conn:
        secret = start(conn, share, before)
        if secret is not None:
            audit.note(conn, visitor_of(share).name, "came in", share.title, client_of(now.request))
    return secret


def _nothing(now: Reading, who: str) -> ShareError:
    now.desk.rates.hit(Kind.GUESS, who)
    return ShareError(NOTHING)


@router.post("/leave")
@open_to(Role.ANYONE, changes=False)
def leave(now: ReadingDep, request: Request) -> Response:
    """Let this browser see nothing any more."""
    name = cookie_name(now.desk.settings)
    secret = secret_in(request.headers, name)
    if secret:
        with now.desk.engine.begin() as conn:
            forget(conn, secret)
    answer = see("/")
    answer.delete_cookie(name, httponly=True, secure=now.desk.settings.secure)
    answer.headers["clear-site-data"] = '"cache"'
    return answer
