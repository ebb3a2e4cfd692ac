"""What the form of a comparison suggests: topics, speakers, articles, publishers and years of the library."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from sqlalchemy import Connection

from app.present.rows import first_words, full_name
from app.store import articles, rankings, stats
from app.store.filters import AttributionFilter
from app.web.contexts import Site
from app.web.things import KINDS, Thing, compare_address, publishers

EVERYTHING = AttributionFilter()
MOST = 12
YEARS = 8

Offer = tuple[str, str]


def offers(conn: Connection, site: Site, without: Sequence[str]) -> tuple[Offer, ...]:
    """Names as the address has them with their words: the most quoted and the newest of each kind.

    What *without* names is not among them.
    """
    speakers = rankings.rank_speakers(conn, EVERYTHING, MOST).rows
    newest = articles.list_articles(conn, limit=MOST).items
    span = stats.date_span(conn, EVERYTHING)
    years = range(span[1].year, span[0].year - 1, -1) if span else ()
    every: list[Offer] = [
        *((f"topic:{one.id}", f"Topic: {one.label}") for one in islice(site.topics, 2 * MOST)),
        *((f"speaker:{row.speaker.slug}", f"Speaker: {full_name(row.speaker)}") for row in speakers if row.speaker),
        *((f"article:{row.slug}", f"Article: {row.title}") for row in newest),
        *((f"publisher:{name}", f"Publisher: {name}") for name in publishers(conn)[:MOST]),
        *((f"period:{year}", f"Year: {year}") for year in years[:YEARS]),
    ]
    return tuple(one for one in every if one[0] not in without)


def examples(offered: Sequence[Offer], things: Sequence[Thing]) -> tuple[Offer, ...]:
    """Comparisons to begin with, in words and with their addresses: two of a kind, or *things* with one of its kind."""
    found: list[Offer] = []
    for kind in KINDS:
        some = [one for one in offered if one[0].startswith(f"{kind}:")]
        if things and kind == things[0].kind:
            return tuple((_short(words), compare_address([things[0].name, name])) for name, words in some[:6])
        if not things and len(some) > 1:
            names, words = zip(*some[:2], strict=True)
            found.append((" and ".join(map(_short, words)), compare_address(names)))
    return tuple(found)


def _short(words: str) -> str:
    return first_words(words.partition(": ")[2], 48)
