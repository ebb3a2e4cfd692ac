"""Whether the database itself is whole: its pages and indexes, and rows that name rows which are not there."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, Connection, ForeignKeyConstraint, Table, and_, exists, func, select, text

from app.store.columns import metadata
from app.store.troubles import Kind, Troubles, trouble

_MOST_LINES = 100
_OF_AN_INDEX = re.compile(r"missing from index|wrong # of entries in index|non-unique entry in index")
_BY_ARTICLE = frozenset({"topics", "speakers"})
"""What rows of an analysis name besides their owner; the checks of articles say of which article it is missing."""


def check_file(conn: Connection) -> Troubles:
    """What SQLite says of its pages; PostgreSQL looks after its own."""
    if conn.dialect.name != "sqlite":
        return
    for line in conn.scalars(text(f"PRAGMA integrity_check({_MOST_LINES})")):
        for one in str(line).splitlines():
            if one == "ok" or one.startswith("*** in database"):
                continue
            if _OF_AN_INDEX.search(one):
                yield trouble(Kind.INDEX, "the file", f"An index does not fit its table: {one}.")
            else:
                yield trouble(Kind.FILE, "the file", f"The file is damaged: {one}.")


def check_owners(conn: Connection) -> Troubles:
    """Rows that name a row which is not there, a trouble for each table and what it names."""
    for table in metadata.sorted_tables:
        for key in sorted(table.foreign_key_constraints, key=lambda one: str(one.name)):
            missing = conn.scalar(select(func.count()).select_from(table).where(orphaned(table, key))) or 0
            if not missing:
                continue
            named = key.referred_table.name
            if key.ondelete:
                what = f"Of {table.name}, {missing:,} belong to none of {named}."
                yield trouble(Kind.ORPHAN, table.name, what, str(key.name))
            elif named not in _BY_ARTICLE:
                yield trouble(Kind.LOST, table.name, f"Of {table.name}, {missing:,} need one of {named} that is lost.")


def orphaned(table: Table, key: ForeignKeyConstraint) -> ColumnElement[bool]:
    """The condition that a row of *table* names by *key* a row that is not there."""
    other = key.referred_table.alias("owner")
    pairs = [(element.parent, other.c[element.column.name]) for element in key.elements]
    there = exists().where(*(theirs == ours for ours, theirs in pairs)).correlate(table)
    return and_(*(ours.is_not(None) for ours, _ in pairs), ~there)
