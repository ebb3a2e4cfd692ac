"""Who asks, and whether they may have what they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from sqlalchemy import Connection, Engine
from starlette.datastructures import Headers
from starlette.types import Scope

from app.domain import Role
from app.settings import Settings
from app.store.share_sessions import shares_of
from app.store.shares import Share, share_by_token
from app.web.gate.cookies import cookie_name, secret_in
from app.web.gate.register import Found
from app.web.gate.scope import Within, holds_quote, within
from app.web.visitor import NOBODY, Visitor, given_of

LOCKED = (
    "These pages are locked. Open them by the share link that somebody sent you; if it has ended, ask for another. "
    "Whoever runs the server gets in by the address that it printed when it started."
)
NO_TOKEN = "This token opens nothing: it was revoked, it has ended, or it is mistyped. Ask its maker for another."  # noqa: S105 - a sentence # nosec B105
NOT_SHARED = "This was not shared with you, or it does not exist."
ONLY_READ = "The link that you came by lets you read, and not change anything."
FRAMES, FRAME_TOKEN = "/embed/", "share"
ONLY_OWNER = "Only whoever runs the server can do this."


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody who may have what they ask for, under *query*."""

    visitor: Visitor
    query: str
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody who may not, and why; *guess* is whether a token that opens nothing was shown."""

    visitor: Visitor
    status: int
    message: str
    guess: bool = False


def visitor_of(share: Share) -> Visitor:
    """Who has come by *share*."""
    if share.role is Role.OWNER:
        return Visitor(Role.OWNER, share=share.id, name="owner")
    return Visitor(share.role, share.part, given_of(share.given), share.id, name_of(share), share.path)


def name_of(share: Share) -> str:
    """What the audit log calls whoever came by *share*."""
    return f"link {share.uid}" + (f" ({share.note})" if share.note else "")


class Doorkeeper:
    """Decides for each request. It reads the library, and must not do so in the event loop."""

    def __init__(self, settings: Settings) -> None:
        self.cookie = cookie_name(settings)

    def decide(self, engine: Engine, scope: Scope, found: Found | None) -> Admitted | Refused:
        """Whether the request in *scope*, for which the router will take *found*, may pass."""
        headers, query = Headers(scope=scope), scope["query_string"].decode("latin-1")
        with engine.connect() as conn:
            if scope["path"].startswith(FRAMES):
                shown = _in_frame(conn, scope["path"], query)
                if shown is not None:
                    return shown
            known = self._shares(conn, headers)
            if known is None:
                return Refused(NOBODY, 401, NO_TOKEN, guess=True)
            return _first(conn, known, found, query)

    def _shares(self, conn: Connection, headers: Headers) -> tuple[Share, ...] | None:
        """What was shared with who sent *headers*; ``None`` where a token was sent that opens nothing."""
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            share = share_by_token(conn, token.strip())
            return None if share is None or share.once else (share,)
        secret = secret_in(headers, self.cookie)
        return shares_of(conn, secret) if secret else ()


def _in_frame(conn: Connection, path: str, query: str) -> Admitted | Refused | None:
    """Whether the page of a frame may be shown by the token in its address; ``None`` where there is none in it.

    Browsers send no cookies of ours from other sites, so that the address must say it all. Its token is as public as
    the page that frames it, and opens this one page.
    """
    asked = parse_qsl(query, keep_blank_values=True)
    tokens = [value for name, value in asked if name == FRAME_TOKEN]
    if not tokens:
        return None
    rest = urlencode([(name, value) for name, value in asked if name != FRAME_TOKEN])
    share = share_by_token(conn, tokens[0], framed=True)
    if share is None or urlsplit(share.path) != urlsplit(f"{quote(path)}?{rest}" if rest else quote(path)):
        return Refused(NOBODY, 401, NO_TOKEN, guess=True)
    return Admitted(Visitor(Role.READER, share=share.id, name=name_of(share), framed=True), rest, share)


def _first(conn: Connection, known: tuple[Share, ...], found: Found | None, query: str) -> Admitted | Refused:
    """By the first of the links that lets them have it; where none does, why the first one did not."""
    visitors = sorted(((visitor_of(share), share) for share in known), key=lambda one: not one[0].owner)
    refused: Refused | None = None
    for visitor, share in visitors:
        decided = admit(conn, visitor, found, query)
        if isinstance(decided, Admitted):
            return Admitted(visitor, decided.query, share)
        refused = refused or decided
    if refused is not None:
        return refused
    return admit(conn, NOBODY, found, query)


def admit(conn: Connection, visitor: Visitor, found: Found | None, query: str) -> Admitted | Refused:
    """Whether *visitor* may have the route *found*, or be told that there is none."""
    if visitor.owner:
        return Admitted(visitor, query)
    if found is None:
        return Admitted(visitor, query) if visitor.whole else _refusal(visitor, Role.READER)
    if visitor.role < found.entry.access.role:
        return _refusal(visitor, found.entry.access.role)
    inside = within(visitor, found, query, holds_quote(conn))
    return Admitted(visitor, inside.query) if isinstance(inside, Within) else Refused(visitor, 403, NOT_SHARED)


def _refusal(visitor: Visitor, asked: Role) -> Refused:
    if visitor.role is Role.ANYONE:
        return Refused(visitor, 401, LOCKED)
    if visitor.role >= asked:
        return Refused(visitor, 403, NOT_SHARED)
    return Refused(visitor, 403, ONLY_OWNER if asked is Role.OWNER else ONLY_READ)
