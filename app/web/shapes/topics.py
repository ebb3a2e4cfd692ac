"""Topics with their words, as they are told and as they are sent."""

from __future__ import annotations

from typing import Annotated, Any, NotRequired

from pydantic import Field, with_config
from typing_extensions import TypedDict

from app.codebook.limits import LONGEST_LABEL, LONGEST_LIST, LONGEST_WORD
from app.present.shapes import Quote, Speaker
from app.web.shapes.given import GIVEN
from app.web.shapes.lists import Facets, Filters, Paged, TopicRef

Word = Annotated[str, Field(min_length=1, max_length=LONGEST_WORD)]
Words = Annotated[list[Word], Field(max_length=LONGEST_LIST)]
Patterns = Annotated[list[Any], Field(max_length=LONGEST_LIST)]


class WholeTopic(TopicRef):
    """A topic with all its words."""

    terms: list[str]
    """Words that make a quote one on this topic."""
    names: list[str]
    """What documents and programmes of the topic are called."""
    entities: list[str]
    """Names with their kind, such as “GPE: Georgia”."""
    excluded: list[str]
    """Words that look like a term and are none."""
    mentions: list[str]
    """Words that count only beside a term."""
    voices: list[str]
    """Speakers whose quotes are on the topic."""
    patterns: list[Any]
    """Patterns of tokens, as spaCy's Matcher takes them."""


class CountedTopic(WholeTopic):
    """A topic with all its words and its counts."""

    quotes: int
    indirect: int


class TopicSpeaker(TypedDict):
    """How many quotes on a topic a speaker has."""

    topic: str
    speaker: Speaker | None
    quotes: int
    indirect: int


class ListedTopic(CountedTopic):
    """A topic in the list of topics."""

    speakers: list[TopicSpeaker]
    """Who speaks on it."""


class Topics(Paged):
    """All topics, as of a revision, which a change names in If-Match."""

    items: list[ListedTopic]
    revision: int


class TopicPage(Paged):
    """A page of a topic's quotes under a filter."""

    items: list[Quote]
    revision: int
    topic: CountedTopic
    filter: Filters
    facets: Facets


class TopicSaved(TypedDict):
    """What a change of the topics led to."""

    revision: int
    """The revision that the topics have now."""
    changed: int
    """How many quotes have other topics than before."""
    skipped: int
    """Articles that could not be looked through again."""


class SavedTopic(WholeTopic):
    """A topic as it was saved, and what that led to."""

    revision: int
    changed: int
    skipped: int


@with_config(GIVEN)
class GivenTopic(TypedDict):
    """A topic to be saved; what is left out is empty."""

    id: NotRequired[str]
    """The same as in the address."""
    label: NotRequired[Annotated[str, Field(min_length=1, max_length=LONGEST_LABEL)]]
    description: NotRequired[str]
    colour: NotRequired[Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]]
    terms: NotRequired[Words]
    names: NotRequired[Words]
    entities: NotRequired[Words]
    excluded: NotRequired[Words]
    mentions: NotRequired[Words]
    voices: NotRequired[Words]
    patterns: NotRequired[Patterns]
