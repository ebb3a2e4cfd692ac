"""What a quote, its speaker and its article are in JSON.

These types are held to what is built by mypy, and to whoever asks by the OpenAPI document, which is made from them.
"""

from __future__ import annotations

from typing_extensions import TypedDict  # which pydantic reads on every Python, unlike typing's

from app.domain import AttributionKind, DatePrecision, SpeakerKind


class Speaker(TypedDict):
    """Who is quoted: a person, an organisation, a document or a group."""

    slug: str
    """Its name in addresses, and the value that filters take."""
    name: str
    kind: SpeakerKind
    members: list[str]
    """Who belongs to a group, where the text says so."""


class Excerpt(TypedDict):
    """Words of an article with their place."""

    start: int
    end: int
    text: str


class Evidence(TypedDict):
    """Why a quote is under a topic."""

    topic: str
    """The id of the topic."""
    start: int
    end: int
    term: str
    """The term of the topic that was found there."""
    rule: str
    """By which rule it counts."""
    refers: list[int] | None
    """Start and end of where the article had named it before, for a word that only refers to it."""
    score: float


class Attribution(TypedDict):
    """The sentence or sentences by which words are given to a speaker, as PolNeAR has them.

    Stretches are pairs of start and end.
    """

    source: list[list[int]]
    """The words that name who speaks."""
    cue: list[list[int]]
    """Such as “said” or “according to”."""
    content: list[list[int]]
    """What was said; in pieces where something stands between them."""
    topics: list[str]
    rule: str
    """By which rule it was found."""
    reason: str
    """The same in a sentence."""
    chain: list[Excerpt]
    """The mentions by which the speaker was reached, such as from “he” to a name."""
    confidence: float | None
    """How many of a hundred attributions like this have the right speaker, as a share; null where none was counted."""


class ArticleRef(TypedDict):
    """An article without its text, as quotes name it."""

    slug: str
    """Its name in addresses, and the value that filters take."""
    title: str
    address: str
    """Its page here."""
    url: str | None
    """Where it was published."""
    publisher: str | None
    date: str | None
    """The day it was published on, as 2023-03-21."""
    language: str | None
    """The language of its text, where that is not one that speakers are looked for in."""


class Article(ArticleRef):
    """An article without its text, as lists of articles have it."""

    date_precision: DatePrecision | None
    """How much of the date is known; what is not known is 1 in it."""
    byline: str | None
    added: str
    """When it came in."""
    words: int
    pipeline: str
    """Which version of the language pipeline read it."""
    quotes: int
    """Stretches between quotation marks."""
    indirect: int
    """What is reported without marks, which is counted apart."""


class Quote(TypedDict):
    """A quote with all that is known of it.

    Places are half-open and count code points of the article's text from 0.
    """

    id: str
    """Made from its words: it stays as it is when the article is read again."""
    address: str
    """Its page here."""
    start: int
    """Where it begins in the article's text."""
    end: int
    """Where it ends there: the place behind its last character."""
    text: str
    """The words, without quotation marks around them."""
    kind: AttributionKind
    """All, some or none of what was said stands between quotation marks."""
    speaker: Speaker | None
    """Null where the text names nobody."""
    topics: list[str]
    """Ids of topics."""
    corrected: list[str]
    """What of it is a person's word: speaker, topics, kind, edges, added or confirmed."""
    evidence: list[Evidence]
    """Why it is under its topics."""
    attribution: Attribution
    """Who says it, by which words."""
    clause: Excerpt | None
    """The clause that it completes, by which a fragment is judged."""
    sentence: Excerpt | None
    """The sentence that it stands in."""
    before: Excerpt | None
    """The sentence before it."""
    after: Excerpt | None
    """The sentence after it."""
    article: ArticleRef
