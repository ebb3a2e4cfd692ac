"""What the attribution rules leave on ``doc._.attributions``, before speakers and topics are known."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from app.domain import AttributionKind, Speaker, TextSpan, TopicEvidence
from app.nlp.holders import named
from app.nlp.linking import Link
from app.nlp.packing import carried
from app.nlp.scene import Scene


@dataclass(slots=True, eq=False)
class AttributionRecord:
    """One attribution by token (source, cue) and by character (content); later components fill in the speaker.

    Attributes:
        cue: first and one-past-last token, or ``None`` where the text has no cue for it.
        source: first and one-past-last token, or ``None``.
        head: the source's head token, by which the speaker is resolved.
        content: what is attributed, in code points of ``doc.text``; one span a piece.
        quotes: indices into ``doc._.quotations`` of the stretches it covers.
        rule: the rule that found it.
        follows: the record whose speaker goes on here, for a quotation without a cue of its own.
        chain: the mentions by which ``speakers`` reached the speaker, in code points of ``doc.text``: the source as it
            stands, what it refers to, and last the mention that gives the full name.
        introduced: where the text says who the speaker is, in code points of ``doc.text``.
        topics: the topics it has and why, from the component ``topics``.
        confidence: the share of findings like this that are right, from 0 to 1; ``None`` where nobody counted.
    """

    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    head: int | None
    content: list[TextSpan]
    quotes: list[int]
    kind: AttributionKind
    rule: str
    follows: AttributionRecord | None = None
    speaker: Speaker | None = None
    reason: str = ""
    pieces: list[TextSpan] = field(default_factory=list)
    chain: tuple[TextSpan, ...] = ()
    introduced: tuple[TextSpan, ...] = ()
    topics: tuple[TopicEvidence, ...] = ()
    confidence: float | None = None


carried("attributions", AttributionRecord, linked="follows")


def make_record(scene: Scene, link: Link, source: Token | None) -> AttributionRecord:
    """A record for what *link* found, without content yet; a colon is no cue."""
    colon = link.cue.is_punct
    cue = None if colon else (link.cue.i, link.cue.i + 1)
    return AttributionRecord(
        cue=cue,
        source=named(scene, source, link.cue) if source is not None else None,
        head=source.i if source is not None else None,
        content=[],
        quotes=[],
        kind=AttributionKind.DIRECT,
        rule=link.rule,
    )
