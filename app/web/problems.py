"""What went wrong, as a page or as JSON (RFC 9457). Nowhere else is an error turned into an answer."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from types import MappingProxyType
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from sqlalchemy import Engine
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.errors import AppError
from app.store.engine import UNUSABLE
from app.web.contexts import ProblemPage
from app.web.contexts.site import Links
from app.web.deps import desk_of, frame, rendered
from app.web.gate.gate import visitor_of
from app.web.openapi.routes import routes_of
from app.web.security import headers_of

log = logging.getLogger(__name__)
HEADINGS = {
    401: "Locked",
    403: "Not allowed",
    404: "Nothing at this address",
    405: "This address cannot be used like that",
    400: "This cannot be read",
    408: "Too slow",
    409: "Somebody else was quicker",
    412: "Somebody else was quicker",
    413: "Too much at once",
    421: "Not by this name",
    422: "This cannot be used",
    429: "Too often",
    503: "The library does not answer",
}
NOTHING: Mapping[str, str] = MappingProxyType({})
UNFORESEEN = "Something went wrong on our side, and it has been written to the log. Trying again may help."


def install(app: FastAPI) -> None:
    """Answer every error that can come up in *app*."""
    app.add_exception_handler(AppError, app_error)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, bad_request)
    app.add_exception_handler(OverflowError, no_such_value)
    app.add_exception_handler(Exception, unforeseen)


def app_error(request: Request, error: Exception) -> Response:
    """One of our own errors; its message is for the person who asked."""
    status = error.status if isinstance(error, AppError) else 500
    if status >= 500:
        log.error("%s %s: %s", request.method, _asked(request), error)
    field = getattr(error, "field", None)
    links = getattr(error, "links", ())
    told = str(error) if status < 500 else without_place(str(error), desk_of(request).engine)
    return problem(request, status, told, {"field": field} if field else {}, links)


def without_place(message: str, engine: Engine) -> str:
    """*message* without where the library of *engine* lies and what its database said: the log has both."""
    for place in (engine.url.database, engine.url.render_as_string()):
        message = message.replace(f" {place} ", " ")
    subject, unforeseen_words, _ = message.partition(" cannot be used: ")
    return f"{subject} cannot be used." if unforeseen_words else message


def _asked(request: Request) -> str:
    """The path for the log: without what could steer a terminal, and without a token."""
    path = request.url.path
    return "/s/…" if path.startswith("/s/") else quote(path)


def http_error(request: Request, error: Exception) -> Response:
    """No such route, or no such method."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        return problem(request, status, "The address may be mistyped, or what it showed is gone.")
    answer = problem(request, status, f"{HTTPStatus(status).phrase}.")
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        answer.headers["allow"] = ", ".join(sorted(_methods(request)))
    return answer


def _methods(request: Request) -> set[str]:
    """The methods by which the address of *request* can be used, whatever route has them."""
    matching = (one for one in routes_of(request.app) if one.matches(request.scope)[0] is not Match.NONE)
    return {method for one in matching for method in one.methods or ()}


def bad_request(request: Request, error: Exception) -> Response:
    """A value in the address that cannot be read."""
    names = {str(one["loc"][-1]) for one in error.errors()} if isinstance(error, RequestValidationError) else ()
    return problem(request, 400, f"A value in the address cannot be read: {', '.join(sorted(names))}.")


def no_such_value(request: Request, error: Exception) -> Response:
    """A number that is too large for the database."""
    return problem(request, 400, UNUSABLE)


def unforeseen(request: Request, error: Exception) -> Response:
    """A fault in the program. The server logs it; the headers are set here, since no middleware comes after."""
    response = problem(request, 500, UNFORESEEN)
    response.headers.update(headers_of(desk_of(request).settings))
    return response


def problem(
    request: Request,
    status: int,
    message: str,
    more: Mapping[str, str] = NOTHING,
    links: Links = (),
    *,
    again: bool = False,
) -> Response:
    """The answer for *status*: JSON where the address or the client asks for it, else a page that helps.

    *more* goes into the JSON, *links* into the page, which loads itself anew if *again*.
    """
    heading = HEADINGS.get(status) or ("This cannot be shown" if status < 500 else "Something broke")
    if wants_json(request):
        body = {"type": "about:blank", "title": heading, "status": status, "detail": message, **more}
        headers = {"cache-control": "no-store"}
        return JSONResponse(body, status, media_type="application/problem+json", headers=headers)
    kept = desk_of(request)
    visitor = visitor_of(request)
    site = kept.site if kept.site is not None and visitor.whole else frame(kept.assets)
    page = ProblemPage(replace(site, visitor=visitor), status, heading, message, links, again)
    html = rendered(request, "pages/problem.html", page)
    return HTMLResponse(html, status, headers={"cache-control": "no-store"})


def wants_json(request: Request) -> bool:
    """Whether the answer is for a program: a ``.json`` address, or a client that takes no HTML of a file or takes JSON.

    A browser that follows a link to a file is shown a page.
    """
    accepted, path = request.headers.get("accept", ""), request.url.path
    ours = path.endswith((".json", "/healthz")) or path.startswith("/api/")
    file = "." in path.rpartition("/")[2]
    return ours or ((file or "json" in accepted) and "html" not in accepted)
