"""The ``topics`` component: where a topic's terms stand, and which topics a quotation takes from them.

A quotation is judged by its own words; a fragment, which is no sentence by itself, also by the sentence it completes,
but never by who says it. Where both are silent and the words point back ("it", "this"), the sentence before decides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from app.domain import OTHER, TextSpan, TopicEvidence
from app.nlp.keys import TOPIC_TERMS_KEY
from app.nlp.linking import is_whole
from app.nlp.records import AttributionRecord
from app.nlp.scene import Scene

_POINTING = frozenset(("it", "this", "that", "they", "them", "these", "those", "so", "there"))


@Language.factory(
    "topics",
    assigns=["doc.spans"],
    requires=["token.lemma"],
    default_config={"topics": [], "spans_key": TOPIC_TERMS_KEY},
)
def make_topics(nlp: Language, name: str, topics: list[dict[str, Any]], spans_key: str) -> Topics:
    """Build the component; it needs the lemmatizer before it and nothing else.

    Each of *topics* has ``id`` (str), ``terms`` and ``names`` (lists of str), as :class:`app.domain.Topic` has them;
    plain mappings, since a pipeline's config holds nothing else.
    """
    return Topics(nlp, name, topics=topics, spans_key=spans_key)


class Topics:
    """Lists every topic's terms in ``doc.spans[spans_key]``, labelled with the topic's id, in the order of the text.

    Terms match by lemma or by lower-case form, names to the letter; of overlapping terms of one topic the longest
    counts.
    """

    def __init__(self, nlp: Language, name: str, *, topics: Sequence[dict[str, Any]], spans_key: str) -> None:
        self.name = name
        self.spans_key = spans_key
        vocab = nlp.vocab
        self._matchers = tuple(PhraseMatcher(vocab, attr=attribute) for attribute in ("ORTH", "LOWER", "LEMMA"))
        names, forms, lemmas = self._matchers
        for topic in topics:
            exact = [nlp.make_doc(word) for word in topic["names"]]
            lower = [nlp.make_doc(word.lower()) for word in topic["terms"]]
            if exact:
                names.add(topic["id"], exact)
            if lower:
                forms.add(topic["id"], lower)
                lemmas.add(topic["id"], [Doc(vocab, words=_words(doc), lemmas=_words(doc)) for doc in lower])

    def __call__(self, doc: Doc) -> Doc:
        """*doc* with the places of all terms."""
        found = {match for matcher in self._matchers for match in matcher(doc)}
        doc.spans[self.spans_key] = _longest(doc, found)
        return doc


def _words(doc: Doc) -> list[str]:
    return [token.text for token in doc]


def _longest(doc: Doc, found: Iterable[tuple[int, int, int]]) -> list[Span]:
    kept: list[tuple[int, int, int]] = []
    reach: dict[int, int] = {}
    for label, start, end in sorted(found, key=lambda match: (match[1], -match[2])):
        if start >= reach.get(label, 0):
            kept.append((label, start, end))
            reach[label] = end
    return [Span(doc, start, end, label=label) for label, start, end in kept]


class TopicJudge:
    """Decides the topics of stretches of one parsed text."""

    def __init__(self, scene: Scene, spans_key: str = TOPIC_TERMS_KEY) -> None:
        self.scene = scene
        self.terms: list[Span] = list(scene.doc.spans[spans_key]) if spans_key in scene.doc.spans else []
        self._starts = [term.start_char for term in self.terms]

    def within(self, span: TextSpan, rule: str) -> list[TopicEvidence]:
        """The terms that stand wholly inside *span*, as evidence by *rule*."""
        found = []
        for term in self.terms[bisect_left(self._starts, span.start) :]:
            if term.start_char >= span.end:
                break
            if term.end_char <= span.end:
                place = TextSpan(term.start_char, term.end_char)
                found.append(TopicEvidence(topic=term.label_, span=place, term=term.text, rule=rule))
        return found

    def of_quotation(self, record: AttributionRecord, number: int) -> tuple[TopicEvidence, ...]:
        """Why the stretch *number* of *record* has its topics; empty where it has none."""
        quote = self.scene.quotes[number]
        own = self.within(self.scene.doc._.quotations[number].span, "quote")
        if not is_whole(self.scene, quote):
            own += self._of_sentence(record, quote.start, own)
        if not own and self._points_back(quote):
            own = self._of_sentence_before(record, quote.start)
        return tuple(own)

    def of_clause(self, record: AttributionRecord) -> tuple[TopicEvidence, ...]:
        """Why an indirect attribution has its topics, by the words of its clause."""
        return tuple(evidence for span in record.content for evidence in self.within(span, "quote"))

    def _of_sentence(self, record: AttributionRecord, token: int, known: list[TopicEvidence]) -> list[TopicEvidence]:
        first, last = self.scene.sentence(token)
        doc = self.scene.doc
        whole = TextSpan(doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))
        taken = {evidence.span for evidence in known}
        source = doc[record.source[0] : record.source[1]] if record.source else None
        return [
            evidence
            for evidence in self.within(whole, "clause")
            if evidence.span not in taken
            and not (source and source.start_char <= evidence.span.start < source.end_char)
        ]

    def _of_sentence_before(self, record: AttributionRecord, token: int) -> list[TopicEvidence]:
        first = self.scene.sentence(token)[0]
        if first == 0 or self.scene.in_heading[first - 1]:
            return []
        found = self._of_sentence(record, first - 1, [])
        return [TopicEvidence(one.topic, one.span, one.term, "mention") for one in found]

    def _points_back(self, quote: Span) -> bool:
        return any(token.lower_ in _POINTING for token in quote)


def topics_of(evidence: Iterable[TopicEvidence]) -> tuple[str, ...]:
    """The topics that *evidence* speaks for, each once, in its order; ``("other",)`` where there are none."""
    return tuple(dict.fromkeys(one.topic for one in evidence)) or (OTHER,)
