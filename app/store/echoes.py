"""The same quote in several articles: found by runs of its words in the index, held to by its words in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from app.store import search
from app.store.attributions import quotes_by_key
from app.store.batches import batches
from app.store.cube.choosing import choose
from app.store.filters import AttributionFilter
from app.store.rows import QuoteRow
from app.store.sameness import FEWEST_SAME, Sameness, Words, sameness, windows
from app.store.schema import articles, quotes
from app.store.search_query import Query, Term
from app.store.search_words import folded_words

ASKED = 8
"""Runs of words that are looked for; a quote that shares none of them is not found."""

CANDIDATES = 200
MOST = 50
LONGEST = 60
"""Words of a quote that are looked at: whatever has as many in common is the same."""

READ = 500
"""Quotes of each side that :func:`shared` looks at, the newest of them."""


@dataclass(frozen=True, slots=True)
class Echo:
    """A quote that says what another says, and how it has its words."""

    quote: QuoteRow
    sameness: Sameness


def echoes_of(conn: Connection, quote: QuoteRow, limit: int = MOST) -> tuple[Echo, ...]:
    """The quotes of other articles with the words of *quote*, a part of them, or nearly these; newest article first.

    At most *limit*, of the 200 that share most runs of four words with it. Its cost does not grow with the library
    but by that of the search. A quote of under three words has none.
    """
    words = folded_words(quote.text)[:LONGEST]
    if len(words) < FEWEST_SAME:
        return ()
    terms = tuple(Term(one) for one in _telling(words))
    query = Query(wanted=(terms,))
    ids = search.ranked(conn, query, search.matching(conn, query), CANDIDATES)
    found: dict[int, Sameness] = {}
    for key, slug, text in _texts(conn, [int(one) for one in ids]):
        how = sameness(words, folded_words(text)[:LONGEST])
        if how is not None and slug != quote.article.slug:
            found[key] = how
    rows = quotes_by_key(conn, found, limit)
    return tuple(Echo(row, found[key]) for key, row in rows.items())


def _telling(words: Words) -> list[Words]:
    """Runs of the words that are looked for: those of the longest words, from all over the quote."""
    every = list(dict.fromkeys(windows(words)))
    if len(every) <= ASKED:
        return every
    stretch = len(every) / ASKED
    parts = (every[int(at * stretch) : int((at + 1) * stretch)] for at in range(ASKED))
    return [max(part, key=lambda run: sum(map(len, run))) for part in parts]


def _texts(conn: Connection, ids: Iterable[int]) -> list[tuple[int, str, str]]:
    words = func.substr(articles.c.text, quotes.c.start + 1, quotes.c.end - quotes.c.start)
    wanted = select(quotes.c.id, articles.c.slug, words).join_from(quotes, articles)
    found: list[tuple[int, str, str]] = []
    for some in batches(ids):
        found += [tuple(row) for row in conn.execute(wanted.where(quotes.c.id.in_(some)))]
    return found


@dataclass(frozen=True, slots=True)
class Shared:
    """One quote as several sides have it: the keys of its rows, side by side."""

    keys: tuple[tuple[int, ...], ...]

    @property
    def sides(self) -> int:
        """How many of them have it."""
        return sum(bool(keys) for keys in self.keys)


def shared(conn: Connection, sides: Sequence[AttributionFilter], most: int = READ) -> tuple[tuple[Shared, ...], bool]:
    """The quotes whose words two or more of *sides* have, those of most sides first; whether all were looked at.

    Of each side the newest *most* are. A quote that is on two sides itself, since both let it through, counts.
    """
    read = [newest_keys(conn, chosen, most + 1) for chosen in sides]
    whole = all(len(keys) <= most for keys in read)
    texts = {
        key: folded_words(text)[:LONGEST] for key, _, text in _texts(conn, {k for keys in read for k in keys[:most]})
    }
    where: dict[int, set[int]] = defaultdict(set)
    for side, keys in enumerate(read):
        for key in keys[:most]:
            where[key].add(side)
    groups = (
        Shared(tuple(tuple(key for key in group if side in where[key]) for side in range(len(sides))))
        for group in _groups(texts)
    )
    found = [group for group in groups if group.sides > 1]
    return tuple(sorted(found, key=lambda group: (-group.sides, -sum(map(len, group.keys))))), whole


def newest_keys(conn: Connection, chosen: AttributionFilter, limit: int) -> list[int]:
    """The row ids of the first *limit* quotes that *chosen* lets through, newest article first."""
    choice = choose(conn, chosen)
    return [int(key) for key in choice.cube.columns.key[choice.places[:limit]]]


def _groups(texts: dict[int, Words]) -> list[list[int]]:
    """Quotes put together with the first of those that say the same; every quote in one group at most."""
    index: dict[Words, list[int]] = defaultdict(list)
    groups: dict[int, list[int]] = {}
    for key, words in texts.items():
        runs = set(windows(words)) if len(words) >= FEWEST_SAME else set()
        heads = {head for run in runs for head in index.get(run, ())}
        head = next((one for one in sorted(heads) if sameness(texts[one], words) is not None), None)
        if head is not None:
            groups[head].append(key)
            continue
        groups[key] = [key]
        for run in runs:
            if len(index[run]) < ASKED:
                index[run].append(key)
    return [group for group in groups.values() if len(group) > 0]
