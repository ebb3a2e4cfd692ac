"""Which topics a stretch of text has, and why: from the terms in it, in its clause, and in what its words refer to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from app.domain import OTHER, Reading, TextSpan, TopicEvidence
from app.nlp.topic_terms import TermKind

QUOTE, CLAUSE, CONTEXT, MENTION, VOICE = "quote", "clause", "context", "mention", "voice"
SCORES = {QUOTE: 0.94, CLAUSE: 0.93, VOICE: 0.92, MENTION: 0.83, CONTEXT: 0.8}
"""By rule the share of its findings that are right, (right + 1) / (found + 2), counted as ``docs/topics.md`` says."""
REACH = 2_500
"""Code points, some fifteen sentences, that a word such as "the war" may lie behind the naming of what it means."""


@dataclass(frozen=True, slots=True)
class Place:
    """A term of a topic at *span*."""

    topic: str
    kind: TermKind
    span: TextSpan


class TopicJudge:
    """Judges stretches of one *text* by the places of terms in it, which are in its order."""

    def __init__(self, text: str, places: Sequence[Place]) -> None:
        self._text = text
        self._by_kind = {kind: [one for one in places if one.kind is kind] for kind in TermKind}
        self._starts = {kind: [one.span.start for one in ones] for kind, ones in self._by_kind.items()}

    def evidence(self, reading: Reading) -> tuple[TopicEvidence, ...]:
        """Why the stretch of *reading* has its topics; empty where it has none.

        Its own words come first, then those of the clause it completes; for topics that neither names, words that refer
        to an earlier naming, and the "we" of who speaks for a topic. Where all that is silent, to whom or of what it is
        said decides, and last the sentence that a pronoun points into.
        """
        found = [*self._within(reading.own, QUOTE), *self._within(reading.clause, CLAUSE)]
        told = {one.topic for one in found}
        referring = (*self._mentions((*reading.own, *reading.clause)), *self._voiced(reading))
        found += [one for one in referring if one.topic not in told]
        found = found or [*self._within(reading.context, CONTEXT)] or [*self._pointed(reading)]
        return tuple(dict.fromkeys(found))

    def _inside(self, span: TextSpan, kind: TermKind) -> Iterator[Place]:
        ones = self._by_kind[kind]
        for i in range(bisect_left(self._starts[kind], span.start), len(ones)):
            if ones[i].span.start >= span.end:
                return
            if ones[i].span.end <= span.end:
                yield ones[i]

    def _within(self, spans: Iterable[TextSpan], rule: str) -> Iterator[TopicEvidence]:
        for one in chain.from_iterable(self._inside(span, TermKind.OWN) for span in spans):
            yield self._made(one.topic, one.span, rule, one.span)

    def _mentions(self, spans: Iterable[TextSpan]) -> Iterator[TopicEvidence]:
        """Words such as "the alliance", where the topic has been named shortly before."""
        for one in chain.from_iterable(self._inside(span, TermKind.MENTION) for span in spans):
            named = self._latest(one.span.start, one.topic)
            if named is not None:
                yield self._made(one.topic, one.span, MENTION, named)

    def _latest(self, before: int, topic: str) -> TextSpan | None:
        """Where *topic* was named last before *before*, unless its words were said of another place since."""
        named, elsewhere = (self._last(kind, before, topic) for kind in (TermKind.OWN, TermKind.ELSEWHERE))
        return None if named is None or (elsewhere is not None and elsewhere.start > named.start) else named

    def _last(self, kind: TermKind, before: int, topic: str) -> TextSpan | None:
        ones = self._by_kind[kind]
        for i in range(bisect_left(self._starts[kind], before) - 1, -1, -1):
            if ones[i].span.start < before - REACH:
                return None
            if ones[i].topic == topic:
                return ones[i].span
        return None

    def _voiced(self, reading: Reading) -> Iterator[TopicEvidence]:
        """The "we" of somebody who is introduced as speaking for a topic."""
        heard: set[str] = set()
        for we in reading.we[:1]:
            for one in chain.from_iterable(self._inside(span, TermKind.VOICE) for span in reading.voices):
                if one.topic not in heard:
                    heard.add(one.topic)
                    yield self._made(one.topic, we, VOICE, one.span)

    def _pointed(self, reading: Reading) -> Iterator[TopicEvidence]:
        """What the nearest sentence before is about that is about anything, where a pronoun points back."""
        last, found = None, False
        for span in reading.before if reading.pointers else ():
            if found and last is not None and span.start < last.start:  # an earlier sentence
                return
            said = [one.span for one in self._mentions((span,))]
            for one in self._named(span, said):
                found = True
                yield self._made(one.topic, reading.pointers[0], MENTION, one.span)
            last = span

    def _named(self, span: TextSpan, said: Sequence[TextSpan]) -> Iterator[Place]:
        """The topics' own words in *span*, and the words *said* there that refer to one named before."""
        yield from self._inside(span, TermKind.OWN)
        yield from (one for one in self._inside(span, TermKind.MENTION) if one.span in said)

    def _made(self, topic: str, span: TextSpan, rule: str, named: TextSpan) -> TopicEvidence:
        refers = named if named != span else None
        return TopicEvidence(topic, span, named.of(self._text), rule, refers, SCORES[rule])


def topics_of(evidence: Iterable[TopicEvidence]) -> tuple[str, ...]:
    """The topics that *evidence* speaks for, each once, in its order; ``("other",)`` where there are none."""
    return tuple(dict.fromkeys(one.topic for one in evidence)) or (OTHER,)
