"""Suggestions of topics that a person does not want to see again."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from app.store import meta
from app.store.schema import dismissed_suggestions as table


def dismissed(conn: Connection) -> frozenset[str]:
    """The keys of the suggestions that were dismissed."""
    return frozenset(conn.scalars(select(table.c.key)))


def dismiss(conn: Connection, key: str) -> None:
    """Show the suggestion *key* no more, until it is restored. Call it first in a transaction."""
    meta.lock(conn)
    if key not in dismissed(conn):
        conn.execute(insert(table).values(key=key))
        meta.bump(conn)


def restore(conn: Connection, key: str) -> None:
    """Show the suggestion *key* again. Call it first in a transaction."""
    meta.lock(conn)
    if conn.execute(delete(table).where(table.c.key == key)).rowcount:
        meta.bump(conn)
