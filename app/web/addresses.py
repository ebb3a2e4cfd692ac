"""Whole addresses of our pages. They never come from the Host header, which whoever asks can write."""

from __future__ import annotations

from fastapi import Request

from app.web.deps import desk_of


def absolute(request: Request, path: str) -> str:
    """*path* as whoever sent *request* reaches it: by the public address, or by this machine's."""
    base: str | None = getattr(desk_of(request).settings, "base_url", None)
    _, port = request.scope.get("server") or ("", 80)
    return (base or f"http://127.0.0.1:{port}") + path
