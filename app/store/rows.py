"""What the store hands back: frozen values, each the shape of one row as a page reads it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.domain import AttributionKind, DatePrecision, Paragraph, SpeakerKind, TextSpan, Topic, TopicEvidence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list: ``total`` counts the whole list, ``next`` is the cursor that ``after=`` takes."""

    total: int
    items: tuple[T, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article without its text; ``quotes`` counts stretches in marks, ``indirect`` the others apart.

    ``language`` is that of the text where its speakers were not looked for, since the pipeline reads another.
    """

    slug: str
    title: str
    url: str | None
    publisher: str | None
    date: dt.date | None
    added: dt.datetime
    words: int
    pipeline: str
    quotes: int
    indirect: int
    language: str | None = None
    date_precision: DatePrecision = DatePrecision.DAY
    byline: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleMatch:
    """An article with how many of its quotes, and of its indirect ones, a filter lets through."""

    article: ArticleRow
    quotes: int
    indirect: int


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article with its whole text and its paragraphs in order."""

    row: ArticleRow
    text: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """As much of an article as a quote names."""

    slug: str
    title: str
    publisher: str | None
    date: dt.date | None
    url: str | None
    language: str | None = None
    date_precision: DatePrecision = DatePrecision.DAY


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """A speaker across all articles; ``members`` names the people of a group where they are known."""

    slug: str
    name: str
    kind: SpeakerKind
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of an article with its words."""

    span: TextSpan
    text: str


@dataclass(frozen=True, slots=True)
class AttributionRow:
    """The attribution that a quote belongs to; spans in order, ``reason`` for a person to read.

    ``chain`` has the mentions by which the speaker was reached, ``confidence`` the share of such that are right.
    """

    id: int
    source: tuple[TextSpan, ...]
    cue: tuple[TextSpan, ...]
    content: tuple[TextSpan, ...]
    rule: str
    reason: str
    topics: tuple[str, ...]
    chain: tuple[Excerpt, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """One quoted stretch (direct, mixed), or the whole content of an indirect attribution.

    ``id`` is made from the words, so a later analysis of the same article keeps it. ``speaker`` is ``None``
    where the text names nobody. ``corrected`` says what of it is a person's word: ``speaker``, ``topics``, ``kind``,
    ``edges``, ``added`` (the whole quote) or ``confirmed``; empty where all of it is the machine's.
    """

    id: str
    span: TextSpan
    text: str
    kind: AttributionKind
    topics: tuple[str, ...]
    evidence: tuple[TopicEvidence, ...]
    speaker: SpeakerRow | None
    attribution: AttributionRow
    article: ArticleRef
    clause: Excerpt
    sentence: Excerpt
    before: Excerpt | None
    after: Excerpt | None
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicCount:
    """How many quotes a topic has; a quote with two topics counts for both."""

    topic: Topic
    quotes: int
    indirect: int


@dataclass(frozen=True, slots=True)
class SpeakerCount:
    """How many quotes of each kind a speaker has; ``speaker`` is ``None`` for those that name nobody."""

    speaker: SpeakerRow | None
    direct: int
    mixed: int
    indirect: int

    @property
    def quotes(self) -> int:
        """Stretches between marks."""
        return self.direct + self.mixed


@dataclass(frozen=True, slots=True)
class Others:
    """How many speakers a list leaves out, and how many quotes of each kind they have together."""

    number: int = 0
    direct: int = 0
    mixed: int = 0
    indirect: int = 0


@dataclass(frozen=True, slots=True)
class SpeakerRanking:
    """The first speakers of a list, most quotes first, and those that it leaves out."""

    rows: tuple[SpeakerCount, ...]
    others: Others


@dataclass(frozen=True, slots=True)
class TopicSpeakerCount:
    """One cell of the table of topics by speakers."""

    topic_id: str
    speaker: SpeakerRow | None
    quotes: int
    indirect: int


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many quotes there are of one kind."""

    kind: AttributionKind
    count: int


@dataclass(frozen=True, slots=True)
class ValueCount:
    """How many quotes there are of one value of a field, such as a publisher."""

    value: str
    quotes: int
    indirect: int


@dataclass(frozen=True, slots=True)
class TimeCount:
    """How many quotes articles of one day, week, month or year have, from *start* on; the topic ``""`` is all."""

    start: dt.date
    topic_id: str
    quotes: int
    indirect: int


@dataclass(frozen=True, slots=True)
class ArticleCount:
    """How many quotes one article has."""

    article: ArticleRef
    quotes: int
    indirect: int


@dataclass(frozen=True, slots=True)
class LibraryCounts:
    """The library in four numbers; ``speakers`` are those with at least one quote."""

    articles: int
    quotes: int
    indirect: int
    speakers: int
