"""Every page as JSON, the charts of a page in one answer, and the health of the service."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from app import __version__
from app.present.chart_data import ChartData
from app.present.figures import figures_json
from app.store import articles as article_store
from app.store import meta
from app.web import building, schemas
from app.web.contexts import Site
from app.web.deps import ConnectionDep, SiteDep, TopicFilterDep, tagged

router = APIRouter()
READ = ["GET", "HEAD"]
FOR_EVER = "private, max-age=31536000, immutable"


@router.api_route("/index.json", methods=READ)
def board(request: Request, conn: ConnectionDep, site: SiteDep) -> Response:
    """The board."""
    return tagged(request, JSONResponse(schemas.board(building.board(conn, site))))


@router.api_route("/articles.json", methods=READ)
def articles(request: Request, conn: ConnectionDep, site: SiteDep, after: str | None = None) -> Response:
    """A page of articles."""
    page = building.article_list(conn, site, after)
    return tagged(request, JSONResponse(schemas.articles(page)))


@router.api_route("/articles/{slug}.json", methods=READ)
def article(request: Request, conn: ConnectionDep, site: SiteDep, slug: str) -> Response:
    """One article with its text and all its quotes."""
    return tagged(request, JSONResponse(schemas.article_page(building.article(conn, site, slug))))


@router.api_route("/topics.json", methods=READ)
def topics(request: Request, conn: ConnectionDep, site: SiteDep) -> Response:
    """All topics."""
    return tagged(request, JSONResponse(schemas.topics(building.topic_list(conn, site))))


@router.api_route("/topics/{topic_id}.json", methods=READ)
def topic(
    request: Request, conn: ConnectionDep, site: SiteDep, filters: TopicFilterDep, after: str | None = None
) -> Response:
    """A page of a topic's quotes."""
    page = building.topic(conn, site, filters, after)
    return tagged(request, JSONResponse(schemas.topic_page(page)))


@router.api_route("/quotes/{quote_id}.json", methods=READ)
def quote(request: Request, conn: ConnectionDep, site: SiteDep, quote_id: str) -> Response:
    """One quote."""
    return tagged(request, JSONResponse(schemas.quote_page(building.quote(conn, site, quote_id))))


@router.api_route("/charts.json", methods=READ)
def board_charts(conn: ConnectionDep, site: SiteDep, v: str = "") -> Response:
    """The board's chart as a Plotly figure."""
    return _charts([building.board_chart(conn)], site, v)


@router.api_route("/articles/{slug}/charts.json", methods=READ)
def article_charts(conn: ConnectionDep, site: SiteDep, slug: str, v: str = "") -> Response:
    """All charts of an article as Plotly figures."""
    article_store.article_text(conn, slug)
    return _charts(building.article_charts(conn, slug), site, v)


@router.api_route("/topics/{topic_id}/charts.json", methods=READ)
def topic_charts(conn: ConnectionDep, site: SiteDep, filters: TopicFilterDep, v: str = "") -> Response:
    """A topic's chart as a Plotly figure, under the same filter as the page."""
    row = building.topic_count(conn, site, filters)
    return _charts([building.speaker_chart(conn, filters, row.topic.label)], site, v)


def _charts(charts: list[ChartData], site: Site, v: str) -> Response:
    """The figures; under the address of the library as it is now, a browser may keep them for ever."""
    kept = FOR_EVER if v == str(site.revision) else "no-cache"
    return Response(figures_json(charts), media_type="application/json", headers={"cache-control": kept})


@router.api_route("/healthz", methods=READ)
def health(conn: ConnectionDep) -> Response:
    """Whether the service and its database answer."""
    body = {"status": "ok", "version": __version__, "revision": meta.revision(conn)}
    return JSONResponse(body, headers={"cache-control": "no-store"})
