"""Speakers."""

from __future__ import annotations

from typing_extensions import TypedDict

from app.present.shapes import Quote, Speaker
from app.web.shapes.lists import Facets, Filters, Paged, SpeakerCount


class ListedSpeaker(SpeakerCount):
    """A speaker in the list of speakers."""

    address: str
    topics: dict[str, int]
    """By topic that has a column, how many quotes."""


class Speakers(Paged):
    """A page of speakers under a filter."""

    items: list[ListedSpeaker]
    filters: Filters
    topics: list[str]
    """The topics that have a column."""
    topics_left: int
    """How many have none."""


class Alias(TypedDict):
    """One way to name a speaker."""

    words: str
    count: int


class Aliases(TypedDict):
    """The ways to name a speaker, the most frequent first."""

    items: list[Alias]
    others: int
    """How many more there are."""
    attributions_read: int
    """Among how many attributions they were looked for."""
    all_read: bool


class PublisherCount(TypedDict):
    """How many quotes a publisher has; its name is null for articles without one."""

    name: str | None
    quotes: int


class TopicKinds(TypedDict):
    """A topic with the quotes of each kind."""

    label: str
    counts: dict[str, int]


class Companion(TypedDict):
    """Another speaker, and in how many of the same articles it is quoted."""

    speaker: Speaker
    articles: int


class SpeakerPage(Paged):
    """A speaker, its counts under a filter, and a page of its quotes."""

    items: list[Quote]
    speaker: Speaker | None
    filters: Filters
    aliases: Aliases
    kinds: dict[str, int]
    """Direct, mixed and indirect quotes."""
    first: str | None
    """The date of its first quote."""
    last: str | None
    articles: int
    publishers: list[PublisherCount]
    topics: list[TopicKinds]
    in_same_articles: list[Companion]
    facets: Facets
