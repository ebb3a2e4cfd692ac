"""What the pipeline says of a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.documents import Paragraph
from app.domain.spans import TextSpan
from app.domain.topics import NO_TOKENS, Reading, Tokens, TopicEvidence


class AttributionKind(StrEnum):
    """How much of an attribution's content stands between quotation marks: all, some or none (PolNeAR)."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class SpeakerKind(StrEnum):
    """What a speaker is. An unresolved one keeps the source's words as they stand."""

    PERSON = "person"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    GROUP = "group"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Speaker:
    """The person, organisation, document or group that a source resolves to.

    ``members`` names the people of a group where they are known; else it is empty.
    """

    name: str
    kind: SpeakerKind
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what: *source* and *cue* may be empty, *content* never is; each may come in pieces, in order.

    Attributes:
        speaker: whom the source resolves to; ``None`` where the text names nobody.
        rule: the rule that found it, as a short identifier.
        reason: the same for a person to read, with how the speaker was reached.
        clause: from the first to the last word of source, cue and content: a fragment is shown within it.
        sentence: the whole sentences that the clause stands in.
        before, after: the sentence on either side, if there is one; a heading is none.
        chain: the mentions by which the speaker was reached, from the source to the one that gives the full name.
        confidence: the share of findings like this that are right, from 0 to 1; ``None`` where nobody counted.
    """

    source: tuple[TextSpan, ...]
    cue: tuple[TextSpan, ...]
    content: tuple[TextSpan, ...]
    kind: AttributionKind
    speaker: Speaker | None
    rule: str
    reason: str
    clause: TextSpan
    sentence: TextSpan
    before: TextSpan | None = None
    after: TextSpan | None = None
    topics: tuple[str, ...] = ()
    evidence: tuple[TopicEvidence, ...] = ()
    chain: tuple[TextSpan, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """One stretch of an attribution that can be shown and linked by itself.

    For a direct or mixed attribution, what stands inside one pair of quotation marks; for an indirect one, its
    whole content. ``attribution`` is the index into :attr:`Analysis.attributions`. ``topics`` is ``("other",)``
    where none fits, never empty. ``reading`` is what its topics are judged by.
    """

    span: TextSpan
    attribution: int
    kind: AttributionKind
    topics: tuple[str, ...]
    evidence: tuple[TopicEvidence, ...] = ()
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that the pipeline says of one text. ``pipeline`` is the fingerprint of what made it.

    ``language`` is the text's own (ISO 639-1) where the pipeline reads another: then quotations were found by their
    marks and speakers not looked for. ``None`` is a text in the pipeline's language.

    Quotes come in the order of the text; ``text[q.span.start:q.span.end]`` are their words to the letter.
    """

    paragraphs: tuple[Paragraph, ...]
    attributions: tuple[Attribution, ...]
    quotes: tuple[Quote, ...]
    pipeline: str
    language: str | None = None
    tokens: Tokens = NO_TOKENS
