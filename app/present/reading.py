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
from app.store.filters import UNNAMED
from app.store.rows import QuoteRow

LONG = 600
SHORTEST_PIECE = 80
"""A paragraph longer than ``LONG`` is shown in pieces of this length or more (in characters)."""
LONGEST_PIECE = 4_000
"""Characters of a piece at most, so that whoever shows the text in parts can cut it anywhere."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the margin says of one attribution.

    Attributes:
        quote: the id of its first stretch.
        quotes: the ids of all its stretches.
        numbers: the places of these among all quotes of the article, from 1.
        speaker: whom to show, in words.
        slug: the speaker's, or ``unnamed``.
        topics: those of its quotes.
        tone: the CSS class of the first topic's colours.
        confidence: how sure it is.
        corrected: what of it is a person's word, as in :class:`app.store.rows.QuoteRow`.
        back: for each topic, in words, what earlier place it comes from, where it comes from one.
    """

    quote: str
    quotes: tuple[str, ...]
    numbers: tuple[int, ...]
    speaker: str
    slug: str
    cue: str
    kind: AttributionKind
    topics: tuple[str, ...]
    tone: str
    confidence: float | None
    corrected: tuple[str, ...]
    back: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or a piece of a long one, with the notes on what begins in it.

    ``start`` is where it begins in the article, in code points; ``goes_on`` says that it is no beginning.
    """

    kind: ParagraphKind
    segments: tuple[Segment, ...]
    notes: tuple[Note, ...]
    start: int = 0
    goes_on: bool = False

    @property
    def text(self) -> str:
        """Its words, as they stand in the article."""
        return "".join(segment.text for segment in self.segments)


def reading_blocks(
    text: str, paragraphs: Sequence[Paragraph], quotes: Sequence[QuoteRow], *, evidence: bool = True
) -> tuple[Block, ...]:
    """*text* in blocks; joined, they are *text* but for the blank space between paragraphs.

    *quotes* are all quotes of the article in the order of the text; their *evidence* is marked unless it is not wanted.
    """
    marks = sorted(_marks(quotes, evidence=evidence), key=lambda mark: mark.span)
    numbers = {quote.id: number for number, quote in enumerate(quotes, 1)}
    said = _by_attribution(quotes)
    firsts = sorted((rows[0] for rows in said.values()), key=_place)
    sentences = sorted({quote.sentence.span.start for quote in quotes})
    places = [_place(quote) for quote in firsts]
    blocks, open_marks, taken = [], list[Mark](), 0
    for span, kind, goes_on in _pieces(text, paragraphs, sentences):
        reached = bisect_left(marks, span.end, lo=taken, key=lambda mark: mark.span.start)
        open_marks = [mark for mark in (*open_marks, *marks[taken:reached]) if mark.span.end > span.start]
        taken = reached
        begun = firsts[bisect_left(places, span.start) : bisect_left(places, span.end)]
        notes = tuple(_note(said[quote.attribution.id], numbers) for quote in begun)
        pieces = segments(span.of(text), open_marks, offset=span.start)
        blocks.append(Block(kind, pieces, notes, span.start, goes_on))
    return tuple(blocks)


def _by_attribution(quotes: Sequence[QuoteRow]) -> dict[int, list[QuoteRow]]:
    said: dict[int, list[QuoteRow]] = {}
    for quote in quotes:
        said.setdefault(quote.attribution.id, []).append(quote)
    return said


def _place(quote: QuoteRow) -> int:
    return quote.span.start


def _marks(quotes: Sequence[QuoteRow], *, evidence: bool) -> Iterator[Mark]:
    seen = set()
    if evidence:
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


def _note(rows: Sequence[QuoteRow], numbers: dict[str, int]) -> Note:
    quote = rows[0]
    source = words_at(quote.clause, quote.attribution.source)
    return Note(
        quote=quote.id,
        quotes=tuple(row.id for row in rows),
        numbers=tuple(numbers[row.id] for row in rows),
        speaker=speaker_name(quote.speaker, source, quote.article.language),
        slug=quote.speaker.slug if quote.speaker else UNNAMED,
        cue=words_at(quote.clause, quote.attribution.cue),
        kind=quote.kind,
        topics=tuple(dict.fromkeys(topic for row in rows for topic in row.topics)),
        tone=topic_class(quote.topics[0]) if quote.topics else "",
        confidence=quote.attribution.confidence,
        corrected=tuple(dict.fromkeys(one for row in rows for one in row.corrected)),
        back=why(rows, back=True),
    )


def _pieces(
    text: str, paragraphs: Sequence[Paragraph], sentences: Sequence[int]
) -> Iterator[tuple[TextSpan, ParagraphKind, bool]]:
    """Paragraphs, long ones in pieces, and whatever words stand between them; whether it is no beginning."""
    at = 0
    for span, kind in _wholes(text, paragraphs, len(text)):
        at = span.start
        for cut in _cut(span, kind, sentences):
            for piece in _short(text, cut):
                yield piece, kind, piece.start > at


def _wholes(text: str, paragraphs: Sequence[Paragraph], end: int) -> Iterator[tuple[TextSpan, ParagraphKind]]:
    at = 0
    for paragraph in paragraphs:
        yield from _gap(text, at, paragraph.span.start)
        yield paragraph.span, paragraph.kind
        at = paragraph.span.end
    yield from _gap(text, at, end)


def _gap(text: str, start: int, end: int) -> Iterator[tuple[TextSpan, ParagraphKind]]:
    between = text[start:end]
    if words := between.strip():
        first = start + between.index(words)
        yield TextSpan(first, first + len(words)), ParagraphKind.BODY


def _cut(whole: TextSpan, kind: ParagraphKind, sentences: Sequence[int]) -> Iterator[TextSpan]:
    start, end = whole.start, whole.end
    if (kind is ParagraphKind.BODY and end - start > LONG) or end - start > LONGEST_PIECE:
        for place in sentences[bisect_left(sentences, start) : bisect_left(sentences, end)]:
            if place - start >= SHORTEST_PIECE:
                yield TextSpan(start, place)
                start = place
    yield TextSpan(start, end)


def _short(text: str, piece: TextSpan) -> Iterator[TextSpan]:
    """*piece* cut behind sentences, else between words, wherever it is longer than a piece may be."""
    start = piece.start
    while piece.end - start > LONGEST_PIECE:
        most = start + LONGEST_PIECE
        half = start + LONGEST_PIECE // 2
        stop = max(text.rfind(mark, half, most) for mark in (". ", "。", "\n")) + 1 or text.rfind(" ", half, most)
        stop = stop if stop > half else most
        yield TextSpan(start, stop)
        start = stop
    yield TextSpan(start, piece.end)
