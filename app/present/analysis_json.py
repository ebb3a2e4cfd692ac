"""An analysis as the one JSON object that ``communique analyse`` writes for an article."""

from collections.abc import Iterable
from typing import Any

from app.domain import Analysis, Attribution, AttributionKind, Paragraph, Quote, Speaker, TextSpan, TopicEvidence
from app.present.shapes import Evidence


def analysis_record(article_id: object, text: str, analysis: Analysis) -> dict[str, Any]:
    """What *analysis* says of *text*, in plain values that ``json.dumps`` takes as they are.

    Returns:
        ``id``, ``language``, ``attributions``, ``quotes`` and ``paragraphs``. ``language`` is null for a text in the
        language of the pipeline. Offsets are half-open and count code points
        of *text* as it was given. ``quotes`` holds only the stretches in quotation marks; what is reported
        without marks stands among the attributions, as ``indirect``. ``attribution`` is an index into them.
    """
    return {
        "id": article_id,
        "language": analysis.language,
        "attributions": [_attribution(attribution) for attribution in analysis.attributions],
        "quotes": [
            _quote(quote, analysis.attributions[quote.attribution], text)
            for quote in analysis.quotes
            if quote.kind is not AttributionKind.INDIRECT
        ],
        "paragraphs": [_paragraph(paragraph) for paragraph in analysis.paragraphs],
    }


def evidence_record(found: TopicEvidence) -> Evidence:
    """Why a topic was given, in plain values: ``refers`` is where the article had named it, or null."""
    return {
        "topic": found.topic,
        "start": found.span.start,
        "end": found.span.end,
        "term": found.term,
        "rule": found.rule,
        "refers": None if found.refers is None else [found.refers.start, found.refers.end],
        "score": round(found.score, 3),
    }


def _attribution(attribution: Attribution) -> dict[str, Any]:
    return {
        "source": _offsets(attribution.source),
        "cue": _offsets(attribution.cue),
        "content": _offsets(attribution.content),
        "kind": attribution.kind.value,
        **_speaker(attribution.speaker),
        "topics": list(attribution.topics),
        "evidence": [evidence_record(found) for found in attribution.evidence],
        "rule": attribution.rule,
        "reason": attribution.reason,
        "chain": _offsets(attribution.chain),
        "confidence": None if attribution.confidence is None else round(attribution.confidence, 3),
    }


def _quote(quote: Quote, attribution: Attribution, text: str) -> dict[str, Any]:
    return {
        "start": quote.span.start,
        "end": quote.span.end,
        "text": quote.span.of(text),
        **_speaker(attribution.speaker),
        "cue": " … ".join(span.of(text) for span in attribution.cue) or None,
        "kind": quote.kind.value,
        "topics": list(quote.topics),
        "evidence": [evidence_record(found) for found in quote.evidence],
        "attribution": quote.attribution,
    }


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "start": paragraph.span.start,
        "end": paragraph.span.end,
        "kind": paragraph.kind.value,
        "topics": list(paragraph.topics),
    }


def _speaker(speaker: Speaker | None) -> dict[str, str | None]:
    if speaker is None:
        return {"speaker": None, "speaker_kind": None}
    return {"speaker": speaker.name, "speaker_kind": speaker.kind.value}


def _offsets(spans: Iterable[TextSpan]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
