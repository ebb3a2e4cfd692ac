"""One article's dashboard, whatever its length: what does not fit on the page is cut, with the way to the rest."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from app.present.chart_data import ChartData
from app.present.parts import cut_parts, nodes
from app.present.reading import Block, reading_blocks
from app.present.templates import address
from app.store import attributions, stats
from app.store.filters import AttributionFilter
from app.store.provenance import source_of
from app.store.rows import QuoteRow, TopicCount, TopicSpeakerCount
from app.store.versions import versions_of
from app.web import library
from app.web.building import speaker_chart, topic_address
from app.web.contexts import ArticlePage, Site, SpeakerLine, TopicSection
from app.web.facets import Counts

MOST_QUOTES = 36
"""Quotes on the page, over all its sections."""
MOST_SECTIONS = 6
SECTION_SPEAKERS = 6
INLINE_NODES, INLINE_BYTES = 420, 12_000
"""A text that takes more of either is read on pages of its own."""
WHOLE_ARTICLE = 100_000
"""More quotes than the longest article can hold."""


def article(conn: Connection, site: Site, slug: str) -> ArticlePage:
    """The context of ``/articles/{slug}``.

    Raises:
        NotFound: there is no such article.
    """
    found = library.article(conn, slug)
    source = source_of(conn, slug, pieces=False)
    chosen = AttributionFilter(article=slug)
    quotes = attributions.list_quotes(conn, chosen, limit=WHOLE_ARTICLE)
    counts = present_topics(conn, slug)
    shown = shown_topics(counts)
    blocks = reading_blocks(found.text, found.paragraphs, quotes.items)
    return ArticlePage(
        site=site,
        article=found,
        quotes=quotes,
        sections=_sections(conn, shown, quotes.items, slug),
        others=tuple(row for row in counts if row not in shown),
        charts_url=address(f"/articles/{slug}/charts.json", v=str(site.revision)),
        speakers=_speaker_lines(conn, chosen),
        blocks=blocks if _short(blocks) else (),
        parts=len(cut_parts(blocks)),
        source=source,
        repairs=library.repairs(found.text) if source and source.garbled else (),
        versions=versions_of(conn, slug) if site.visitor.whole else (),
    )


def present_topics(conn: Connection, slug: str) -> list[TopicCount]:
    """The topics of the article's quotes, in order."""
    counts = stats.topic_counts(conn, AttributionFilter(article=slug))
    return [row for row in counts if row.quotes or row.indirect]


def shown_topics(counts: Sequence[TopicCount]) -> list[TopicCount]:
    """Those that have a section of their own: the ones with most quotes, in order."""
    most = sorted(counts, key=lambda row: -(row.quotes + row.indirect))[:MOST_SECTIONS]
    return [row for row in counts if row in most]


def article_charts(conn: Connection, slug: str) -> list[ChartData]:
    """For each topic with a section: its speakers, stacked by kind.

    An unknown article has no charts.
    """
    counted = Counts(conn)
    return [_chart(counted, row, slug) for row in shown_topics(present_topics(conn, slug))]


def _chart(counted: Counts, row: TopicCount, slug: str) -> ChartData:
    chosen = AttributionFilter(topic=row.topic.id, article=slug)
    return speaker_chart(counted, chosen, row.topic.label, key=f"topic-{row.topic.id}", most=SECTION_SPEAKERS)


def _sections(
    conn: Connection, shown: Sequence[TopicCount], quotes: Sequence[QuoteRow], slug: str
) -> tuple[TopicSection, ...]:
    counted = Counts(conn)
    by_topic = {row.topic.id: [quote for quote in quotes if row.topic.id in quote.topics] for row in shown}
    most = fair_share([len(some) for some in by_topic.values()], MOST_QUOTES)
    return tuple(
        TopicSection(
            row,
            tuple(by_topic[row.topic.id][:most]),
            _chart(counted, row, slug),
            topic_address(row.topic.id, article=slug) if len(by_topic[row.topic.id]) > most else None,
        )
        for row in shown
    )


def fair_share(sizes: Sequence[int], most: int) -> int:
    """How many each of some lists of *sizes* may show so that all together show *most* at most, and each one some."""
    share = max(sizes, default=1)
    while share > 1 and sum(min(size, share) for size in sizes) > most:
        share -= 1
    return share


def _short(blocks: Sequence[Block]) -> bool:
    bytes_in_all = sum(len(block.text.encode()) for block in blocks)
    return sum(nodes(block) for block in blocks) <= INLINE_NODES and bytes_in_all <= INLINE_BYTES


def _speaker_lines(conn: Connection, chosen: AttributionFilter) -> tuple[SpeakerLine, ...]:
    cells: dict[str | None, list[TopicSpeakerCount]] = {}
    for cell in stats.topic_speaker_counts(conn, chosen):
        cells.setdefault(cell.speaker.slug if cell.speaker else None, []).append(cell)
    return tuple(
        SpeakerLine(row, tuple(cells.get(row.speaker.slug if row.speaker else None, ())))
        for row in stats.speaker_counts(conn, chosen)
    )
