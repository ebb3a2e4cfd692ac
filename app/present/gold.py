"""What people judged of an article as labelled data, in the format of ``communique evaluate`` and its like.

A quote is gold once a person has judged its speaker and its topics. Every other stretch that anything might take for a
quote is to be ignored, so that what nobody judged counts as no error; what a person rejected is not, so that it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from app.domain import OTHER, AttributionKind, ParagraphKind, TextSpan
from app.store.rows import ArticleText, QuoteRow, SpeakerRow

_MARKED = re.compile(r"[“„«\"]([^“”„«»\"]+)[”“»\"]")
_TOUCHES = 0.3
"""From which share of the words of both on the scorers take a stretch for one that is to be ignored."""


def gold_of(article: ArticleText, quotes: Sequence[QuoteRow], rejected: Sequence[TextSpan]) -> dict[str, Any] | None:
    """The labels of *article*, given all of its *quotes*; ``None`` where nobody judged one whole or *rejected* one."""
    judged = [row for row in quotes if is_gold(row)]
    if not judged and not rejected:
        return None
    taken = [*(row.span for row in judged), *rejected]
    others = [row.span for row in quotes if not is_gold(row)]
    others += [TextSpan(*found.span(1)) for found in _MARKED.finditer(article.text)]
    others += [one.span for one in article.paragraphs if one.kind is ParagraphKind.TURN]
    ignored = sorted({one for one in others if not any(_share(one, span) > _TOUCHES for span in taken)})
    return {
        "article": article.row.slug,
        "quotes": [_quote(row, row.speaker) for row in judged if row.speaker],
        "ignore": [{"start": one.start, "end": one.end, "text": one.of(article.text)} for one in ignored],
        "units": [],
    }


def article_of_gold(article: ArticleText) -> dict[str, Any]:
    """The article that the labels are of."""
    row = article.row
    return {
        "id": row.slug,
        "title": row.title,
        "url_or_repo": row.url or "",
        "publisher": row.publisher or "",
        "date": row.date.isoformat() if row.date else "",
        "lang": row.language or "en",
        "text": article.text,
        "kind": "article",
        "has_gold": True,
    }


def is_gold(row: QuoteRow) -> bool:
    """Whether a person judged all that the scorers compare: a quote in marks, by somebody, with its topics."""
    whole = "confirmed" in row.corrected or (
        "topics" in row.corrected and bool({"speaker", "added"} & {*row.corrected})
    )
    return whole and row.speaker is not None and row.kind is not AttributionKind.INDIRECT


def _quote(row: QuoteRow, speaker: SpeakerRow) -> dict[str, Any]:
    cue = row.attribution.cue
    return {
        "start": row.span.start,
        "end": row.span.end,
        "text": row.text,
        "speaker": "; ".join(speaker.members) or speaker.name,
        "speaker_kind": speaker.kind.value,
        "cue": _words(row, cue[0]) if cue else None,
        "topics": list(row.topics) or [OTHER],
        "speaker_alt": [speaker.name] if speaker.members else [],
        "user_topics": [],
    }


def _words(row: QuoteRow, span: TextSpan) -> str | None:
    around: Iterable[Any] = (row.clause, row.sentence)
    for one in around:
        if one.span.contains(span):
            return str(one.text[span.start - one.span.start : span.end - one.span.start])
    return None


def _share(one: TextSpan, other: TextSpan) -> float:
    common = min(one.end, other.end) - max(one.start, other.start)
    return common / (max(one.end, other.end) - min(one.start, other.start)) if common > 0 else 0.0
