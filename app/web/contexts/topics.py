"""The topics, and the quotes of one of them."""

from __future__ import annotations

from dataclasses import dataclass

from app.present.chart_data import ChartData
from app.store.filters import AttributionFilter
from app.store.rows import Page, QuoteRow, TopicCount, TopicSpeakerCount
from app.web.contexts.filters import FilterBar
from app.web.contexts.site import Links, Site


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
class TopicPage:
    """``/topics/{id}``: one topic across articles, filtered.

    Attributes:
        topic: the topic with its counts under the filter.
        filters: the filter in force; the JSON repeats it.
        bar: the filters that can be set and removed.
        chart: speakers, stacked by kind, under the filter.
        charts_url: where ``charts.js`` gets the chart from.
        quotes: a page of quotes.
        next_url, first_url: the page after this one, and the first one where this is not it.
        orders: the orders of the list, each with its address; the one in force has none.
        downloads: the whole list as a file, by the kinds of files.
    """

    site: Site
    topic: TopicCount
    filters: AttributionFilter
    bar: FilterBar
    chart: ChartData
    charts_url: str
    quotes: Page[QuoteRow]
    next_url: str | None
    first_url: str | None
    orders: Links
    downloads: Links
