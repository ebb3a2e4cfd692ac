"""What can be shared from a page: the quote, the article or the list that it shows, and the library."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from app.errors import AppError
from app.present.filter_query import NAMES
from app.present.share_targets import LIBRARY, Target, article_target, list_target, quote_target
from app.store.attributions import quote_by_id
from app.store.filters import AttributionFilter
from app.store.search import parse
from app.web.deps import Reading
from app.web.filtering import Asked, read_filter

LONGEST_PATH = 2_000


def targets(now: Reading, of: str) -> tuple[Target, ...]:
    """What can be shared from the page *of*, an address of ours, the narrowest first; the library always can."""
    try:
        return (*_of_page(now, of[:LONGEST_PATH]), LIBRARY)
    except AppError:  # a page that cannot be shown has nothing else to be shared
        return (LIBRARY,)


def _of_page(now: Reading, of: str) -> Iterator[Target]:
    parts = urlsplit(of)
    found = now.desk.register.find("GET", parts.path)
    path, named = (found.entry.path, found.named) if found is not None else ("", {})
    if "quote_id" in named:
        quote = quote_target(now.conn, named["quote_id"])
        yield quote
        yield article_target(now.conn, quote_by_id(now.conn, quote.given["quote"]).article.slug)
    elif path.startswith("/articles/{slug}"):
        yield article_target(now.conn, named["slug"])
    else:
        query = {name: value for name, value in parse_qsl(parts.query) if name in NAMES}
        if path.startswith("/speakers/{slug}"):
            query["speaker"] = named["slug"]
        yield from _of_list(now, Asked("/search", query), named.get("topic_id"))


def _of_list(now: Reading, asked: Asked, topic: str | None) -> Iterator[Target]:
    chosen = read_filter(now, asked, topic)
    if not chosen.given:
        return
    if chosen.words is not None:
        parse(chosen.words)  # what nobody can look for, nobody can be shown
    yield list_target(now.conn, now.site.labels, chosen)
    if chosen.topic is not None and chosen.given != {"topic"}:
        yield list_target(now.conn, now.site.labels, AttributionFilter(topic=chosen.topic))
