"""Corrections and articles: what programs send to change them, and what they are told."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field, with_config
from typing_extensions import TypedDict

from app.domain import Action, AttributionKind, SpeakerKind
from app.web.shapes.given import GIVEN
from app.web.shapes.lists import Paged


class Anchor(TypedDict):
    """Words of a text with those around them, and where they stood."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


class Correction(TypedDict):
    """What a person said of a quote, and what became of it."""

    number: int
    """Later ones have higher numbers, and win."""
    action: Action
    words: str
    """The correction in a sentence."""
    article: str | None
    quote: str | None
    """The id that the quote had then."""
    address: str | None
    """Where the quote is, which may have moved since."""
    value: dict[str, Any]
    """What was said, by action."""
    anchor: Anchor | None
    by: str
    at: str
    note: str
    undone: str | None
    """When it was taken back."""
    undone_by: str | None
    placed: bool
    """Whether its words stand in the text of its article."""


class MadeCorrection(Correction):
    """A correction that was just made, undone or said again."""

    latest: int
    """The highest number of a correction now."""


class Corrections(Paged):
    """A page of corrections, the last first."""

    items: list[Correction]
    unplaced: list[Correction]
    """Those whose words no longer stand in their articles; on the first page of all alone."""


@with_config(GIVEN)
class NamedSpeaker(TypedDict):
    """A speaker by name; the kind is needed for one that the library does not know."""

    name: str
    kind: NotRequired[Literal[SpeakerKind.PERSON, SpeakerKind.ORGANISATION, SpeakerKind.DOCUMENT, SpeakerKind.GROUP]]


@with_config(GIVEN)
class GivenCorrection(TypedDict):
    """A correction to be made. Which fields it needs goes by its action."""

    action: Literal["speaker", "topics", "kind", "edges", "reject", "add", "confirm"]
    quote: NotRequired[str]
    """The id of the quote; of all actions but add."""
    article: NotRequired[str]
    """The slug of the article; of add."""
    speaker: NotRequired[str | NamedSpeaker | None]
    """Who says it: a slug, a name with its kind, or null for nobody; of speaker and add."""
    scope: NotRequired[Literal["quote", "article"]]
    """Whether the speaker is corrected here alone, or wherever the article names the same; of speaker."""
    topics: NotRequired[list[str] | None]
    """Ids of topics; of topics and add."""
    kind: NotRequired[AttributionKind]
    """Of kind and add."""
    words: NotRequired[str]
    """The words as the article has them, instead of start and end; of edges and add."""
    start: NotRequired[int]
    end: NotRequired[int]
    by: NotRequired[str]
    """Who makes the correction."""
    note: NotRequired[str]
    based_on: NotRequired[Annotated[int, Field(ge=0, le=2**31 - 1)] | None]
    """The highest number of a correction that was seen; what somebody else said since is then a conflict."""


class DeletedArticle(TypedDict):
    """An article that was deleted; it can be brought back until then."""

    slug: str
    title: str
    publisher: str | None
    deleted: str
    until: str


class DeletedArticles(Paged):
    """All articles that can be brought back."""

    items: list[DeletedArticle]


class ChangedArticle(TypedDict):
    """An article's fields as they are now."""

    slug: str
    title: str
    url: str
    publisher: str
    byline: str
    date: str
    set: list[str]
    """The fields that a person has set."""
    speakers: dict[str, str]
    """The names of its speakers by their slugs."""


class RestoredArticle(TypedDict):
    """An article that was brought back."""

    slug: str
    address: str
    reading: bool
    """Whether it is read again, since the topics are other ones now."""


@with_config(GIVEN)
class GivenFields(TypedDict):
    """Fields of an article to be changed; null empties one."""

    title: NotRequired[str | None]
    url: NotRequired[str | None]
    publisher: NotRequired[str | None]
    byline: NotRequired[str | None]
    date: NotRequired[str | None]
    """Written 2023-03-21, 2023-03 or 2023."""
    speakers: NotRequired[dict[str, str | None]]
    """Names by the slugs of speakers; null gives back the name that the article has."""
