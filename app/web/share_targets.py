"""What can be shared from a page: the quote, the article or the list that it shows, and the library."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from app.domain import Part
from app.errors import AppError, NotFound
from app.present.filter_query import NAMES, NO_PUBLISHER_NAME, query_of
from app.present.rows import first_words, full_name, speaker_name
from app.present.templates import address
from app.store.articles import article_row
from app.store.attributions import quote_by_id
from app.store.corrections import current_id
from app.store.filters import AttributionFilter
from app.store.speakers import speaker_by_slug
from app.web.contexts.sharing import Target
from app.web.deps import Reading
from app.web.filtering import Asked, read_filter

WHOLE = Target("library", Part.LIBRARY, {}, "/", "The whole library", "everything here, and what comes in later")
LONGEST_PATH = 2_000


def targets(now: Reading, of: str) -> tuple[Target, ...]:
    """What can be shared from the page *of*, an address of ours, the narrowest first; the library always can."""
    try:
        return (*_of_page(now, of[:LONGEST_PATH]), WHOLE)
    except AppError:  # a page that cannot be shown has nothing to be shared but where it was
        return (WHOLE,)


def _of_page(now: Reading, of: str) -> Iterator[Target]:
    parts = urlsplit(of)
    found = now.desk.register.find("GET", parts.path)
    named = dict(found.named) if found is not None else {}
    if "quote_id" in named:
        yield from _of_quote(now, named["quote_id"].partition(".")[0])
    elif found is not None and found.entry.path.startswith("/articles/{slug}"):
        yield _article(now, named["slug"])
    else:
        query = {name: value for name, value in parse_qsl(parts.query) if name in NAMES}
        if found is not None and found.entry.path.startswith("/speakers/{slug}"):
            query["speaker"] = named["slug"]
        yield from _of_list(now, Asked("/search", query), named.get("topic_id"))


def _of_quote(now: Reading, quote_id: str) -> Iterator[Target]:
    row = quote_by_id(now.conn, current_id(now.conn, quote_id))
    who = first_words(speaker_name(row.speaker, "", row.article.language), 80)
    title = f"{who}: “{first_words(row.text, 80)}”"
    words = "it, the sentences around it, and why it stands there"
    yield Target("quote", Part.QUOTE, {"quote": row.id}, address(f"/quotes/{row.id}"), title, words)
    yield _article(now, row.article.slug)


def _article(now: Reading, slug: str) -> Target:
    row = article_row(now.conn, slug)
    words = "its whole text, its quotes and its charts"
    return Target("article", Part.ARTICLE, {"article": slug}, address(f"/articles/{slug}"), row.title, words)


def _of_list(now: Reading, asked: Asked, topic: str | None) -> Iterator[Target]:
    chosen = read_filter(now, asked, topic)
    if not chosen.given:
        return
    yield _list(now, chosen, "view" if chosen.given != {"topic"} else "topic")
    if chosen.topic is not None and chosen.given != {"topic"}:
        yield _list(now, AttributionFilter(topic=chosen.topic), "topic")


def _list(now: Reading, chosen: AttributionFilter, key: str) -> Target:
    given = query_of(chosen)
    query = {name: value for name, value in given.items() if name != "topic"}
    path = address(f"/topics/{chosen.topic}", **query) if chosen.topic else address("/search", **given)
    words = "these quotes, and what comes in later that fits; nothing else of their articles"
    return Target(key, Part.LIST, given, path, list_title(now, chosen), words)


def list_title(now: Reading, chosen: AttributionFilter) -> str:
    """What *chosen* lets through, in words."""
    given = query_of(chosen)
    title = f"Quotes on {now.site.labels.get(given.pop('topic'), '')}" if "topic" in given else "Quotes"
    if "speaker" in given:
        title += f" by {_speaker(now, given.pop('speaker'))}"
    if "article" in given:
        title += f" in “{first_words(article_row(now.conn, given.pop('article')).title, 80)}”"
    if given.get("publisher") == NO_PUBLISHER_NAME:
        given["publisher"] = "not known"
    return title + "".join(f", {'words' if name == 'q' else name} {value}" for name, value in given.items())


def _speaker(now: Reading, slug: str) -> str:
    try:
        return full_name(speaker_by_slug(now.conn, slug))
    except NotFound:
        return "speakers not named"
