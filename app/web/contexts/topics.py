"""The topics, and the quotes of one of them."""

from __future__ import annotations

from dataclasses import dataclass

from app.present.chart_data import ChartData
from app.store.filters import AttributionFilter
from app.store.rows import Page, QuoteRow, TopicCount, TopicSpeakerCount
from app.web.contexts.site import Site


@dataclass(frozen=True, slots=True)
class TopicsPage:
    """``/topics``: every topic, what it is about, and who speaks on it most.

    Attributes:
        topics: every topic with its counts.
        speakers: those who speak most on each, by the topic's id.
        revision: that of the topics as they are now.
        undoable: whether a change of them is left to take back.
    """

    site: Site
    topics: tuple[TopicCount, ...]
    speakers: dict[str, tuple[TopicSpeakerCount, ...]]
    revision: int
    undoable: bool


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
