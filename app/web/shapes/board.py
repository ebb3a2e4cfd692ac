"""The first page, and the quotes over time."""

from __future__ import annotations

from typing_extensions import TypedDict

from app.present.shapes import Article, ArticleRef, Quote
from app.web.shapes.lists import Filters, Listing, TopicCount


class Counts(TypedDict):
    """The library in four numbers."""

    articles: int
    quotes: int
    indirect: int
    speakers: int


class Share(TypedDict):
    """How many of how many were right."""

    right: int
    of: int


class Accuracy(TypedDict):
    """How often the machine was right on the quotes that people judged."""

    quotes: int
    """How many they judged."""
    precision: Share
    recall: Share
    speaker: Share
    topics: Share
    kind: Share
    edges: Share


class Board(TypedDict):
    """The first page: all topics, the newest quotes and articles."""

    counts: Counts
    topics: Listing[TopicCount]
    quotes: Listing[Quote]
    """The newest of all kinds; next is the list of all, from its first page."""
    articles: Listing[Article]
    accuracy: Accuracy | None


class UndatedArticle(ArticleRef):
    """An article without a date."""

    quotes: int
    indirect: int


class Undated(TypedDict):
    """What is not in the chart, since its article has no date."""

    quotes: int
    indirect: int
    articles: int
    newest: list[UndatedArticle]


class TimeTopic(TypedDict):
    """A topic of the chart; its id is null for all others together."""

    id: str | None
    label: str


TimeSpan = TypedDict(
    "TimeSpan",
    {"from": str, "to": str, "label": str, "total": int, "counts": list[int], "address": "str | None"},
)


class Times(TypedDict):
    """Quotes over time."""

    filters: Filters
    unit: str
    """Day, week, month or year."""
    total: int
    topics: list[TimeTopic]
    times: list[TimeSpan]
    """Every time from the first to the last, also those without a quote; counts go by topics."""
    earlier: int
    """Quotes from before the first time that is shown."""
    undated: Undated
    month_alone_known: int
    year_alone_known: int
