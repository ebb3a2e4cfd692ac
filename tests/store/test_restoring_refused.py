from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, create_engine, text

from app.errors import SchemaOutOfDate, StoreError
from app.store.articles import list_articles
from app.store.migrations.config import alembic_config
from app.store.quote_ids import text_hash
from app.store.restoring import prepared
from app.store.schema_version import HEAD, schema_version
from tests.store.libraries import break_it, contents, restore


def test_a_library_of_an_older_schema_is_brought_up_to_date_and_its_file_is_left_alone(
    library: Path, sqlite_engine: Engine, tmp_path: Path
) -> None:
    old = tmp_path / "old.sqlite"
    engine = create_engine(f"sqlite:///{old}")
    with engine.begin() as conn:
        command.upgrade(alembic_config(conn), "0004")
        conn.execute(
            text(
                "INSERT INTO articles (slug, title, text, text_hash, words, added, pipeline) VALUES ('old', 'Old', "
                "'Ann said no.', '', 3, '2026-01-01 00:00:00', 'p')"
            )
        )
        conn.execute(text("UPDATE articles SET text_hash = :hash"), {"hash": text_hash("Ann said no.")})
    engine.dispose()
    before = old.read_bytes()
    new = restore(old, library)
    assert (new.articles, new.problems) == (1, ())
    assert new.mendable, "it was not compared with others yet"
    assert old.read_bytes() == before
    with sqlite_engine.connect() as conn:
        assert schema_version(conn) == HEAD
        assert [row.slug for row in list_articles(conn).items] == ["old"]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"This is a letter.\n" * 500, "is not an SQLite database"), (b"", "is empty: it holds no library")],
)
def test_what_is_no_database_is_refused(library: Path, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "letter.sqlite"
    path.write_bytes(content)
    before = contents(library)
    with pytest.raises(StoreError, match=words):
        restore(path, library)
    assert contents(library) == before
    assert not list(library.parent.glob(".*.part"))


def test_what_another_program_made_is_refused(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.sqlite"
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE bookmarks (id INTEGER)")
    with pytest.raises(StoreError, match="belongs to another program: it has a table “bookmarks”"):
        restore(path, library)


def test_a_library_of_a_newer_version_is_refused(library: Path, backup: Path) -> None:
    break_it(create_engine(f"sqlite:///{backup}"), "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaOutOfDate, match=r"9999.*upgrade the program"):
        restore(backup, library)


def test_what_is_wrong_with_a_backup_is_said(library: Path, backup: Path) -> None:
    broken = "UPDATE articles SET text = 'Something else.', words = 2"
    break_it(create_engine(f"sqlite:///{backup}"), broken, "UPDATE count_topics SET direct = 7")
    with prepared(backup, library) as new:
        assert len(new.problems) == 3
        assert "is not the one that was taken in" in new.problems[0]
        assert new.mendable == 4, "the counts, and the words by which the quotes of three articles are found"


def test_a_backup_cut_short_is_refused_or_said_to_be_damaged(library: Path, backup: Path) -> None:
    whole = backup.read_bytes()
    for part in (0.2, 0.5, 0.99):
        backup.write_bytes(whole[: int(len(whole) * part)])
        assert "damaged" in said_of(backup, library)


def said_of(backup: Path, library: Path) -> str:
    try:
        with prepared(backup, library) as new:
            return " ".join(new.problems)
    except StoreError as error:
        return str(error)
