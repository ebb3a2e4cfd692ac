"""The ``speakers`` component: whom a source means, and how that was found out."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from app.nlp.records import AttributionRecord
from app.nlp.resolver import Resolver
from app.nlp.scene import Scene

_RULES = {
    "after": "“{cue}” follows the quotation and is said",
    "before": "“{cue}” leads to the quotation and is said",
    "colon": "A colon hands over to the quotation, after words",
    "parse": "“{cue}” governs the quoted words and is said",
    "governing verb": "“{cue}” stands above the quoted words and is done",
    "introduced": "“{cue}” in the paragraph before introduces it and is said",
    "sentence before": "It follows a sentence that is said",
    "clause": "“{cue}” reports the clause and is said",
    "according to": "“{cue}” credits the clause, which is given",
}


@Language.factory(
    "speakers",
    assigns=["doc._.attributions"],
    requires=["doc._.attributions", "doc.ents", "token.dep", "token.pos"],
)
def make_speakers(nlp: Language, name: str) -> Speakers:
    """Build the component; it needs ``attributions``, the parser and the entity recogniser before it."""
    return Speakers(name)


class Speakers:
    """Fills ``speaker`` and ``reason`` of every record on ``doc._.attributions``."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """*doc* with its speakers."""
        records: tuple[AttributionRecord, ...] = doc._.attributions
        if records:
            resolver = Resolver(Scene.of(doc))
            for record in records:
                settle(resolver, record)
        return doc


def settle(resolver: Resolver, record: AttributionRecord) -> None:
    """Give *record* its speaker and the reason for it."""
    doc = resolver.doc
    if record.follows is not None:
        leader = record.follows
        record.speaker = leader.speaker
        record.reason = "It goes on from the quotation before it" + (f": {leader.reason}" if leader.reason else ".")
        return
    cue = doc[record.cue[0] : record.cue[1]].text if record.cue else ":"
    if record.head is None:
        record.reason = f"“{cue}” introduces it, but the text does not say who speaks."
        return
    head = doc[record.head]
    record.speaker, why = resolver.resolve(head)
    source = doc[record.source[0] : record.source[1]].text if record.source else head.text
    record.reason = f"{_RULES[record.rule].format(cue=cue)} by “{' '.join(source.split())}”{why}."
    resolver.antecedents.remember(head.i, record.speaker)
