"""What is compared: two to six things, and the texts of two articles."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from app.present.differences import Kind
from app.present.shapes import Article, Quote
from app.web.shapes.lists import Filters, Listing

Side = TypedDict(
    "Side",
    {"with": str, "kind": str, "label": str, "address": "str | None", "quotes": int, "indirect": int, "search": str},
)
Echo = TypedDict("Echo", {"in": str, "how": str, "quote": Quote})
Both = TypedDict("Both", {"in": str, "quote": Quote, "others": list[Echo]})


class Counted(TypedDict):
    """How often something is there, and where."""

    label: str
    count: int
    address: str


class Only(TypedDict):
    """What one of the things has alone."""

    label: str
    topics: list[Counted]
    speakers: list[Counted]
    quotes: Listing[Quote]


class Row(TypedDict):
    """A topic or a speaker with its counts by thing."""

    label: str
    counts: list[int]
    addresses: list[str | None]


class SpeakerRow(TypedDict):
    """A speaker who is in all of the things, with its counts by thing."""

    label: str
    counts: list[int]


class Compared(TypedDict):
    """Two to six things side by side; counts go by things."""

    things: list[Side]
    named_twice: list[str]
    filter: Filters
    """What all of them have in common."""
    by: str | None
    """What the rows are: topics or speakers."""
    counts: list[Row]
    rows_left_out: int
    speakers_of_all: list[SpeakerRow]
    same_quotes: Listing[Both]
    """Quotes with the same words in several of them."""
    all_quotes_read: bool
    only: list[Only]
    different_languages: bool
    versions: str | None
    """Of two articles, where their texts are compared."""


class DifferentPiece(TypedDict):
    """A stretch of a wording: the same, gone or new."""

    what: str
    earlier: str
    later: str


class Change(TypedDict):
    """What became of paragraphs, which are given by their places from 0."""

    kind: Kind
    earlier: list[int]
    later: list[int]
    pieces: NotRequired[list[DifferentPiece]]
    """Its words, where they differ."""


class Replaced(TypedDict):
    """Words of the earlier text and those in their place, with the changes where that was done."""

    earlier: str
    later: str
    changes: list[int]


class OnlyQuotes(TypedDict):
    """Quotes whose words one of the articles has alone."""

    earlier_only: Listing[Quote]
    later_only: Listing[Quote]


class Versions(TypedDict):
    """All that differs between two articles."""

    earlier: Article
    later: Article
    likeness: float | None
    """As it was estimated when they came in; null where they are no versions of one another."""
    same_url: bool
    alike: float
    """Twice the words that are the same, by all words of both texts."""
    paragraphs: dict[Kind, int]
    words: dict[str, int]
    """How many are in both (same), in the earlier alone (gone) and in the later alone (new)."""
    whole: bool
    """False where so much was reworded that not all of it was compared word by word."""
    changes: list[Change]
    replaced: list[Replaced]
    quotes: OnlyQuotes
