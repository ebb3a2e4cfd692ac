"""``/share`` and ``/shares``: a link is made from any page, shown once, listed, and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote, urlsplit

from fastapi import APIRouter
from fastapi.responses import Response

from app.domain import Part
from app.present.filter_query import filter_of
from app.present.numbers import day
from app.present.qr import qr_svg
from app.present.share_targets import Target
from app.store import audit
from app.store.cube.choosing import Order, choose
from app.store.jobs import now as moment
from app.store.shares import NewShare, Share, list_shares, make_share, revoke, share_by_uid
from app.web.access import Role, open_to
from app.web.addresses import client_of, network_origins, shared
from app.web.contexts.sharing import SharedPage, SharePage, SharesPage
from app.web.contexts.site import Links
from app.web.deps import Reading, ReadingDep, fresh_page, see
from app.web.forms import FormDep
from app.web.listing import Listed
from app.web.share_targets import targets

router = APIRouter()
READ = ["GET", "HEAD"]
ROLES = {"reader": Role.READER, "corrector": Role.CORRECTOR}
ROLE_WORDS = {
    Role.READER: "read only",
    Role.CORRECTOR: "read and correct",
    Role.OWNER: "everything, as you",
}
TERMS = {
    "1": "for a day",
    "7": "for a week",
    "30": "for 30 days",
    "365": "for a year",
    "": "until you take it back",
}
"""Days, and the words for them."""
USUAL = {"role": "reader", "days": "30", "note": ""}
LONGEST_NOTE = 200
MOST_ENDED = 50


@router.api_route("/share", methods=READ)
@open_to(Role.OWNER)
def box(now: ReadingDep, of: str = "") -> Response:
    """What of the page *of* to share, or of the one that the browser comes from."""
    came_from = urlsplit(now.request.headers.get("referer", ""))
    of = of or came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return fresh_page(now, "pages/share.html", share_page(now, page_of(of), USUAL))


@router.post("/share")
@open_to(Role.OWNER, changes=False)
def make(now: ReadingDep, form: FormDep) -> Response:
    """Make the link and show it, this once: only its hash is kept."""
    of = page_of(form.text("of"))

    typed = {name: form.text(name).strip() for name in ("what", "role", "days", "note")}
    page = share_page(now, of, typed)
    target = next((one for one in page.targets if one.key == typed["what"]), None)
    wrong = _wrong(typed, target)
    if wrong or target is None:
        return fresh_page(now, "pages/share.html", replace(page, errors=wrong), 422)
    share, token = made(now, target, ROLES[typed["role"]], typed["days"], typed["note"])
    link = shared(now.request, f"/s/{token}")
    shown = SharedPage(now.site, of, share, link, qr_svg(link), mail_to(share, link))
    answer = fresh_page(now, "pages/shared.html", shown)
    answer.headers["cache-control"] = "no-store"
    return answer


def share_page(now: Reading, of: str, typed: Mapping[str, str]) -> SharePage:
    """The context of ``/share``."""
    offered = targets(now, of)
    chosen = {**typed, "what": typed.get("what") or offered[0].key}
    roles = tuple((name, ROLE_WORDS[role]) for name, role in ROLES.items())
    return SharePage(now.site, of, offered, chosen, roles, tuple(TERMS.items()), downloads(now, offered[0]))


def downloads(now: Reading, target: Target) -> Links:
    """The quotes of *target* as files; of a single one its page has the ways to cite it."""
    if target.part is Part.QUOTE:
        return ()
    chosen = filter_of(target.given)
    return Listed("/search", chosen, Order.NEWEST, None).downloads(len(choose(now.conn, chosen)))


def _wrong(typed: Mapping[str, str], target: Target | None) -> dict[str, str]:
    found = {}
    if target is None:
        found["what"] = "Choose what to share: what was chosen is not there any more."
    if typed["role"] not in ROLES:
        found["role"] = "Choose whether they may only read, or correct as well."
    if typed["days"] not in TERMS:
        found["days"] = "Choose until when the link works."
    if len(typed["note"]) > LONGEST_NOTE:
        found["note"] = f"This is too long for a note: {LONGEST_NOTE} characters at most."
    return found


def made(now: Reading, target: Target, role: Role, days: str, note: str) -> tuple[Share, str]:
    """A new link to *target* that works for so many *days*, or without end, and its token."""
    expires = moment() + dt.timedelta(days=int(days)) if days else None
    wanted = NewShare(role, target.part, target.given, target.path, target.title, note, expires)
    with now.desk.engine.begin() as conn:
        uid, token = make_share(conn, wanted)
        what = f"link {uid}: {target.title}, {ROLE_WORDS[role]}"
        audit.note(conn, now.site.visitor.name, "shared", what, client_of(now.request))
        return share_by_uid(conn, uid), token


def mail_to(share: Share, link: str) -> str:
    """The address that begins a mail with *link*."""
    until = f"\n\nThe link works until {day(share.expires.date())}." if share.expires else ""
    return f"mailto:?subject={quote(share.title)}&body={quote(f'{share.title}:{chr(10)}{link}{until}')}"


@router.api_route("/shares", methods=READ)
@open_to(Role.OWNER)
def shares(now: ReadingDep, revoked: str = "") -> Response:
    """All links, with what became of them."""
    title = share_by_uid(now.conn, revoked).title if revoked else ""
    told = f"Taken back: “{title}”. Whoever came by that link sees nothing any more." if title else ""
    return fresh_page(now, "pages/shares.html", shares_page(now, told))


def shares_page(now: Reading, told: str = "") -> SharesPage:
    """The context of ``/shares``."""
    at, every = moment(), list_shares(now.conn)
    port = (now.request.scope.get("server") or ("", None))[1]
    return SharesPage(
        site=now.site,
        working=tuple(one for one in every if one.opens(at)),
        ended=tuple(one for one in every if not one.opens(at))[:MOST_ENDED],
        origins=tuple(network_origins(now.desk.settings, port)) if now.desk.settings.share else (),
        roles=ROLE_WORDS,
        told=told,
    )


@router.post("/shares/{uid}/revoke")
@open_to(Role.OWNER, changes=False)
def take_back(now: ReadingDep, uid: str) -> Response:
    """Let a link, and whoever came by it, see nothing any more."""
    taken_back(now, uid)
    return see("/shares", revoked=uid)


def taken_back(now: Reading, uid: str) -> Share:
    """The link *uid*, which works no more.

    Raises:
        NotFound: there is none.
    """
    with now.desk.engine.begin() as conn:
        share = revoke(conn, uid)
        audit.note(conn, now.site.visitor.name, "took back", f"link {uid}: {share.title}", client_of(now.request))
    return share


def page_of(of: str) -> str:
    """*of*, where it is a path of ours; else the board. A page links back to it."""
    return of if of.startswith("/") and not of.startswith(("//", "/\\")) else "/"
