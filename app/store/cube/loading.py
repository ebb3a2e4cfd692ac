"""The columns read from the tables: all of them, or those of the articles that changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, Text, case, cast, func, select

from app.domain import AttributionKind
from app.store import meta
from app.store.confidence import Band, in_band
from app.store.cube.values import Columns, Cube
from app.store.filters import language_shown, publisher_shown
from app.store.schema import articles, attributions, quote_topics, quotes, topics

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ARTICLES, QUOTES = 2_000, 50_000
"""Row ids that one statement looks at."""
_SMALL = {
    "key": "int64",
    "kind": "int8",
    "band": "int8",
    "corrected": "int8",
    "language": "int16",
    "publisher": "int32",
}
_KINDS = {kind.value: place for place, kind in enumerate(AttributionKind)}
_BAND = case(*((in_band(band), place) for place, band in enumerate(Band)), else_=0)
_NAMES = ("key", "article", "speaker", "kind", "band", "corrected", "start")


def _listed(number: ColumnElement[Any]) -> ColumnElement[str]:
    """All of them in one text: a million rows one by one would take Python seconds."""
    return func.aggregate_strings(cast(number, Text), ",")


_QUOTES = (
    select(
        *map(
            _listed,
            (
                quotes.c.id,
                quotes.c.article_id,
                func.coalesce(attributions.c.speaker_id, 0),
                case(_KINDS, value=quotes.c.kind),
                _BAND,
                case((quotes.c.corrected != "", 1), else_=0),
                quotes.c.start,
            ),
        )
    )
    .join_from(quotes, attributions, attributions.c.id == quotes.c.attribution_id)
    .join(articles, articles.c.id == quotes.c.article_id)
    .where(articles.c.deleted.is_(None))
)
_TAGS: Select[Any] = select(quote_topics.c.topic_id, _listed(quote_topics.c.quote_id)).group_by(quote_topics.c.topic_id)
_ARTICLES = select(articles.c.id, publisher_shown, language_shown, articles.c.date)


def read_cube(conn: Connection) -> Cube:
    """All quotes, as *conn* sees them; of what is written meanwhile some may be there, and :func:`newer` has the rest.

    The revision comes first: PostgreSQL shows each statement what was saved before it.
    """
    revision = meta.revision(conn)
    known = tuple(conn.scalars(select(topics.c.id).order_by(topics.c.position, topics.c.id)))
    lists: tuple[list[str], list[str]] = ([], [])
    of_quotes = _parts(conn, _QUOTES, quotes.c.article_id, articles.c.id, ARTICLES)
    of_tags = _parts(conn, _TAGS, quote_topics.c.quote_id, quotes.c.id, QUOTES)
    columns = _read(of_quotes, of_tags, conn.execute(_ARTICLES), known, lists)
    return Cube(revision, columns, known, *lists)


def newer(conn: Connection, cube: Cube) -> Cube:
    """*cube* with what changed since it was read; what did not change is taken over."""
    import numpy as np  # noqa: PLC0415 - only who filters pays for it

    revision = meta.revision(conn)
    known = list(cube.topics)
    known += [one for one in conn.scalars(select(topics.c.id).order_by(topics.c.position)) if one not in known]
    changed = articles.c.changed > cube.revision
    ids = np.array(conn.scalars(select(articles.c.id).where(changed)).all(), np.int64)
    lists = list(cube.publishers), list(cube.languages)
    of_changed = select(quotes.c.id).join(articles, articles.c.id == quotes.c.article_id).where(changed)
    tags = _TAGS.where(quote_topics.c.quote_id.in_(of_changed))
    of_quotes, of_tags, of_articles = (
        conn.execute(some).all() for some in (_QUOTES.where(changed), tags, _ARTICLES.where(changed))
    )
    added = _read(of_quotes, of_tags, of_articles, known, lists)
    kept = _only(cube.columns, ~np.isin(cube.columns.article, ids), len(added.topics))
    places = np.searchsorted(-kept.article, -added.article)
    merged = {name: np.insert(getattr(kept, name), places, getattr(added, name)) for name in _names()}
    both = zip(kept.topics, added.topics, strict=True)
    bits = tuple(np.insert(old, places, new) for old, new in both)
    return Cube(revision, Columns(**merged, topics=bits), tuple(known), *lists)


def _names() -> list[str]:
    return [one.name for one in fields(Columns) if one.name != "topics"]


def _only(columns: Columns, wanted: NDArray[np.bool_], rows: int) -> Columns:
    import numpy as np  # noqa: PLC0415

    bits = [row[wanted] for row in columns.topics]
    bits += [np.zeros(int(wanted.sum()), np.uint64) for _ in range(rows - len(bits))]
    return replace(columns, **{name: getattr(columns, name)[wanted] for name in _names()}, topics=tuple(bits))


def _parts(conn: Connection, rows: Any, key: ColumnElement[int], every: ColumnElement[int], step: int) -> Iterator[Any]:
    """*rows* in parts, by the row ids that *key* names among *every*."""
    highest = conn.scalar(select(func.max(every))) or 0
    for first in range(0, highest, step):
        yield from conn.execute(rows.where(key > first, key <= first + step))


def _read(
    of_quotes: Iterable[Any],
    of_tags: Iterable[Any],
    of_articles: Iterable[Any],
    known: Sequence[str],
    lists: tuple[list[str], list[str]],
) -> Columns:
    import numpy as np  # noqa: PLC0415

    parts = [np.array([_numbers(one) for one in row]) for row in of_quotes if row[0]]
    every = np.concatenate([np.empty((len(_NAMES), 0), np.int64), *parts], axis=1)
    found = dict(zip(_NAMES, every, strict=True))
    order = np.lexsort((found["key"], found.pop("start"), -found["article"]))
    found = {name: values[order] for name, values in found.items()}
    found |= _of_articles(of_articles, found["article"], lists)
    columns = {name: values.astype(_SMALL.get(name, "int32")) for name, values in found.items()}
    return Columns(**columns, topics=_bits(of_tags, columns["key"], known))


def _bits(of_tags: Iterable[Any], keys: NDArray[np.int64], known: Sequence[str]) -> tuple[NDArray[np.uint64], ...]:
    import numpy as np  # noqa: PLC0415

    bits = [np.zeros(len(keys), np.uint64) for _ in range(-(-len(known) // 64) or 1)]
    places = {topic: place for place, topic in enumerate(known)}
    order = np.argsort(keys, kind="stable")
    ascending = keys[order]
    for topic, text in of_tags:
        if topic not in places or not len(keys):
            continue
        tagged = _numbers(text)
        at = np.minimum(np.searchsorted(ascending, tagged), len(keys) - 1)
        there = ascending[at] == tagged
        # Each quote has a topic once, so that no place comes twice and the bits can be set together.
        bits[places[topic] // 64][order[at[there]]] |= np.uint64(1 << places[topic] % 64)
    return tuple(bits)


def _numbers(text: str) -> NDArray[np.int64]:
    import numpy as np  # noqa: PLC0415

    return np.fromstring(text, np.int64, sep=",")


def _of_articles(
    rows: Iterable[Any], owners: NDArray[np.int64], lists: tuple[list[str], list[str]]
) -> dict[str, NDArray[np.int64]]:
    """The publisher, the language and the day of each quote's article."""
    import numpy as np  # noqa: PLC0415

    codes = [{name: place for place, name in enumerate(some)} for some in lists]
    table = [
        (
            key,
            *(code.setdefault(name, len(code)) for code, name in zip(codes, names, strict=True)),
            day.toordinal() if day else 0,
        )
        for key, *names, day in rows
    ]
    for some, code in zip(lists, codes, strict=True):
        some[:] = code
    every = np.array(sorted(table), np.int64).reshape(-1, 4)
    if not len(every):
        every = np.zeros((1, 4), np.int64)
    at = np.minimum(np.searchsorted(every[:, 0], owners), len(every) - 1)
    return {name: every[at, place] for place, name in enumerate(("publisher", "language", "day"), start=1)}
