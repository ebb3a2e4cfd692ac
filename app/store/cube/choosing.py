"""A filter as a mask over the columns, and the places that it leaves in the order of a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from app.domain import AttributionKind
from app.store.confidence import Band
from app.store.cube.keeping import cube_of
from app.store.cube.values import Cube
from app.store.filters import UNNAMED, AttributionFilter
from app.store.schema import articles, speakers
from app.store.search import Term, matching, ranked, read_query, topic_ids

if TYPE_CHECKING:
    from app.store.cube.values import Mask, Numbers

_KINDS = {kind.value: place for place, kind in enumerate(AttributionKind)}
_BANDS = {band.value: place for place, band in enumerate(Band)}
_CORRECTED = {"no": 0, "yes": 1}


class Order(StrEnum):
    """How a list goes: last added article first, latest article first, or what fits the words best first."""

    NEWEST = "newest"
    DATE = "date"
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True)
class Choice:
    """The quotes of *cube* that a filter lets through, as places in its columns, lowest first."""

    cube: Cube
    places: Numbers

    def __len__(self) -> int:
        return len(self.places)


def choose(conn: Connection, chosen: AttributionFilter) -> Choice:
    """The quotes that *chosen* lets through.

    Raises:
        QueryError: its words cannot be looked for.
    """
    import numpy as np  # noqa: PLC0415 - only who filters pays for it

    cube = cube_of(conn)
    return Choice(cube, cube.kept(chosen, lambda: np.flatnonzero(_mask(conn, cube, chosen))))


def ordered(conn: Connection, choice: Choice, chosen: AttributionFilter, order: Order) -> Numbers:
    """The places of *choice* in *order*.

    Raises:
        QueryError: its words cannot be looked for.
    """
    import numpy as np  # noqa: PLC0415

    cube = choice.cube
    if order is Order.RELEVANCE and chosen.words is not None:
        return cube.kept((chosen, order), lambda: cube.places(_ranked(conn, choice, chosen.words or "")))
    if order is Order.DATE:
        by_date = cube.kept("by date", lambda: np.argsort(-cube.columns.day, kind="stable"))
        return cube.kept((chosen, order), lambda: by_date[_places_as_mask(choice)[by_date]])
    return choice.places


def behind(cube: Cube, places: Numbers, key: int, order: Order) -> int | None:
    """Which of *places*, which are in *order*, is the first behind the quote with the row id *key*.

    That quote need not be among them, but in the order by relevance, where only those are that match: then ``None``.
    """
    import numpy as np  # noqa: PLC0415

    found = cube.places(np.array([key]))
    if not len(found):
        return None
    if order is Order.RELEVANCE:
        there = np.flatnonzero(places == found[0])
        return int(there[0]) + 1 if len(there) else None
    if order is Order.DATE:
        rank = cube.kept("ranks", lambda: _ranks(cube))
        places, found = rank[places], rank[found]
    return int(np.searchsorted(places, found[0], "right"))


def _ranked(conn: Connection, choice: Choice, words: str) -> Numbers:
    import numpy as np  # noqa: PLC0415

    return ranked(conn, read_query(conn, words), choice.cube.columns.key[choice.places].astype(np.int64))


def _places_as_mask(choice: Choice) -> Mask:
    import numpy as np  # noqa: PLC0415

    mask = np.zeros(len(choice.cube), np.bool_)
    mask[choice.places] = True
    return mask


def _ranks(cube: Cube) -> Numbers:
    import numpy as np  # noqa: PLC0415

    ranks = np.empty(len(cube), np.int32)
    ranks[np.argsort(-cube.columns.day, kind="stable")] = np.arange(len(cube))
    return ranks


def _mask(conn: Connection, cube: Cube, chosen: AttributionFilter) -> Mask:
    import numpy as np  # noqa: PLC0415

    found = np.ones(len(cube), np.bool_)
    for part in _parts(chosen):
        found &= cube.kept(("mask", part), partial(_one, conn, cube, part))
    return found


def _parts(chosen: AttributionFilter) -> list[AttributionFilter]:
    """*chosen* a field at a time; both ends of a span are one."""
    names = sorted(chosen.given - {"since", "until"})
    parts = [replace(AttributionFilter(), **{name: getattr(chosen, name)}) for name in names]
    if chosen.since is not None or chosen.until is not None:
        parts.append(AttributionFilter(since=chosen.since, until=chosen.until))
    return parts


def _one(conn: Connection, cube: Cube, part: AttributionFilter) -> Mask:
    columns = cube.columns
    if part.topic is not None:
        return cube.has_topic(part.topic)
    if part.words is not None:
        return _matched(conn, cube, part.words)
    if part.since is not None or part.until is not None:
        day = columns.day
        first, last = part.since or dt.date.min, part.until or dt.date.max
        within: Mask = (day >= first.toordinal()) & (day <= last.toordinal()) & (day > 0)
        return within
    listed: tuple[tuple[Any, Numbers, Callable[[Any], int]], ...] = (
        (part.speaker, columns.speaker, lambda slug: _speaker(conn, slug)),
        (part.article, columns.article, lambda slug: _article(conn, slug)),
        (part.kind, columns.kind, lambda kind: _KINDS.get(kind, -1)),
        (part.confidence, columns.band, lambda band: _BANDS.get(band, -1)),
        (part.corrected, columns.corrected, lambda answer: _CORRECTED.get(answer, -1)),
        (part.publisher, columns.publisher, lambda name: _place(cube.publishers, name)),
        (part.language, columns.language, lambda code: _place(cube.languages, code)),
    )
    ((value, column, number),) = [one for one in listed if one[0] is not None]
    same: Mask = column == number(value)
    return same


def _place(names: Any, name: str) -> int:
    return names.index(name) if name in names else -1


def _speaker(conn: Connection, slug: str) -> int:
    if slug == UNNAMED:
        return 0
    return conn.scalar(select(speakers.c.id).where(speakers.c.slug == slug)) or -1


def _article(conn: Connection, slug: str) -> int:
    return conn.scalar(select(articles.c.id).where(articles.c.slug == slug)) or -1


def _matched(conn: Connection, cube: Cube, words: str) -> Mask:
    import numpy as np  # noqa: PLC0415

    query = read_query(conn, words)
    if query.wanted:  # the topics of what these words match stand in the columns
        asked, groups, others = replace(query, topics=(), other_topics=()), query.topics, query.other_topics
    else:
        asked, groups, others = query, (), ()
    mask = np.zeros(len(cube), np.bool_)
    mask[cube.places(matching(conn, asked))] = True
    for group in groups:
        mask &= _any_topic(conn, cube, group)
    if others:
        mask &= ~_any_topic(conn, cube, others)
    return mask


def _any_topic(conn: Connection, cube: Cube, terms: Iterable[Term]) -> Mask:
    import numpy as np  # noqa: PLC0415

    found: Mask = np.logical_or.reduce([cube.has_topic(topic) for topic in topic_ids(conn, terms)])
    return found
