"""Addresses that work elsewhere than in the browser that asks. They never come from what a request says of itself."""

from __future__ import annotations

from fastapi import Request


def absolute(request: Request, path: str) -> str:
    """*path* of ours with the name of the server: the one that the settings give, else this machine and its port.

    The ``Host`` header is whatever a stranger writes in it, and no part of what is returned.
    """
    base: str | None = getattr(request.app.state.desk.settings, "base_url", None)
    if base:
        return base.rstrip("/") + path
    server = request.scope.get("server")
    port = server[1] if server and server[1] else None
    return f"http://127.0.0.1:{port}{path}" if port else f"http://127.0.0.1{path}"
