"""The speakers of the chosen quotes page by page, each with the topics it speaks on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from app.errors import NotFound
from app.store.batches import batches
from app.store.checks import check_limit
from app.store.cube import tallying
from app.store.cube.choosing import Choice, choose
from app.store.filters import UNNAMED, AttributionFilter
from app.store.rows import Page, SpeakerCount, SpeakerRow
from app.store.schema import speakers as table
from app.store.speaker_names import named_like, ranks_by_name
from app.store.speakers import COLUMNS, speaker_of

if TYPE_CHECKING:
    from app.store.cube.tallying import Tally
    from app.store.cube.values import Cube, Numbers

NOBODY = 0


class Sort(StrEnum):
    """How the list goes: most quotes first, or by name with nobody last."""

    QUOTES = "quotes"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class SpeakerTopics:
    """A speaker with its counts; ``topics`` has quotes in marks and indirect ones for each topic it speaks on."""

    count: SpeakerCount
    topics: Mapping[str, tuple[int, int]]


def list_speakers(
    conn: Connection,
    chosen: AttributionFilter,
    *,
    limit: int,
    after: str | None = None,
    sort: Sort = Sort.QUOTES,
    name: str = "",
) -> Page[SpeakerTopics]:
    """The speakers of the quotes that *chosen* lets through; one of them is nobody, where nobody is named.

    Args:
        conn: an open connection.
        chosen: a value in it that nothing has gives an empty page.
        limit: speakers on a page, at least 1.
        after: the ``next`` of the page before.
        sort: the order; those with as many quotes come by name.
        name: only those whose names have all of these words, or beginnings or ends of words.

    Raises:
        NotFound: *after* is not in the list.
        StoreError: *limit* is below 1.
        QueryError: the words of *chosen* cannot be looked for.
    """
    check_limit(limit)
    choice = choose(conn, chosen)
    tally = tallying.by(choice, "speaker")
    order = _order(conn, choice.cube, tally, sort)
    if name.strip():
        order = _named(conn, order, name)
    start = 0 if after is None else _behind(conn, order, after)
    keys: list[int] = order[start : start + limit].tolist()
    rows = _rows(conn, keys)
    cells = _cells(choice, keys)
    items = tuple(SpeakerTopics(SpeakerCount(rows.get(key), *map(int, tally[key])), cells.get(key, {})) for key in keys)
    return Page(len(order), items, _cursor(items[-1]) if start + limit < len(order) else None)


def in_same_articles(conn: Connection, slug: str, most: int) -> tuple[tuple[SpeakerRow, int], ...]:
    """The *most* speakers who are quoted in most of the articles that quote *slug*, each with how many these are."""
    import numpy as np  # noqa: PLC0415 - only who counts from the columns pays for it

    choice = choose(conn, AttributionFilter(speaker=slug))
    columns = choice.cube.columns
    mine = np.unique(columns.article[choice.places])
    if not len(mine):
        return ()
    there = np.flatnonzero(np.isin(columns.article, mine))
    pairs = np.unique(np.stack((columns.speaker[there], columns.article[there])), axis=1)
    counted = np.bincount(pairs[0])
    counted[NOBODY] = 0
    counted[columns.speaker[choice.places[0]]] = 0
    first = np.lexsort((np.arange(len(counted)), -counted))[:most]
    keys = [int(key) for key in first if counted[key]]
    rows = _rows(conn, keys)
    return tuple((rows[key], int(counted[key])) for key in keys)


def _order(conn: Connection, cube: Cube, tally: Tally, sort: Sort) -> Numbers:
    """The numbers of all who have a quote."""
    import numpy as np  # noqa: PLC0415

    ranks = cube.kept("speakers by name", lambda: ranks_by_name(conn))
    keys = np.flatnonzero(tally.sum(axis=1))
    place = ranks[np.minimum(keys, len(ranks) - 1)]
    if sort is Sort.NAME:
        found: Numbers = keys[np.lexsort((keys, place, keys == NOBODY))]
        return found
    some = tally[keys]
    found = keys[np.lexsort((keys, place, -some[:, 2], -some[:, 0] - some[:, 1]))]
    return found


def _named(conn: Connection, order: Numbers, name: str) -> Numbers:
    import numpy as np  # noqa: PLC0415

    kept: Numbers = order[np.isin(order, list(named_like(conn, name)))]
    return kept


def _behind(conn: Connection, order: Numbers, after: str) -> int:
    key = NOBODY if after == UNNAMED else conn.scalar(select(table.c.id).where(table.c.slug == after))
    places: list[int] = order.tolist()
    if key not in places:
        raise NotFound(f"“{after}” is not in this list of speakers, which may have changed: begin with its first page.")
    return places.index(key) + 1


def _cursor(last: SpeakerTopics) -> str:
    return last.count.speaker.slug if last.count.speaker else UNNAMED


def _rows(conn: Connection, keys: Iterable[int]) -> dict[int, SpeakerRow]:
    found: dict[int, Any] = {}
    for some in batches(keys):
        found |= {
            row.id: speaker_of(row) for row in conn.execute(select(table.c.id, *COLUMNS).where(table.c.id.in_(some)))
        }
    return found


def _cells(choice: Choice, keys: list[int]) -> dict[int, dict[str, tuple[int, int]]]:
    """For each of *keys*, its topics with both counts."""
    import numpy as np  # noqa: PLC0415

    theirs = np.isin(choice.cube.columns.speaker[choice.places], keys)
    found: dict[int, dict[str, tuple[int, int]]] = {}
    for topic, tally in tallying.by_topic_and(Choice(choice.cube, choice.places[theirs]), "speaker"):
        for key in np.flatnonzero(tally.sum(axis=1)).tolist():
            found.setdefault(key, {})[topic] = int(tally[key, 0] + tally[key, 1]), int(tally[key, 2])
    return found
