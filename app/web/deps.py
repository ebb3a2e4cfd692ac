"""What routes ask for: a connection, the frame of the site, the filter in the address, and how to answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment
from sqlalchemy import Connection, Engine

from app import __version__
from app.present.assets import STYLE, Assets
from app.present.templates import labels
from app.store import meta, topics
from app.store.filters import AttributionFilter
from app.web.contexts import Site


@dataclass
class Desk:
    """What the application keeps between requests. ``site`` is made anew when the library changed."""

    engine: Engine
    templates: Environment
    assets: Assets
    site: Site | None = field(default=None)

    def site_now(self, conn: Connection) -> Site:
        """The frame of the site as of this moment."""
        revision = meta.revision(conn)
        site = self.site
        if site is None or site.revision != revision:
            site = self.site = frame(self.assets, topics.all_topics(conn), revision)
        return site


def frame(assets: Assets, known: tuple[Any, ...] = (), revision: int = 0) -> Site:
    """The frame with *known* topics; without any it serves pages that must not need the database."""
    style = f"/static/{STYLE}?v={assets.style(known).version}"
    return Site(known, labels(known), revision, style, __version__)


def desk(request: Request) -> Desk:
    """The application's :class:`Desk`."""
    kept: Desk = request.app.state.desk
    return kept


DeskDep = Annotated[Desk, Depends(desk)]


def connection(kept: DeskDep) -> Iterator[Connection]:
    """A connection for the length of one request."""
    with kept.engine.connect() as conn:
        yield conn


ConnectionDep = Annotated[Connection, Depends(connection)]


def site_of(kept: DeskDep, conn: ConnectionDep) -> Site:
    """The frame of the site."""
    return kept.site_now(conn)


SiteDep = Annotated[Site, Depends(site_of)]


def topic_filter(
    topic_id: str, speaker: str | None = None, kind: str | None = None, article: str | None = None
) -> AttributionFilter:
    """The filter in a topic's address; an empty field of the form is none."""
    return AttributionFilter(topic_id, speaker or None, kind or None, article or None)


TopicFilterDep = Annotated[AttributionFilter, Depends(topic_filter)]


def render(kept: Desk, request: Request, template: str, page: Any, status: int = 200) -> Response:
    """*page* as HTML, with a tag by which a browser can ask again for nothing (304)."""
    context = {one.name: getattr(page, one.name) for one in fields(page)}
    body = kept.templates.get_template(template).render(context, path=request.url.path).encode()
    if status != 200:
        return HTMLResponse(body, status, headers={"cache-control": "no-store"})
    return tagged(request, HTMLResponse(body))


def tagged(request: Request, response: Response) -> Response:
    """*response* with an ETag of its bytes, or 304 where the browser has them already."""
    body = bytes(response.body)
    tag = f'W/"{hashlib.blake2b(body, digest_size=10).hexdigest()}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response
