"""Where the words of topics stand in a text: phrases by lemma, names to the letter, entities, patterns."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from app.domain import Topic
from app.errors import AnalysisError


class TermKind(StrEnum):
    """What a term of a topic is to it.

    Its own word; one that needs an earlier naming; the same where it is said of another place ("the war in Gaza"); one
    that tells who speaks for it.
    """

    OWN = "own"
    MENTION = "mention"
    ELSEWHERE = "elsewhere"
    VOICE = "voice"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Term:
    """A term at the tokens *start* to *end*."""

    topic: str
    kind: TermKind
    start: int
    end: int


class TermFinder:
    """Finds the words of *topics* with spaCy's matchers.

    Args:
        vocab: that of the texts.
        tokenizer: what cuts a phrase into words as the texts are cut.
        topics: what to look for.

    Raises:
        AnalysisError: a topic has a pattern that spaCy does not take; the message names both.
    """

    def __init__(self, vocab: Vocab, tokenizer: Callable[[str], Doc], topics: Sequence[Topic]) -> None:
        self._vocab = vocab
        self._cut = tokenizer
        self._exact, self._lower, self._lemma = (PhraseMatcher(vocab, attr=one) for one in ("ORTH", "LOWER", "LEMMA"))
        self._patterns = Matcher(vocab)
        self._anchors: set[str] | None = set()
        self._entities: dict[tuple[str, str], list[str]] = {}
        self._keys: dict[int, tuple[str, TermKind]] = {}
        for topic in topics:
            self._add(topic)

    def may_match_patterns(self, words: Set[str]) -> bool:
        """Whether a text of these *words*, as they stand and by their base forms, may have a match of any pattern."""
        return len(self._patterns) > 0 and (self._anchors is None or not self._anchors.isdisjoint(words))

    def find(self, doc: Doc, *, patterns: bool = True) -> list[Term]:
        """The terms of all topics in *doc*, in its order; none that overlaps an excluded phrase of its topic.

        Of overlapping terms of one topic and kind the longest counts. Without *patterns* none is looked for, and *doc*
        needs no parts of speech.
        """
        matchers: list[PhraseMatcher | Matcher] = [self._exact, self._lower, self._lemma]
        if patterns and len(self._patterns):  # else spaCy warns
            matchers.append(self._patterns)
        found = {match for matcher in matchers for match in matcher(doc)}
        terms = [Term(*self._keys[key], start, end) for key, start, end in found]
        terms += self._named(doc)
        own = {(term.topic, term.start) for term in terms if term.kind is TermKind.OWN}
        terms = [_elsewhere(doc, term, own) if term.kind is TermKind.MENTION else term for term in terms]
        excluded: dict[str, set[int]] = {}
        for term in terms:
            if term.kind is TermKind.EXCLUDED:
                excluded.setdefault(term.topic, set()).update(range(term.start, term.end))
        return list(
            _longest(one for one in terms if excluded.get(one.topic, _NONE).isdisjoint(range(one.start, one.end)))
        )

    def _add(self, topic: Topic) -> None:
        for kind, words in ((TermKind.OWN, topic.terms), (TermKind.EXCLUDED, topic.excluded)):
            if words:
                key, docs = self._key(topic, kind), [self._phrase(word.lower()) for word in words]
                self._lower.add(key, docs)
                self._lemma.add(key, [_as_lemmas(doc) for doc in docs])
        if topic.mentions:  # as they are written: "the conflict" points back, "conflicts" hardly ever does
            self._lower.add(self._key(topic, TermKind.MENTION), [self._phrase(word.lower()) for word in topic.mentions])
        for kind, words in ((TermKind.OWN, topic.names), (TermKind.VOICE, topic.voices)):
            if words:
                self._exact.add(self._key(topic, kind), [self._phrase(word) for word in words])
        for entity in topic.entities:
            label, _, name = entity.partition(":")
            self._entities.setdefault((label.strip(), name.strip()), []).append(topic.id)
        for pattern in topic.patterns:
            self._add_pattern(topic, pattern)

    def _add_pattern(self, topic: Topic, pattern: str) -> None:
        tokens = json.loads(pattern)
        anchors = _anchors(tokens)
        self._anchors = None if self._anchors is None or anchors is None else self._anchors | anchors
        try:
            self._patterns.add(self._key(topic, TermKind.OWN), [tokens])
        except ValueError as error:
            raise AnalysisError(
                f"The topic {topic.label!r} has a pattern that spaCy does not take: {pattern}."
            ) from error

    def _key(self, topic: Topic, kind: TermKind) -> str:
        key = f"{kind}:{topic.id}"
        self._keys[self._vocab.strings.add(key)] = topic.id, kind
        return key

    def _phrase(self, words: str) -> Doc:
        return Doc(self._vocab, [words]) if words.isalpha() else self._cut(words)

    def _named(self, doc: Doc) -> Iterator[Term]:
        for span in doc.ents if self._entities else ():
            start = span.start + (span[0].lower_ == "the" and len(span) > 1)
            for topic in self._entities.get((span.label_, doc[start : span.end].text), ()):
                yield Term(topic, TermKind.OWN, start, span.end)


_NONE: frozenset[int] = frozenset()
_WHERE = frozenset(("in", "of", "on", "over"))
_PLACES = frozenset(("GPE", "FAC"))


def _elsewhere(doc: Doc, term: Term, own: Container[tuple[str, int]]) -> Term:
    """*term*, a mention; or the same as said of a place that is none of the topic's words."""
    at = term.end
    if at + 1 >= len(doc) or doc[at].lower_ not in _WHERE:
        return term
    at += 1 + (doc[at + 1].lower_ == "the" and at + 2 < len(doc))
    named = doc[at].ent_type_ in _PLACES and (term.topic, at) not in own
    return replace(term, kind=TermKind.ELSEWHERE) if named else term


def _anchors(tokens: list[dict[str, Any]]) -> set[str] | None:
    """Words one of which stands in every match of a pattern; ``None`` where it asks for no words."""
    for token in tokens:
        if str(token.get("OP", "")).startswith(("!", "?", "{0")):
            continue
        for attribute in ("LOWER", "LEMMA", "ORTH", "TEXT"):
            wanted = token.get(attribute)
            words = wanted.get("IN") if isinstance(wanted, dict) else [wanted] if isinstance(wanted, str) else None
            if words:
                return set(words)
    return None


def _as_lemmas(doc: Doc) -> Doc:
    words = [token.text for token in doc]
    return Doc(doc.vocab, words=words, lemmas=words)


def _longest(terms: Iterable[Term]) -> Iterator[Term]:
    reach: dict[tuple[str, TermKind], int] = {}
    for term in sorted(terms, key=lambda one: (one.start, -one.end, one.topic)):
        if term.kind is not TermKind.EXCLUDED and term.start >= reach.get((term.topic, term.kind), 0):
            reach[term.topic, term.kind] = term.end
            yield term
