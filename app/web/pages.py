"""The pages. Each has a twin in :mod:`app.web.api` at the same address with ``.json`` behind it."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from app.errors import NotFound
from app.present.templates import address
from app.store.corrections import current_id
from app.store.job_watch import count_open
from app.web import article_page, building, comparing
from app.web.access import Part, Role, open_to
from app.web.deps import ReadingDep, fresh_page, page_response
from app.web.filtering import FilterDep, ViewDep

router = APIRouter()
READ = ["GET", "HEAD"]
MOST_TOLD = 20
"""Documents being read that the board counts one by one; each number is a page of its own to keep."""


@router.api_route("/", methods=READ)
@open_to(Role.READER)
def board(now: ReadingDep) -> Response:
    """Every topic with its quotes, the newest quotes and articles."""
    # How much is being read is no part of the library's state: it is asked for each time, and the page kept under it.
    reading = count_open(now.conn, MOST_TOLD + 1)
    return page_response(now, "pages/board.html", building.board, reading)


@router.api_route("/articles/{slug}", methods=READ)
@open_to(Role.READER, Part.ARTICLE)
def article(now: ReadingDep, slug: str) -> Response:
    """One article: each topic's quotes beside its chart, the speakers, the marked text."""
    return page_response(now, "pages/article.html", article_page.article, slug)


@router.api_route("/articles/{slug}/versions/{other}", methods=READ)
@open_to(Role.READER)
def versions(now: ReadingDep, slug: str, other: str, show: str = "", view: str = "", after: int = 0) -> Response:
    """What the later of two articles has otherwise than the earlier."""
    return page_response(now, "pages/versions.html", comparing.versions, slug, other, show, view, after)


@router.api_route("/topics", methods=READ)
@open_to(Role.READER)
def topics(now: ReadingDep) -> Response:
    """Every topic, what it is about, and who speaks on it."""
    return page_response(now, "pages/topics.html", building.topic_list)


@router.api_route("/topics/{topic_id}", methods=READ)
@open_to(Role.READER, Part.LIST)
def topic(
    now: ReadingDep,
    filters: FilterDep,
    view: ViewDep,
) -> Response:
    """One topic across articles, filtered."""
    return page_response(now, "pages/topic.html", building.topic, filters, view)


@router.api_route("/quotes/{quote_id}", methods=READ)
@open_to(Role.READER, Part.QUOTE)
def quote(now: ReadingDep, quote_id: str) -> Response:
    """One quote, the words around it, and why it is where it is; an address that it had leads to the one it has."""
    try:
        current = current_id(now.conn, quote_id)
    except NotFound:
        gone = building.rejected(now.conn, now.site, quote_id)
        if gone is None:
            raise
        return fresh_page(now, "pages/rejected.html", gone)
    if current != quote_id:
        return RedirectResponse(address(f"/quotes/{current}"), 308)
    return page_response(now, "pages/quote.html", building.quote, quote_id)
