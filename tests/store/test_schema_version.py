from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Column, Engine, String, create_engine, inspect, select, text

from app.domain import OTHER
from app.errors import SchemaOutOfDate, StoreError
from app.store import meta
from app.store.articles import add_article
from app.store.attributions import list_quotes
from app.store.columns import metadata
from app.store.engine import open_engine
from app.store.filters import AttributionFilter
from app.store.migrations.config import alembic_config
from app.store.schema import attributions, evidence, readings
from app.store.schema_version import HEAD, REVISIONS, ensure_schema, schema_version
from app.store.topics import OTHER_TOPIC, all_topics, sync_topics
from tests.factories import TOPICS, summit

RUN_WITHOUT_ALEMBIC = """
import sys
from app.store.engine import open_engine
from app.store.filters import AttributionFilter
from app.store.schema_version import ensure_schema
assert not ensure_schema(open_engine(sys.argv[1]))
assert "alembic" not in sys.modules
"""


def differs(context: object, inspected: object, column: Column[Any], found: str | None, *wanted: Any) -> bool | None:
    """Whether a default is another; alembic's own way lets PostgreSQL compare JSON, and takes SQLite's '' for more."""
    if not isinstance(column.type, JSON | String):
        return None
    return (found or "").partition("::")[0].strip("()'") != (wanted[-1] or "").strip("'")


def is_in_the_schema(thing: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
    """What each database has in a way of its own is left to its migration: naming it would load both dialects.

    That is an index of some rows alone, and the index of words.
    """
    of_some = {"ix_articles_deleted", "ix_quotes_corrected", "ix_attributions_merged_from"}
    return name not in of_some and not str(name).startswith(("search_", "ix_search_"))


def test_the_known_revisions_are_those_of_the_migrations() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())
    assert scripts.get_heads() == [HEAD]
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == REVISIONS


def test_the_migrations_make_exactly_the_tables_of_the_schema(engine: Engine) -> None:
    with engine.connect() as conn:
        opts = {"compare_type": True, "compare_server_default": differs, "include_object": is_in_the_schema}
        context = MigrationContext.configure(conn, opts=opts)
        assert compare_metadata(context, metadata) == []


def test_every_constraint_has_the_name_of_the_convention(engine: Engine) -> None:
    found = inspect(engine)
    for table in metadata.tables.values():
        checks = {str(check["name"]) for check in found.get_check_constraints(table.name)}
        wanted = {str(one.name) for one in table.constraints if str(one.name).startswith("ck_")}
        assert checks == wanted
        assert found.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
        assert all(str(key["name"]).startswith(f"fk_{table.name}_") for key in found.get_foreign_keys(table.name))


def test_a_new_database_gets_the_schema_once(empty_url: str) -> None:
    engine = open_engine(empty_url)
    assert ensure_schema(engine)
    assert not ensure_schema(engine)
    with engine.connect() as conn:
        assert schema_version(conn) == HEAD
        assert all_topics(conn) == (OTHER_TOPIC,)
        assert OTHER_TOPIC.id == OTHER
        assert meta.revision(conn) == 0
    engine.dispose()


def test_two_programs_that_start_at_once_make_one_schema(empty_url: str) -> None:
    engines = [open_engine(empty_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ensure_schema, engines))
    with engines[0].connect() as conn:
        assert schema_version(conn) == HEAD
        assert len(all_topics(conn)) == 1
    for engine in engines:
        engine.dispose()


def test_a_migration_that_fails_leaves_the_database_empty(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine(empty_url)
    monkeypatch.setattr("alembic.op.bulk_insert", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ensure_schema(engine)
    with engine.connect() as conn:
        assert schema_version(conn) is None
    monkeypatch.undo()
    assert ensure_schema(engine)
    engine.dispose()


def test_a_database_of_a_newer_version_says_so_in_one_sentence(library_url: str) -> None:
    engine = create_engine(library_url)
    with engine.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(SchemaOutOfDate, match=r"9999.*upgrade the program"):
        open_engine(library_url)


def test_a_database_of_another_program_is_left_alone(empty_url: str) -> None:
    engine = create_engine(empty_url)
    with engine.begin() as conn:
        conn.execute(text("CREATE TABLE bookmarks (id INTEGER)"))
    with pytest.raises(StoreError, match="belongs to another program: it has a table “bookmarks”"):
        open_engine(empty_url)
    assert inspect(engine).get_table_names() == ["bookmarks"]
    engine.dispose()


def test_a_current_schema_needs_no_alembic(library_url: str) -> None:
    command = [sys.executable, "-c", RUN_WITHOUT_ALEMBIC, library_url]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2])


def test_a_library_of_an_older_schema_keeps_its_quotes_and_takes_new_ones(empty_url: str) -> None:
    engine = open_engine(empty_url)
    with engine.begin() as conn:
        command.upgrade(alembic_config(conn), "0002")
        conn.execute(
            text(
                "INSERT INTO articles (slug, title, text, text_hash, words, added, pipeline)"
                " VALUES ('old', 'Old', 'Ann said no.', 'x', 3, '2026-01-01 00:00:00', 'p')"
            )
        )
        conn.execute(
            text(
                "INSERT INTO attributions (article_id, position, kind, rule, reason,"
                " clause_start, clause_end, sentence_start, sentence_end)"
                " VALUES (1, 0, 'direct', 'r', 'w', 0, 11, 0, 12)"
            )
        )
        conn.execute(
            text(
                'INSERT INTO evidence (attribution_id, position, topic_id, start, "end", term, rule)'
                " VALUES (1, 0, 'other', 0, 3, 'Ann', 'quote')"
            )
        )
    assert ensure_schema(engine)
    with engine.begin() as conn:
        (row,) = conn.execute(select(attributions)).all()
        assert (row.rule, row.confidence) == ("r", None)
        (old,) = conn.execute(select(evidence)).all()
        assert (old.term, old.refers_start, old.refers_end, old.score) == ("Ann", None, None, 1.0)
        assert all_topics(conn) == (OTHER_TOPIC,)
        assert conn.execute(select(readings)).all() == []
        sync_topics(conn, TOPICS)
        add_article(conn, *summit())
        quotes = list_quotes(conn, AttributionFilter(topic="nato")).items
    assert [one.attribution.confidence for one in quotes] == [pytest.approx(0.61)]
