"""Lists, and what filters leave of them."""

from __future__ import annotations

from typing import Generic, TypeVar

from typing_extensions import TypedDict

from app.present.shapes import Quote, Speaker

T = TypeVar("T")


class Paged(TypedDict):
    """What every list has."""

    total: int
    """How many there are in all, on this page and on the others."""
    next: str | None
    """The address of the next page; null where there is none."""


class Listing(Paged, Generic[T]):
    """A list, or a page of one."""

    items: list[T]


class Value(TypedDict):
    """A value of a filter."""

    value: str
    label: str
    """The same for a person to read."""
    count: int
    """How many quotes it would leave."""


Facets = dict[str, list[Value]]
Filters = dict[str, str]


class Values(Paged):
    """All values of one filter; of articles the newest, where next is the list that has all of them."""

    items: list[Value]
    field: str
    filters: Filters
    """The other filters in force."""


class SearchResult(Paged):
    """A page of quotes under a filter."""

    items: list[Quote]
    filters: Filters
    """The filters in force, as the address has them."""
    facets: Facets
    """By filter, what each value would leave."""


class TopicRef(TypedDict):
    """A topic as it is named."""

    id: str
    """Its name in addresses, and the value that filters take."""
    label: str
    address: str
    description: str
    colour: str


class TopicCount(TopicRef):
    """A topic with its counts."""

    quotes: int
    """Stretches between quotation marks."""
    indirect: int
    """What is reported without marks, which is counted apart."""


class SpeakerCount(TypedDict):
    """A speaker with its quotes of each kind; null where nobody is named."""

    speaker: Speaker | None
    direct: int
    mixed: int
    indirect: int


class Piece(TypedDict):
    """A stretch of a wording."""

    what: str
    """In both (same), in this quote alone (gone) or in the other alone (new)."""
    here: str
    there: str


class Carried(TypedDict):
    """A quote of another article that says the same."""

    how: str
    """In the same words, or how they differ."""
    quote: Quote
    pieces: list[Piece]


class QuotePage(Quote):
    """A quote, and all that its page has besides."""

    citation: str
    """The quote in one line, without its address."""
    cited: dict[str, str]
    """The same as Markdown, as HTML, and by citation style."""
    source: str | None
    """Where it was published, at these words."""
    carried: Listing[Carried]
    """The same in other articles."""
