"""Speakers whose names begin with what a person types, word by word."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from app.store.batches import batches
from app.store.checks import check_limit
from app.store.count_schema import ALL, count_speakers
from app.store.merging import merge_map
from app.store.names import fold_name
from app.store.rows import SpeakerCount
from app.store.schema import speakers
from app.store.speakers import COLUMNS, speaker_of

LONGEST = 200
_MOST_WORDS = 8
_BEFORE_WORDS = (" ", "-", "'", "(", ".")


def suggest_speakers(conn: Connection, typed: str, limit: int = 8) -> tuple[SpeakerCount, ...]:
    """The speakers in whose name some word begins with each word of *typed*, the most quoted first.

    Case, accents and kinds of apostrophes do not count. One that was merged is not among them; the one that speaks in
    its place is, also by the other's name. Without a word nothing is suggested.

    Raises:
        StoreError: *limit* is below 1.
    """
    check_limit(limit)
    words = fold_name(typed[:LONGEST]).split()[:_MOST_WORDS]
    if not words:
        return ()
    merged = merge_map(conn)
    found = set(conn.scalars(select(speakers.c.id).where(*map(_begins, words))))
    found |= _renamed(conn, words)
    chosen = {merged.get(key, key) for key in found}
    counted = and_(count_speakers.c.topic_id == ALL, count_speakers.c.speaker_id == speakers.c.id)
    numbers = [func.coalesce(count_speakers.c[kind], 0).label(kind) for kind in ("direct", "mixed", "indirect")]
    order = (func.coalesce(count_speakers.c.quotes, 0).desc(), numbers[2].desc(), speakers.c.name, speakers.c.id)
    rows: list[Any] = []
    for some in batches(sorted(chosen)):
        wanted = select(*COLUMNS, *numbers, speakers.c.id).outerjoin_from(speakers, count_speakers, counted)
        rows += conn.execute(wanted.where(speakers.c.id.in_(some)).order_by(*order).limit(limit)).all()
    rows.sort(key=lambda row: (-row.direct - row.mixed, -row.indirect, row.speaker_name, row.id))
    return tuple(SpeakerCount(speaker_of(row), row.direct, row.mixed, row.indirect) for row in rows[:limit])


def _begins(word: str) -> ColumnElement[bool]:
    """The condition that a word of the name begins with *word*; names are kept folded as keys."""
    inside = (speakers.c.key.contains(f"{before}{word}", autoescape=True) for before in _BEFORE_WORDS)
    return or_(speakers.c.key.startswith(word, autoescape=True), *inside)


def _renamed(conn: Connection, words: list[str]) -> set[int]:
    """Those whom a person called otherwise, by that name."""
    named = select(speakers.c.id, speakers.c.name).where(speakers.c.machine_name.is_not(None))
    return {key for key, name in conn.execute(named) if all(_in(word, fold_name(name)) for word in words)}


def _in(word: str, name: str) -> bool:
    return name.startswith(word) or any(f"{before}{word}" in name for before in _BEFORE_WORDS)
