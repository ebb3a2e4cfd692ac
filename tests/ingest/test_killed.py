"""``kill -9`` at any moment leaves a library that opens, and every article in it whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from app.ingest.library import open_library
from app.settings import load_settings
from app.store import schema

ROOT = Path(__file__).parents[2]
QUOTES = 40

INGEST = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from app.ingest.files import ingest_files
from app.settings import load_settings
from tests.ingest.works import FakeAnalyser

moment = sys.argv[2]

def die(*args):
    os.kill(os.getpid(), signal.SIGKILL)

def after(conn, cursor, statement, *args):
    if statement.startswith(f"INSERT INTO {moment} "):
        die()

if __name__ == "__main__":
    if moment == "commit":
        from tests.ingest import works
        event.listen(Engine, "commit", lambda conn: die() if conn.info.get("wrote") else None)
        event.listen(Engine, "after_cursor_execute", lambda conn, cursor, statement, *args:
            conn.info.update(wrote=True) if statement.startswith("INSERT INTO quotes ") else None)
    elif moment != "any":
        event.listen(Engine, "after_cursor_execute", after)
    settings = load_settings(database_url=sys.argv[1])
    print("ready", flush=True)
    for outcome in ingest_files([Path(name) for name in sys.argv[3:]], settings, analyser=FakeAnalyser()):
        print(outcome.status, flush=True)
"""


def article(folder: Path, number: int) -> Path:
    lines = "\n".join(f"“Words {number}.{n} stand here,” she said." for n in range(QUOTES))
    path = folder / f"{number}.txt"
    path.write_text(f"Report {number}\n{lines}", encoding="utf-8")
    return path


def start(library: Path, moment: str, paths: list[Path]) -> subprocess.Popen[str]:
    script = library.with_name("ingest.py")
    script.write_text(INGEST, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(script), str(library), moment, *map(str, paths)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def whole_articles(library: Path) -> int:
    """How many articles there are, once it is sure that each is whole and nothing belongs to none."""
    engine = open_library(load_settings(database_url=str(library)))
    with engine.connect() as conn:
        assert conn.scalar(text("PRAGMA integrity_check")) == "ok"
        assert conn.execute(text("PRAGMA foreign_key_check")).all() == []
        articles = conn.scalar(select(func.count()).select_from(schema.articles)) or 0
        for table, each in (
            (schema.paragraphs, QUOTES + 1),
            (schema.attributions, QUOTES),
            (schema.attribution_spans, QUOTES),
            (schema.quotes, QUOTES),
            (schema.quote_topics, QUOTES),
        ):
            assert conn.scalar(select(func.count()).select_from(table)) == articles * each, table.name
    engine.dispose()
    return articles


@pytest.mark.parametrize("moment", ["articles", "speakers", "attributions", "quotes", "quote_topics", "commit"])
def test_a_process_killed_while_it_stores_leaves_the_article_absent(tmp_path: Path, moment: str) -> None:
    library = tmp_path / "library.sqlite"
    paths = [article(tmp_path, 1)]
    with start(library, moment, paths) as process:
        assert process.wait(60) == -signal.SIGKILL
    assert whole_articles(library) == 0
    with start(library, "never", paths) as process:
        assert process.wait(60) == 0
    assert whole_articles(library) == 1


def test_a_process_killed_while_it_makes_the_library_leaves_one_that_opens(tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite"
    with start(library, "meta", [article(tmp_path, 1)]) as process:
        assert process.wait(60) == -signal.SIGKILL
    assert whole_articles(library) == 0


def test_a_process_killed_at_any_moment_leaves_every_article_whole(tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite"
    paths = [article(tmp_path, number) for number in range(200)]
    chance = random.Random(7)
    before = 0
    for _ in range(5):
        with start(library, "any", paths) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            for _ in range(before + 3):
                process.stdout.readline()
            time.sleep(chance.random() * 0.1)
            process.kill()
        now = whole_articles(library)
        assert now >= before + 3
        before = now
    assert before < len(paths), "it was never killed in the middle"
