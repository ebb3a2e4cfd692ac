"""A backup of a library in use: one file that is whole, or none."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from app.errors import NotFound, SchemaOutOfDate, StoreError
from app.store.copying import (
    Counts,
    Progress,
    beside,
    connect,
    copy_library,
    count_rows,
    in_sentences,
    integrity,
    put_in_place,
)
from app.store.schema_version import REVISIONS


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made."""

    path: Path
    size: int
    articles: int
    quotes: int


def library_file(url: str, instead: str) -> Path:
    """The SQLite file of the library at *url*.

    Raises:
        StoreError: it is in PostgreSQL, whose own program is to be used *instead*.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        raise StoreError(f"The library is in PostgreSQL, which brings its own programs for this: {instead}.")
    return Path(address.database or "")


def back_up(library: Path, target: Path, progress: Progress | None = None) -> Backup:
    """Write the library, as it is at this moment, into the file *target*, in place of what is there.

    It is copied beside *target*, checked, written through to the disk and then given the name, so that *target* is
    the new backup or what it was, whenever this is broken off.

    Raises:
        NotFound: there is no library.
        StoreError: it is not ours or damaged, or the backup cannot be written.
    """
    if not library.exists():
        raise NotFound(f"There is no library at {library} yet.")
    if not target.parent.is_dir():
        raise StoreError(f"The folder {target.parent} does not exist; make it or name another.")
    target = target.resolve()  # a link goes on to point where it points
    if target.exists() and target.samefile(library):
        raise StoreError(f"{target} is the library itself; name another file.")
    with in_sentences(str(library), str(target)), beside(target) as part:
        with closing(connect(library)) as source:
            source.execute("BEGIN")
            version = version_in(source, library)
            counted = count_rows(source)
            copy_library(source, part, progress)
            source.execute("COMMIT")
        _check(part, counted, version, library)
        shutil.copymode(library, part)
        put_in_place(part, target)
    return Backup(target, target.stat().st_size, counted.get("articles", 0), counted.get("quotes", 0))


def version_in(conn: sqlite3.Connection, path: Path) -> str:
    """The schema of the library at *path*.

    Raises:
        StoreError: it is empty, or another program's.
        SchemaOutOfDate: a newer version of the program made it.
    """
    tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        raise StoreError(f"{path} is empty: it holds no library.")
    if not {"alembic_version", "meta", "articles"} <= tables:
        raise StoreError(f"{path} belongs to another program: it has a table “{min(tables)}”.")
    [version] = conn.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
    if version not in REVISIONS:
        raise SchemaOutOfDate(
            f"{path} has the schema {version}, which this version of Communiqué does not know; upgrade the program."
        )
    return str(version)


def _check(part: Path, counted: Counts, version: str, library: Path) -> None:
    with closing(connect(part)) as copy:
        problem = integrity(copy)
        if problem:
            raise StoreError(
                f"The library {library} is damaged ({problem}); run `communique doctor`. No backup was made of it."
            )
        if version_in(copy, part) != version or count_rows(copy) != counted:
            raise StoreError("The copy does not hold what the library holds; no backup was made. Try again.")
