"""A backup in place of the library, while it is in use: the old one or the new one, whenever it is broken off."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select, update

from app.errors import StoreError
from app.store import meta
from app.store.backup import version_in
from app.store.checkup import check_library
from app.store.copying import (
    Progress,
    beside,
    connect,
    copy_library,
    in_sentences,
    integrity,
    one_file,
    paced,
    put_in_place,
)
from app.store.engine import open_engine
from app.store.intake_schema import jobs
from app.store.job_rows import JobStatus
from app.store.schema import articles, quotes
from app.store.schema_version import ensure_schema
from app.store.sqlite import may_write
from app.store.troubles import Remedy

MARGINS = (1, 1_000, 1_000_000)
"""By how much the revision goes beyond the present one, at each try: others may count it up meanwhile."""

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Prepared:
    """A copy of a backup that is ready to become the library.

    Attributes:
        problems: what is wrong with it that cannot be made anew, in sentences.
        mendable: how much is wrong that can be.
    """

    path: Path
    articles: int
    quotes: int
    problems: tuple[str, ...]
    mendable: int


@contextmanager
def prepared(backup: Path, library: Path, progress: Progress | None = None) -> Iterator[Prepared]:
    """A copy of *backup* beside *library*, at the schema of this program and looked through. *backup* stays as it is.

    Raises:
        StoreError: it is no library of ours, or cannot be read at all.
        SchemaOutOfDate: a newer version of the program made it.
    """
    with beside(library) as work:
        with in_sentences(str(backup), str(library.parent)):
            with closing(connect(backup, leave_alone=True)) as source:
                version_in(source, backup)
                copy_library(source, work)
            with closing(connect(work)) as copy:
                damage = integrity(copy)
        yield _looked_through(work, damage, progress)


def _looked_through(work: Path, damage: str, progress: Progress | None) -> Prepared:
    engine = open_engine(f"sqlite:///{work}")
    try:
        ensure_schema(engine)
        problems = [f"The file is damaged: {damage}."] if damage else []
        mendable = 0
        with engine.connect() as conn:
            for found in () if damage else check_library(conn, progress):
                if found.remedy is Remedy.REBUILD:
                    mendable += 1
                elif len(problems) < SHOWN:
                    problems.append(found.what)
        with engine.begin() as conn:
            _open_jobs(conn)
            held, quoted = (conn.scalar(select(func.count()).select_from(one)) or 0 for one in (articles, quotes))
    finally:
        engine.dispose()
    return Prepared(work, held, quoted, tuple(problems), mendable)


def _open_jobs(conn: Connection) -> None:
    """Queue again what was worked on when the backup was made: whoever did it does not work on this library."""
    working = jobs.c.status == JobStatus.WORKING.value
    again = {"status": JobStatus.QUEUED.value, "tries": jobs.c.tries - 1, "leased": None, "worker": None}
    conn.execute(update(jobs).where(working).values(again))
    conn.execute(update(jobs).where(jobs.c.leased.is_not(None)).values(leased=None))


def replace_library(library: Path, new: Path, keep: Path | None, progress: Progress | None = None) -> None:
    """Make the file *library* hold what the library *new* holds, in one transaction of SQLite's.

    Whoever has it open goes on, and sees the new one from the next look on. Until the last page is written, and
    where this is killed, everybody sees the old one. The revision of *new* goes beyond the present one, so that no
    page and no figure that was kept by it is shown again.

    Args:
        library: the present one; made where there is none.
        new: a file that nobody else uses; it is changed.
        keep: where the present library is kept, as it is at the very moment at which it is replaced.
        progress: told how far it is.

    Raises:
        StoreError: the library is read-only, busy or no database, or the disk is full; all is as it was then.
    """
    there = library.exists() and library.stat().st_size > 0
    if library.exists() and not may_write(library):
        raise StoreError(f"The database {library} is read-only: nothing can be brought back into it.")
    for margin in MARGINS:
        with in_sentences(str(new), str(library)), closing(_opened(library)) as live:
            _stamp(new, live, margin)
            if _Exchange(library, new, keep if there else None).done(live, progress):
                live.execute("PRAGMA busy_timeout = 1000")
                live.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # best effort: a reader may hold it back
                return
    raise StoreError("The library was changed again and again; try again.")


def _opened(library: Path) -> sqlite3.Connection:
    library.touch()
    live = connect(library)
    live.execute("PRAGMA synchronous = FULL")
    live.execute("PRAGMA journal_mode = WAL")
    return live


def _stamp(new: Path, live: sqlite3.Connection, margin: int) -> None:
    [size] = live.execute("PRAGMA page_size").fetchone()
    with closing(connect(new)) as copy:
        one_file(copy)
        if copy.execute("PRAGMA page_size").fetchone() != (size,):
            copy.execute(f"PRAGMA page_size = {int(size)}")
            copy.execute("VACUUM")
        revision = max(revision_in(live), revision_in(copy)) + margin
        copy.execute("BEGIN")
        copy.execute("DELETE FROM meta WHERE name IN (?, ?)", (meta.REVISION, meta.EDITION))
        rows = [(name, str(revision)) for name in (meta.REVISION, meta.EDITION)]
        copy.executemany("INSERT INTO meta (name, value) VALUES (?, ?)", rows)
        copy.execute("COMMIT")


def revision_in(conn: sqlite3.Connection) -> int:
    """The revision of a library: 0 of an empty one; of a damaged one, more than it can ever have been."""
    try:
        found = conn.execute("SELECT value FROM meta WHERE name = ?", (meta.REVISION,)).fetchone()
        return int(found[0]) if found else 0
    except (sqlite3.DatabaseError, ValueError) as error:
        return 0 if "no such table" in str(error) else int(time.time())


class _Exchange:
    """One try to put a new library in place of the present one."""

    def __init__(self, library: Path, new: Path, keep: Path | None) -> None:
        self._library, self._new, self._keep = library, new, keep
        self._held = False
        self._kept: Path | None = None

    def done(self, live: sqlite3.Connection, progress: Progress | None) -> bool:
        """Whether the library is the new one now; not where others have counted the revision beyond the new one's."""
        with closing(connect(self._new)) as source:
            revision = revision_in(source)
            [pages] = source.execute("PRAGMA page_count").fetchone()
            told = paced(progress)

            def tell(status: int, remaining: int, total: int) -> None:
                told(status, remaining, total)
                if status == sqlite3.SQLITE_OK and not self._held:
                    self._held = True
                    self._before(revision)

            try:
                # The first step takes the lock, the last one commits: there must be two.
                source.backup(live, pages=max(1, min(500, pages // 2)), progress=tell, sleep=0.01)
            except _OvertakenError:
                return False
            except BaseException:
                if self._kept is not None:
                    self._kept.unlink(missing_ok=True)
                raise
        return True

    def _before(self, revision: int) -> None:
        """What is done while nobody else can write and everybody still sees the present library."""
        with closing(connect(self._library)) as present:
            if revision_in(present) >= revision:
                raise _OvertakenError
            if self._keep is not None:
                with beside(self._keep) as part:
                    copy_library(present, part)
                    put_in_place(part, self._keep)
                    self._kept = self._keep


class _OvertakenError(Exception):
    """The present library was changed meanwhile."""
