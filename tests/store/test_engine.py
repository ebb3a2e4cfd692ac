from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from app.errors import AppError, SchemaOutOfDate, StoreError
from app.store import meta
from app.store.articles import add_article, list_articles
from app.store.engine import open_engine, writable
from app.store.schema_version import ensure_schema
from tests.factories import numbered, summit

NOBODY = 65534
READ_AS_NOBODY = """
import os, sys
from app.errors import StoreError
from app.store import meta
from app.store.articles import list_articles
from app.store.engine import open_engine, writable
from app.store.schema_version import ensure_schema
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
engine = open_engine(sys.argv[1])
assert not writable(engine)
assert not ensure_schema(engine)
with engine.connect() as conn:
    print([row.slug for row in list_articles(conn).items])
try:
    with engine.begin() as conn:
        meta.bump(conn)
except StoreError as error:
    print(error)
"""


def refusal(url: str) -> str:
    with pytest.raises(StoreError) as caught:
        open_engine(url)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert f"The folder {tmp_path}/no does not exist" in refusal(f"sqlite:///{tmp_path}/no/a.sqlite").replace(
        " of the database", ""
    )
    assert not (tmp_path / "no").exists()


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert "is a folder" in refusal(f"sqlite:///{tmp_path}")


@pytest.mark.parametrize("content", [b"This is a letter.\n" * 100, b"\0" * 5000, b"SQLite format 3\0" + b"x" * 5000])
def test_what_is_not_a_database_says_so_and_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.sqlite"
    path.write_bytes(content)
    message = refusal(f"sqlite:///{path}")
    assert str(path) in message
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite://", "must be a file"),
        ("sqlite:///:memory:", "must be a file"),
        ("sqlite:///file:x?mode=memory&uri=true", "must be a file"),
        ("mysql://localhost/x", "SQLite or PostgreSQL, not in mysql"),
        ("no address at all", "neither a path nor an address"),
        ("postgresql+nothing://localhost/x", "no driver called"),
        ("postgresql+psycopg2://localhost/x", "driver for PostgreSQL is missing"),
    ],
)
def test_an_address_that_cannot_be_used_says_why(url: str, words: str) -> None:
    assert words in refusal(url)


def test_a_server_that_does_not_answer_says_so_without_the_password() -> None:
    message = refusal("postgresql://ann:secret@127.0.0.1:1/library?connect_timeout=2")
    assert "cannot be used" in message
    assert "secret" not in message


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_hosting_services_may_write_postgres(library_url: str) -> None:
    engine = open_engine(library_url.replace("postgresql+psycopg", "postgres"))
    assert engine.dialect.driver == "psycopg"
    engine.dispose()


def test_sqlite_runs_with_a_write_ahead_log_foreign_keys_and_patience(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as conn:
        assert conn.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert conn.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert conn.execute(text("PRAGMA busy_timeout")).scalar() == 10_000


def test_the_pragmas_are_on_that_engine_alone(sqlite_engine: Engine, tmp_path: Path) -> None:
    with sqlite_engine.connect():
        other = sqlite3.connect(tmp_path / "other.sqlite")
        assert other.execute("PRAGMA foreign_keys").fetchone() == (0,)
        other.close()


def run_as_nobody(url: str) -> list[str]:
    command = [sys.executable, "-c", READ_AS_NOBODY, url]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, check=False, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def finished(sqlite_engine: Engine, tmp_path: Path) -> Path:
    """A library with one article in a folder that anyone may enter, closed and with nothing in its log."""
    with sqlite_engine.begin() as conn:
        add_article(conn, *summit())
    sqlite_engine.dispose()
    folder = Path("/tmp") / f"communique-read-only-{os.getpid()}"
    folder.mkdir()
    path = folder / "library.sqlite"
    shutil.copyfile(tmp_path / "library.sqlite", path)
    return path


@pytest.mark.parametrize("folder_mode", [0o777, 0o555])
def test_a_read_only_library_can_be_read_and_says_that_it_takes_nothing_in(finished: Path, folder_mode: int) -> None:
    try:
        finished.chmod(0o444)
        finished.parent.chmod(folder_mode)
        lines = run_as_nobody(f"sqlite:///{finished}")
        assert lines[0] == "['leaders-meet-in-beijing']"
        assert lines[1] == (f"The database {finished} is read-only: it can be looked at, but nothing can be added.")
    finally:
        finished.parent.chmod(stat.S_IRWXU)
        shutil.rmtree(finished.parent)


def test_a_read_only_library_that_needs_a_new_schema_says_so(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.sqlite"
    sqlite3.connect(path).close()
    monkeypatch.setattr(os, "access", lambda *args: False)
    engine = open_engine(f"sqlite:///{path}")
    assert not writable(engine)
    with pytest.raises(SchemaOutOfDate, match="needs its schema brought up to date, but it is read-only"):
        ensure_schema(engine)
    engine.dispose()


def test_two_writers_take_turns(engine: Engine) -> None:
    def write(start: int) -> None:
        for n in range(start, start + 10):
            with engine.begin() as conn:
                article, analysis = numbered(n)
                add_article(conn, article, analysis)

    threads = [threading.Thread(target=write, args=(100 * n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.connect() as conn:
        assert list_articles(conn, limit=1).total == 40
        assert meta.revision(conn) == 41  # the topics of the fixture are the first


def test_writers_of_one_title_and_of_one_text_get_what_is_theirs(library_url: str) -> None:
    engines = [open_engine(library_url) for _ in range(6)]
    barrier = threading.Barrier(6)
    slugs: list[tuple[str, bool]] = []

    def write(n: int) -> None:
        article, analysis = summit() if n % 2 else numbered(n)
        barrier.wait()
        with engines[n].begin() as conn:
            slugs.append(add_article(conn, type(article)("Same", article.text), analysis))

    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    created = sorted(slug for slug, new in slugs if new)
    assert created == ["same", "same-2", "same-3", "same-4"]
    assert len([slug for slug, new in slugs if not new]) == 2
    for engine in engines:
        engine.dispose()


def test_a_reader_sees_one_state_while_another_writes(engine: Engine) -> None:
    with engine.connect() as reader:
        before = list_articles(reader).total
        with engine.begin() as writer:
            add_article(writer, *summit())
            with engine.connect() as other:
                assert list_articles(other).total == before
    with engine.connect() as reader:
        assert list_articles(reader).total == before + 1


def test_a_library_locked_for_too_long_says_so(sqlite_engine: Engine, tmp_path: Path) -> None:
    blocker = sqlite3.connect(tmp_path / "library.sqlite", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with sqlite_engine.connect() as conn:
        conn.exec_driver_sql("PRAGMA busy_timeout = 10")
        with pytest.raises(AppError, match="is busy"):
            add_article(conn, *summit())
    blocker.close()
