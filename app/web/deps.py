"""What routes ask for: a connection, the frame of the site, the filter in the address, and how to answer."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, Concatenate, ParamSpec

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment
from sqlalchemy import Connection, Engine

from app import __version__
from app.present.assets import SMALLEST, STYLE, Assets
from app.present.templates import address, labels
from app.settings import Settings
from app.store import corrections, meta, topics
from app.web.addresses import absolute
from app.web.alternates import Alternate, alternates, header
from app.web.cache import Glance, Kept, PageCache, State
from app.web.contexts import Site
from app.web.gate.gate import visitor_of
from app.web.gate.links import is_open, without_closed
from app.web.gate.register import Register
from app.web.rates import Rates

if TYPE_CHECKING:
    from app.ingest.workforce import Workforce

P = ParamSpec("P")

GLANCE_SECONDS = 0.2


@dataclass
class Desk:
    """What the application keeps between requests. ``site`` and ``pages`` are made anew when the library changed.

    Attributes:
        workforce: who works off what is queued; without one, jobs wait until another program does.
        closing: set when the server stops, so that what is sent without end comes to one.
        streams: how many browsers are told of the jobs as they go on; changed by the event loop alone.
        glance: how far all jobs are, looked at once for all of those.
        rates: how often who asked lately.
        forms: what pages are besides HTML, by their routes.
    """

    engine: Engine
    templates: Environment
    assets: Assets
    settings: Settings
    register: Register
    workforce: Workforce | None = None
    closing: threading.Event = field(default_factory=threading.Event)
    streams: int = 0
    glance: Glance[Any] = field(default_factory=lambda: Glance(GLANCE_SECONDS))
    rates: Rates = field(default_factory=Rates)
    pages: PageCache = field(default_factory=PageCache)
    site: Site | None = None
    forms: dict[str, Any] = field(default_factory=dict)

    def site_at(self, conn: Connection, revision: int) -> Site:
        """The frame of the site as of this moment, which is that of *revision*."""
        site = self.site
        if site is None or site.revision != revision:
            site = self.site = frame(self.assets, topics.all_topics(conn), revision, corrections.latest(conn))
        return site


def frame(assets: Assets, known: tuple[Any, ...] = (), revision: int = 0, corrected: int = 0) -> Site:
    """The frame with *known* topics; without any it serves pages that must not need the database."""
    style = f"/static/{STYLE}?v={assets.style(known).version}"
    return Site(known, labels(known), revision, style, __version__, corrected)


async def desk(request: Request) -> Desk:
    """The application's :class:`Desk`."""
    return desk_of(request)


def desk_of(request: Request) -> Desk:
    """The same, for whoever is not a route."""
    kept: Desk = request.app.state.desk
    return kept


DeskDep = Annotated[Desk, Depends(desk)]


@dataclass(frozen=True, slots=True)
class Reading:
    """One request's view of the library: a connection, and the frame of the site as of its revision."""

    desk: Desk
    request: Request
    conn: Connection
    site: Site
    state: State


def reading(request: Request, kept: DeskDep) -> Iterator[Reading]:
    """A :class:`Reading` for the length of one request."""
    with kept.engine.connect() as conn:
        yield reading_at(kept, request, conn)


def reading_at(kept: Desk, request: Request, conn: Connection) -> Reading:
    """The library as *conn* sees it now."""
    state = State(*meta.state(conn))
    site = replace(kept.site_at(conn, state.revision), visitor=visitor_of(request))
    return Reading(kept, request, conn, site, state)


ReadingDep = Annotated[Reading, Depends(reading)]


def page_response(
    now: Reading, template: str, build: Callable[Concatenate[Connection, Site, P], Any], *args: P.args, **kw: P.kwargs
) -> Response:
    """The page that *template* makes of what *build* returns, or 304 where the browser has it already.

    It is built only if nobody asked for the same address since the library changed.
    """
    path = now.request.url.path
    # What else stands in the address changes nothing.
    asked = (path, absolute(now.request, ""), now.site.visitor.sees, *args, *kw.items())
    page = now.desk.pages.get(asked, now.state)
    if page is None:
        forms = open_forms(now)
        body = rendered(now.request, template, build(now.conn, now.site, *args, **kw), forms)
        page = Kept(body, tag_of(body), header(forms))
        now.desk.pages.put(asked, now.state, page)
    return tagged(now.request, page, "text/html")


def fresh_page(now: Reading, template: str, page: Any, status: int = 200) -> Response:
    """*page* as *template* shows it at this moment, kept by nobody but the browser, which asks again each time."""
    forms = open_forms(now) if status == HTTPStatus.OK else ()
    body = rendered(now.request, template, page, forms)
    if status == HTTPStatus.OK and now.request.method in ("GET", "HEAD"):
        return tagged(now.request, Kept(body, tag_of(body), header(forms)), "text/html")
    return HTMLResponse(body, status, headers={"cache-control": "no-cache"})


def see(path: str, /, **query: str | None) -> Response:
    """Send the browser on to a page of ours after a change, so that loading it again changes nothing."""
    return RedirectResponse(address(path, **query), 303)


def open_forms(now: Reading) -> tuple[Alternate, ...]:
    """The other forms of the page that is asked for, as far as they are open to who asks."""
    return tuple(one for one in alternates(now.request) if is_open(one.href, now.desk.register, now.site.visitor))


def rendered(request: Request, template: str, page: Any, forms: tuple[Alternate, ...] = ()) -> bytes:
    """*page* (a dataclass of :mod:`app.web.contexts`) as HTML, with links to its other *forms* in its head.

    ``base`` makes its paths absolute. What its reader may not use is not in it.
    """
    kept, path = desk_of(request), request.url.path
    context = {one.name: getattr(page, one.name) for one in fields(page)}
    made = kept.templates.get_template(template)
    html = made.render(context, path=path, alternates=forms, base=absolute(request, ""))
    return without_closed(html, path, kept.register, page.site.visitor).encode()


def tag_of(body: bytes) -> str:
    """An ETag that changes with *body*; weak, since it may be sent compressed."""
    return f'W/"{hashlib.blake2b(body, digest_size=10).hexdigest()}"'


def tagged(request: Request, page: Kept, media_type: str) -> Response:
    """*page* with its ETag, or 304 where the browser has it already."""
    headers = {"etag": page.tag, "cache-control": "no-cache", **page.headers}
    if page.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if len(page.body) >= SMALLEST and encoding_of(request) == "br":
        headers |= {"content-encoding": "br", "vary": "accept-encoding"}
        return Response(page.brotli, headers=headers, media_type=media_type)
    return Response(page.body, headers=headers, media_type=media_type)


def encoding_of(request: Request) -> str:
    """What the browser takes that we have: Brotli, else gzip, else the bytes as they are."""
    given = request.headers.get("accept-encoding", "").replace(" ", "").split(",")
    accepted = {part.partition(";")[0] for part in given if not part.endswith((";q=0", ";q=0.0"))}
    return next((encoding for encoding in ("br", "gzip") if encoding in accepted), "identity")


def attached(request: Request, body: bytes, media_type: str, name: str) -> Response:
    """A file called *name* to be saved, with its ETag, or 304."""
    more = {"content-disposition": f'attachment; filename="{name}"'}
    return tagged(request, Kept(body, tag_of(body), more), media_type)


def json_response(now: Reading, value: Any) -> Response:
    """*value* as JSON with its ETag, or 304."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return tagged(now.request, Kept(body, tag_of(body)), "application/json")
