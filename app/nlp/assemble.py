"""Parsed pieces of a text to one :class:`~app.domain.Analysis` in plain values, counted in the whole text."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, fields

from spacy.tokens import Doc

from app.domain import (
    OTHER,
    Analysis,
    Attribution,
    AttributionKind,
    Paragraph,
    ParagraphKind,
    Quote,
    Reading,
    TextSpan,
    Tokens,
)
from app.nlp.keys import HEADINGS_KEY, PARAGRAPHS_KEY
from app.nlp.readings import Reader
from app.nlp.records import AttributionRecord
from app.nlp.scene import Scene


@dataclass(frozen=True, slots=True)
class Part:
    """A parsed piece of a text that starts at code point *offset* of it."""

    doc: Doc
    offset: int


def assemble(parts: Sequence[Part], pipeline: str, language: str | None = None) -> Analysis:
    """The analysis of a text from its parsed *parts* in order, made by *pipeline*, without topics yet.

    *language* is the text's where the pipeline does not read it.
    """
    paragraphs: list[Paragraph] = []
    attributions: list[Attribution] = []
    quotes: list[Quote] = []
    for part in parts:
        reader = _Reader(part)
        paragraphs += reader.paragraphs()
        for record in part.doc._.attributions:
            attributions.append(reader.attribution(record))
            quotes += reader.quotes(record, len(attributions) - 1)
    quotes.sort(key=lambda quote: (quote.span, quote.attribution))
    words = tokens_of(parts)
    return Analysis(tuple(paragraphs), tuple(attributions), tuple(quotes), pipeline, language, words)


def tokens_of(parts: Sequence[Part]) -> Tokens:
    """The words of *parts*, counted in the whole text, and the entities among them."""
    tokens = [(token, part.offset) for part in parts for token in part.doc if not token.is_space]
    entities: list[tuple[int, int, str]] = []
    for place, (token, _) in enumerate(tokens):
        if token.ent_iob_ == "B" or (token.ent_iob_ == "I" and not entities):
            entities.append((place, place + 1, token.ent_type_))
        elif token.ent_iob_ == "I":
            start, _, label = entities[-1]
            entities[-1] = (start, place + 1, label)
    return Tokens(
        starts=tuple(token.idx + offset for token, offset in tokens),
        ends=tuple(token.idx + len(token) + offset for token, offset in tokens),
        lemmas=tuple(token.lemma_ or token.lower_ for token, _ in tokens),
        tags=tuple(token.pos_ for token, _ in tokens),
        entities=tuple(entities),
    )


class _Reader:
    """Reads one parsed piece."""

    def __init__(self, part: Part) -> None:
        self.doc = part.doc
        self.offset = part.offset
        self.scene = Scene.of(part.doc)
        self.readings = Reader(self.scene, part.doc._.attributions)

    def attribution(self, record: AttributionRecord) -> Attribution:
        """*record* in plain values."""
        hull = self._hull(record)
        sentence, before, after = self._context(hull)
        return Attribution(
            source=self._tokens(record.source),
            cue=self._tokens(record.cue),
            content=tuple(self._moved(span) for span in record.content),
            kind=record.kind,
            speaker=record.speaker,
            rule=record.rule,
            reason=record.reason,
            clause=self._moved(hull),
            sentence=self._moved(sentence),
            before=self._moved(before) if before else None,
            after=self._moved(after) if after else None,
            chain=tuple(self._moved(span) for span in record.chain),
            confidence=record.confidence,
        )

    def quotes(self, record: AttributionRecord, number: int) -> list[Quote]:
        """The stretches of *record*, which is the attribution *number*."""
        if record.kind is AttributionKind.INDIRECT:
            whole = TextSpan(record.content[0].start, record.content[-1].end)
            return [self._quote(whole, number, record.kind, self.readings.of_clause(record))]
        return [
            self._quote(self.doc._.quotations[one].span, number, record.kind, self.readings.of_quotation(record, one))
            for one in record.quotes
        ]

    def _quote(self, span: TextSpan, number: int, kind: AttributionKind, reading: Reading) -> Quote:
        moved = Reading(*(tuple(map(self._moved, getattr(reading, one.name))) for one in fields(Reading)))
        return Quote(self._moved(span), number, kind, (OTHER,), reading=moved)

    def _hull(self, record: AttributionRecord) -> TextSpan:
        """From the first to the last character of source, cue, content and quotes, quotation marks with them."""
        spans = [*record.content, *(self.doc._.quotations[number].span for number in record.quotes)]
        spans += [
            TextSpan(self.doc[first].idx, self.doc[last - 1].idx + len(self.doc[last - 1]))
            for first, last in (part for part in (record.source, record.cue) if part)
        ]
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        text = self.scene.text
        start -= start > 0 and _is_mark(text[start - 1])
        end += end < len(text) and _is_mark(text[end])
        return TextSpan(start, end)

    def _context(self, hull: TextSpan) -> tuple[TextSpan, TextSpan | None, TextSpan | None]:
        first = self.scene.sentence(self.scene.token_at(hull.start))[0]
        last = self.scene.sentence(self.scene.token_at(hull.end - 1))[1]
        sentence = self.scene.characters(first, last)
        before = self._sentence_span(first - 1)
        after = self._sentence_span(last)
        start, end = min(hull.start, sentence.start), max(hull.end, sentence.end)
        return TextSpan(start, end), before, after

    def _sentence_span(self, i: int) -> TextSpan | None:
        """The sentence that token *i* stands in, unless it is a heading or nothing."""
        if not 0 <= i < len(self.doc) or self.scene.in_heading[i]:
            return None
        span = self.scene.characters(*self.scene.sentence(i))
        return span if span.start < span.end else None

    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs with their topics, headings and datelines cut off those they were glued to."""
        found = []
        headings = deque(self.doc.spans[HEADINGS_KEY])
        for paragraph in self.doc.spans[PARAGRAPHS_KEY]:
            place = paragraph.start
            while headings and headings[0].end <= paragraph.end:
                heading = headings.popleft()
                found.append(self._paragraph(place, heading.start, paragraph.label_))
                found.append(self._paragraph(heading.start, heading.end, heading.label_))
                place = heading.end
            found.append(self._paragraph(place, paragraph.end, paragraph.label_))
        return [one for one in found if one is not None]

    def _paragraph(self, start: int, end: int, kind: str) -> Paragraph | None:
        span = self.scene.characters(start, end)
        if span.start == span.end:
            return None
        return Paragraph(self._moved(span), ParagraphKind(kind), (OTHER,))

    def _tokens(self, part: tuple[int, int] | None) -> tuple[TextSpan, ...]:
        return (self._moved(self.scene.characters(*part)),) if part else ()

    def _moved(self, span: TextSpan) -> TextSpan:
        return TextSpan(span.start + self.offset, span.end + self.offset)


def _is_mark(character: str) -> bool:
    return character in '"“”„‟«»″＂‘’'
