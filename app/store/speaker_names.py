"""Speakers by what they are called: the name that the text gave, or the one that a person gave."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, or_, select

from app.domain import SpeakerKind
from app.store.merging import merge_map
from app.store.names import fold_name
from app.store.rows import SpeakerRow
from app.store.schema import speakers as table
from app.store.speakers import COLUMNS, speaker_of

if TYPE_CHECKING:
    from app.store.cube.values import Numbers

LONGEST_NAME = 200
"""Characters of a name that can be typed, by which it is put in order, and that are looked for in one."""
MOST = 20
MOST_WORDS = 8


def speakers_named(conn: Connection, name: str) -> tuple[SpeakerRow, ...]:
    """Those called *name*, whatever its case and accents, the one who was first so called first; none that was never
    resolved. At most 20.
    """
    wanted = fold_name(name[:LONGEST_NAME])
    named = or_(table.c.key == wanted, table.c.id.in_(_renamed(conn, lambda given: given == wanted)))
    resolved = table.c.kind != SpeakerKind.UNRESOLVED.value
    rows = conn.execute(select(*COLUMNS).where(named, resolved).order_by(table.c.id).limit(MOST))
    return tuple(found for row in rows if (found := speaker_of(row)) is not None)


def named_like(conn: Connection, typed: str) -> set[int]:
    """The row ids of those in whose names stands each word of *typed*, whatever its case and accents.

    Where one was merged with another, that is the one that speaks in its place.
    """
    words = fold_name(typed[:LONGEST_NAME]).split()[:MOST_WORDS]
    by_text = select(table.c.id).where(*(table.c.key.contains(word, autoescape=True) for word in words))
    found = {*conn.scalars(by_text), *_renamed(conn, lambda given: all(word in given for word in words))}
    merged = merge_map(conn)
    return {merged.get(key, key) for key in found}


def ranks_by_name(conn: Connection) -> Numbers:
    """The place of each speaker in the order of all names, by row id; 0 where there is no such row."""
    import numpy as np  # noqa: PLC0415 - only who counts from the columns pays for it

    given = {key: name[:LONGEST_NAME] for key, name in _given(conn).items()}
    keys = conn.execute(select(table.c.id, func.substr(table.c.key, 1, LONGEST_NAME)))
    known = {key: given.get(key, name) for key, name in keys}
    ordered = sorted(known, key=lambda key: (known[key], key))
    ranks = np.zeros(max(ordered, default=0) + 1, np.int64)
    ranks[ordered] = np.arange(1, len(ordered) + 1)
    return ranks


def _renamed(conn: Connection, fits: Callable[[str], bool]) -> set[int]:
    return {key for key, name in _given(conn).items() if fits(name)}


def _given(conn: Connection) -> dict[int, str]:
    """By row id, the folded names that persons gave; the key of a speaker stays the one of the text."""
    named = select(table.c.id, table.c.name).where(table.c.machine_name.is_not(None))
    return {key: fold_name(name) for key, name in conn.execute(named)}
