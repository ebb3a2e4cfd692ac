"""Every page as JSON, the charts of a page in one answer, and the health of the service."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse, RedirectResponse, Response

from app import __version__
from app.present.chart_data import ChartData
from app.present.figures import figures_json
from app.present.templates import address
from app.store import articles as article_store
from app.store import meta
from app.store.corrections import current_id
from app.store.topic_revisions import current_revision
from app.web import article_page, building, comparing, schemas
from app.web.access import Part, Role, open_to
from app.web.answers import answers
from app.web.cache import Kept
from app.web.deps import Reading, ReadingDep, json_response, tag_of, tagged
from app.web.filtering import FilterDep, ViewDep
from app.web.shapes import jobs as shapes
from app.web.shapes.articles import ArticleWhole
from app.web.shapes.board import Board
from app.web.shapes.compare import Versions
from app.web.shapes.lists import QuotePage
from app.web.shapes.topics import TopicPage, Topics

router = APIRouter()
READ = ["GET", "HEAD"]
FOR_EVER = "private, max-age=31536000, immutable"


@router.api_route("/index.json", methods=READ)
@open_to(Role.READER)
@answers(Board)
def board(now: ReadingDep) -> Response:
    """The first page: all topics with their counts, the newest quotes and articles."""
    return json_response(now, schemas.board(building.board(now.conn, now.site)))


@router.api_route("/articles/{slug}.json", methods=READ)
@open_to(Role.READER, Part.ARTICLE)
@answers(ArticleWhole, 404)
def article(now: ReadingDep, slug: str) -> Response:
    """One article with its text and all its quotes."""
    return json_response(now, schemas.article_page(article_page.article(now.conn, now.site, slug)))


@router.api_route("/articles/{slug}/versions/{other}.json", methods=READ)
@open_to(Role.READER)
@answers(Versions, 400, 404)
def versions(now: ReadingDep, slug: str, other: str, show: str = "") -> Response:
    """What differs between two articles."""
    return json_response(now, comparing.as_json(comparing.versions(now.conn, now.site, slug, other, show)))


@router.api_route("/topics.json", methods=READ)
@open_to(Role.READER)
@answers(Topics)
def topics(now: ReadingDep) -> Response:
    """All topics with their words and who speaks on them."""
    return json_response(now, schemas.topics(building.topic_list(now.conn, now.site)))


@router.api_route("/topics/{topic_id}.json", methods=READ)
@open_to(Role.READER, Part.LIST)
@answers(TopicPage, 400, 404)
def topic(now: ReadingDep, filters: FilterDep, view: ViewDep) -> Response:
    """A page of a topic's quotes, with the topic."""
    page = building.topic(now.conn, now.site, filters, view)
    return json_response(now, schemas.topic_page(page, current_revision(now.conn)))


@router.api_route("/quotes/{quote_id}.json", methods=READ)
@open_to(Role.READER, Part.QUOTE)
@answers(QuotePage, 308, 404)
def quote(now: ReadingDep, quote_id: str) -> Response:
    """One quote; an address that it had leads to the one it has."""
    current = current_id(now.conn, quote_id)
    if current != quote_id:
        return RedirectResponse(address(f"/quotes/{current}.json"), 308)
    return json_response(now, schemas.quote_page(building.quote(now.conn, now.site, quote_id)))


@router.api_route("/charts.json", methods=READ)
@open_to(Role.READER)
@answers(shapes.Charts)
def board_charts(now: ReadingDep, v: str = "") -> Response:
    """The board's chart as a Plotly figure."""
    return _charts(now, [building.board_chart(now.conn)], v)


@router.api_route("/articles/{slug}/charts.json", methods=READ)
@open_to(Role.READER, Part.ARTICLE)
@answers(shapes.Charts, 404)
def article_charts(now: ReadingDep, slug: str, v: str = "") -> Response:
    """All charts of an article as Plotly figures."""
    article_store.article_text(now.conn, slug)
    return _charts(now, article_page.article_charts(now.conn, slug), v)


@router.api_route("/topics/{topic_id}/charts.json", methods=READ)
@open_to(Role.READER, Part.LIST)
@answers(shapes.Charts, 400, 404)
def topic_charts(now: ReadingDep, filters: FilterDep, v: str = "") -> Response:
    """A topic's chart as a Plotly figure, under the same filter as the page."""
    return _charts(now, [building.topic_chart(now.conn, now.site, filters)], v)


def _charts(now: Reading, charts: list[ChartData], v: str) -> Response:
    return drawn(now, figures_json(charts), v)


def drawn(now: Reading, figures: str, v: str) -> Response:
    """The *figures* in JSON; under the address of the library as it is now, a browser may keep them for ever."""
    body = figures.encode()
    kept = {"cache-control": FOR_EVER} if v == str(now.site.revision) else {}
    return tagged(now.request, Kept(body, tag_of(body), kept), "application/json")


@router.api_route("/healthz", methods=READ)
@open_to(Role.ANYONE)
@answers(shapes.Health, tagged=False)
def health(now: ReadingDep) -> Response:
    """Whether the service and its database answer; which program it is and how it goes on, only to whom it is open."""
    body: shapes.Health = {"status": "ok"}
    if now.site.visitor.whole:
        body |= {"version": __version__, "revision": meta.revision(now.conn)}
    return JSONResponse(body, headers={"cache-control": "no-store"})
