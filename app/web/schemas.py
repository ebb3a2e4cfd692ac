"""Pages as JSON: the same contexts that the templates get, as plain values with steady names."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TypeVar

from app.domain import Topic
from app.present.carried import Variant
from app.present.filter_query import query_of
from app.present.quote_json import quote, speaker, whole_article
from app.present.templates import address
from app.store.accuracy import Accuracy, Share
from app.store.filters import AttributionFilter
from app.store.rows import (
    ArticleRow,
    Page,
    SpeakerCount,
    TopicCount,
    TopicSpeakerCount,
)
from app.store.versions import VersionRow
from app.web.contexts import ArticlePage, ArticlesPage, BoardPage, FilterBar, QuotePage, TopicPage, TopicsPage
from app.web.shapes import articles as article_shapes
from app.web.shapes import board as board_shapes
from app.web.shapes import lists as shapes
from app.web.shapes import topics as topic_shapes

T = TypeVar("T")
S = TypeVar("S")


def listing(page: Page[T], one: Callable[[T], S], following: str | None) -> shapes.Listing[S]:
    """A list: how many there are in all, those of this page, and the address of the next page or null."""
    return {"total": page.total, "items": [one(item) for item in page.items], "next": following}


def whole(items: Iterable[S]) -> shapes.Listing[S]:
    """A list that is not cut into pages."""
    found = list(items)
    return {"total": len(found), "items": found, "next": None}


def in_json(url: str | None) -> str | None:
    """The address of the same page as JSON."""
    if url is None:
        return None
    path, mark, query = url.partition("?")
    return f"{'/index' if path == '/' else path}.json{mark}{query}"


def topic(value: Topic) -> shapes.TopicRef:
    """A topic as the code book has it."""
    return {
        "id": value.id,
        "label": value.label,
        "address": address(f"/topics/{value.id}"),
        "description": value.description,
        "colour": value.colour,
    }


def whole_topic(value: Topic) -> topic_shapes.WholeTopic:
    """A topic with all its words; patterns are values, as spaCy's ``Matcher`` takes them."""
    return {
        **topic(value),
        "terms": list(value.terms),
        "names": list(value.names),
        "entities": list(value.entities),
        "excluded": list(value.excluded),
        "mentions": list(value.mentions),
        "voices": list(value.voices),
        "patterns": [json.loads(pattern) for pattern in value.patterns],
    }


def topic_count(row: TopicCount) -> shapes.TopicCount:
    """A topic with its counts."""
    return {**topic(row.topic), "quotes": row.quotes, "indirect": row.indirect}


def speaker_count(row: SpeakerCount) -> shapes.SpeakerCount:
    """A speaker with counts by kind."""
    return {
        "speaker": speaker(row.speaker),
        "direct": row.direct,
        "mixed": row.mixed,
        "indirect": row.indirect,
    }


def topic_speaker(row: TopicSpeakerCount) -> topic_shapes.TopicSpeaker:
    """One cell of topics by speakers."""
    return {
        "topic": row.topic_id,
        "speaker": speaker(row.speaker),
        "quotes": row.quotes,
        "indirect": row.indirect,
    }


def version(slug: str, row: VersionRow) -> article_shapes.Version:
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


def board(page: BoardPage) -> board_shapes.Board:
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
        "quotes": {
            "total": counts.quotes,
            "items": [quote(row) for row in page.latest],
            "next": "/search.json" if counts.quotes + counts.indirect > len(page.latest) else None,
        },
        "articles": listing(
            page.articles,
            whole_article,
            address("/articles.json", after=page.articles.next) if page.articles.next else None,
        ),
        "accuracy": None if page.accuracy is None else _accuracy(page.accuracy),
    }


def _accuracy(found: Accuracy) -> board_shapes.Accuracy:
    """How often the machine was right: of each, how many of how many."""
    return {
        "quotes": found.quotes,
        "precision": _share(found.precision),
        "recall": _share(found.recall),
        "speaker": _share(found.speaker),
        "topics": _share(found.topics),
        "kind": _share(found.kind),
        "edges": _share(found.edges),
    }


def _share(one: Share) -> board_shapes.Share:
    return {"right": one.right, "of": one.of}


def articles(page: ArticlesPage, chosen: AttributionFilter) -> article_shapes.Articles:
    """``/articles.json``; under a filter, each with how many of its quotes match."""

    def row_json(row: ArticleRow) -> article_shapes.ListedArticle:
        earlier = page.versions.get(row.slug)
        return {
            **whole_article(row),
            "matching": page.matching[row.slug][0] if page.matching else None,
            "version_of": version(row.slug, earlier) if earlier else None,
        }

    return {"filters": query_of(chosen), **listing(page.articles, row_json, in_json(page.next_url))}


def article_page(page: ArticlePage) -> article_shapes.ArticleWhole:
    """``/articles/{slug}.json``: with the text that every offset counts in."""
    found = page.article
    return {
        "article": whole_article(found.row),
        "text": found.text,
        "paragraphs": [
            {"start": p.span.start, "end": p.span.end, "kind": p.kind, "topics": list(p.topics)}
            for p in found.paragraphs
        ],
        "topics": whole(topic_count(row) for row in (*(one.topic for one in page.sections), *page.others)),
        "speakers": whole(speaker_count(line.count) for line in page.speakers),
        "quotes": listing(page.quotes, quote, None),
        "versions": [version(found.row.slug, row) for row in page.versions],
    }


def topics(page: TopicsPage) -> topic_shapes.Topics:
    """``/topics.json``."""

    def row_json(row: TopicCount) -> topic_shapes.ListedTopic:
        cells = page.speakers.get(row.topic.id, ())
        return {**_counted_topic(row), "speakers": [topic_speaker(cell) for cell in cells]}

    return {"revision": page.revision, **whole(map(row_json, page.topics))}


def _counted_topic(row: TopicCount) -> topic_shapes.CountedTopic:
    return {**whole_topic(row.topic), "quotes": row.quotes, "indirect": row.indirect}


def topic_page(page: TopicPage, revision: int) -> topic_shapes.TopicPage:
    """``/topics/{id}.json``; *revision* is that of the topics."""
    return {
        "revision": revision,
        "topic": _counted_topic(page.topic),
        "filter": query_of(page.filters, "topic"),
        "facets": facets(page.bar),
        **listing(page.quotes, quote, in_json(page.next_url)),
    }


def facets(bar: FilterBar) -> shapes.Facets:
    """What every other click would leave, by field."""
    return {
        facet.name: [{"value": one.value, "label": one.label, "count": one.count} for one in facet.choices]
        for facet in bar.facets
    }


def quote_page(page: QuotePage) -> shapes.QuotePage:
    """``/quotes/{id}.json``; ``carried`` has the same quote in other articles, and what is otherwise there.

    ``citation`` is the quote in one line, but for its address; ``cited`` has it in other forms, ``source`` being where
    it was published, at these words.
    """
    how = page.cited
    forms = {"markdown": how.markdown, "html": how.html, **{one.style.lower(): one.text for one in how.references}}
    carried = whole(_variant(one) for one in page.variants)
    return {**quote(page.quote), "citation": how.line, "cited": forms, "source": how.source, "carried": carried}


def _variant(one: Variant) -> shapes.Carried:
    pieces: list[shapes.Piece] = [{"what": piece.what, "here": piece.old, "there": piece.new} for piece in one.pieces]
    return {"how": one.how, "quote": quote(one.quote), "pieces": pieces}
