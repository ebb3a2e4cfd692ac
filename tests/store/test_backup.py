from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from app.errors import NotFound, SchemaOutOfDate, StoreError
from app.store.articles import add_article
from app.store.backup import back_up, library_file
from app.store.engine import open_engine
from tests.factories import numbered
from tests.store.libraries import break_it, fill, tables_of

ROOT = Path(__file__).parents[2]
BACK_UP = """
import os, signal, sys
from pathlib import Path
from app.store import copying
from app.store.backup import back_up

def tell(done, total):
    if done >= float(sys.argv[3]) * total:
        os.kill(os.getpid(), signal.SIGKILL)

copying.STEP = 2
try:
    back_up(Path(sys.argv[1]), Path(sys.argv[2]), tell)
except copying.StoreError as error:
    print(error)
"""


@pytest.fixture
def library(sqlite_engine: Engine) -> Path:
    fill(sqlite_engine)
    return Path(sqlite_engine.url.database or "")


def opened(path: Path) -> Engine:
    return open_engine(f"sqlite:///{path}")


def backed_up(library: Path, target: Path, killed_at: float = 2, most: int | None = None) -> tuple[int, str]:
    """A backup by a process of its own, killed at a part of the way, or where a file may have *most* bytes."""
    limit = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))) if most is not None else None
    command = [sys.executable, "-c", BACK_UP, str(library), str(target), str(killed_at)]
    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=limit,
        check=False,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_backup_is_the_library_in_one_file(library: Path, sqlite_engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    told: list[tuple[int, int]] = []
    made = back_up(library, folder / "backup.sqlite", lambda done, total: told.append((done, total)))
    assert (made.articles, made.quotes, made.size) == (4, 10, made.path.stat().st_size)
    assert [path.name for path in folder.iterdir()] == ["backup.sqlite"]
    assert made.path.read_bytes()[18:20] == b"\1\1", "it needs no write-ahead log"
    assert told[-1][0] == told[-1][1] > 1
    copy = opened(made.path)
    assert tables_of(copy) == tables_of(sqlite_engine)
    copy.dispose()


def test_a_backup_beside_writers_ends_holds_one_moment_and_keeps_nobody_waiting(
    library: Path, sqlite_engine: Engine, tmp_path: Path
) -> None:
    stop = threading.Event()
    waits: list[float] = []
    failed: list[StoreError] = []
    with sqlite_engine.begin() as conn:  # some more pages, so that it takes its time
        conn.execute(text("CREATE TABLE ballast AS SELECT zeroblob(40000000) AS weight"))
        conn.execute(text("CREATE TABLE pairs (name TEXT, number INTEGER)"))
        conn.execute(text("INSERT INTO pairs VALUES ('one', 0), ('other', 0)"))

    def write() -> None:
        try:
            while not stop.is_set():
                start = time.monotonic()
                with sqlite_engine.begin() as conn:
                    for name in ("one", "other"):
                        conn.execute(text("UPDATE pairs SET number = number + 1 WHERE name = :name"), {"name": name})
                waits.append(time.monotonic() - start)
        except StoreError as error:
            failed.append(error)

    writers = [threading.Thread(target=write) for _ in range(2)]
    for one in writers:
        one.start()
    try:
        start = time.monotonic()
        made = [back_up(library, tmp_path / f"{n}.sqlite", lambda done, total: time.sleep(0.001)) for n in range(3)]
        assert time.monotonic() - start < 60
    finally:
        stop.set()
        for one in writers:
            one.join()
    assert not failed
    assert len(waits) > 50
    assert max(waits) < 5
    numbers = []
    for backup in made:
        with closing(sqlite3.connect(backup.path)) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            pair = copy.execute("SELECT number FROM pairs ORDER BY name").fetchall()
            assert pair[0] == pair[1], "half of a transaction"
            numbers.append(pair[0])
    assert sorted(numbers) == numbers
    assert numbers[0] != numbers[-1], "nobody wrote meanwhile"


def test_a_backup_over_another_is_the_one_or_the_other(library: Path, sqlite_engine: Engine, tmp_path: Path) -> None:
    target = tmp_path / "b" / "backup.sqlite"
    target.parent.mkdir()
    target.write_bytes(b"the one before")
    for part in (0.1, 0.5, 1):
        code, _ = backed_up(library, target, killed_at=part)
        assert code == -signal.SIGKILL
        assert target.read_bytes() == b"the one before"
    assert backed_up(library, target) == (0, "")
    copy = opened(target)
    assert tables_of(copy) == tables_of(sqlite_engine)
    copy.dispose()


def test_what_a_killed_backup_left_is_removed_by_one_a_day_later(library: Path, tmp_path: Path) -> None:
    target = tmp_path / "b" / "backup.sqlite"
    target.parent.mkdir()
    backed_up(library, target, killed_at=0.5)
    [left] = target.parent.iterdir()
    back_up(library, target)
    assert left.exists(), "it may be another one's that is still going on"
    os.utime(left, (time.time() - 100_000,) * 2)
    back_up(library, target)
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("most", [0, 4096, 100_000])
def test_a_full_disk_is_a_sentence_and_nothing_is_left(library: Path, tmp_path: Path, most: int) -> None:
    target = tmp_path / "b" / "backup.sqlite"
    target.parent.mkdir()
    target.write_bytes(b"the one before")
    code, said = backed_up(library, target, most=most)
    assert code == 0
    assert "cannot be written" in said
    assert said.count("\n") == 1
    assert [path.read_bytes() for path in target.parent.iterdir()] == [b"the one before"]


def test_a_damaged_library_is_not_backed_up(library: Path, sqlite_engine: Engine, tmp_path: Path) -> None:
    with sqlite_engine.connect() as conn:
        page = conn.scalar(text("SELECT rootpage FROM sqlite_master WHERE name = 'ix_articles_url'"))
    sqlite_engine.dispose()
    with library.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xee" * 300)
    target = tmp_path / "backup.sqlite"
    with pytest.raises(StoreError, match="is damaged"):
        back_up(library, target)
    assert not target.exists()


def test_what_is_no_library_is_not_backed_up(library: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.sqlite"
    with pytest.raises(NotFound, match="There is no library at"):
        back_up(tmp_path / "none.sqlite", target)
    other = tmp_path / "bookmarks.sqlite"
    with closing(sqlite3.connect(other)) as conn:
        conn.execute("CREATE TABLE bookmarks (id INTEGER)")
    with pytest.raises(StoreError, match="belongs to another program: it has a table “bookmarks”"):
        back_up(other, target)
    (tmp_path / "letter").write_bytes(b"This is a letter.\n" * 100)
    with pytest.raises(StoreError, match="is not an SQLite database"):
        back_up(tmp_path / "letter", target)
    with pytest.raises(StoreError, match=r"The folder .* does not exist"):
        back_up(library, tmp_path / "none" / "backup.sqlite")
    with pytest.raises(StoreError, match="is the library itself"):
        back_up(library, library)
    break_it(opened(library), "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaOutOfDate, match=r"9999.*upgrade the program"):
        back_up(library, target)
    assert not target.exists()


def test_a_backup_may_be_read_by_whoever_may_read_the_library(library: Path, tmp_path: Path) -> None:
    library.chmod(0o600)
    assert back_up(library, tmp_path / "backup.sqlite").path.stat().st_mode & 0o777 == 0o600


def test_a_library_in_postgresql_has_programs_of_its_own() -> None:
    with pytest.raises(StoreError, match=r"The library is in PostgreSQL.*: pg_dump"):
        library_file("postgresql+psycopg://ann:secret@localhost/x", "pg_dump --file=x")


def test_a_backup_can_be_added_to_as_any_library(library: Path, tmp_path: Path) -> None:
    copy = opened(back_up(library, tmp_path / "backup.sqlite").path)
    with copy.begin() as conn:
        assert add_article(conn, *numbered(500))[1]
    copy.dispose()
