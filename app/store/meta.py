"""What the library knows about itself: how often it has changed, and which things were done once."""

from __future__ import annotations

from weakref import ref

from sqlalchemy import Connection, Integer, Text, cast, delete, insert, select, update

from app.store.schema import meta

REVISION = "revision"
EDITION = "edition"
WRITING = "writing"


def get(conn: Connection, name: str) -> str | None:
    """The value kept under *name*, or ``None``."""
    return conn.scalar(select(meta.c.value).where(meta.c.name == name))


def put(conn: Connection, name: str, value: str) -> None:
    """Keep *value* under *name*, in place of what was there."""
    changed = conn.execute(update(meta).where(meta.c.name == name).values(value=value))
    if not changed.rowcount:
        conn.execute(insert(meta).values(name=name, value=value))


def remove(conn: Connection, name: str) -> None:
    """Keep nothing under *name* any more."""
    conn.execute(delete(meta).where(meta.c.name == name))


def revision(conn: Connection) -> int:
    """How often what people see has changed; every write that changes it counts one up."""
    return int(get(conn, REVISION) or 0)


def state(conn: Connection) -> tuple[int, int]:
    """The revision, and that of the last change that must be seen at once: the edition. In one look."""
    rows = conn.execute(select(meta.c.name, meta.c.value).where(meta.c.name.in_((REVISION, EDITION))))
    values: dict[str, str] = {row.name: row.value for row in rows}
    return int(values.get(REVISION) or 0), int(values.get(EDITION) or 0)


def bump(conn: Connection, *, quiet: bool = False) -> None:
    """Count the revision one up; it counts when the transaction does.

    Args:
        conn: in the transaction that changes something.
        quiet: whether pages may show the change a little later: one of many that come in bulk.
    """
    _note(conn)
    higher = cast(cast(meta.c.value, Integer) + 1, Text)
    conn.execute(update(meta).where(meta.c.name == REVISION).values(value=higher))
    if not quiet:
        put(conn, EDITION, str(revision(conn)))


def lock(conn: Connection) -> None:
    """Let other writers wait until this transaction ends.

    Must be its first statement: SQLite refuses to turn a transaction that has read into one that writes
    when somebody else wrote in between. PostgreSQL locks this one row, which every writer takes first.
    """
    _note(conn)
    conn.execute(update(meta).where(meta.c.name == REVISION).values(value=meta.c.value))


def writing(conn: Connection) -> bool:
    """Whether this transaction may hold changes that nobody else sees yet, and that may never come to be."""
    noted, present = conn.info.get(WRITING), conn.get_transaction()
    return noted is not None and present is not None and noted() is present


def _note(conn: Connection) -> None:
    transaction = conn.get_transaction() or conn.begin()
    conn.info[WRITING] = ref(transaction)
