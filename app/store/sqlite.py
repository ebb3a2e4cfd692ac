"""SQLite as we run it: write-ahead log, foreign keys, patience, transactions that hold for everything."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from app.errors import StoreError

PATIENCE_MS = 10_000
READ_ONLY = "sqlite_read_only"
CONNECTIONS = 40
"""Kept open; ten more are opened and closed again. One for each request that is worked on, and some over."""
_PRAGMAS = (f"busy_timeout = {PATIENCE_MS}", "foreign_keys = ON", "synchronous = NORMAL")


def sqlite_engine(url: URL) -> Engine:
    """An engine on the file that *url* names; a file that may not be written is opened for reading.

    Raises:
        StoreError: the address names no file, a folder, or one in a folder that does not exist.
    """
    path = _file(url)
    if path.exists() and not may_write(path):
        return _with_pragmas(_read_only(url, path), writes=False)
    return _with_pragmas(create_engine(url, pool_size=CONNECTIONS), writes=True)


def may_write(path: Path) -> bool:
    """Whether we may write the file at *path*, and its log beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _file(url: URL) -> Path:
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise StoreError("The library must be a file: name its path, such as communique.sqlite.")
    path = Path(url.database)
    if path.is_dir():
        raise StoreError(f"The database {path} is a folder; name a file in it.")
    if not path.parent.is_dir():
        raise StoreError(f"The folder {path.parent} of the database does not exist; make it or name another.")
    return path


def reading_address(path: Path) -> str:
    """The URI by which SQLite opens the file at *path* and never writes into it."""
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    log = path.with_name(f"{path.name}-wal")
    if not _reads(address) and not (log.exists() and log.stat().st_size):
        # With a write-ahead log SQLite wants to write beside the file even to read it. Where that is forbidden
        # and the log is empty, the file alone is the whole library.
        address += "&immutable=1"
    return address


def _read_only(url: URL, path: Path) -> Engine:
    address = reading_address(path)

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, check_same_thread=False)

    return create_engine(
        url, creator=connect, poolclass=QueuePool, pool_size=CONNECTIONS, execution_options={READ_ONLY: True}
    )


def _reads(address: str) -> bool:
    conn = sqlite3.connect(address, uri=True)
    try:
        conn.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.DatabaseError:
        return False
    finally:
        conn.close()
    return True


def _with_pragmas(engine: Engine, *, writes: bool) -> Engine:
    pragmas = (*_PRAGMAS, "journal_mode = WAL") if writes else _PRAGMAS

    @event.listens_for(engine, "connect")
    def prepare(conn: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
        # The driver begins by itself, but not before DDL: we say BEGIN, and a migration is whole or absent.
        conn.isolation_level = None
        for pragma in pragmas:
            conn.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        conn.exec_driver_sql(f"BEGIN {conn.get_execution_options().get('sqlite_begin', '')}")

    return engine
