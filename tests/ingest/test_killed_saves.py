"""``kill -9`` while topics are saved leaves the code book and every quote as they were."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from app.store.columns import metadata
from app.store.engine import open_engine
from tests.ingest.tagging import fill

ROOT = Path(__file__).parents[2]
SAVE = """
import os, signal, sys
from sqlalchemy import event
from app.domain import Topic
from app.ingest.topics import save_topics
from app.settings import load_settings
from app.store.engine import open_engine
from tests.ingest.tagging import fake_tagger

start = sys.argv[2]

def die(*args):
    os.kill(os.getpid(), signal.SIGKILL)

def after(conn, cursor, statement, *args):
    if statement.startswith(start):
        die()

engine = open_engine(sys.argv[1])
event.listen(engine, "commit", die) if start == "COMMIT" else event.listen(engine, "after_cursor_execute", after)
book = [Topic("talk", "Talk", "", "#123456", ("build", "words", "war"))]
save_topics(engine, load_settings(), book, based_on=None, tagger=fake_tagger)
"""
MOMENTS = [
    "UPDATE meta",
    "INSERT INTO topics",
    "DELETE FROM quote_topics",
    "INSERT INTO attribution_topics",
    "DELETE FROM evidence",
    "INSERT INTO evidence",
    "DELETE FROM topics",
    "INSERT INTO topic_revisions",
    "COMMIT",
]


def save(library: str, moment: str) -> int:
    command = [sys.executable, "-c", SAVE, library, moment]
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, timeout=60).returncode


def contents(library: str) -> dict[str, list[object]]:
    engine = open_engine(library)
    with engine.connect() as conn:
        assert conn.scalar(text("PRAGMA integrity_check")) == "ok"
        assert conn.execute(text("PRAGMA foreign_key_check")).all() == []
        found = {name: [tuple(row) for row in conn.execute(table.select())] for name, table in metadata.tables.items()}
    engine.dispose()
    return found  # type: ignore[return-value]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_process_killed_while_it_saves_topics_leaves_everything_as_it_was(sqlite_engine: Engine, moment: str) -> None:
    fill(sqlite_engine, more=2)
    library = str(sqlite_engine.url)
    before = contents(library)
    assert save(library, moment) == -signal.SIGKILL
    assert contents(library) == before
    assert save(library, "never") == 0
    assert contents(library)["topic_revisions"]
