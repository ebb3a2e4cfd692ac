"""Who corrects: a name that a person gives once, and that the browser keeps."""

from __future__ import annotations

from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import Response

from app.ingest.changes import LONGEST_SIGNATURE

COOKIE = "name"
SOMEBODY = "Somebody"
TOO_LONG = f"This is too long for a name: {LONGEST_SIGNATURE} characters at most."
_YEAR = 365 * 24 * 60 * 60


def cleaned(name: str) -> str:
    """*name* in one line, without what cannot be seen."""
    return " ".join("".join(char if char.isprintable() else " " for char in name).split())


def known_name(request: Request) -> str:
    """The name that the browser of *request* keeps; nothing where it keeps none."""
    return cleaned(unquote(request.cookies.get(COOKIE, "")))[:LONGEST_SIGNATURE].strip()


def signature(request: Request, typed: str | None) -> str:
    """Who says it: the name that was *typed*, the one that is kept where nothing was asked, or somebody."""
    return (known_name(request) if typed is None else cleaned(typed)) or SOMEBODY


def keep_name(request: Request, response: Response, typed: str | None) -> Response:
    """*response*, with which the browser keeps the name that was *typed*, or none any more where it was emptied."""
    if typed is None:
        return response
    name = cleaned(typed)
    secure = request.url.scheme == "https"
    if not name:
        response.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=secure)
    elif len(name) <= LONGEST_SIGNATURE:
        value = quote(name, safe="")
        response.set_cookie(COOKIE, value, max_age=_YEAR, httponly=True, samesite="strict", secure=secure)
    return response
