"""Articles, their texts, and their versions."""

from __future__ import annotations

from typing_extensions import TypedDict

from app.domain import ParagraphKind
from app.present.shapes import Article, Quote
from app.web.shapes.lists import Filters, Listing, Paged, SpeakerCount, TopicCount


class Version(TypedDict):
    """Another version of an article."""

    slug: str
    title: str
    address: str
    publisher: str | None
    date: str | None
    added: str
    likeness: float
    """The share of words that both have in the same order, from 0 to 1, as it is estimated."""
    same_url: bool
    differences: str
    """The address where both are compared."""


class ListedArticle(Article):
    """An article in the list of articles."""

    matching: int | None
    """Under a filter, how many of its quotes match; null without one."""
    version_of: Version | None
    """The earlier version, where it is a later one."""


class Articles(Paged):
    """A page of articles, the last added first."""

    items: list[ListedArticle]
    filters: Filters


class Paragraph(TypedDict):
    """A paragraph by its place in the text."""

    start: int
    end: int
    kind: ParagraphKind
    topics: list[str]


class ArticleWhole(TypedDict):
    """An article with its text, in which every place counts, and with all its quotes."""

    article: Article
    text: str
    paragraphs: list[Paragraph]
    topics: Listing[TopicCount]
    speakers: Listing[SpeakerCount]
    quotes: Listing[Quote]
    versions: list[Version]


class PartCount(TypedDict):
    """A part of an article by the numbers of its first and last quote."""

    part: int
    first: int
    last: int


class ReadQuotes(TypedDict):
    """The quotes of a part."""

    total: int
    """How many the article has."""
    matching: int
    items: list[Quote]


class ReadTopic(TypedDict):
    """How many quotes of the article are on a topic."""

    topic: str
    count: int


class ReadSpeaker(TypedDict):
    """How many quotes of the article are of a speaker."""

    speaker: str
    count: int


class Block(TypedDict):
    """A paragraph with its words and the ids of the quotes that begin in it."""

    start: int
    end: int
    kind: ParagraphKind
    text: str
    notes: list[str]


class ArticlePart(TypedDict):
    """A part of an article, paragraph by paragraph, with its quotes."""

    article: Article
    part: int
    parts: list[PartCount]
    quotes: ReadQuotes
    topics: list[ReadTopic]
    speakers: list[ReadSpeaker]
    blocks: list[Block]
