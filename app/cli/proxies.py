"""Whom to believe about where a request comes from, when a proxy stands before the server."""

from __future__ import annotations

from typing import Any

from app.settings import Settings


def forwarding(settings: Settings) -> dict[str, Any]:
    """The options of ``uvicorn.Config`` by which it believes ``X-Forwarded-For`` and ``X-Forwarded-Proto``, or not.

    They are believed from the proxies that are named, and only where a public address is named too: anybody else
    could write into them what they like, and so give themselves new addresses without end. A tunnel such as
    ``ssh -R`` passes on what came to it, and must not be named.
    """
    if settings.base_url and settings.trusted_proxies:
        return {"proxy_headers": True, "forwarded_allow_ips": settings.trusted_proxies}
    return {"proxy_headers": False}
