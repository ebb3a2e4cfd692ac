"""Which schema a database has, and how it gets the one we need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, func, inspect, select, text

from app.errors import SchemaOutOfDate, StoreError
from app.store import meta
from app.store.sqlite import READ_ONLY

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")
"""Every schema there has been, in order: known without alembic, and held to its scripts by a test."""

HEAD = REVISIONS[-1]
_LOCK = 0x636F6D6D  # "comm": what our migrations lock in a PostgreSQL that others may share
_VERSION_TABLE = "alembic_version"
SEARCH = "search"
"""In the table ``meta`` where a migration leaves it to us to index all words anew: no migration knows the words."""


def schema_version(conn: Connection) -> str | None:
    """The schema of the database; ``None`` where it is empty.

    Raises:
        StoreError: the database has tables, and they are not ours.
    """
    tables = inspect(conn).get_table_names()
    if _VERSION_TABLE in tables:
        version: str | None = conn.scalar(text(f"SELECT version_num FROM {_VERSION_TABLE}"))  # noqa: S608 - a constant # nosec B608
        return version
    if tables:
        raise StoreError(
            f"The database {_where(conn.engine)} belongs to another program: it has a table “{tables[0]}”."
        )
    return None


def refuse_newer(engine: Engine) -> None:
    """Do nothing where the schema is ours, older, or missing.

    Raises:
        SchemaOutOfDate: it is of no version that this program knows.
    """
    with engine.connect() as conn:
        _check(conn, schema_version(conn))


def ensure_schema(engine: Engine) -> bool:
    """Bring the database to the schema of this program; whether it needed that.

    The whole migration is one transaction, and two processes that start at once take turns.

    Raises:
        SchemaOutOfDate: the schema is of a newer version.
        StoreError: the database cannot be written.
    """
    with engine.connect() as conn:
        if _check(conn, schema_version(conn)) == HEAD:
            return False
    if engine.get_execution_options().get(READ_ONLY):
        raise SchemaOutOfDate(
            f"The database {_where(engine)} needs its schema brought up to date, but it is read-only."
        )
    with engine.connect() as conn, _alone(conn):
        if _check(conn, schema_version(conn)) != HEAD:
            _migrate(conn)
    return True


def _check(conn: Connection, version: str | None) -> str | None:
    if version is not None and version not in REVISIONS:
        raise SchemaOutOfDate(
            f"The database {_where(conn.engine)} has the schema {version}, which this version of Communiqué "
            "does not know; upgrade the program or name another database."
        )
    return version


def _where(engine: Engine) -> str:
    return (engine.url.database or "") if engine.dialect.name == "sqlite" else engine.url.render_as_string()


@contextmanager
def _alone(conn: Connection) -> Iterator[None]:
    if conn.dialect.name == "sqlite":
        conn.execution_options(sqlite_begin="IMMEDIATE")
    with conn.begin():
        if conn.dialect.name == "postgresql":
            conn.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        yield


def _migrate(conn: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - a start with a current schema must not pay for it

    from app.store.migrations.config import alembic_config  # noqa: PLC0415
    from app.store.search_keeping import rebuild  # noqa: PLC0415

    command.upgrade(alembic_config(conn), "head")
    if meta.get(conn, SEARCH) is not None:
        rebuild(conn)
        meta.remove(conn, SEARCH)
