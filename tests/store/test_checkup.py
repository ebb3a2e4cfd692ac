from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from app.store.checkup import check_library
from app.store.columns import metadata
from app.store.mending import MENDERS, mend_kind
from app.store.troubles import Kind, Remedy, Trouble
from tests.store.libraries import break_it, fill
from tests.store.wrongs import FIRST, WRONG


def look(engine: Engine) -> list[Trouble]:
    with engine.connect() as conn:
        return list(check_library(conn))


def mend(engine: Engine, found: list[Trouble]) -> None:
    for kind in MENDERS:
        keys = [one.key for one in found if one.kind is kind]
        if keys:
            with engine.begin() as conn:
                mend_kind(conn, kind, keys)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    fill(engine)
    return engine


def test_nothing_is_wrong_with_a_whole_library(filled: Engine) -> None:
    assert look(filled) == []
    with filled.connect() as conn:
        empty = [name for name, table in metadata.tables.items() if conn.execute(table.select()).first() is None]
    untouched = {"feeds", "feed_entries", "versions", "topic_revisions", "dismissed_suggestions", "paragraph_topics"}
    untouched |= {"shares", "share_sessions", "audit"}
    assert set(empty) <= untouched


def test_nothing_is_wrong_with_an_empty_library(engine: Engine) -> None:
    assert look(engine) == []


@pytest.mark.parametrize("name", WRONG)
def test_each_trouble_is_found_named_and_mended_where_it_can_be(filled: Engine, name: str) -> None:
    statement, kind, remedy, words = WRONG[name]
    break_it(filled, statement)
    found = look(filled)
    assert (kind, remedy) in {(one.kind, one.remedy) for one in found}
    assert any(words in one.what and one.kind is kind for one in found), [one.what for one in found]
    assert all(one.what.endswith(".") and one.where for one in found)
    assert all(one.mendable is (one.remedy is not Remedy.BACKUP) for one in found)
    if remedy is Remedy.REBUILD:
        mend(filled, found)
        assert [one for one in look(filled) if one.kind is not Kind.TRASH] == []


def test_all_that_is_wrong_is_found_at_once(filled: Engine) -> None:
    broken = ("a wrong number of words", "a window past the end", "a deleted article without what was kept of it")
    break_it(filled, *(WRONG[name][0] for name in broken))
    assert {one.kind for one in look(filled)} == {Kind.WORDS, Kind.QUOTE, Kind.TRASH}


@pytest.mark.parametrize("size", [0, 20])
def test_an_original_that_is_not_what_was_given_is_found(filled: Engine, size: int) -> None:
    broken = text("UPDATE originals SET data = :data WHERE hash = (SELECT max(original) FROM sources)")
    with filled.begin() as conn:
        conn.execute(broken, {"data": b"\x78\x9c" * size})
    [found] = look(filled)
    assert (found.kind, found.remedy) == (Kind.ORIGINAL, Remedy.BACKUP)
    assert found.what.startswith("The original of “report-")


def test_what_was_kept_of_a_deleted_article_is_unpacked(filled: Engine) -> None:
    with filled.begin() as conn:
        conn.execute(text("UPDATE trash SET rows = :rows"), {"rows": b"no zlib"})
    [found] = look(filled)
    assert found.what == "“report-77” was deleted and cannot be brought back: what was kept of it is damaged."


def test_an_article_that_was_not_compared_and_a_damaged_signature_are_to_be_made_anew(filled: Engine) -> None:
    with filled.begin() as conn:
        conn.execute(text("DELETE FROM signatures WHERE article_id = 2"))
        conn.execute(text("UPDATE signatures SET minhash = :half WHERE article_id = 1"), {"half": b"half"})
    assert [(one.kind, one.remedy, one.key) for one in look(filled)] == [
        (Kind.SIGNATURE, Remedy.REBUILD, 1),
        (Kind.SIGNATURE, Remedy.REBUILD, 2),
    ]


def test_a_transaction_lasts_for_a_batch_and_writers_go_on(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.whole.MOST", 1)
    break_it(filled, "UPDATE articles SET words = words + 1")
    seen = []
    with filled.connect() as conn:
        for one in check_library(conn):
            assert not conn.in_transaction()
            if one.kind is Kind.WORDS and one.key != 4:
                with filled.begin() as other:  # the next one is well by the time it is looked at
                    other.execute(text(f"UPDATE articles SET words = words - 1 WHERE id = {int(one.key or 0) + 1}"))
            seen.append(one.key)
    assert seen == [1, 3]


def test_a_checkup_within_a_transaction_sees_what_is_written_there(filled: Engine) -> None:
    with filled.connect() as conn:
        conn.execute(text("UPDATE articles SET words = 1"))
        assert len(list(check_library(conn))) == 4
        assert conn.in_transaction()


def test_it_tells_how_far_it_is(filled: Engine) -> None:
    told: list[tuple[int, int]] = []
    with filled.connect() as conn:
        list(check_library(conn, lambda done, total: told.append((done, total))))
    assert told[0] == (0, 7)
    assert told[-1] == (7, 7), "four articles and three originals"
    assert told == sorted(told)


@pytest.mark.parametrize("column", ["text", "edited", "added", "title"])
def test_what_cannot_be_read_is_told_of_its_article_and_the_others_are_looked_at(
    sqlite_engine: Engine, column: str
) -> None:
    fill(sqlite_engine)
    break_it(sqlite_engine, f"UPDATE articles SET {column} = CAST(x'ff00fe' AS TEXT) WHERE id = {FIRST}")
    break_it(sqlite_engine, "UPDATE articles SET words = words + 1 WHERE id = 2")
    found = {one.kind: one for one in look(sqlite_engine)}
    assert found[Kind.UNREADABLE].where == "leaders-meet-in-beijing"
    assert found[Kind.UNREADABLE].remedy is Remedy.BACKUP
    assert found[Kind.WORDS].key == 2


def test_a_row_that_is_missing_from_an_index_is_put_back(sqlite_engine: Engine) -> None:
    fill(sqlite_engine)
    path = Path(sqlite_engine.url.database or "")
    sqlite_engine.dispose()
    index = "name = 'ix_articles_url'"
    with closing(sqlite3.connect(path)) as conn:
        row = conn.execute(f"SELECT * FROM sqlite_master WHERE {index}").fetchone()
        conn.execute("PRAGMA writable_schema = ON")
        conn.execute(f"DELETE FROM sqlite_master WHERE {index}")
        conn.commit()
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("UPDATE articles SET url = 'https://example.org/other' WHERE id = 1")
        conn.execute("PRAGMA writable_schema = ON")
        conn.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", row)
        conn.commit()
    found = look(sqlite_engine)
    assert {(one.kind, one.remedy) for one in found} == {(Kind.INDEX, Remedy.REBUILD)}
    mend(sqlite_engine, found)
    assert look(sqlite_engine) == []


def test_a_damaged_page_is_told_and_ends_nothing(sqlite_engine: Engine) -> None:
    fill(sqlite_engine, more=40)
    path = Path(sqlite_engine.url.database or "")
    with sqlite_engine.connect() as conn:
        page = conn.scalar(text("SELECT rootpage FROM sqlite_master WHERE name = 'attribution_spans'"))
    sqlite_engine.dispose()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xee" * 200)
    found = look(sqlite_engine)
    assert {one.kind for one in found} >= {Kind.FILE, Kind.UNREADABLE}
    assert all(one.remedy is Remedy.BACKUP for one in found if one.kind in (Kind.FILE, Kind.UNREADABLE))
