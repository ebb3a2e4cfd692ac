"""``/articles``: all articles, or those with quotes that a filter lets through; also as JSON."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy import Connection

from app.present.exports.formats import ARTICLE_FORMATS
from app.present.filter_query import query_of
from app.present.standalone import kind as one_page
from app.present.templates import address
from app.store.articles import list_articles, matching_articles
from app.store.cube.choosing import choose
from app.store.cube.counting import count_articles
from app.store.deleting import any_deleted
from app.store.documents import documents
from app.store.filters import AttributionFilter
from app.store.rows import ArticleRow, Page
from app.store.versions import earlier_versions
from app.web import schemas
from app.web.access import Role, open_to
from app.web.answers import answers
from app.web.contexts import ArticlesPage, Site
from app.web.contexts.site import Links
from app.web.deps import ReadingDep, json_response, page_response
from app.web.exporting import kind_of, sent
from app.web.facets import Counts, PageAt, filter_bar
from app.web.filtering import FilterDep
from app.web.shapes.articles import Articles
from app.web.timing import search_address

router = APIRouter()
READ = ["GET", "HEAD"]
PATH = "/articles"


@router.api_route(PATH, methods=READ)
@open_to(Role.READER)
def articles(now: ReadingDep, filters: FilterDep, after: str | None = None) -> Response:
    """The articles, last added first."""
    return page_response(now, "pages/articles.html", articles_page, filters, after or None)


@router.api_route(f"{PATH}.json", methods=READ)
@open_to(Role.READER)
@answers(Articles, 400, 404)
def articles_json(now: ReadingDep, filters: FilterDep, after: str | None = None) -> Response:
    """A page of the articles, the last added first; under a filter, those with quotes that it lets through."""
    page = articles_page(now.conn, now.site, filters, after or None)
    return json_response(now, schemas.articles(page, filters))


@router.api_route(f"{PATH}.{{ending}}", methods=READ)
@open_to(Role.READER)
@answers(None, 400, 404, kinds=tuple(one.media_type for one in ARTICLE_FORMATS.values()), tagged=False)
def articles_file(now: ReadingDep, ending: str, filters: FilterDep) -> Response:
    """All of them with their texts and quotes; ``communique ingest`` reads JSON Lines back."""
    kind = ARTICLE_FORMATS[kind_of(ARTICLE_FORMATS, ending)]
    count_articles(now.conn, filters)  # what cannot be looked for is told before anything is sent
    name = f"communique-articles.{ending}"
    return sent(now, name, kind.media_type, lambda conn: kind.write(documents(conn, filters)))


def articles_page(conn: Connection, site: Site, chosen: AttributionFilter, after: str | None) -> ArticlesPage:
    """The context of ``/articles``.

    Raises:
        NotFound: *after* is no article.
        QueryError: the words of *chosen* cannot be looked for.
    """
    page, matching = _listed(conn, chosen, after)
    asked = PageAt(PATH, chosen, {})
    fixed = ("article",) if chosen.article is None else ()
    return ArticlesPage(
        site=site,
        bar=filter_bar(Counts(conn), site, asked, fixed=fixed),
        articles=page,
        matching=matching,
        next_url=PageAt(PATH, chosen, {"after": page.next}).url(chosen) if page.next else None,
        first_url=asked.url(chosen) if after else None,
        json_url=address(f"{PATH}.json", **query_of(chosen)),
        downloads=_downloads(chosen, len(choose(conn, chosen))),
        deleted=any_deleted(conn),
        versions=earlier_versions(conn, [row.slug for row in page.items]),
    )


def _downloads(chosen: AttributionFilter, count: int) -> Links:
    """The *count* quotes as one page, where it has room for them, and the articles as a file of each kind."""
    query = query_of(chosen)
    page = ((one_page.WORDS, address(f"/search.{one_page.ENDING}", **query)),) if count <= one_page.MOST_QUOTES else ()
    files = ((kind.words, address(f"{PATH}.{ending}", **query)) for ending, kind in ARTICLE_FORMATS.items())
    return (*page, *files)


def _listed(
    conn: Connection, chosen: AttributionFilter, after: str | None
) -> tuple[Page[ArticleRow], dict[str, tuple[int, str]]]:
    if not chosen.given:
        return list_articles(conn, after=after), {}
    found = matching_articles(conn, chosen, after=after)
    matching = {
        one.article.slug: (one.quotes + one.indirect, search_address(replace(chosen, article=one.article.slug)))
        for one in found.items
    }
    return Page(found.total, tuple(one.article for one in found.items), found.next), matching
