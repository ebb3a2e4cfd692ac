"""A quote, its speaker and its article as JSON, with steady names: in the pages' JSON and in files alike."""

from __future__ import annotations

from typing import Any, overload

from app.domain import TextSpan
from app.present import shapes
from app.present.analysis_json import evidence_record
from app.present.templates import address
from app.store.rows import ArticleRef, ArticleRow, Excerpt, QuoteRow, SpeakerRow

Json = dict[str, Any]


def span(value: TextSpan) -> list[int]:
    """``[start, end]`` in code points."""
    return [value.start, value.end]


@overload
def speaker(row: SpeakerRow) -> shapes.Speaker: ...
@overload
def speaker(row: SpeakerRow | None) -> shapes.Speaker | None: ...
def speaker(row: SpeakerRow | None) -> shapes.Speaker | None:
    """A speaker, or null where nobody is named."""
    if row is None:
        return None
    return {"slug": row.slug, "name": row.name, "kind": row.kind, "members": list(row.members)}


def article(row: ArticleRow | ArticleRef) -> shapes.ArticleRef:
    """As much of an article as a quote names. ``address`` is its page here, ``url`` where it was published."""
    return {
        "slug": row.slug,
        "title": row.title,
        "address": address(f"/articles/{row.slug}"),
        "url": row.url,
        "publisher": row.publisher,
        "date": row.date.isoformat() if row.date else None,
        "language": row.language,
    }


def whole_article(row: ArticleRow) -> shapes.Article:
    """An article without its text, with all else that is known of it."""
    return {
        **article(row),
        "date_precision": row.date_precision if row.date else None,
        "byline": row.byline,
        "added": row.added.isoformat(),
        "words": row.words,
        "pipeline": row.pipeline,
        "quotes": row.quotes,
        "indirect": row.indirect,
    }


@overload
def excerpt(value: Excerpt) -> shapes.Excerpt: ...
@overload
def excerpt(value: Excerpt | None) -> shapes.Excerpt | None: ...
def excerpt(value: Excerpt | None) -> shapes.Excerpt | None:
    """Words of the article with their place."""
    return {"start": value.span.start, "end": value.span.end, "text": value.text} if value else None


def quote(row: QuoteRow) -> shapes.Quote:
    """A quote with all that is known of it; offsets are code points into the article's text."""
    said = row.attribution
    return {
        "id": row.id,
        "address": address(f"/quotes/{row.id}"),
        "start": row.span.start,
        "end": row.span.end,
        "text": row.text,
        "kind": row.kind,
        "speaker": speaker(row.speaker),
        "topics": list(row.topics),
        "corrected": list(row.corrected),
        "evidence": [evidence_record(one) for one in row.evidence],
        "attribution": {
            "source": [span(one) for one in said.source],
            "cue": [span(one) for one in said.cue],
            "content": [span(one) for one in said.content],
            "topics": list(said.topics),
            "rule": said.rule,
            "reason": said.reason,
            "chain": [excerpt(one) for one in said.chain],
            "confidence": None if said.confidence is None else round(said.confidence, 3),
        },
        "clause": excerpt(row.clause),
        "sentence": excerpt(row.sentence),
        "before": excerpt(row.before),
        "after": excerpt(row.after),
        "article": article(row.article),
    }
