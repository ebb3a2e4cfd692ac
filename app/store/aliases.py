"""What the texts call a speaker: the words of the sources that were resolved to it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from app.store.filters import UNNAMED
from app.store.names import fold_name
from app.store.schema import articles, attribution_spans, attributions, speakers

READ = 200
"""Attributions that are looked at, the newest ones: the words of each have to be cut out of a whole article."""
LONGEST = 120
"""Characters of a source; what is longer is a sentence more than a name."""
EDGES = " \t\n.,;:–—-“”\"'‘’«»()[]"


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to name a speaker, as it stands most often, and how often it does in any spelling."""

    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Aliases:
    """The ways to name a speaker, most frequent first.

    Attributes:
        first: as many as were asked for.
        others: how many more there are.
        read: among how many attributions they were looked for.
        whole: whether these are all that the speaker has.
    """

    first: tuple[Alias, ...]
    others: int
    read: int
    whole: bool


def aliases(conn: Connection, slug: str, *, most: int = 12, read: int = READ) -> Aliases:
    """What the texts call the speaker *slug*, or those whom they do not name, in the newest *read* attributions."""
    said: ColumnElement[bool] = attributions.c.speaker_id.is_(None)
    if slug != UNNAMED:
        said = attributions.c.speaker_id == select(speakers.c.id).where(speakers.c.slug == slug).scalar_subquery()
    newest = select(attributions.c.id).where(said).order_by(attributions.c.id.desc()).limit(read + 1)
    keys = conn.scalars(newest).all()
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for words in _sources(conn, list(keys[:read])):
        shown = " ".join(words.split()).strip(EDGES)
        if shown:
            counted[fold_name(shown)][shown] += 1
    found = [Alias(_usual(spellings), spellings.total()) for spellings in counted.values()]
    found.sort(key=lambda one: (-one.count, one.words))
    return Aliases(tuple(found[:most]), max(0, len(found) - most), len(keys[:read]), len(keys) <= read)


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda words: (-spellings[words], words))


def _sources(conn: Connection, keys: list[int]) -> list[str]:
    """The words of each source; one in pieces is put together again."""
    span = attribution_spans.c
    length = span.end - span.start
    rows = conn.execute(
        select(span.attribution_id, func.substr(articles.c.text, span.start + 1, length))
        .join(attributions, attributions.c.id == span.attribution_id)
        .join(articles, articles.c.id == attributions.c.article_id)
        .where(span.attribution_id.in_(keys), span.role == "source", length <= LONGEST)
        .order_by(span.attribution_id.desc(), span.position)
    )
    pieces: dict[int, list[str]] = {}
    for key, words in rows:
        pieces.setdefault(key, []).append(words)
    return [" … ".join(some) for some in pieces.values()]
