"""``/audit``: who did what, for whoever runs the server."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from app.present.templates import address
from app.store.audit import lines
from app.web.access import Role, open_to
from app.web.answers import answers
from app.web.contexts.sharing import AuditPage
from app.web.deps import Reading, ReadingDep, fresh_page, json_response
from app.web.shapes.shares import Audit

router = APIRouter()
READ = ["GET", "HEAD"]
ON_A_PAGE = 100


@router.api_route("/audit", methods=READ)
@open_to(Role.OWNER)
def audit(now: ReadingDep, before: int | None = None) -> Response:
    """The lines, the last first."""
    return fresh_page(now, "pages/audit.html", audit_page(now, before))


@router.api_route("/audit.json", methods=READ)
@open_to(Role.OWNER)
@answers(Audit, 400)
def audit_json(now: ReadingDep, before: int | None = None) -> Response:
    """Who shared, took back, corrected and deleted what, the last first."""
    page = audit_page(now, before)
    items = [
        {
            "number": one.number,
            "at": one.at.isoformat(),
            "who": one.who,
            "did": one.did,
            "what": one.what,
            "client": one.client,
        }
        for one in page.lines
    ]
    following = page.next_url and page.next_url.replace("/audit", "/audit.json", 1)
    return json_response(now, {"items": items, "next": following})


def audit_page(now: Reading, before: int | None) -> AuditPage:
    """The context of ``/audit``."""
    shown = lines(now.conn, before, ON_A_PAGE)
    following = address("/audit", before=str(shown[-1].number)) if len(shown) == ON_A_PAGE else None
    return AuditPage(now.site, shown, following, "/audit" if before is not None else None)
