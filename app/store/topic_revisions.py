"""The code book as it was after each save, so that a save can be seen, compared and undone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from app.domain import Topic
from app.errors import NotFound
from app.store.schema import topic_revisions as table
from app.store.topics import WORDS


@dataclass(frozen=True, slots=True)
class TopicRevision:
    """The code book, without "other", after the save *number*; number 0 is the one before any save."""

    number: int
    saved: dt.datetime
    note: str
    topics: tuple[Topic, ...]


def current_revision(conn: Connection) -> int:
    """The number of the last save; 0 before any."""
    return conn.scalar(select(func.max(table.c.number))) or 0


def topics_history(conn: Connection) -> list[TopicRevision]:
    """Every revision, newest first."""
    rows = conn.execute(select(table).order_by(table.c.number.desc()))
    return [TopicRevision(row.number, row.saved, row.note, tuple(map(_topic, row.topics))) for row in rows]


def add_revision(
    conn: Connection, before: Sequence[Topic], topics: Sequence[Topic], note: str, *, restores: int | None = None
) -> int:
    """Keep *topics* as the newest revision and say its number.

    Args:
        conn: in a transaction that holds the lock.
        before: the code book before, kept as number 0 where this is the first save and there was one.
        topics: the code book now, without "other".
        note: for the people who read the history.
        restores: the revision whose topics these are, if this is an undo.
    """
    number = current_revision(conn) + 1
    if number == 1 and before:
        _put(conn, 0, before, "As it was before the first change.", None)
    _put(conn, number, topics, note, restores)
    return number


def before_last(conn: Connection) -> TopicRevision:
    """The code book before the last save that is not undone yet: undone twice, it is the one before that.

    Raises:
        NotFound: no save is left to undo.
    """
    restored: dict[int, int | None] = dict(conn.execute(select(table.c.number, table.c.restores)).all())

    def standing(number: int) -> int:
        origin = restored[number]
        return number if origin is None else origin

    last = standing(max(restored)) if restored else 0
    if last - 1 not in restored:
        raise NotFound("There is no earlier code book to go back to.")
    wanted = standing(last - 1)
    return next(one for one in topics_history(conn) if one.number == wanted)


def pack_topics(topics: Iterable[Topic]) -> str:
    """*topics* as JSON, to be kept as one value."""
    return json.dumps([_values(topic) for topic in topics], ensure_ascii=False)


def unpack_topics(packed: str) -> tuple[Topic, ...]:
    """What :func:`pack_topics` made."""
    return tuple(map(_topic, json.loads(packed)))


def _put(conn: Connection, number: int, topics: Sequence[Topic], note: str, restores: int | None) -> None:
    saved = dt.datetime.now(dt.UTC)
    values = {"number": number, "saved": saved, "note": note, "restores": restores}
    conn.execute(insert(table).values(**values, topics=[_values(topic) for topic in topics]))


def _values(topic: Topic) -> dict[str, str | list[str]]:
    lists = {field: list(getattr(topic, field)) for field in WORDS}
    filled = {field: words for field, words in lists.items() if words}
    return {
        "id": topic.id,
        "label": topic.label,
        "description": topic.description,
        "colour": topic.colour,
        **filled,
    }


def _topic(values: dict[str, str | list[str]]) -> Topic:
    return Topic(**{field: tuple(value) if field in WORDS else value for field, value in values.items()})  # type: ignore[arg-type]
