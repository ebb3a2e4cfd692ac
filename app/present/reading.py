"""The whole text of an article as blocks to read, with what was found in it marked and labelled in the margin."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain import AttributionKind, Paragraph, ParagraphKind, TextSpan
from app.present.evidence import evidence_marks, why
from app.present.marking import Mark, Segment, segments
from app.present.rows import speaker_name, words_at
from app.present.theme import topic_class
from app.store.rows import QuoteRow

LONG = 600
SHORTEST_PIECE = 80
"""A paragraph longer than ``LONG`` is shown in pieces of this length or more (in characters)."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the margin says of one attribution; ``quote`` is the id of its first stretch.

    ``back`` says for each topic, in words, what earlier place it comes from, where it comes from one.
    """

    quote: str
    speaker: str
    cue: str
    kind: AttributionKind
    topics: tuple[str, ...]
    tone: str
    back: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or a piece of a long one, with the notes on what begins in it."""

    kind: ParagraphKind
    segments: tuple[Segment, ...]
    notes: tuple[Note, ...]

    @property
    def text(self) -> str:
        """Its words, as they stand in the article."""
        return "".join(segment.text for segment in self.segments)


def reading_blocks(text: str, paragraphs: Sequence[Paragraph], quotes: Sequence[QuoteRow]) -> tuple[Block, ...]:
    """*text* in blocks; joined, they are *text* but for the blank space between paragraphs.

    *quotes* are all quotes of the article in the order of the text.
    """
    marks = sorted(_marks(quotes), key=lambda mark: mark.span)
    said = _by_attribution(quotes)
    firsts = sorted((rows[0] for rows in said.values()), key=_place)
    sentences = sorted({quote.sentence.span.start for quote in quotes})
    places = [_place(quote) for quote in firsts]
    blocks, open_marks, taken = [], list[Mark](), 0
    for span, kind in _pieces(text, paragraphs, sentences):
        reached = bisect_left(marks, span.end, lo=taken, key=lambda mark: mark.span.start)
        open_marks = [mark for mark in (*open_marks, *marks[taken:reached]) if mark.span.end > span.start]
        taken = reached
        begun = firsts[bisect_left(places, span.start) : bisect_left(places, span.end)]
        notes = tuple(_note(quote, said[quote.attribution.id]) for quote in begun)
        blocks.append(Block(kind, segments(span.of(text), open_marks, offset=span.start), notes))
    return tuple(blocks)


def _by_attribution(quotes: Sequence[QuoteRow]) -> dict[int, list[QuoteRow]]:
    said: dict[int, list[QuoteRow]] = {}
    for quote in quotes:
        said.setdefault(quote.attribution.id, []).append(quote)
    return said


def _place(quote: QuoteRow) -> int:
    return quote.span.start


def _marks(quotes: Sequence[QuoteRow]) -> Iterator[Mark]:
    seen = set()
    yield from dict.fromkeys(mark for quote in quotes for mark in evidence_marks(quote.evidence))
    for quote in quotes:
        tone = topic_class(quote.topics[0]) if quote.topics else ""
        role = "told" if quote.kind is AttributionKind.INDIRECT else "said"
        yield Mark(quote.span, role, tone, quote.id)
        if quote.attribution.id in seen:
            continue
        seen.add(quote.attribution.id)
        yield from (Mark(span, "source") for span in quote.attribution.source)
        yield from (Mark(span, "cue") for span in quote.attribution.cue)


def _note(quote: QuoteRow, rows: Sequence[QuoteRow]) -> Note:
    source = words_at(quote.clause, quote.attribution.source)
    return Note(
        quote=quote.id,
        speaker=speaker_name(quote.speaker, source, quote.article.language),
        cue=words_at(quote.clause, quote.attribution.cue),
        kind=quote.kind,
        topics=quote.attribution.topics or quote.topics,
        tone=topic_class(quote.topics[0]) if quote.topics else "",
        back=why(rows, back=True),
    )


def _pieces(
    text: str, paragraphs: Sequence[Paragraph], sentences: Sequence[int]
) -> Iterator[tuple[TextSpan, ParagraphKind]]:
    """Paragraphs, long ones cut at *sentences*, and whatever words stand between paragraphs."""
    at = 0
    for paragraph in paragraphs:
        yield from _gap(text, at, paragraph.span.start)
        for span in _cut(paragraph, sentences):
            yield span, paragraph.kind
        at = paragraph.span.end
    yield from _gap(text, at, len(text))


def _gap(text: str, start: int, end: int) -> Iterator[tuple[TextSpan, ParagraphKind]]:
    if text[start:end].strip():
        yield TextSpan(start, end), ParagraphKind.BODY


def _cut(paragraph: Paragraph, sentences: Sequence[int]) -> Iterator[TextSpan]:
    start, end = paragraph.span.start, paragraph.span.end
    if paragraph.kind is ParagraphKind.BODY and end - start > LONG:
        for place in sentences[bisect_left(sentences, start) : bisect_left(sentences, end)]:
            if place - start >= SHORTEST_PIECE:
                yield TextSpan(start, place)
                start = place
    yield TextSpan(start, end)
