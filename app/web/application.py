"""The application: routes, middleware, and what is kept between requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.middleware.gzip import GZipMiddleware

from app import __version__
from app.present.assets import Assets
from app.present.templates import environment
from app.resources import resource_dir
from app.settings import Settings
from app.web import (
    add_api,
    adding,
    api,
    api_docs,
    article_api,
    article_editing,
    article_list,
    atom,
    auditing,
    chart_files,
    citing_pages,
    compare_pages,
    correction_api,
    correction_list,
    correction_pages,
    embedding,
    exporting,
    feeds,
    job_api,
    job_events,
    job_pages,
    keys,
    missed,
    oembed,
    one_page,
    opening,
    pages,
    problems,
    reader,
    searching,
    share_api,
    sharing,
    speaker_pages,
    static,
    time_pages,
    topic_api,
    topic_editing,
    topic_files,
    values,
)
from app.web.at_once import AtOnce
from app.web.deps import Desk
from app.web.gate.gate import Gate
from app.web.gate.hosts import own_names
from app.web.gate.register import Register
from app.web.rates import RateLimits, Rates
from app.web.security import ChangeGuard, SecurityHeaders

if TYPE_CHECKING:
    from app.ingest.workforce import Workforce


def create_app(settings: Settings, engine: Engine | None = None, *, workforce: Workforce | None = None) -> FastAPI:
    """The dashboard over the library of *settings*, or over *engine* where one is open already.

    *workforce* works off what is queued here; who starts and ends it is the caller. Without one, jobs wait.

    Raises:
        StoreError: the library cannot be opened.
    """
    app = FastAPI(title="Communiqué", version=__version__, openapi_url=None)
    assets = Assets(resource_dir("static"))
    templates = environment(resource_dir("templates"))
    templates.globals |= {"static_url": assets.url, "embed_sites": settings.embed_sites}
    # What has an address of its own comes first: a topic's id would match it too.
    intake = (job_events, job_api, job_pages, adding, add_api, article_api, article_editing, compare_pages)
    correcting = (correction_api, correction_list, correction_pages, missed, reader, keys)
    sharing_rooms = (sharing, share_api, opening, auditing)
    listing = (api_docs, article_list, atom, citing_pages, searching, one_page, exporting, values)
    exploring = (*listing, speaker_pages, time_pages)
    topics = (topic_api, topic_files, topic_editing)
    framing = (chart_files, embedding, oembed)
    rooms = (*intake, *correcting, *sharing_rooms, *exploring, api, *topics, static, pages)
    for router in (*(room.router for room in rooms), feeds.api, feeds.router, *(room.router for room in framing)):
        app.router.routes.extend(router.routes)  # included, each room would be looked through by itself: a tenth slower
    register = Register(app.routes)
    rates = Rates(settings.rate_limits)
    app.state.desk = Desk(engine or _opened(settings), templates, assets, settings, register, workforce, rates=rates)
    problems.install(app)
    app.add_middleware(ChangeGuard, answer=problems.problem, public=settings.base_url or "")
    names = own_names() if settings.share else ()
    app.add_middleware(Gate, settings=settings, register=register, names=names, answer=problems.problem)
    app.add_middleware(AtOnce)
    app.add_middleware(GZipMiddleware, minimum_size=800, compresslevel=5)
    if settings.share:  # else only this machine can ask
        app.add_middleware(RateLimits, answer=problems.problem, rates=rates)
    app.add_middleware(SecurityHeaders, settings=settings)
    return app


def _opened(settings: Settings) -> Engine:
    from app.ingest.library import open_library  # noqa: PLC0415 - only where no engine is given

    return open_library(settings)
