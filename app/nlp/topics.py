"""The ``topics`` component: where the words of topics stand in a text, and which topics each attribution has."""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from app.domain import TextSpan, Topic
from app.nlp.keys import HEADINGS_KEY, PARAGRAPHS_KEY, QUOTATIONS_KEY, TOPIC_TERMS_KEY, SceneKeys
from app.nlp.readings import Reader
from app.nlp.scene import DEFAULT_KEYS, Scene
from app.nlp.topic_judge import Place, TopicJudge
from app.nlp.topic_terms import TermFinder

LISTS = ("terms", "names", "entities", "excluded", "mentions", "voices", "patterns")
"""The kinds of words that a topic may have, as :class:`app.domain.Topic` explains them."""


@Language.factory(
    "topics",
    assigns=["doc.spans", "doc._.attributions"],
    requires=["token.lemma"],
    default_config={
        "topics": [],
        "spans_key": TOPIC_TERMS_KEY,
        "quotations_key": QUOTATIONS_KEY,
        "paragraphs_key": PARAGRAPHS_KEY,
        "headings_key": HEADINGS_KEY,
    },
)
def make_topics(
    nlp: Language,
    name: str,
    topics: list[dict[str, Any]],
    spans_key: str,
    quotations_key: str,
    paragraphs_key: str,
    headings_key: str,
) -> Topics:
    """Build the component; it needs the lemmatizer before it, and ``speakers`` to judge attributions.

    Each of *topics* has ``id`` (str) and any of :data:`LISTS` (lists of str): plain mappings, since a pipeline's config
    holds nothing else.
    """
    reads = SceneKeys(quotations_key, paragraphs_key, headings_key)
    return Topics(nlp, name, topics=topics, spans_key=spans_key, reads=reads)


class Topics:
    """Lists the topics' words in ``doc.spans[spans_key]``, labelled with the topic's id, in the order of the text.

    ``Span.id_`` is their kind: ``own``, ``mention`` or ``voice``. Where ``attributions`` has run before, each record's
    ``topics`` says which topics it has and why.
    """

    def __init__(
        self, nlp: Language, name: str, *, topics: list[dict[str, Any]], spans_key: str, reads: SceneKeys = DEFAULT_KEYS
    ) -> None:
        self.name = name
        self.spans_key = spans_key
        self.reads = reads
        self._finder = TermFinder(nlp.vocab, nlp.tokenizer, [_topic(one) for one in topics])

    def __call__(self, doc: Doc) -> Doc:
        """*doc* with the places of all terms, and the topics of its attributions if it has any."""
        terms = self._finder.find(doc)
        doc.spans[self.spans_key] = [
            Span(doc, one.start, one.end, label=one.topic, span_id=str(one.kind)) for one in terms
        ]
        records = doc._.attributions if Doc.has_extension("attributions") else ()
        if records:
            places = [(one, doc[one.start : one.end]) for one in terms]
            judge = TopicJudge(
                doc.text, [Place(one.topic, one.kind, TextSpan(at.start_char, at.end_char)) for one, at in places]
            )
            reader = Reader(Scene.of(doc, self.reads), records)
            for record in records:
                readings = [reader.of_quotation(record, number) for number in record.quotes]
                found = (why for one in readings or [reader.of_clause(record)] for why in judge.evidence(one))
                record.topics = tuple(dict.fromkeys(found))
        return doc


def _topic(entry: dict[str, Any]) -> Topic:
    words = {name: tuple(entry.get(name, ())) for name in LISTS}
    return Topic(entry["id"], entry["id"], "", "#57534e", **words)
