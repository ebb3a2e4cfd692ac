"""Keeps the counts in step with the quotes: whoever writes or deletes quotes says here of which articles.

What changes them must run in a transaction that holds :func:`app.store.meta.lock`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Table, bindparam, delete, except_, func, insert, select, update

from app.store import meta
from app.store.batches import batches
from app.store.count_schema import ALL, count_articles, count_cells, count_speakers, count_topics
from app.store.count_sums import SUMS, cells_of
from app.store.schema import articles

Key = tuple[Any, ...]
Numbers = tuple[int, ...]
Rows = dict[Key, Numbers]
"""Rows of one table: its numbers by its primary key."""

NONE: Numbers = (0, 0, 0)
_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_FROM_QUOTES = cells_of(_IDS)
_KEPT = select(count_cells).where(count_cells.c.article_id.in_(_IDS))
_COUNTED = select(count_articles.c.article_id).where(
    count_articles.c.topic_id == ALL, count_articles.c.article_id.in_(_IDS)
)
_THERE = select(articles.c.id).where(articles.c.id.in_(_IDS), articles.c.deleted.is_(None))


def put_in(conn: Connection, *article_ids: int) -> None:
    """Count the quotes of these articles as they are now, in place of what was counted of them before.

    A deleted article is not counted.
    """
    for some in batches(article_ids):
        touch(conn, *some)
        present = set(conn.scalars(_THERE, {"ids": some}))
        _replace(conn, some, present, _cells(conn.execute(_FROM_QUOTES, {"ids": list(present)})))


def take_out(conn: Connection, *article_ids: int) -> None:
    """Count these articles no more, whether or not their quotes are still there."""
    for some in batches(article_ids):
        touch(conn, *some)
        _replace(conn, some, set(), {})


def touch(conn: Connection, *article_ids: int) -> None:
    """Note that these articles, or their quotes, are others once this transaction is over."""
    following = meta.revision(conn) + 1
    conn.execute(update(articles).where(articles.c.id.in_(article_ids)).values(changed=following))


def rebuild(conn: Connection) -> None:
    """Count everything anew."""
    conn.execute(update(articles).values(changed=meta.revision(conn) + 1))
    for table, rows in SUMS:
        conn.execute(delete(table))
        conn.execute(insert(table).from_select(list(table.c.keys()), rows))


def wrong(conn: Connection) -> list[str]:
    """What does not fit the quotes, a sentence a table; :func:`rebuild` mends it. It reads the whole library."""
    found = []
    for table, rows in SUMS:
        kept, right = select(table), select(rows.subquery())
        ways = (except_(kept, right), except_(right, kept))
        differing = sum(conn.scalar(select(func.count()).select_from(way.subquery())) or 0 for way in ways)
        if differing:
            found.append(f"{differing:,} rows of {table.name} do not fit the quotes")
    return found


def _replace(conn: Connection, ids: list[int], present: set[int], now: Rows) -> None:
    before = _cells(conn.execute(_KEPT, {"ids": ids}))
    were = set(conn.scalars(_COUNTED, {"ids": ids}))
    if before == now and were == present:
        return
    _write(conn, count_cells, before, now)
    by_article = _by_article(before, were), _by_article(now, present)
    _write(conn, count_articles, *by_article)
    by_speaker = _by_speaker(conn, before, now)
    _write(conn, count_speakers, *by_speaker)
    deltas: defaultdict[str, Numbers] = defaultdict(lambda: (0,) * 8)
    for (topic, _), old, new in _both(*by_article):
        delta = (bool(new) - bool(old), *_plus(new or NONE, old or NONE, -1), *(0,) * 4)
        deltas[topic] = _plus(deltas[topic], delta)
    for (topic, _), old, new in _both(*by_speaker):
        delta = (*(0,) * 4, *_plus(_has_any(new or NONE), _has_any(old or NONE), -1))
        deltas[topic] = _plus(deltas[topic], delta)
    _add_to_topics(conn, deltas)


def _cells(rows: Iterable[Any]) -> Rows:
    return {tuple(row[:3]): tuple(row[3:6]) for row in rows}


def _plus(one: Numbers, other: Numbers, sign: int = 1) -> Numbers:
    return tuple(a + sign * b for a, b in zip(one, other, strict=False))


def _both(before: Rows, after: Rows) -> Iterator[tuple[Key, Numbers | None, Numbers | None]]:
    for key in {**before, **after}:
        yield key, before.get(key), after.get(key)


def _by_article(cells: Rows, present: set[int]) -> Rows:
    found: Rows = {(ALL, article): NONE for article in sorted(present)}
    for (topic, _, article), numbers in cells.items():
        found[topic, article] = _plus(found.get((topic, article), NONE), numbers)
    return found


def _by_speaker(conn: Connection, cells: Rows, now: Rows) -> tuple[Rows, Rows]:
    """The rows of the speakers whose counts change: as they are, and as they will be."""
    deltas: Rows = {}
    for sign, some in ((-1, cells), (1, now)):
        for (topic, speaker, _), numbers in some.items():
            deltas[topic, speaker] = _plus(deltas.get((topic, speaker), NONE), numbers, sign)
    wanted = [key for key, delta in deltas.items() if any(delta)]
    before = _known(conn, count_speakers, wanted)
    after = {key: _plus(before.get(key, NONE), deltas[key]) for key in wanted}
    return before, {key: (*numbers, numbers[0] + numbers[1]) for key, numbers in after.items() if any(numbers)}


def _has_any(numbers: Numbers) -> Numbers:
    """Whether there are quotes, and whether there are of each kind."""
    return (int(any(numbers)), *(int(number > 0) for number in numbers[:3]))


def _add_to_topics(conn: Connection, deltas: dict[str, Numbers]) -> None:
    wanted = [(topic,) for topic, delta in deltas.items() if any(delta)]
    before = _known(conn, count_topics, wanted)
    after = {key: _plus(before.get(key, (0,) * 8), deltas[key[0]]) for key in wanted}
    _write(conn, count_topics, before, {key: numbers for key, numbers in after.items() if any(numbers)})


def _known(conn: Connection, table: Table, keys: list[Key]) -> Rows:
    columns = list(table.primary_key)
    found: Rows = {}
    for some in batches(keys):
        # Column by column: SQLite reads the whole table for pairs in a list.
        near = [column.in_(set(values)) for column, values in zip(columns, zip(*some, strict=True), strict=True)]
        rows = conn.execute(select(table).where(*near))
        found |= {tuple(row[: len(columns)]): tuple(row[len(columns) :]) for row in rows}
    return {key: found[key] for key in keys if key in found}


def _write(conn: Connection, table: Table, before: Rows, after: Rows) -> None:
    """Make the rows *before* of *table* those that are *after*."""
    removing, changing, adding = _writing(table)
    names = [f"_{column.name}" for column in table.c]

    def write(statement: Any, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            conn.execute(statement, [dict(zip(names, row, strict=False)) for row in rows])

    write(removing, [key for key in before if key not in after])
    write(changing, [key + row for key, row in after.items() if key in before and row != before[key]])
    write(adding, [key + row for key, row in after.items() if key not in before])


@cache
def _writing(table: Table) -> tuple[Any, Any, Any]:
    given: dict[str, BindParameter[int]] = {column.name: bindparam(f"_{column.name}") for column in table.c}
    place = [column == given[column.name] for column in table.primary_key]
    numbers = {column.name: given[column.name] for column in table.c if not column.primary_key}
    return delete(table).where(*place), update(table).where(*place).values(numbers), insert(table).values(given)
