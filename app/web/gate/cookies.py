"""The cookie by which a browser is known again."""

from __future__ import annotations

import hashlib
from http.cookies import CookieError, SimpleCookie

from fastapi.responses import Response
from starlette.datastructures import Headers

from app.domain import Role
from app.settings import Settings
from app.store.share_sessions import LONGEST


def cookie_name(settings: Settings) -> str:
    """Its name, which differs from library to library: cookies do not tell the ports of one machine apart.

    Source:
        RFC 6265bis, section 4.1.3.2: a browser takes ``__Host-`` only by https, for this host alone, and for all paths.
    """
    prefix = "__Host-" if settings.secure else ""
    return f"{prefix}session-{hashlib.sha256(settings.database_url.encode()).hexdigest()[:8]}"


def secret_in(headers: Headers, name: str) -> str | None:
    """The secret in the cookie called *name*, if there is one."""
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(headers.get("cookie", ""))
    except CookieError:
        return None
    return cookies[name].value if name in cookies else None


def keep(response: Response, settings: Settings, secret: str, role: Role) -> None:
    """Let the browser keep *secret*.

    An owner's is not sent where another site leads to us; a reader's is, since links to what was shared stand in mails
    and chats.
    """
    response.set_cookie(
        cookie_name(settings),
        secret,
        max_age=int(LONGEST.total_seconds()),
        httponly=True,
        secure=settings.secure,
        samesite="strict" if role is Role.OWNER else "lax",
    )
