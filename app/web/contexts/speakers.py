"""The speakers, and one of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.domain import Topic
from app.present.chart_data import ChartData
from app.present.time_data import TimeChart
from app.store.aliases import Aliases
from app.store.rows import ArticleCount, Page, QuoteRow, SpeakerCount, SpeakerRow
from app.web.contexts.filters import FilterBar
from app.web.contexts.site import Links, Site


@dataclass(frozen=True, slots=True)
class Cell:
    """What a speaker says on a topic: how many quotes of either sort, how strongly shaded, and where they are."""

    count: int
    step: int
    href: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A speaker with a cell for each topic that has a column.

    Attributes:
        name, kind: for a person to read; ``href`` is the speaker's page.
        quotes_url, indirect_url: all of its quotes, and those that are reported only.
    """

    count: SpeakerCount
    name: str
    kind: str
    href: str
    quotes_url: str
    indirect_url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class SpeakersPage:
    """``/speakers``: who speaks, and on what.

    Attributes:
        bar: the filters.
        total: how many speakers there are on all pages.
        rows: those of this page.
        topics: the topics with a column; ``topics_left`` have none.
        typed: the name that is looked for.
        find: what the form for it must send along.
        orders: the orders, each with its address; the one in force has none.
        next_url, first_url: the page after this one, and the first one where this is not it.
        json_url: the same as JSON.
        whole_url: the list without the name that is looked for.
    """

    site: Site
    bar: FilterBar
    total: int
    rows: tuple[MatrixRow, ...]
    topics: tuple[Topic, ...]
    topics_left: int
    typed: str
    find: dict[str, str]
    orders: Links
    next_url: str | None
    first_url: str | None
    json_url: str
    whole_url: str


@dataclass(frozen=True, slots=True)
class Number:
    """A count with its words, and where these quotes are."""

    words: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Companion:
    """A speaker in the same articles: in how many, its page, and both compared."""

    speaker: SpeakerRow
    articles: int
    compare_url: str


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """``/speakers/{slug}``: one speaker across articles, under the filters.

    Attributes:
        speaker: ``None`` for those whom the text does not name.
        slug: as the address has it.
        name, kind, members: who it is, for a person to read.
        aliases: what the texts call it, whatever the filter.
        bar: the filters.
        kinds: direct, mixed and indirect quotes.
        span: the first and the last date of its quotes.
        number_of_articles: how many quote it.
        topics: on what it speaks, stacked by kind.
        time: when it speaks, by topic.
        charts_url: where ``charts.js`` gets both charts from.
        articles: the newest that quote it, each with the address of these quotes.
        publishers: where it is quoted.
        company: who is quoted in most of the same articles.
        quotes: a page of its quotes.
        orders, downloads, next_url, first_url: as on every list.
        compare_url, time_url, json_url: other views of the same.
    """

    site: Site
    speaker: SpeakerRow | None
    slug: str
    name: str
    kind: str
    members: tuple[str, ...]
    aliases: Aliases
    bar: FilterBar
    kinds: tuple[Number, ...]
    span: tuple[dt.date, dt.date] | None
    number_of_articles: int
    topics: ChartData
    time: TimeChart
    charts_url: str
    articles: tuple[tuple[ArticleCount, str], ...]
    publishers: tuple[Number, ...]
    company: tuple[Companion, ...]
    quotes: Page[QuoteRow]
    orders: Links
    downloads: Links
    next_url: str | None
    first_url: str | None
    compare_url: str
    time_url: str
    json_url: str
