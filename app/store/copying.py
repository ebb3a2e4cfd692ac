"""Copies of an SQLite library, page by page, by SQLite's own backup API: whole, while others write."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote

from app.errors import StoreError
from app.store.sqlite import PATIENCE_MS, may_write, reading_address

STEP = 500
"""Pages copied at a time: 2 MB, some milliseconds."""

PATIENCE_SECONDS = 60.0
STALE_SECONDS = 24 * 3600.0
"""After which what a killed program left half done is removed."""

Counts = dict[str, int]
Progress = Callable[[int, int], None]
"""Told how many pages are copied, and of how many."""


def connect(path: Path, *, leave_alone: bool = False) -> sqlite3.Connection:
    """The SQLite file at *path*, which must be there, in autocommit; nothing is ever written if *leave_alone*."""
    reads = leave_alone or not may_write(path)
    address = reading_address(path) if reads else f"file:{quote(str(path.absolute()))}?mode=rw"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=PATIENCE_MS / 1000)


def copy_library(source: sqlite3.Connection, target: Path, progress: Progress | None = None) -> None:
    """Make *target* what *source* is at this moment: one file, complete in itself.

    The pages are read in one transaction, the caller's or one of its own. So it ends however much is written
    meanwhile, and hinders no writer, since ours write ahead: they go on in the log, which grows until this is done.
    (Without the transaction SQLite begins again after every write, and never ends beside a busy writer.)
    """
    own = not source.in_transaction
    if own:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        # It is nobody's yet: what is half done is thrown away.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        source.backup(copy, pages=STEP, progress=paced(progress))
        one_file(copy)
    if own:
        source.execute("COMMIT")


def one_file(conn: sqlite3.Connection) -> None:
    """Let the database need no file beside it, so that it opens where nothing may be written."""
    [mode] = conn.execute("PRAGMA journal_mode = DELETE").fetchone()
    if mode != "delete":
        raise StoreError("The copy cannot be made one file; try again.")


def count_rows(conn: sqlite3.Connection) -> Counts:
    """How many rows each table has."""
    tables = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {name: conn.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}  # noqa: S608 - its own names # nosec B608


def integrity(conn: sqlite3.Connection) -> str:
    """What SQLite finds wrong with the file first; empty where it is whole."""
    [first] = conn.execute("PRAGMA integrity_check(1)").fetchone()
    return "" if first == "ok" else " ".join(str(first).removeprefix("*** in database main ***").split())


def put_in_place(made: Path, target: Path) -> None:
    """Give *made* the name *target*, at once and for good: whoever looks sees the one or the other, whole."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A new empty file in the folder of *target*; if it still has that name in the end, it is removed."""
    for stale in target.parent.glob(f".{target.name}.*.part"):
        if time.time() - stale.stat().st_mtime > STALE_SECONDS:
            remove(stale)
    path = target.with_name(f".{target.name}.{token_hex(4)}.part")
    path.touch(exist_ok=False)
    try:
        yield path
    finally:
        remove(path)


def remove(path: Path) -> None:
    """Remove a database with the files beside it, where they are."""
    for end in ("", "-journal", "-wal", "-shm"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)


@contextmanager
def in_sentences(source: str, target: str) -> Iterator[None]:
    """Every failure of a copy of *source* to *target* as a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(_sentence(source, target, str(error))) from error
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {error.strerror or error}.") from error


def _sentence(source: str, target: str, problem: str) -> str:
    known = {
        "full": f"{target} cannot be written: the disk is full. Everything is as it was.",
        "disk I/O error": f"{target} cannot be written, or {source} not read. Everything is as it was.",
        "not a database": f"{source} is not an SQLite database.",
        "malformed": f"{source} is damaged.",
        "locked": "The library is busy: another program has been writing to it for too long; try again.",
    }
    for sign, sentence in known.items():
        if sign in problem:
            return sentence
    return f"{source} cannot be copied to {target}: {problem}."


def paced(progress: Progress | None) -> Callable[[int, int, int], None]:
    """What ``sqlite3.Connection.backup`` tells: it gives up where another program holds the file too long."""
    waiting: list[float] = []

    def tell(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            waiting.append(time.monotonic())
            if waiting[-1] - waiting[0] > PATIENCE_SECONDS:
                raise StoreError("The library is busy: another program has been writing to it for too long; try again.")
            return
        waiting.clear()
        if progress is not None:
            progress(total - remaining, total)

    return tell
