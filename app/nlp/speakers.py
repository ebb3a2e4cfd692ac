"""The ``speakers`` component: whom a source means, and how that was found out."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from app.domain import SpeakerKind
from app.nlp.enacting import OPENING_VERB
from app.nlp.introduced import introductions
from app.nlp.keys import ATTRIBUTIONS_KEY, HEADINGS_KEY, PARAGRAPHS_KEY, QUOTATIONS_KEY, SceneKeys
from app.nlp.needs import need
from app.nlp.person_nouns import is_person
from app.nlp.reached import chain_of
from app.nlp.records import AttributionRecord
from app.nlp.resolver import Resolver
from app.nlp.scene import DEFAULT_KEYS, Scene
from app.nlp.unattributed import RULE as UNATTRIBUTED

_RULES = {
    "after": "“{source}” is the subject of “{cue}”, which follows the quotation.",
    "before": "“{source}” is the subject of “{cue}”, which leads to the quotation.",
    "colon": "“{source}” stands before the colon that opens the quotation.",
    "parse": "“{source}” is the subject of “{cue}”, the verb that the quoted words depend on.",
    "governing verb": "“{source}” is the subject of “{cue}”, the verb above the quoted words. It is no verb of speech, "
    "so this is less sure.",
    "introduced": "“{source}” is the subject of “{cue}” in the paragraph before, which hands over with a colon.",
    "sentence before": "“{source}” speaks in the sentence just before.",
    "gesture": "“{source}” is who acts in the sentence just before, which leads to the words without a verb of speech.",
    "label": "“{source}” is the label that the layout puts before the words.",
    "byline": "“{source}” is the name that the layout puts beside the words.",
    "declaration": "“{source}” is the subject of “{cue}”, by which the document speaks for itself.",
    "clause": "“{source}” is the subject of “{cue}”, which reports the clause.",
    "infinitive": "“{source}” is the subject of “{cue}”, which the words complete.",
    "object": "“{source}” is the subject of “{cue}”, and the words are its object.",
    "noun": "“{cue}” is that of “{source}”, and the words say what it is about.",
    "adjective": "“{source}” is said to be “{cue}”, and the words say of what.",
    "learned": "The tagger, which has learned from labelled articles, takes “{source}” as the source of “{cue}”.",
    "according to": "“{cue}” credits the clause to “{source}”.",
}
_NOBODY = "“{cue}” leads to the quotation, but the article does not say who speaks."
_UNSAID = "“{cue}” reports it, but the sentence does not say whose view it is."
_OPENED = "“{cue}” opens a paragraph and goes on from the first one, which names the subject of all of them."
_PLACED = ("label", "byline")
_REPEATED = "pull quote"
_SHOWN = 60
"""Characters of a source that a reason repeats."""


@Language.factory(
    "speakers",
    assigns=["doc._.attributions"],
    requires=["doc._.attributions", "doc.ents", "token.dep"],
    default_config={
        "quotations_key": QUOTATIONS_KEY,
        "paragraphs_key": PARAGRAPHS_KEY,
        "headings_key": HEADINGS_KEY,
        "spans_key": ATTRIBUTIONS_KEY,
        "aliases": True,
    },
)
def make_speakers(
    nlp: Language,
    name: str,
    quotations_key: str,
    paragraphs_key: str,
    headings_key: str,
    spans_key: str,
    aliases: bool,
) -> Speakers:
    """Build the component; it needs ``attributions``, the parser and the entity recogniser before it."""
    reads = SceneKeys(quotations_key, paragraphs_key, headings_key)
    return Speakers(name, reads=reads, spans_key=spans_key, aliases=aliases)


class Speakers:
    """Fills ``speaker``, ``reason``, ``chain`` and ``introduced`` of every record on ``doc._.attributions``.

    *aliases* lists a country whose capital or government speaks under the country's name.
    """

    def __init__(
        self, name: str, *, reads: SceneKeys = DEFAULT_KEYS, spans_key: str = ATTRIBUTIONS_KEY, aliases: bool = True
    ) -> None:
        self.name = name
        self.reads = reads
        self.spans_key = spans_key
        self.aliases = aliases

    def __call__(self, doc: Doc) -> Doc:
        """*doc* with its speakers.

        Raises:
            AnalysisError: a component that this one builds on is not in the pipeline.
        """
        need(doc, self.name, "DEP", "POS", "ENT_IOB", spans={self.spans_key: "attributions"})
        records: tuple[AttributionRecord, ...] = doc._.attributions
        if records:
            resolver = Resolver(Scene.of(doc, self.reads), one_body=self.aliases)
            for record in sorted(records, key=lambda one: one.rule == _REPEATED):  # which may stand before its leader
                settle(resolver, record)
                if record.speaker is not None:
                    record.introduced = introductions(resolver.cast, record.speaker, record.chain)
        return doc


def settle(resolver: Resolver, record: AttributionRecord) -> None:
    """Give *record* its speaker and the reason for it."""
    doc = resolver.doc
    if record.rule == UNATTRIBUTED:
        return
    if record.follows is not None:
        leader = record.follows
        record.speaker, record.chain = leader.speaker, leader.chain
        how = "It repeats words from the text" if record.rule == _REPEATED else "It goes on from the quotation before"
        record.reason = f"{how}. There: {leader.reason}"
        return
    cue = doc[slice(*record.cue)].text if record.cue else ":"
    if record.rule == OPENING_VERB:
        issued = resolver.resolve_issuers()
        record.speaker, record.chain = issued.speaker, issued.via
        record.reason = f"{_OPENED.format(cue=cue)} {issued.how}"
        return
    if record.head is None or record.source is None:
        record.reason = (_NOBODY if record.quotes else _UNSAID).format(cue=cue)
        return
    source = " ".join(doc[slice(*record.source)].text.split())
    shown = source if len(source) <= _SHOWN else source[:_SHOWN].rsplit(" ", 1)[0] + " …"
    head = doc[record.head]
    found = resolver.resolve_label(source) if record.rule in _PLACED else resolver.resolve(head, shown)
    record.speaker = found.speaker
    record.reason = " ".join(filter(None, (_RULES[record.rule].format(cue=cue, source=shown), found.how)))
    record.chain = chain_of(resolver.scene.text, resolver.scene.characters(*record.source), found)
    person = found.speaker.kind is SpeakerKind.PERSON or (
        found.speaker.kind is SpeakerKind.UNRESOLVED and is_person(head)
    )
    resolver.antecedents.remember(head, record.speaker, record.chain, person=person)
