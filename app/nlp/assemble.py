"""Parsed pieces of a text to one :class:`~app.domain.Analysis` in plain values, counted in the whole text."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from app.domain import (
    Analysis,
    Attribution,
    AttributionKind,
    Paragraph,
    ParagraphKind,
    Quote,
    TextSpan,
    TopicEvidence,
)
from app.nlp.keys import HEADINGS_KEY, PARAGRAPHS_KEY
from app.nlp.records import AttributionRecord
from app.nlp.scene import Scene
from app.nlp.topics import TopicJudge, topics_of


@dataclass(frozen=True, slots=True)
class Part:
    """A parsed piece of a text that starts at code point *offset* of it."""

    doc: Doc
    offset: int


def assemble(text: str, parts: Sequence[Part], pipeline: str, language: str | None = None) -> Analysis:
    """The analysis of *text* from its parsed *parts* in order, made by *pipeline*; *language* where it is not read."""
    paragraphs: list[Paragraph] = []
    attributions: list[Attribution] = []
    quotes: list[Quote] = []
    for part in parts:
        reader = _Reader(part)
        paragraphs += reader.paragraphs()
        for record in part.doc._.attributions:
            made, pieces = reader.attribution(record, len(attributions))
            attributions.append(made)
            quotes += pieces
    quotes.sort(key=lambda quote: (quote.span, quote.attribution))
    return Analysis(tuple(paragraphs), tuple(attributions), tuple(quotes), pipeline, language)


class _Reader:
    """Reads one parsed piece."""

    def __init__(self, part: Part) -> None:
        self.doc = part.doc
        self.offset = part.offset
        self.scene = Scene.of(part.doc)
        self.judge = TopicJudge(self.scene)

    def attribution(self, record: AttributionRecord, number: int) -> tuple[Attribution, list[Quote]]:
        quotes = self._quotes(record, number)
        evidence = tuple(dict.fromkeys(one for quote in quotes for one in quote.evidence))
        hull = self._hull(record)
        sentence, before, after = self._context(hull)
        made = Attribution(
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
            topics=topics_of(evidence),
            evidence=evidence,
            chain=tuple(self._moved(span) for span in record.chain),
            confidence=record.confidence,
        )
        return made, quotes

    def _quotes(self, record: AttributionRecord, number: int) -> list[Quote]:
        if record.kind is AttributionKind.INDIRECT:
            whole = TextSpan(record.content[0].start, record.content[-1].end)
            return [self._quote(whole, number, record.kind, self.judge.of_clause(record))]
        return [
            self._quote(self.doc._.quotations[one].span, number, record.kind, self.judge.of_quotation(record, one))
            for one in record.quotes
        ]

    def _quote(self, span: TextSpan, number: int, kind: AttributionKind, evidence: Iterable[TopicEvidence]) -> Quote:
        moved = tuple(TopicEvidence(one.topic, self._moved(one.span), one.term, one.rule) for one in evidence)
        return Quote(self._moved(span), number, kind, topics_of(moved), moved)

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
        topics = topics_of(self.judge.within(span, "quote"))
        return Paragraph(self._moved(span), ParagraphKind(kind), topics)

    def _tokens(self, part: tuple[int, int] | None) -> tuple[TextSpan, ...]:
        return (self._moved(self.scene.characters(*part)),) if part else ()

    def _moved(self, span: TextSpan) -> TextSpan:
        return TextSpan(span.start + self.offset, span.end + self.offset)


def _is_mark(character: str) -> bool:
    return character in '"“”„‟«»″＂‘’'
