"""Pages as JSON: the same contexts that the templates get, as plain values with steady names."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from app.codebook.fields import WORD_LISTS
from app.domain import Topic
from app.present.carried import Variant
from app.present.filter_query import query_of
from app.present.quote_json import article, quote, speaker
from app.present.templates import address
from app.store.accuracy import Accuracy
from app.store.rows import (
    ArticleRow,
    Page,
    SpeakerCount,
    TopicCount,
    TopicSpeakerCount,
)
from app.store.versions import VersionRow
from app.web.contexts import ArticlePage, ArticlesPage, BoardPage, FilterBar, QuotePage, TopicPage, TopicsPage

T = TypeVar("T")
Json = dict[str, Any]


def listing(page: Page[T], one: Callable[[T], Json], following: str | None) -> Json:
    """A list: how many there are in all, those of this page, and the address of the next page or null."""
    return {"total": page.total, "items": [one(item) for item in page.items], "next": following}


def whole(items: Iterable[Json]) -> Json:
    """A list that is not cut into pages."""
    found = list(items)
    return {"total": len(found), "items": found, "next": None}


def in_json(url: str | None) -> str | None:
    """The address of the same page as JSON."""
    if url is None:
        return None
    path, mark, query = url.partition("?")
    return f"{'/index' if path == '/' else path}.json{mark}{query}"


def topic(value: Topic) -> Json:
    """A topic as the code book has it."""
    return {
        "id": value.id,
        "label": value.label,
        "address": address(f"/topics/{value.id}"),
        "description": value.description,
        "colour": value.colour,
    }


def whole_topic(value: Topic) -> Json:
    """A topic with all its words; patterns are values, as spaCy's ``Matcher`` takes them."""
    words = {name: list(getattr(value, name)) for name in WORD_LISTS}
    return {**topic(value), **words, "patterns": [json.loads(pattern) for pattern in value.patterns]}


def topic_count(row: TopicCount) -> Json:
    """A topic with its counts."""
    return {**topic(row.topic), "quotes": row.quotes, "indirect": row.indirect}


def speaker_count(row: SpeakerCount) -> Json:
    """A speaker with counts by kind."""
    counts = {"direct": row.direct, "mixed": row.mixed, "indirect": row.indirect}
    return {"speaker": speaker(row.speaker), **counts}


def topic_speaker(row: TopicSpeakerCount) -> Json:
    """One cell of topics by speakers."""
    return {
        "topic": row.topic_id,
        "speaker": speaker(row.speaker),
        "quotes": row.quotes,
        "indirect": row.indirect,
    }


def version(slug: str, row: VersionRow) -> Json:
    """A version of the article *slug*; ``differences`` is where both are compared."""
    return {
        "slug": row.slug,
        "title": row.title,
        "address": address(f"/articles/{row.slug}"),
        "publisher": row.publisher,
        "date": row.date.isoformat() if row.date else None,
        "added": row.added.isoformat(),
        "likeness": round(row.likeness, 3),
        "same_url": row.same_url,
        "differences": address(f"/articles/{slug}/versions/{row.slug}.json"),
    }


def board(page: BoardPage) -> Json:
    """``/index.json``."""
    counts = page.counts
    return {
        "counts": {
            "articles": counts.articles,
            "quotes": counts.quotes,
            "indirect": counts.indirect,
            "speakers": counts.speakers,
        },
        "topics": whole(topic_count(row) for row in page.topics),
        "quotes": {"total": counts.quotes, "items": [quote(row) for row in page.latest], "next": None},
        "articles": listing(page.articles, article, "/articles.json" if page.articles.next else None),
        "accuracy": None if page.accuracy is None else _accuracy(page.accuracy),
    }


def _accuracy(found: Accuracy) -> Json:
    """How often the machine was right: of each, how many of how many."""
    shares = {name: getattr(found, name) for name in ("precision", "recall", "speaker", "topics", "kind", "edges")}
    return {"quotes": found.quotes, **{name: {"right": one.right, "of": one.of} for name, one in shares.items()}}


def articles(page: ArticlesPage) -> Json:
    """``/articles.json``; under a filter, each with how many of its quotes match."""

    def row_json(row: ArticleRow) -> Json:
        earlier = page.versions.get(row.slug)
        matching = {"matching": page.matching[row.slug][0]} if page.matching else {}
        return {**article(row), **matching, "version_of": version(row.slug, earlier) if earlier else None}

    return listing(page.articles, row_json, in_json(page.next_url))


def article_page(page: ArticlePage) -> Json:
    """``/articles/{slug}.json``: with the text that every offset counts in."""
    found = page.article
    return {
        "article": article(found.row),
        "text": found.text,
        "paragraphs": [
            {"start": p.span.start, "end": p.span.end, "kind": p.kind.value, "topics": list(p.topics)}
            for p in found.paragraphs
        ],
        "topics": whole(topic_count(row) for row in (*(one.topic for one in page.sections), *page.others)),
        "speakers": whole(speaker_count(line.count) for line in page.speakers),
        "quotes": listing(page.quotes, quote, None),
        "versions": [version(found.row.slug, row) for row in page.versions],
    }


def topics(page: TopicsPage) -> Json:
    """``/topics.json``."""
    rows = (
        {
            **whole_topic(row.topic),
            **topic_count(row),
            "speakers": [topic_speaker(cell) for cell in page.speakers.get(row.topic.id, ())],
        }
        for row in page.topics
    )
    return {"revision": page.revision, **whole(rows)}


def topic_page(page: TopicPage, revision: int) -> Json:
    """``/topics/{id}.json``; *revision* is that of the topics."""
    return {
        "revision": revision,
        "topic": {**whole_topic(page.topic.topic), **topic_count(page.topic)},
        "filter": query_of(page.filters, "topic"),
        "facets": facets(page.bar),
        **listing(page.quotes, quote, in_json(page.next_url)),
    }


def facets(bar: FilterBar) -> Json:
    """What every other click would leave, by field."""
    return {
        facet.name: [{"value": one.value, "label": one.label, "count": one.count} for one in facet.choices]
        for facet in bar.facets
    }


def quote_page(page: QuotePage) -> Json:
    """``/quotes/{id}.json``; ``carried`` has the same quote in other articles, and what is otherwise there.

    ``citation`` is the quote in one line, but for its address; ``cited`` has it in other forms, ``source`` being where
    it was published, at these words.
    """
    how = page.cited
    forms = {"markdown": how.markdown, "html": how.html, **{one.style.lower(): one.text for one in how.references}}
    carried = whole(_variant(one) for one in page.variants)
    return {**quote(page.quote), "citation": how.line, "cited": forms, "source": how.source, "carried": carried}


def _variant(one: Variant) -> Json:
    pieces = [{"what": piece.what, "here": piece.old, "there": piece.new} for piece in one.pieces]
    return {"how": one.how, "quote": quote(one.quote), "pieces": pieces}
