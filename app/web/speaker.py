"""From the store to the page of one speaker, its charts, and the same as JSON."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from app.domain import AttributionKind
from app.present import quote_json
from app.present.chart_data import ChartData, topic_kind_bars
from app.present.filter_query import query_of
from app.present.rows import full_name
from app.present.speaker_words import other_members, speaker_kind
from app.present.templates import address
from app.present.time_data import TimeChart
from app.store import stats
from app.store.aliases import aliases
from app.store.attributions import list_quotes
from app.store.cube.counting import count_articles
from app.store.filters import UNNAMED, AttributionFilter
from app.store.rows import ArticleCount, SpeakerRow
from app.store.speaker_lists import in_same_articles
from app.store.speakers import speaker_by_slug
from app.web import schemas
from app.web.contexts import Site, SpeakerPage
from app.web.contexts.speakers import Companion, Number
from app.web.facets import Counts, filter_bar
from app.web.filtering import View
from app.web.listing import Listed
from app.web.shapes import speakers as shapes
from app.web.timing import TimeView, chart_of, search_address

QUOTES = 9
"""Fewer than on other pages, since this one has two charts besides."""
ARTICLES = 5
PUBLISHERS = 5
COMPANY = 4
TIMES = 18
BARS = 12


def speaker_of(conn: Connection, slug: str) -> SpeakerRow | None:
    """The speaker *slug*, or ``None`` for those whom the text does not name.

    Raises:
        NotFound: there is no such speaker.
    """
    return None if slug == UNNAMED else speaker_by_slug(conn, slug)


def speaker_page(conn: Connection, site: Site, chosen: AttributionFilter, view: View) -> SpeakerPage:
    """The context of ``/speakers/{slug}``; *chosen* has the speaker.

    Raises:
        NotFound: there is no such speaker, or no quote to begin behind.
        QueryError: the words of *chosen* cannot be looked for.
    """
    slug = chosen.speaker or UNNAMED
    who = speaker_of(conn, slug)
    counted = Counts(conn)
    listed = Listed(f"/speakers/{slug}", chosen, view.order, view.after)
    quotes = list_quotes(conn, chosen, limit=QUOTES, after=view.after, order=view.order)
    return SpeakerPage(
        site=site,
        speaker=who,
        slug=slug,
        name=full_name(who),
        kind=speaker_kind(who),
        members=other_members(who),
        aliases=aliases(conn, slug),
        bar=filter_bar(counted, site, listed.asked, fixed=("speaker",), left=quotes.total),
        kinds=_kinds(counted, chosen),
        span=stats.date_span(conn, chosen),
        number_of_articles=count_articles(conn, chosen),
        topics=topic_chart(conn, chosen),
        time=time_chart(conn, site, chosen),
        charts_url=listed.charts(site),
        articles=_articles(conn, chosen),
        publishers=_publishers(counted, chosen),
        company=_company(conn, slug),
        quotes=quotes,
        orders=listed.orders(),
        downloads=listed.downloads(quotes.total),
        next_url=listed.following(quotes.next),
        first_url=listed.first(),
        compare_url=address("/compare", **{"with": f"speaker:{slug}"}),
        time_url=address("/time", **query_of(chosen)),
        json_url=address(f"/speakers/{slug}.json", **query_of(chosen, "speaker", order=view.order)),
    )


def topic_chart(conn: Connection, chosen: AttributionFilter) -> ChartData:
    """On what the speaker speaks, stacked by kind; topics with most quotes first."""
    kinds = [kind for kind in AttributionKind if chosen.kind in (None, kind.value)]
    counts = {kind: stats.topic_counts(conn, replace(chosen, kind=kind.value)) for kind in kinds}

    def narrowed(topic: str, kind: AttributionKind | None) -> str:
        return search_address(replace(chosen, topic=topic, kind=kind.value if kind else chosen.kind))

    return topic_kind_bars("topics", "On which topics", counts, narrowed, only=chosen.topic, most=BARS)


def time_chart(conn: Connection, site: Site, chosen: AttributionFilter) -> TimeChart:
    """When the speaker speaks, by topic."""
    return chart_of(conn, site, chosen, TimeView(), most=TIMES)


def _kinds(counted: Counts, chosen: AttributionFilter) -> tuple[Number, ...]:
    return tuple(
        Number(row.kind.value, row.count, search_address(replace(chosen, kind=row.kind.value)))
        for row in counted(stats.kind_counts, chosen)
    )


def _articles(conn: Connection, chosen: AttributionFilter) -> tuple[tuple[ArticleCount, str], ...]:
    rows = stats.article_counts(conn, chosen, limit=ARTICLES)
    return tuple((row, search_address(replace(chosen, article=row.article.slug))) for row in rows)


def _publishers(counted: Counts, chosen: AttributionFilter) -> tuple[Number, ...]:
    rows = counted(stats.publisher_counts, chosen)[:PUBLISHERS]
    return tuple(
        Number(row.value, row.quotes + row.indirect, search_address(replace(chosen, publisher=row.value)))
        for row in rows
    )


def _company(conn: Connection, slug: str) -> tuple[Companion, ...]:
    return tuple(
        Companion(who, number, f"/compare?with=speaker:{slug}&with=speaker:{who.slug}")
        for who, number in in_same_articles(conn, slug, COMPANY)
    )


def as_json(page: SpeakerPage, chosen: AttributionFilter) -> shapes.SpeakerPage:
    """``/speakers/{slug}.json``: the speaker, its counts under *chosen*, and a page of its quotes."""
    first, last = page.span or (None, None)
    return {
        "speaker": quote_json.speaker(page.speaker),
        "filters": query_of(chosen, "speaker"),
        "aliases": {
            "items": [{"words": one.words, "count": one.count} for one in page.aliases.first],
            "others": page.aliases.others,
            "attributions_read": page.aliases.read,
            "all_read": page.aliases.whole,
        },
        "kinds": {one.words: one.count for one in page.kinds},
        "first": first.isoformat() if first else None,
        "last": last.isoformat() if last else None,
        "articles": page.number_of_articles,
        "publishers": [{"name": one.words or None, "quotes": one.count} for one in page.publishers],
        "topics": [
            {"label": bar.label, "counts": {part.series: part.count for part in bar.parts}} for bar in page.topics.rows
        ],
        "in_same_articles": [
            {"speaker": quote_json.speaker(one.speaker), "articles": one.articles} for one in page.company
        ],
        "facets": schemas.facets(page.bar),
        **schemas.listing(page.quotes, quote_json.quote, schemas.in_json(page.next_url)),
    }
