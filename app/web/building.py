"""From the store to each page's context. The HTML, the JSON and the charts of a page all come through here."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from app.domain import Action, AttributionKind
from app.errors import NotFound
from app.present.carried import variant
from app.present.chart_data import MOST_ROWS, MOST_SPEAKERS, ChartData, speaker_bars, topic_bars
from app.present.citing.cited import cited
from app.present.evidence import namings, reasons
from app.present.templates import address
from app.present.theme import topic_class
from app.store import articles, attributions, rankings, stats
from app.store.accuracy import accuracy
from app.store.corrections import history
from app.store.echoes import echoes_of
from app.store.filters import AttributionFilter
from app.store.rows import QuoteRow, TopicCount
from app.store.topic_revisions import current_revision
from app.web import keeping
from app.web.contexts import (
    BoardPage,
    QuotePage,
    RejectedPage,
    Site,
    TopicPage,
    TopicsPage,
)
from app.web.facets import Counts, PageAt, filter_bar, ranking
from app.web.filtering import View
from app.web.listing import Listed

EVERYTHING = AttributionFilter()
ON_THE_BOARD = 6
LATEST = 3
READ = 15
"""Quotes of each kind among which the latest are chosen."""
MOST_CORRECTIONS = 50
TOPIC_SPEAKERS = 3
SPEAKERS_COMPARED = 3 * MOST_SPEAKERS
"""Those with most quotes in the library; the chart shows the ones of them with most over its topics."""


def topic_address(topic: str, speaker: str | None = None, **more: str | None) -> str:
    """The page of *topic*, filtered."""
    return address(f"/topics/{topic}", speaker=speaker, **more)


def board_chart(conn: Connection) -> ChartData:
    """Quotes by topic and speaker, over the whole library; topics without a quote have no bar."""
    return _board_chart(conn, stats.topic_counts(conn, EVERYTHING))


def _board_chart(conn: Connection, topics: tuple[TopicCount, ...]) -> ChartData:
    cells = rankings.topics_by_speakers(conn, topics, SPEAKERS_COMPARED)
    quoted = [row for row in topics if row.quotes]
    return topic_bars("topics", "Quotes by topic and speaker", quoted, cells, topic_address)


def board(conn: Connection, site: Site, reading: int = 0) -> BoardPage:
    """The context of ``/`` while *reading* documents are being read."""
    topics = stats.topic_counts(conn, EVERYTHING)
    return BoardPage(
        site=site,
        counts=stats.library_counts(conn),
        topics=topics,
        chart=_board_chart(conn, topics),
        charts_url=address("/charts.json", v=str(site.revision)),
        latest=_latest(conn),
        articles=articles.list_articles(conn, limit=ON_THE_BOARD),
        reading=reading,
        accuracy=accuracy(conn),
    )


def _latest(conn: Connection) -> tuple[QuoteRow, ...]:
    """Quotes in marks of the newest articles that have some, each by another speaker as far as there are some."""
    in_marks = (AttributionFilter(kind=kind.value) for kind in (AttributionKind.DIRECT, AttributionKind.MIXED))
    quoted = [quote for chosen in in_marks for quote in attributions.list_quotes(conn, chosen, limit=READ).items]
    longest = sorted(quoted, key=lambda quote: -min(len(quote.text), 160))
    chosen: dict[str, QuoteRow] = {}
    for quote in longest:
        chosen.setdefault(quote.speaker.slug if quote.speaker else "", quote)
    return tuple(list(chosen.values())[:LATEST])


def speaker_chart(
    counted: Counts, chosen: AttributionFilter, label: str, *, key: str = "speakers", most: int = MOST_ROWS
) -> ChartData:
    """The speakers of the chosen quotes on one topic, stacked by kind; a click narrows the topic's page."""
    topic_id = chosen.topic or ""

    def narrowed(speaker: str, kind: AttributionKind | None) -> str:
        narrower = replace(chosen, speaker=speaker, kind=kind.value if kind else chosen.kind)
        return PageAt(f"/topics/{topic_id}", narrower, {}).url(narrower)

    found = counted(ranking, chosen)
    title, topic = f"Who speaks on {label}", topic_class(topic_id)
    return speaker_bars(key, title, found.rows, narrowed, topic=topic, most=most, beyond=found.others)


