"""Small pages that others show within theirs, and the page that gives the code for it."""

from __future__ import annotations

from dataclasses import dataclass

from app.present.chart_links import frame_address
from app.present.drawn.svg import AnyChart
from app.present.frames import chart_height, quote_height
from app.present.rows import QuoteFigure, first_words, speaker_name
from app.web.contexts.site import Site

LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class EmbedQuotePage:
    """``/embed/quotes/{id}``.

    Attributes:
        quote: as lists show it.
        view: the address of its own page.
    """

    site: Site
    quote: QuoteFigure
    view: str

    @property
    def author(self) -> str:
        """Who speaks."""
        return first_words(speaker_name(self.quote.speaker, self.quote.source, self.quote.article.language), 80)

    @property
    def title(self) -> str:
        """Who speaks, and the first words."""
        return f"{self.author}: “{first_words(self.quote.stretches[0].words, 60)}”"

    @property
    def height(self) -> int:
        """Pixels that a frame must have for it."""
        return quote_height(sum(len(piece.text) for piece in self.quote.clause))

    @property
    def source(self) -> str:
        """Its own address."""
        return frame_address(self.view)


@dataclass(frozen=True, slots=True)
class EmbedChartPage:
    """``/embed/topics/{id}`` and the like: a chart.

    Attributes:
        kind: ``bars``, ``times`` or ``dumbbell``.
        stamp: what it is of, in lines.
        view: the page that has it.
        numbers: its numbers as CSV.
    """

    site: Site
    chart: AnyChart
    kind: str
    stamp: tuple[str, ...]
    view: str
    numbers: str

    @property
    def author(self) -> str:
        """Nobody: the numbers are of many."""
        return ""

    @property
    def title(self) -> str:
        """What the chart shows."""
        return first_words(self.chart.title, LONGEST_TITLE)

    @property
    def height(self) -> int:
        """Pixels that a frame must have for it."""
        return chart_height(self.chart, self.stamp)

    @property
    def source(self) -> str:
        """Its own address."""
        return frame_address(self.view, self.chart.key)


@dataclass(frozen=True, slots=True)
class EmbedListPage:
    """``/embed/search``: the first quotes of a list.

    Attributes:
        chosen: the filters in force, as names and values.
        view: the page with all of them.
    """

    site: Site
    quotes: tuple[QuoteFigure, ...]
    total: int
    chosen: tuple[tuple[str, str], ...]
    view: str

    @property
    def author(self) -> str:
        """Nobody: they are of many."""
        return ""

    @property
    def title(self) -> str:
        """What the list is of."""
        words = ", ".join(f"{name}: {value}" for name, value in self.chosen)
        return first_words(f"Quotes – {words}" if words else "Quotes", LONGEST_TITLE)

    @property
    def height(self) -> int:
        """Pixels that a frame must have for it; of a long list it shows the beginning."""
        return min(700, 130 + sum(quote_height(sum(len(part.text) for part in one.clause)) for one in self.quotes))

    @property
    def source(self) -> str:
        """Its own address."""
        return frame_address(self.view)


@dataclass(frozen=True, slots=True)
class EmbedGonePage:
    """What stands in a frame in place of what is gone."""

    site: Site
    message: str


@dataclass(frozen=True, slots=True)
class EmbedCodePage:
    """``/embed``: the code that shows a page of ours within another.

    Attributes:
        title: what is shown.
        view, source: the page it is of, and the small page that is shown.
        code: the HTML; empty where a token must be made for it first.
        sites: who may show it.
    """

    site: Site
    title: str
    view: str
    source: str
    code: str
    sites: tuple[str, ...]


Framed = EmbedQuotePage | EmbedChartPage | EmbedListPage
"""Any of those that can be shown in a frame."""
