from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, text

from app.domain import Analysis, Article, TextSpan
from app.errors import StoreError
from app.store import meta, restoring
from app.store.articles import add_article, list_articles
from app.store.backup import back_up
from app.store.deleting import delete_article
from app.store.intake_schema import jobs
from app.store.jobs import Lease, claim
from app.store.schema_version import ensure_schema
from app.store.topics import sync_topics
from tests.factories import TOPICS, make_analysis, numbered, person, read, say
from tests.store.libraries import but_jobs, contents, opened, restore, tables_of


def test_the_library_is_what_it_was_and_who_has_it_open_sees_that_at_once(
    library: Path, sqlite_engine: Engine, backup: Path
) -> None:
    wanted = contents(backup)
    before = backup.read_bytes()
    file = library.stat().st_ino
    with sqlite_engine.connect() as reader, sqlite_engine.connect() as idle:
        idle.execute(text("SELECT 1"))
        assert list_articles(reader).total == 100
        revision = meta.revision(reader)
        new = restore(backup, library)
        assert list_articles(reader).total == 100, "one request sees one library"
        reader.rollback()
        assert list_articles(reader).total == 3
        assert meta.state(reader) == (revision + 1, revision + 1)
    assert (new.articles, new.quotes, new.problems, new.mendable) == (4, 10, (), 0)
    assert but_jobs(tables_of(sqlite_engine)) == but_jobs(wanted)
    with sqlite_engine.begin() as conn:
        assert add_article(conn, *numbered(999))[1]
    assert library.stat().st_ino == file, "never replaced under those who have it open"
    assert backup.read_bytes() == before, "a backup stays as it is"
    assert sorted(path.name for path in library.parent.iterdir() if path.is_file()) == [
        "library.sqlite",
        "library.sqlite-shm",
        "library.sqlite-wal",
    ]


def test_a_backup_of_a_higher_revision_goes_beyond_its_own(library: Path, sqlite_engine: Engine, backup: Path) -> None:
    engine = opened(backup)
    with engine.begin() as conn:
        meta.put(conn, meta.REVISION, "5000")
    engine.dispose()
    restore(backup, library)
    with sqlite_engine.connect() as conn:
        assert meta.state(conn) == (5001, 5001)


def test_what_was_open_is_open_again_and_goes_on(library: Path, sqlite_engine: Engine, backup: Path) -> None:
    restore(backup, library)
    with sqlite_engine.begin() as conn:
        rows = conn.execute(select(jobs.c.status, jobs.c.tries, jobs.c.worker, jobs.c.leased).order_by(jobs.c.id)).all()
        assert [tuple(row) for row in rows if row.status != "done"] == [("queued", 0, None, None)] * 3
        task = claim(conn, "new:1:0", Lease(seconds=60))
        assert task is not None
        assert (task.name, task.tries) == ("wait.txt", 1)