def topic_list(conn: Connection, site: Site) -> TopicsPage:
    """The context of ``/topics``."""
    topics = stats.topic_counts(conn, EVERYTHING)
    most = rankings.leading_speakers(conn, [row.topic.id for row in topics], TOPIC_SPEAKERS)
    return TopicsPage(
        site=site,
        topics=topics,
        speakers=most,
        revision=current_revision(conn),
        undoable=keeping.can_undo(conn),
    )


def topic(conn: Connection, site: Site, chosen: AttributionFilter, view: View) -> TopicPage:
    """The context of ``/topics/{id}``.

    Raises:
        NotFound: there is no such topic, or the page begins behind no quote.
    """
    counted = Counts(conn)
    row = topic_count(counted, site, chosen)
    quotes = attributions.list_quotes(conn, chosen, after=view.after, order=view.order)
    listed = Listed(f"/topics/{row.topic.id}", chosen, view.order, view.after)
    return TopicPage(
        site=site,
        topic=row,
        filters=chosen,
        bar=filter_bar(counted, site, listed.asked, fixed=("topic",), left=quotes.total),
        chart=speaker_chart(counted, chosen, row.topic.label),
        charts_url=listed.charts(site),
        quotes=quotes,
        orders=listed.orders(),
        downloads=listed.downloads(quotes.total),
        next_url=listed.following(quotes.next),
        first_url=listed.first(),
    )


def topic_chart(conn: Connection, site: Site, chosen: AttributionFilter) -> ChartData:
    """The chart of a topic's page.

    Raises:
        NotFound: there is no such topic.
    """
    counted = Counts(conn)
    return speaker_chart(counted, chosen, topic_count(counted, site, chosen).topic.label)


def topic_count(counted: Counts, site: Site, chosen: AttributionFilter) -> TopicCount:
    """The topic of *chosen* with its counts under all of it.

    Raises:
        NotFound: there is no such topic.
    """
    found = next((one for one in site.topics if one.id == chosen.topic), None)
    if found is None:
        raise NotFound(f"There is no topic “{chosen.topic}”.")
    counts = {row.kind: row.count for row in counted(stats.kind_counts, chosen)}
    indirect = counts.pop(AttributionKind.INDIRECT, 0)
    return TopicCount(found, sum(counts.values()), indirect)


def quote(conn: Connection, site: Site, quote_id: str) -> QuotePage:
    """The context of ``/quotes/{id}``.

    Raises:
        NotFound: there is no such quote.
    """
    row = attributions.quote_by_id(conn, quote_id)
    # Whoever sees a part of the library is not told what else there is.
    variants = tuple(variant(row, echo) for echo in echoes_of(conn, row)) if site.visitor.whole else ()
    said = history(conn, quote_id=quote_id, limit=MOST_CORRECTIONS).items
    how = cited(articles.article_row(conn, row.article.slug), row)
    if all(one.refers is None for one in row.evidence):
        return QuotePage(site, row, how, reasons(row), (), variants, said)
    whole = articles.article_text(conn, row.article.slug)
    found = namings(row, whole.text, whole.paragraphs)
    return QuotePage(site, row, how, reasons(row, whole.paragraphs), found, variants, said)


def rejected(conn: Connection, site: Site, quote_id: str) -> RejectedPage | None:
    """The context of ``/quotes/{id}`` where a person said that it is no quote, if one did."""
    said = history(conn, quote_id=quote_id, limit=MOST_CORRECTIONS).items
    found = next((one for one in said if one.in_force and one.action is Action.REJECT), None)
    return None if found is None else RejectedPage(site, found, said)
