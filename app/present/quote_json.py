"""A quote, its speaker and its article as JSON, with steady names: in the pages' JSON and in files alike."""

from __future__ import annotations

from typing import Any

from app.domain import TextSpan
from app.present.analysis_json import evidence_record
from app.present.templates import address
from app.store.rows import ArticleRef, ArticleRow, Excerpt, QuoteRow, SpeakerRow

Json = dict[str, Any]


def span(value: TextSpan) -> list[int]:
    """``[start, end]`` in code points."""
    return [value.start, value.end]


def speaker(row: SpeakerRow | None) -> Json | None:
    """A speaker, or null where nobody is named."""
    if row is None:
        return None
    return {"slug": row.slug, "name": row.name, "kind": row.kind.value, "members": list(row.members)}


def article(row: ArticleRow | ArticleRef) -> Json:
    """An article without its text. ``address`` is its page here, ``url`` where it was published."""
    found: Json = {
        "slug": row.slug,
        "title": row.title,
        "address": address(f"/articles/{row.slug}"),
        "url": row.url,
        "publisher": row.publisher,
        "date": row.date.isoformat() if row.date else None,
        "language": row.language,
    }
    if isinstance(row, ArticleRow):
        found |= {
            "date_precision": row.date_precision.value if row.date else None,
            "byline": row.byline,
            "added": row.added.isoformat(),
            "words": row.words,
            "pipeline": row.pipeline,
            "quotes": row.quotes,
            "indirect": row.indirect,
        }
    return found


def excerpt(value: Excerpt | None) -> Json | None:
    """Words of the article with their place."""
    return {"start": value.span.start, "end": value.span.end, "text": value.text} if value else None


def quote(row: QuoteRow) -> Json:
    """A quote with all that is known of it; offsets are code points into the article's text."""
    said = row.attribution
    return {
        "id": row.id,
        "address": address(f"/quotes/{row.id}"),
        "start": row.span.start,
        "end": row.span.end,
        "text": row.text,
        "kind": row.kind.value,
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
