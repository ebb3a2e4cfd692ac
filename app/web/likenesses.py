"""What several sides say alike, what one says alone, and how two statements differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from app.present.carried import Variant, variant
from app.present.filter_query import query_of
from app.present.replacements import replacements
from app.present.templates import address
from app.store.attributions import quotes_by_key
from app.store.echoes import READ, Echo, Shared, newest_keys, shared
from app.store.rows import QuoteRow
from app.store.sameness import Sameness, sameness
from app.store.search_words import folded_words
from app.web.comparing import pair
from app.web.contexts.compare import Both, Counted, Only, Statements
from app.web.things import Thing

if TYPE_CHECKING:
    from app.web.compare import Compared

MOST_SHARED = 6
LOOKED_AT = 60
"""Quotes in common of which the best are told."""

SHOWN = 6
"""Quotes that stand alone, over all sides."""

WORDS = 6


def said_by_several(conn: Connection, found: Sequence[Compared]) -> tuple[tuple[Both, ...], list[set[int]], bool]:
    """Quotes with the same words on several sides, the keys of these by side, and whether all quotes were looked at.

    A quote that belongs to several sides at once is none of those that are told: the counts tell it.
    """
    groups, whole = shared(conn, [one.chosen for one in found])
    known = [{key for group in groups for key in group.keys[side]} for side in range(len(found))]
    told = [group for group in groups if len({keys[0] for keys in group.keys if keys}) > 1][:LOOKED_AT]
    rows = quotes_by_key(conn, {keys[0] for group in told for keys in group.keys if keys}, LOOKED_AT * len(found))
    labels = [one.thing.label for one in found]
    both = sorted((_both(group, rows, labels) for group in told), key=_interest)
    return tuple(both[:MOST_SHARED]), known, whole


def _interest(one: Both) -> tuple[int, bool]:
    """What most of them say comes first, and before others what they say in different words."""
    return -len(one.others), not any(variant.pieces for _, variant in one.others)


def _both(group: Shared, rows: dict[int, QuoteRow], labels: Sequence[str]) -> Both:
    """The first quote of each side, once where it is one quote on several of them."""
    firsts = {side: keys[0] for side, keys in enumerate(group.keys) if keys}
    first, *others = firsts
    quote = rows[firsts[first]]
    told = [(labels[side], _variant(quote, rows[firsts[side]])) for side in others if firsts[side] != firsts[first]]
    return Both(quote, labels[first], tuple(told))


def _variant(quote: QuoteRow, other: QuoteRow) -> Variant:
    how = sameness(folded_words(quote.text), folded_words(other.text)) or Sameness.NEARLY
    return variant(quote, Echo(other, how))


def alone(
    conn: Connection,
    one: Compared,
    known: set[int],
    topics: tuple[Counted, ...],
    speakers: tuple[Counted, ...],
    sides: int,
) -> Only:
    """What one side has alone: *topics*, *speakers*, and of its newest quotes those that are not in *known*."""
    most = max(1, SHOWN // sides)
    keys = [key for key in newest_keys(conn, one.chosen, READ) if key not in known][:most]
    quotes = list(quotes_by_key(conn, keys, most).values())
    url = address("/search", **query_of(one.chosen))
    return Only(one.thing.label, topics, speakers, tuple(quotes), url)


def statements(conn: Connection, things: Sequence[Thing]) -> Statements | None:
    """How the texts of two articles differ; ``None`` unless both things are articles of one language."""
    if any(thing.kind != "article" for thing in things) or len({thing.language for thing in things}) > 1:
        return None
    found = pair(conn, things[0].value, things[1].value)
    url = address(f"/articles/{found.earlier.row.slug}/versions/{found.later.row.slug}")
    words = [(one.old, one.new) for one in replacements(found.comparison) if one.what == "replaced"]
    counts = {str(kind): count for kind, count in found.comparison.counts.items()}
    return Statements(url, round(100 * found.comparison.alike), counts, tuple(words[:WORDS]))
