"""A list of quotes, or an article with its whole text, as one HTML file: all pages of the list, in its order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from tempfile import SpooledTemporaryFile
from typing import Any

from sqlalchemy import Connection

from app.domain import Topic
from app.present.chart_data import ChartData
from app.present.citing.copies import source_address
from app.present.evidence import Naming, Reason, namings, reasons
from app.present.exports.about import About
from app.present.matching import figure_with_hits
from app.present.reading import Block, reading_blocks
from app.present.rows import QuoteFigure, quote_figures
from app.present.standalone.charts import charts_of, drawing
from app.present.standalone.shell import Shell, Workshop, shell
from app.present.standalone.tally import Tally
from app.present.standalone.titles import chosen_words, heading
from app.present.templates import web_address
from app.present.theme import topic_class
from app.store.articles import article_text
from app.store.attributions import each_quote
from app.store.filters import AttributionFilter
from app.store.rows import ArticleRef, ArticleRow, ArticleText, QuoteRow
from app.store.search import read_query

IN_MEMORY = 4 << 20
PIECE = 1 << 16
_PLACE = "\N{OBJECT REPLACEMENT CHARACTER} quotes \N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Told:
    """A quote as the file shows it.

    Attributes:
        row, figure: the quote, and as a list shows it.
        values: what it has, by places, as :meth:`Tally.add` says it.
        reasons: why it has its topics.
        namings: the earlier places that it refers to.
        source: where it was published, at its words; empty where that is not known.
    """

    row: QuoteRow
    figure: QuoteFigure
    values: str
    reasons: tuple[Reason, ...]
    namings: tuple[Naming, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the file's template is given, but for the quotes.

    Attributes:
        shell: style, scripts and policy.
        about: which quotes these are, and when they were taken out.
        title: what the file is, in a few words.
        chosen: the filter in words: names and values.
        tally: what the quotes have.
        charts: the charts.
        articles: the articles of the quotes, each with how many there are of it.
        article: the one article, if the file is of one.
        blocks: its whole text; empty otherwise.
        pipelines: what found the quotes.
        told: the values and the measures for the script.
        quotes: where the quotes come.
    """

    shell: Shell
    about: About
    title: str
    chosen: tuple[tuple[str, str], ...]
    tally: Tally
    charts: tuple[ChartData, ...]
    articles: tuple[tuple[ArticleRef, int], ...]
    article: ArticleRow | None
    blocks: tuple[Block, ...]
    pipelines: tuple[str, ...]
    told: dict[str, Any]
    quotes: str


def write(
    conn: Connection, workshop: Workshop, about: About, chosen: AttributionFilter, order: str, topics: Sequence[Topic]
) -> Iterator[bytes]:
    """The file piece by piece.

    Quotes wait on disk until all are counted, so that memory does not grow with them; those of one article, whose
    text is shown as well, are kept.

    Raises:
        QueryError: the words of *chosen* cannot be looked for.
        NotFound: *chosen* names an article that is not there.
    """
    with SpooledTemporaryFile(max_size=IN_MEMORY) as waiting:
        maker = _Maker(conn, workshop, chosen, about)
        for row in each_quote(conn, chosen, order):
            waiting.write(maker.quote(row).encode())
        before, after = maker.frame(topics)
        yield before.encode()
        waiting.seek(0)
        while piece := waiting.read(PIECE):
            yield piece
        yield after.encode()


class _Maker:
    def __init__(self, conn: Connection, workshop: Workshop, chosen: AttributionFilter, about: About) -> None:
        self._workshop, self._chosen, self._about = workshop, chosen, about
        self._text = lru_cache(maxsize=8)(lambda slug: article_text(conn, slug))
        self._whole: ArticleText | None = None
        if chosen.given == {"article"} and chosen.article:
            self._whole = self._text(chosen.article)
        self._query = read_query(conn, chosen.words) if chosen.words else None
        self._macro = workshop.templates.get_template("export/quote.html").module.quote  # type: ignore[attr-defined]
        self._tally = Tally(about.labels)
        self._kept: list[QuoteRow] = []
        self._pipelines: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def quote(self, row: QuoteRow) -> str:
        """*row* as HTML; it is counted."""
        text = self._text(row.article.slug)
        self._pipelines[row.article.slug] = text.row.pipeline
        if self._whole is not None:
            self._kept.append(row)
        [figure] = quote_figures((row,))
        told = Told(
            row,
            figure_with_hits(figure, self._query),
            self._tally.add(row),
            reasons(row, text.paragraphs),
            namings(row, text.text, text.paragraphs),
            web_address(source_address(row)),
        )
        return str(self._macro(told, self._about.labels, self._whole is not None))

    def frame(self, topics: Sequence[Topic]) -> tuple[str, str]:
        """What stands before the quotes, and what behind them."""
        tally, chosen, whole = self._tally, self._chosen, self._whole
        known = {topic.id for topic in topics}
        tone = topic_class(chosen.topic) if chosen.topic in known else "by-kind"
        charts = charts_of(tally, tone)
        listed = tally.fields["article"].listed
        shown = Shown(
            shell=shell(self._workshop, topics, [one.key for one in tally.fields["topic"].listed], charts=bool(charts)),  # nosec B604
            about=self._about,
            title=heading(chosen, tally, whole.row.title if whole else ""),
            chosen=chosen_words(self._about.filters, tally),
            tally=tally,
            charts=charts,
            articles=tuple((article, listed[at].total) for at, (article, _, _) in enumerate(tally.articles)),
            article=whole.row if whole else None,
            blocks=reading_blocks(whole.text, whole.paragraphs, self._kept) if whole else (),
            pipelines=tuple(dict.fromkeys(self._pipelines.values())),
            told=_told(tally, charts),
            quotes=_PLACE,
        )
        context = {one.name: getattr(shown, one.name) for one in fields(shown)}
        page = self._workshop.templates.get_template("export/page.html").render(context)
        before, _, after = page.lstrip().partition(_PLACE)
        return before, after


def _told(tally: Tally, charts: tuple[ChartData, ...]) -> dict[str, Any]:
    fields_told = [
        {"name": one.name, "label": one.label, "values": [[value.key, value.label] for value in one.listed]}
        for one in tally.fields.values()
    ]
    return {"fields": fields_told, "articles": [at for _, *at in tally.articles], "drawing": drawing(charts)}
