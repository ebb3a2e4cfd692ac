"""``/search.atom``: the newest quotes of any list, for feed readers."""

from __future__ import annotations

from email.utils import format_datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app import __version__
from app.present import atom
from app.present.exports.about import About
from app.present.filter_query import query_of
from app.present.templates import address
from app.store.articles import when_added
from app.store.attributions import list_quotes
from app.store.cube.choosing import Order
from app.web.access import Part, Role, open_to
from app.web.addresses import absolute
from app.web.answers import answers
from app.web.cache import Kept
from app.web.deps import ReadingDep, tag_of, tagged
from app.web.filtering import FilterDep, chosen_view

router = APIRouter()
READ = ["GET", "HEAD"]
PATH = "/search.atom"
ENTRIES = 50


def place(request: Request, now: ReadingDep) -> str | None:
    """The quote that the page of the feed begins behind; it always has the newest first.

    Raises:
        CursorGoneError: it is not there.
    """
    return chosen_view(request, now).after


PlaceDep = Annotated[str | None, Depends(place)]


@router.api_route(PATH, methods=READ)
@open_to(Role.READER, Part.LIST)
@answers(None, 400, 404, kinds=(atom.MEDIA_TYPE,))
def feed(request: Request, now: ReadingDep, filters: FilterDep, after: PlaceDep) -> Response:
    """The newest quotes that a filter lets through as an Atom feed, fifty at a time.

    Its link “next” leads to the older ones.
    """
    quotes = list_quotes(now.conn, filters, limit=ENTRIES, after=after, order=Order.NEWEST)
    query = query_of(filters)
    told = atom.FeedOf(
        title=f"Communiqué: {About.of(filters, Order.NEWEST, quotes.total, now.site.labels).title}",
        filters=query,
        labels=now.site.labels,
        added=when_added(now.conn, {quote.article.slug for quote in quotes.items}),
        absolute=lambda path: absolute(request, path),
        self_url=address(PATH, **query, after=after),
        page_url=address("/search", **query),
        next_url=address(PATH, **query, after=quotes.next) if quotes.next else None,
        version=__version__,
    )
    body = atom.feed(told, quotes.items)
    changed = format_datetime(told.updated.replace(microsecond=0), usegmt=True)
    return tagged(request, Kept(body, tag_of(body), {"last-modified": changed}), atom.MEDIA_TYPE)
