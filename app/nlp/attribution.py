"""The ``attributions`` component: who is given as the source of which words, and by which cue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.training import Example

from app.nlp.content import content_of, settle_content
from app.nlp.declarations import declaration_records
from app.nlp.enacting import enacted
from app.nlp.following import continuation
from app.nlp.indirect import framed, indirect_records, outside
from app.nlp.keys import (
    ATTRIBUTIONS_KEY,
    CONTENT,
    CUE,
    CUES_KEY,
    HEADINGS_KEY,
    PARAGRAPHS_KEY,
    QUOTATIONS_KEY,
    SOURCE,
    SceneKeys,
)
from app.nlp.learned.tagged import is_tagged
from app.nlp.linking import Link, governing_verb
from app.nlp.merging import merged
from app.nlp.methods import Method
from app.nlp.needs import need
from app.nlp.notquoted import is_name, is_own_term, looks_like_title, within_subject
from app.nlp.placed import Twins, link_of, named_record, repeated
from app.nlp.records import AttributionRecord, make_record
from app.nlp.scene import DEFAULT_KEYS, Scene
from app.nlp.scorer import SCORE_WEIGHTS, SCORER, Scorer
from app.nlp.shares import shares
from app.nlp.sources import find_source
from app.nlp.unattributed import silent_records, unattributed_records
from app.nlp.valency import frames_of

_FEWEST = 3
"""Tokens of a fragment that a verb which reports nothing by itself may have as said."""


@Language.factory(
    "attributions",
    assigns=["doc.spans", "doc._.attributions"],
    requires=["doc.spans", "token.dep", "token.lemma"],
    default_config={
        "quotations_key": QUOTATIONS_KEY,
        "paragraphs_key": PARAGRAPHS_KEY,
        "headings_key": HEADINGS_KEY,
        "cues_key": CUES_KEY,
        "spans_key": ATTRIBUTIONS_KEY,
        "indirect": True,
        "attitudes": True,
        "scorer": {"@scorers": SCORER},
    },
    default_score_weights=SCORE_WEIGHTS,
)
def make_attributions(
    nlp: Language,
    name: str,
    quotations_key: str,
    paragraphs_key: str,
    headings_key: str,
    cues_key: str,
    spans_key: str,
    indirect: bool,
    attitudes: bool,
    scorer: Scorer | None,
) -> Attributions:
    """Build the component; it needs the parser, the lemmatizer and ``quotations`` before it."""
    reads = SceneKeys(quotations_key, paragraphs_key, headings_key)
    return Attributions(
        name,
        reads=reads,
        cues_key=cues_key,
        spans_key=spans_key,
        indirect=indirect,
        attitudes=attitudes,
        scorer=scorer,
    )


class Attributions:
    """Links quotations, and clauses that are reported without marks, to their cues and sources.

    ``doc._.attributions`` holds an :class:`~app.nlp.records.AttributionRecord` each, in the order of the text;
    ``doc.spans[spans_key]`` the same as spans labelled ``SOURCE``, ``CUE`` and ``CONTENT``, one ``id_`` a record.
    """

    def __init__(
        self,
        name: str,
        *,
        reads: SceneKeys = DEFAULT_KEYS,
        cues_key: str = CUES_KEY,
        spans_key: str = ATTRIBUTIONS_KEY,
        indirect: bool = True,
        attitudes: bool = True,
        scorer: Scorer | None = None,
    ) -> None:
        self.name = name
        self.reads = reads
        self.cues_key = cues_key
        self.spans_key = spans_key
        self.indirect = indirect
        self.attitudes = attitudes
        self.scorer = scorer

    def __call__(self, doc: Doc) -> Doc:
        """*doc* with its attributions.

        Raises:
            AnalysisError: a component that this one builds on is not in the pipeline.
        """
        need(doc, self.name, "DEP", "POS", "LEMMA", spans={self.reads.quotations: "quotations"})
        scene = Scene.of(doc, self.reads)
        foreign = doc._.language is not None
        records = unattributed_records(scene) if foreign else _quoted_records(scene)
        if self.indirect and not foreign:
            tagged = is_tagged(doc)
            reports = indirect_records(scene, records, attitudes=self.attitudes and not tagged, nested=tagged)
            taken = {record.cue[0] for record in (*records, *reports) if record.cue}
            records += declaration_records(scene, taken)
            records += reports if tagged else outside(scene, reports, records)
        if is_tagged(doc):
            records = merged(scene, records, doc._.tagged)
        if not foreign:
            records = enacted(scene, records)
            records += silent_records(scene, {number for record in records for number in record.quotes})
        known = shares().get(Method.LEARNED if is_tagged(doc) else Method.RULES, {})
        for record in records:
            if record.confidence is None:
                record.confidence = known.get(record.rule)
        records.sort(key=lambda record: (record.content[0].start, record.content[0].end))
        doc._.attributions = tuple(records)
        doc.spans[self.cues_key] = [Span(doc, *record.cue, label=CUE) for record in records if record.cue]
        doc.spans[self.spans_key] = [span for number, one in enumerate(records) for span in _spans(doc, one, number)]
        return doc

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        """The figures of *examples* for ``nlp.evaluate``, by the scorer of the config; none without one."""
        return {} if self.scorer is None else self.scorer(examples, **kwargs)


def _quoted_records(scene: Scene) -> list[AttributionRecord]:
    records: list[AttributionRecord] = []
    by_cue: dict[int, AttributionRecord] = {}
    of_quote: dict[int, AttributionRecord] = {}
    sources: dict[int, Token | None] = {}
    twins = Twins(scene)
    last: AttributionRecord | None = None
    for number in range(len(scene.quotes)):
        if twins.twin(number) is not None:
            continue
        if record := named_record(scene, number, last):
            records += [] if record is last else [record]
        else:
            record = _linked(scene, records, number, by_cue, sources) or _led(scene, records, number, by_cue, last)
        if record is not None:
            last = of_quote[number] = record
    for number in range(len(scene.quotes)):
        twin = twins.twin(number)
        if twin is not None and twin in of_quote:
            records.append(repeated(number, of_quote[twin]))
    for record in records:
        settle_content(scene, record)
    return records


def _linked(
    scene: Scene,
    records: list[AttributionRecord],
    number: int,
    by_cue: dict[int, AttributionRecord],
    sources: dict[int, Token | None],
) -> AttributionRecord | None:
    """The record of quotation *number* by a cue of its own."""
    link = link_of(scene, number)
    if link is None or (link.rule in ("parse", "before") and is_name(scene, scene.quotes[number], link.cue)):
        return None
    if link.cue.i not in sources:
        sources[link.cue.i] = find_source(scene, link.cue)
    source = sources[link.cue.i]
    if source is None and link.rule not in ("after", "before"):
        return None
    if source is not None and is_own_term(source, scene.quotes[number]):
        return None
    record = by_cue.get(link.cue.i)
    if record is None:
        record = make_record(scene, link, source)
        by_cue[link.cue.i] = record
        records.append(record)
    _add_piece(scene, record, number, link)
    return record


def _led(
    scene: Scene,
    records: list[AttributionRecord],
    number: int,
    by_cue: dict[int, AttributionRecord],
    last: AttributionRecord | None,
) -> AttributionRecord | None:
    """The record of quotation *number*, which has no cue of its own."""
    if not scene.doc._.quotations[number].opened or is_name(scene, scene.quotes[number], None):
        return None
    return continuation(scene, records, number, last) or _by_governing_verb(scene, records, number, by_cue)


def _add_piece(scene: Scene, record: AttributionRecord, number: int, link: Link) -> None:
    record.quotes.append(number)
    if piece := framed(scene, link.cue, scene.quotes[number]) if link.rule == "parse" else None:
        record.pieces.append(piece)
    elif link.under is not None:
        record.pieces.append(content_of(scene, record, link.under))


def _by_governing_verb(
    scene: Scene, records: list[AttributionRecord], number: int, by_cue: dict[int, AttributionRecord]
) -> AttributionRecord | None:
    """A fragment without a verb of speech: given to who does what the verb above it says, unless it is a title."""
    quote = scene.quotes[number]
    if looks_like_title(quote):
        return None
    verb = governing_verb(scene, quote)
    if verb is not None and (within_subject(scene, quote, verb) or (len(quote) < _FEWEST and not frames_of(verb))):
        return None
    source = find_source(scene, verb) if verb is not None else None
    if verb is None or source is None or is_own_term(source, quote):
        return None
    record = by_cue.get(verb.i)
    if record is None:
        record = make_record(scene, Link(verb, "governing verb"), source)
        by_cue[verb.i] = record
        records.append(record)
    record.quotes.append(number)
    if piece := framed(scene, verb, quote):
        record.pieces.append(piece)
    return record


def _spans(doc: Doc, record: AttributionRecord, number: int) -> list[Span]:
    found = [
        Span(doc, *part, label=label, span_id=str(number))
        for part, label in ((record.source, SOURCE), (record.cue, CUE))
        if part
    ]
    for piece in record.content:
        span = doc.char_span(piece.start, piece.end, label=CONTENT, span_id=str(number), alignment_mode="expand")
        if span is not None:
            found.append(span)
    return found
