"""The pages. Each has a twin in :mod:`app.web.api` at the same address with ``.json`` behind it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.web import building
from app.web.deps import ConnectionDep, DeskDep, SiteDep, TopicFilterDep, render

router = APIRouter()
READ = ["GET", "HEAD"]


@router.api_route("/", methods=READ)
def board(request: Request, desk: DeskDep, conn: ConnectionDep, site: SiteDep) -> Response:
    """Every topic with its quotes, the newest quotes and articles."""
    return render(desk, request, "pages/board.html", building.board(conn, site))


@router.api_route("/articles", methods=READ)
def articles(request: Request, desk: DeskDep, conn: ConnectionDep, site: SiteDep, after: str | None = None) -> Response:
    """All articles, last added first."""
    return render(desk, request, "pages/articles.html", building.article_list(conn, site, after))


@router.api_route("/articles/{slug}", methods=READ)
def article(request: Request, desk: DeskDep, conn: ConnectionDep, site: SiteDep, slug: str) -> Response:
    """One article: each topic's quotes beside its chart, the speakers, the marked text."""
    return render(desk, request, "pages/article.html", building.article(conn, site, slug))


@router.api_route("/topics", methods=READ)
def topics(request: Request, desk: DeskDep, conn: ConnectionDep, site: SiteDep) -> Response:
    """Every topic, what it is about, and who speaks on it."""
    return render(desk, request, "pages/topics.html", building.topic_list(conn, site))


@router.api_route("/topics/{topic_id}", methods=READ)
def topic(
    request: Request,
    desk: DeskDep,
    conn: ConnectionDep,
    site: SiteDep,
    filters: TopicFilterDep,
    after: str | None = None,
) -> Response:
    """One topic across articles, filtered."""
    return render(desk, request, "pages/topic.html", building.topic(conn, site, filters, after))


@router.api_route("/quotes/{quote_id}", methods=READ)
def quote(request: Request, desk: DeskDep, conn: ConnectionDep, site: SiteDep, quote_id: str) -> Response:
    """One quote, the words around it, and why it is where it is."""
    return render(desk, request, "pages/quote.html", building.quote(conn, site, quote_id))
