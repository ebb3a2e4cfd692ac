"""The values that pass between the rooms. Plain and frozen; nothing here reads, writes or parses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

OTHER = "other"
"""The id of the topic that stands alone where no topic fits."""


@dataclass(frozen=True, slots=True, order=True)
class TextSpan:
    """A half-open stretch of a text, counted in Unicode code points (Python ``str`` indices).

    Raises:
        ValueError: the span is negative or ends before it starts.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"no such span: {self.start}–{self.end}")

    def of(self, text: str) -> str:
        """The words of this span in *text*."""
        return text[self.start : self.end]

    def contains(self, other: TextSpan) -> bool:
        """Whether *other* lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class ParagraphKind(StrEnum):
    """What a paragraph is to its text."""

    HEADING = "heading"
    DATELINE = "dateline"
    BODY = "body"
    LIST = "list"
    TURN = "turn"


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
class Article:
    """An article as it was given. *text* is never changed: every offset counts in it."""

    title: str
    text: str
    url: str | None = None
    publisher: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """The person, organisation, document or group that a source resolves to.

    ``members`` names the people of a group where they are known; else it is empty.
    """

    name: str
    kind: SpeakerKind
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """What a person wants quotes sorted by.

    Attributes:
        colour: a CSS hex colour.
        terms: phrases matched by lemma without regard to case.
        names: words matched to the letter: ``US``, not ``us``.
        entities: names that count only where the entity recogniser takes them for that, as ``GPE: Georgia``.
        excluded: phrases, matched as terms are, in which none of the topic's words counts: ``Washington Post``.
        mentions: phrases, matched whatever the case, that mean the topic only once it has been named: ``alliance``.
        voices: words by which somebody is introduced who speaks for the topic, so that their "we" means it.
        patterns: token patterns of spaCy's ``Matcher``, each as JSON in its shortest form.
    """

    id: str
    label: str
    description: str
    colour: str
    terms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicEvidence:
    """Why a topic was given: the words at *span* in the article, and the rule that took them.

    Attributes:
        term: the topic's term as the text has it, at *span* or, where there is one, at *refers*.
        rule: ``quote`` (the words stand in the quote), ``clause`` (in the clause it completes), ``context`` (they say
            to whom or of what it is said), ``mention`` (they refer to an earlier mention, *refers*) or ``voice`` (they
            are the "we" of somebody who speaks for the topic, introduced so at *refers*).
        score: the share of findings by the rule that were right where they were counted, from 0 to 1.
    """

    topic: str
    span: TextSpan
    term: str
    rule: str
    refers: TextSpan | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What it takes to judge the topics of a quote or a paragraph anew without parsing: stretches of the article.

    Attributes:
        own: the words judged.
        clause: what they complete, for a fragment.
        context: to whom, or of what, they are said.
        before: the sentences before, latest first, that a pronoun may point into.
        pointers: pronouns in *own* and *clause* that point back.
        we: words in *own* and *clause* by which the speaker's side calls itself, or the cue by which it commits itself.
        voices: where the article says who the speaker is.
    """

    own: tuple[TextSpan, ...]
    clause: tuple[TextSpan, ...] = ()
    context: tuple[TextSpan, ...] = ()
    before: tuple[TextSpan, ...] = ()
    pointers: tuple[TextSpan, ...] = ()
    we: tuple[TextSpan, ...] = ()
    voices: tuple[TextSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of an article, blanks left out, one entry each: what terms are matched against.

    ``entities`` are runs of tokens, half-open, with the recogniser's label.
    """

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    lemmas: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    entities: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text with its topics; paragraphs never overlap and come in order."""

    span: TextSpan
    kind: ParagraphKind
    topics: tuple[str, ...] = ()


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
    tokens: Tokens = Tokens()