def test_the_present_library_is_kept_as_it_was_to_the_last_write(
    library: Path, sqlite_engine: Engine, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = restoring._stamp

    def stamp(*args: object) -> None:
        done(*args)  # type: ignore[arg-type]
        with sqlite_engine.begin() as conn:  # after it was looked at, before it is locked
            add_article(conn, *numbered(888))
            meta.bump(conn)

    monkeypatch.setattr(restoring, "_stamp", stamp)
    keep = library.with_name("before.sqlite")
    restore(backup, library, keep)
    kept = opened(keep)
    with kept.connect() as old, sqlite_engine.connect() as new:
        assert list_articles(old).total >= 101
        assert list_articles(new).total == 3
        assert meta.revision(new) > meta.revision(old), "pages were kept up to that one"
    kept.dispose()
    assert not list(library.parent.glob(".*.part"))


def test_writers_go_on_while_it_is_brought_back(library: Path, sqlite_engine: Engine, backup: Path) -> None:
    stop = threading.Event()
    failed: list[StoreError] = []

    def write() -> None:
        number = 1000
        while not stop.is_set():
            number += 1
            try:
                with sqlite_engine.begin() as conn:
                    add_article(conn, *numbered(number))
            except StoreError as error:
                failed.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(3):
            restore(backup, library, library.with_name("before.sqlite"))
    finally:
        stop.set()
        writer.join()
    assert not failed
    with sqlite_engine.connect() as conn:
        assert conn.scalar(text("PRAGMA integrity_check")) == "ok"
        assert conn.execute(text("PRAGMA foreign_key_check")).all() == []


def test_a_damaged_library_can_be_replaced(library: Path, sqlite_engine: Engine, backup: Path) -> None:
    with sqlite_engine.connect() as conn:
        roots = conn.scalars(text("SELECT rootpage FROM sqlite_master WHERE name IN ('meta', 'articles')")).all()
    sqlite_engine.dispose()
    with library.open("r+b") as file:
        for page in roots:
            file.seek((page - 1) * 4096)
            file.write(b"\xee" * 500)
    restore(backup, library)
    assert but_jobs(contents(library)) == but_jobs(contents(backup))
    with sqlite_engine.connect() as conn:
        assert meta.revision(conn) > 1_000_000_000, "beyond all that can have been kept"


def test_a_new_library_is_made_where_there_was_none(backup: Path, tmp_path: Path) -> None:
    library = tmp_path / "new.sqlite"
    restore(backup, library, tmp_path / "before.sqlite")
    assert but_jobs(contents(library)) == but_jobs(contents(backup))
    assert not (tmp_path / "before.sqlite").exists(), "there was nothing to keep"


def test_pages_of_another_size_are_made_ours(library: Path, backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as conn:
        conn.execute("PRAGMA page_size = 1024")
        conn.execute("VACUUM")
    restore(backup, library)
    assert but_jobs(contents(library)) == but_jobs(contents(backup))


def test_a_disk_that_is_full_leaves_the_old_library(
    library: Path, sqlite_engine: Engine, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, done = contents(library), restoring._opened

    def narrow(path: Path) -> sqlite3.Connection:
        live = done(path)
        live.execute("PRAGMA max_page_count = 1")  # as many as it has
        return live

    restored = opened(backup)
    with restored.begin() as conn:
        conn.execute(text("CREATE TABLE ballast AS SELECT zeroblob(4000000) AS weight"))
    restored.dispose()
    monkeypatch.setattr(restoring, "_opened", narrow)
    keep = library.with_name("before.sqlite")
    with pytest.raises(StoreError, match="the disk is full"):
        restore(backup, library, keep)
    assert tables_of(sqlite_engine) == before
    assert not keep.exists()


words = st.text("abc “”é🙂\n.", min_size=3, max_size=40).filter(lambda some: some.strip())


@settings(max_examples=15)
@given(st.lists(words, min_size=0, max_size=5, unique=True), st.integers(0, 3))
def test_what_is_backed_up_and_brought_back_elsewhere_is_the_same(some: list[str], deleted: int) -> None:
    with TemporaryDirectory() as folder:
        here, there = Path(folder) / "here.sqlite", Path(folder) / "there.sqlite"
        engine = opened(here)
        ensure_schema(engine)
        with engine.begin() as conn:
            sync_topics(conn, TOPICS)
            slugs = [add_article(conn, *quoted(body))[0] for body in some]
            for slug in slugs[:deleted]:
                delete_article(conn, slug)
        wanted = tables_of(engine)
        made = back_up(here, Path(folder) / "backup.sqlite")
        engine.dispose()
        assert restore(made.path, there).problems == ()
        assert contents(there) == wanted


def quoted(body: str) -> tuple[Article, Analysis]:
    said = say(body, TextSpan(0, len(body)), speaker=person(body.strip()[:5]), topics=("energy",))
    return Article(body[:10], body), read(body, make_analysis(body, said))
