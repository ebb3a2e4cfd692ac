"""The pages. Each has a twin in :mod:`app.web.api` at the same address with ``.json`` behind it."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from app.web import building
from app.web.deps import ReadingDep, TopicFilterDep, page_response

router = APIRouter()
READ = ["GET", "HEAD"]


@router.api_route("/", methods=READ)
def board(now: ReadingDep) -> Response:
    """Every topic with its quotes, the newest quotes and articles."""
    return page_response(now, "pages/board.html", building.board)


@router.api_route("/articles", methods=READ)
def articles(now: ReadingDep, after: str | None = None) -> Response:
    """All articles, last added first."""
    return page_response(now, "pages/articles.html", building.article_list, after)


@router.api_route("/articles/{slug}", methods=READ)
def article(now: ReadingDep, slug: str) -> Response:
    """One article: each topic's quotes beside its chart, the speakers, the marked text."""
    return page_response(now, "pages/article.html", building.article, slug)


@router.api_route("/topics", methods=READ)
def topics(now: ReadingDep) -> Response:
    """Every topic, what it is about, and who speaks on it."""
    return page_response(now, "pages/topics.html", building.topic_list)


@router.api_route("/topics/{topic_id}", methods=READ)
def topic(
    now: ReadingDep,
    filters: TopicFilterDep,
    after: str | None = None,
) -> Response:
    """One topic across articles, filtered."""
    return page_response(now, "pages/topic.html", building.topic, filters, after)


@router.api_route("/quotes/{quote_id}", methods=READ)
def quote(now: ReadingDep, quote_id: str) -> Response:
    """One quote, the words around it, and why it is where it is."""
    return page_response(now, "pages/quote.html", building.quote, quote_id)
