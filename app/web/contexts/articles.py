"""The list of articles, and one article with all that was found in it."""

from __future__ import annotations

from dataclasses import dataclass

from app.present.carried import Variant
from app.present.chart_data import ChartData
from app.present.citing.cited import Cited
from app.present.evidence import Naming, Reason
from app.present.reading import Block
from app.store.corrections import Correction
from app.store.provenance import Source
from app.store.rows import ArticleRow, ArticleText, Page, QuoteRow, SpeakerCount, TopicCount, TopicSpeakerCount
from app.store.versions import VersionRow
from app.web.contexts.filters import FilterBar
from app.web.contexts.site import Links, Site


@dataclass(frozen=True, slots=True)
class ArticlesPage:
    """``/articles``: the articles, last added first.

    Attributes:
        bar: the filters.
        matching: under a filter, how many quotes of each article it lets through, by slug, and where they are.
        next_url, first_url: the page after this one, and the first one from any other.
        downloads: the whole list as a file.
        versions: the earliest version of each that is a later one.
    """

    site: Site
    bar: FilterBar
    articles: Page[ArticleRow]
    matching: dict[str, tuple[int, str]]
    next_url: str | None
    first_url: str | None
    json_url: str
    downloads: Links
    deleted: bool
    versions: dict[str, VersionRow]


@dataclass(frozen=True, slots=True)
class TopicSection:
    """One topic of an article: its quotes beside its chart. ``more`` leads to those not shown here."""

    topic: TopicCount
    quotes: tuple[QuoteRow, ...]
    chart: ChartData
    more: str | None


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """One speaker of an article with the topics it speaks on."""

    count: SpeakerCount
    topics: tuple[TopicSpeakerCount, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """``/articles/{slug}``: one article's dashboard.

    Attributes:
        article: the article with its text.
        quotes: all its quotes in the order of the text; the JSON lists them.
        sections: its topics, each with quotes and chart; those with most quotes where they are many.
        others: the rest of its topics.
        charts_url: where ``charts.js`` gets all charts from.
        speakers: its speakers, most quotes first.
        blocks: the whole text, marked; none of a text that is too long for this page.
        parts: in how many parts the text is read elsewhere.
        source: what it was read from; ``None`` for one that came in without an original.
        repairs: the first words of mojibake in it, as they are and as they should be.
        versions: the articles that it is a version of, the earliest first.
    """

    site: Site
    article: ArticleText
    quotes: Page[QuoteRow]
    sections: tuple[TopicSection, ...]
    others: tuple[TopicCount, ...]
    charts_url: str
    speakers: tuple[SpeakerLine, ...]
    blocks: tuple[Block, ...]
    parts: int
    versions: tuple[VersionRow, ...]
    source: Source | None = None
    repairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class QuotePage:
    """``/quotes/{id}``: one quote, the words around it, and why it is where it is.

    Attributes:
        reasons: why it has its topics, in words.
        namings: what it refers to and the words around it do not show.
        variants: the quotes of other articles that say the same.
        corrections: what people said of it, the last first.
        cited: how it is cited.
    """

    site: Site
    quote: QuoteRow
    cited: Cited
    reasons: tuple[Reason, ...]
    namings: tuple[Naming, ...]
    variants: tuple[Variant, ...] = ()
    corrections: tuple[Correction, ...] = ()
