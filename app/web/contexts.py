"""What each page's template is given: one dataclass a page. ``tests/test_templates.py`` holds both together."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain import Topic
from app.present.chart_data import ChartData
from app.present.reading import Block
from app.store.filters import AttributionFilter
from app.store.rows import (
    ArticleRow,
    ArticleText,
    LibraryCounts,
    Page,
    QuoteRow,
    SpeakerCount,
    TopicCount,
    TopicSpeakerCount,
)


@dataclass(frozen=True, slots=True)
class Site:
    """What every page's frame needs.

    Attributes:
        topics: all topics in order.
        labels: a topic's label by its id.
        revision: changes with every change of the library.
        style: the address of the style sheet.
        version: the version of the program.
    """

    topics: tuple[Topic, ...]
    labels: dict[str, str]
    revision: int
    style: str
    version: str


@dataclass(frozen=True, slots=True)
class BoardPage:
    """``/``: every topic with its quotes, by speaker; the newest quotes and articles.

    Attributes:
        counts: the library in four numbers.
        topics: every topic with its counts.
        chart: quotes by topic, stacked by speaker; without bars where the library has no quotes in marks.
        charts_url: where ``charts.js`` gets the chart from.
        latest: the newest quotes in marks.
        articles: the newest articles.
    """

    site: Site
    counts: LibraryCounts
    topics: tuple[TopicCount, ...]
    chart: ChartData
    charts_url: str
    latest: tuple[QuoteRow, ...]
    articles: Page[ArticleRow]


@dataclass(frozen=True, slots=True)
class ArticlesPage:
    """``/articles``: all articles, last added first. ``next_url`` leads to the page after this one."""

    site: Site
    articles: Page[ArticleRow]
    first: bool
    next_url: str | None


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
        sections: its topics, each with quotes and chart.
        charts_url: where ``charts.js`` gets all charts from.
        speakers: its speakers, most quotes first.
        blocks: the whole text, marked.
    """

    site: Site
    article: ArticleText
    quotes: Page[QuoteRow]
    sections: tuple[TopicSection, ...]
    charts_url: str
    speakers: tuple[SpeakerLine, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class TopicsPage:
    """``/topics``: every topic, what it is about, and who speaks on it most."""

    site: Site
    topics: tuple[TopicCount, ...]
    speakers: dict[str, tuple[TopicSpeakerCount, ...]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, with the number of quotes it would leave."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One field of a filter: its choices, what is chosen, and the address without it.

    ``chosen_label`` is the value itself where nothing in the library has it.
    """

    name: str
    label: str
    choices: tuple[Choice, ...]
    chosen: str | None
    chosen_label: str
    without: str


@dataclass(frozen=True, slots=True)
class TopicPage:
    """``/topics/{id}``: one topic across articles, filtered by speaker, kind and article.

    Attributes:
        topic: the topic with its counts under the filter.
        filters: the filter in force; the JSON repeats it.
        facets: the fields of the filter form.
        chart: speakers, stacked by kind, under the filter.
        charts_url: where ``charts.js`` gets the chart from.
        quotes: a page of quotes.
        next_url, first_url: the page after this one, and the first one where this is not it.
        whole_url: the topic without a filter.
    """

    site: Site
    topic: TopicCount
    filters: AttributionFilter
    facets: tuple[Facet, ...]
    chart: ChartData
    charts_url: str
    quotes: Page[QuoteRow]
    next_url: str | None
    first_url: str | None
    whole_url: str


@dataclass(frozen=True, slots=True)
class QuotePage:
    """``/quotes/{id}``: one quote, the words around it, and why it is where it is."""

    site: Site
    quote: QuoteRow


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """What a person sees where a page could not be made: what happened, and where to go on."""

    site: Site
    status: int
    heading: str
    message: str
