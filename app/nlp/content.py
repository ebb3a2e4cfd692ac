"""The edges of what is attributed, and how much of it stands between marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Span, Token

from app.domain import AttributionKind, TextSpan
from app.nlp.records import AttributionRecord
from app.nlp.scene import Scene

_BRACKETS = {")": "(", "]": "["}


def content_of(scene: Scene, record: AttributionRecord, under: Token) -> TextSpan:
    """What *under*, the part of the sentence below the cue, covers in code points, within one sentence."""
    first, last = scene.sentence(under.i)
    start, end = max(under.left_edge.i, first), min(under.right_edge.i + 1, last)
    for part in (record.source, record.cue):
        if part is None or not start <= part[0] < end:
            continue
        if part[0] <= under.i:
            start = max(start, part[1])
        else:
            end = min(end, part[0])
    return clipped(scene, start, max(end, start))


def clipped(scene: Scene, start: int, end: int) -> TextSpan:
    """The characters of tokens *start* to *end*, without punctuation and blanks of the narration at the ends."""
    doc = scene.doc
    while start < end and _bare(scene, doc[start]):
        start += 1
    while end > start and _bare(scene, doc[end - 1]) and not _closes(doc[start:end]):
        end -= 1
    if start >= end:
        return TextSpan(doc[start - 1].idx, doc[start - 1].idx)
    first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    return TextSpan(first - _mark_at(scene, start, start - 1), last + _mark_at(scene, end - 1, end))


def _mark_at(scene: Scene, edge: int, beside: int) -> int:
    """The length of the quotation mark *beside* the quoted token *edge*: the content takes its marks with it."""
    if scene.quote_of[edge] < 0 or not 0 <= beside < len(scene.doc):
        return 0
    return len(scene.doc[beside]) if scene.doc[beside].is_quote else 0


def _bare(scene: Scene, token: Token) -> bool:
    return token.is_space or (token.is_punct and scene.quote_of[token.i] < 0)


def _closes(words: Span) -> bool:
    """Whether the last of *words* is a bracket that another of them opens."""
    closing = words[-1].text
    opening = _BRACKETS.get(closing)
    return opening is not None and words.text.count(opening) == words.text.count(closing)


def kind_of(text: str, content: Iterable[TextSpan], quoted: Iterable[TextSpan]) -> AttributionKind:
    """Direct, mixed or indirect: whether all, some or none of the letters of *content* lie in *quoted*."""
    inside = outside = 0
    marked = list(quoted)
    for span in content:
        place = span.start
        for stretch in marked:
            if stretch.end <= place or stretch.start >= span.end:
                continue
            outside += _letters(text, place, stretch.start)
            inside += _letters(text, max(stretch.start, span.start), min(stretch.end, span.end))
            place = max(place, stretch.end)
        outside += _letters(text, place, span.end)
    if not inside:
        return AttributionKind.INDIRECT
    return AttributionKind.MIXED if outside else AttributionKind.DIRECT


def _letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end])) if start < end else 0


def settle_content(scene: Scene, record: AttributionRecord) -> None:
    """Settle *record*'s content and kind, once all its quotations are known."""
    quoted = [scene.doc._.quotations[number].span for number in record.quotes]
    spans = sorted({*quoted, *record.pieces})
    record.content = _without(scene, record, _united(spans)) or quoted
    record.kind = kind_of(scene.text, record.content, quoted)
    if record.kind is AttributionKind.DIRECT:
        record.content = quoted


def _united(spans: list[TextSpan]) -> list[TextSpan]:
    """Overlapping spans run together."""
    joined: list[TextSpan] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = TextSpan(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _without(scene: Scene, record: AttributionRecord, spans: list[TextSpan]) -> list[TextSpan]:
    """*spans* with the record's own source and cue cut out of them."""
    edges = [part for part in (record.source, record.cue) if part]
    for start, end in edges:
        part = scene.doc[start:end]
        cut: list[TextSpan] = []
        for span in spans:
            if part.start_char >= span.end or part.end_char <= span.start:
                cut.append(span)
                continue
            halves = ((span.start, part.start_char), (part.end_char, span.end))
            cut += [_stripped(scene.text, first, last) for first, last in halves if first < last]
        spans = [span for span in cut if any(map(str.isalnum, span.of(scene.text)))]
    return spans


_EDGE = re.compile(r"[\s,;:]+")


def _stripped(text: str, start: int, end: int) -> TextSpan:
    """The span without blanks and commas at its ends."""
    while start < end and _EDGE.match(text[start]):
        start += 1
    while end > start and _EDGE.match(text[end - 1]):
        end -= 1
    return TextSpan(start, end)
