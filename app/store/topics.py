"""The topics of the library, in the order that every page shows them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from app.domain import OTHER, Topic
from app.errors import NotFound
from app.store import meta
from app.store.schema import topics as table

WORDS = ("terms", "names", "entities", "excluded", "mentions", "voices", "patterns")
"""The fields of a topic that are lists of words."""

OTHER_TOPIC = Topic(OTHER, "Other", "Quotes that no other topic fits.", "#6b7280")


def all_topics(conn: Connection) -> tuple[Topic, ...]:
    """Every topic in order; "other" is the last."""
    rows = conn.execute(select(table).order_by(table.c.position, table.c.id))
    return tuple(topic_of(row) for row in rows)


def topic_by_id(conn: Connection, topic_id: str) -> Topic:
    """The topic *topic_id*.

    Raises:
        NotFound: the library has no such topic.
    """
    row = conn.execute(select(table).where(table.c.id == topic_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no topic “{topic_id}”.")
    return topic_of(row)


def topic_of(row: Any) -> Topic:
    """The topic in a row that has all columns of the table."""
    names = row._mapping
    return Topic(
        id=names[table.c.id],
        label=names[table.c.label],
        description=names[table.c.description],
        colour=names[table.c.colour],
        **{field: tuple(names[table.c[field]]) for field in WORDS},
    )


def sync_topics(conn: Connection, topics: Iterable[Topic]) -> bool:
    """Make the library's topics those of a code book; whether that changed anything.

    They stand in the order of *topics*. Those the code book no longer has stay behind them, since quotes may
    hang on them, and "other" is always the last. No quote is judged anew.
    """
    meta.lock(conn)
    before = all_topics(conn)
    wanted = with_left_out(topics, before)
    if wanted == before:
        return False
    put_topics(conn, wanted)
    meta.bump(conn)
    return True


def put_topics(conn: Connection, topics: Iterable[Topic]) -> None:
    """Write *topics* in their order over those with the same ids, and add the new ones; none is taken away."""
    known = set(conn.scalars(select(table.c.id)))
    for position, topic in enumerate(topics):
        values = _values(topic, position)
        if topic.id in known:
            conn.execute(update(table).where(table.c.id == topic.id).values(values))
        else:
            conn.execute(insert(table).values(values))


def remove_topics(conn: Connection, ids: Collection[str]) -> None:
    """Take the topics *ids* away, on which nothing may hang any more."""
    if ids:
        conn.execute(delete(table).where(table.c.id.in_(ids)))


def with_left_out(given: Iterable[Topic], before: Iterable[Topic]) -> tuple[Topic, ...]:
    """*given* with those of *before* behind them that they leave out, and "other" as the last."""
    chosen = {topic.id: topic for topic in given}
    for topic in (*before, OTHER_TOPIC):
        chosen.setdefault(topic.id, topic)
    last = chosen.pop(OTHER)
    return (*chosen.values(), last)


def _values(topic: Topic, position: int) -> dict[str, Any]:
    return {
        "id": topic.id,
        "position": position,
        "label": topic.label,
        "description": topic.description,
        "colour": topic.colour,
        **{field: list(getattr(topic, field)) for field in WORDS},
    }
