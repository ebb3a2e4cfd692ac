"""``kill -9`` at any moment leaves a library that opens, every article in it whole, and no document lost or twice."""

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
from app.store.intake_schema import sources
from app.store.job_lists import progress
from app.store.job_rows import Progress
from tests.bench.processes import family

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
ROOT = Path(__file__).parents[2]
QUOTES = 40

PROGRAM = """
import multiprocessing, os, signal, sys
from functools import partial
from sqlalchemy import event
from sqlalchemy.engine import Engine
from app.__main__ import main
from app.ingest import workforce
from tests.ingest.works import analyse

moment = os.environ["MOMENT"]
wrote = set()

def die():
    program = multiprocessing.parent_process()
    if program:
        os.kill(program.pid, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)

def after(conn, cursor, statement, *args):
    if statement.startswith(f"INSERT INTO {moment} "):
        die()
    if statement.startswith("INSERT INTO quotes "):
        wrote.add(True)

event.listen(Engine, "after_cursor_execute", after)
if moment == "commit":
    event.listen(Engine, "commit", lambda conn: die() if wrote else None)
if __name__ == "__main__":
    workforce.Workforce = partial(workforce.Workforce, work=analyse)
    main()
"""


def article(folder: Path, number: int) -> Path:
    lines = "\n".join(f"“Words {number}.{n} stand here,” she said." for n in range(QUOTES))
    path = folder / f"{number}.txt"
    path.write_text(f"Report {number}\n{lines}", encoding="utf-8")
    return path


def start(library: Path, moment: str, *arguments: object, stderr: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """``communique`` with *arguments*; it and its worker die at *moment*."""
    script = library.with_name("program.py")
    script.write_text(PROGRAM, encoding="utf-8")
    more = {"PYTHONPATH": str(ROOT), "MOMENT": moment, "COMMUNIQUE_DATABASE_URL": str(library)}
    command = [sys.executable, str(script), *map(str, arguments)]
    return subprocess.Popen(command, env={**os.environ, **more}, stdout=subprocess.DEVNULL, stderr=stderr)


def whole_articles(library: Path) -> int:
    """How many articles there are, once it is sure that each is whole and nothing belongs to none."""
    engine = open_library(load_settings(database_url=str(library)))
    with engine.connect() as conn:
        assert conn.scalar(text("PRAGMA integrity_check")) == "ok"
        assert conn.execute(text("PRAGMA foreign_key_check")).all() == []
        articles = conn.scalar(select(func.count()).select_from(schema.articles)) or 0
        for table, each in (
            (sources, 1),
            (schema.paragraphs, QUOTES + 1),
            (schema.attributions, QUOTES),
            (schema.attribution_spans, QUOTES),
            (schema.quotes, QUOTES),
            (schema.quote_topics, QUOTES),
        ):
            assert conn.scalar(select(func.count()).select_from(table)) == articles * each, table.name
    engine.dispose()
    return articles


def jobs(library: Path) -> Progress:
    engine = open_library(load_settings(database_url=str(library)))
    with engine.connect() as conn:
        found = progress(conn)
    engine.dispose()
    return found


def finish(library: Path) -> None:
    with start(library, "never", "jobs", "work") as process:
        assert process.wait(120) == 0


@pytest.mark.parametrize("moment", ["articles", "attributions", "quote_topics", "commit"])
def test_a_program_killed_while_it_stores_leaves_the_article_absent_and_the_next_stores_it(
    tmp_path: Path, moment: str
) -> None:
    library = tmp_path / "library.sqlite"
    with start(library, moment, "ingest", article(tmp_path, 1)) as process:
        assert process.wait(60) == -signal.SIGKILL
    assert whole_articles(library) == 0
    assert jobs(library).open == 1
    finish(library)
    assert whole_articles(library) == 1
    assert jobs(library).done == 1


@pytest.mark.parametrize("moment", ["meta", "jobs"])
def test_a_program_killed_while_it_makes_the_library_or_queues_leaves_one_that_opens(
    tmp_path: Path, moment: str
) -> None:
    library = tmp_path / "library.sqlite"
    with start(library, moment, "ingest", article(tmp_path, 1)) as process:
        assert process.wait(60) == -signal.SIGKILL
    assert whole_articles(library) == 0
    assert jobs(library).total == 0


def test_a_program_killed_at_any_moment_leaves_every_article_whole_and_none_lost_or_twice(tmp_path: Path) -> None:
    library, folder = tmp_path / "library.sqlite", tmp_path / "in"
    folder.mkdir()
    count = len([article(folder, number) for number in range(300)])
    with start(library, "never", "ingest", "--no-wait", folder) as process:
        assert process.wait(60) == 0
    chance = random.Random(7)
    before, amid = 0, 0
    for number in range(5):
        process = start(library, "never", "ingest", folder / "0.txt")
        wait_for_articles(library, before + 3)
        time.sleep(chance.random() * 0.1)
        # The program, whose workers end by themselves, or a worker, which the program replaces.
        victim = process.pid if number % 2 == 0 else list(family(process.pid))[-1]
        os.kill(victim, signal.SIGKILL)
        time.sleep(chance.random() * 0.2)
        process.kill()
        process.wait()
        before = whole_articles(library)
        amid += before < count
    assert amid, "it was never killed in the middle"
    finish(library)
    found = jobs(library)
    assert whole_articles(library) == count
    assert (found.open, found.failed, found.cancelled) == (0, 0, 0)


def test_a_program_interrupted_gives_back_what_it_has_begun_and_ends_quietly(tmp_path: Path) -> None:
    library, note = tmp_path / "library.sqlite", tmp_path / "pid"
    (tmp_path / "slow.txt").write_text(f"SLEEP {note} once", encoding="utf-8")
    process = start(library, "never", "ingest", tmp_path / "slow.txt", stderr=subprocess.PIPE)
    while not note.exists():
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, message = process.communicate(timeout=30)
    assert process.returncode == 130
    assert message.decode().strip().startswith("Stopped. 1 document goes on with the next")
    assert message.count(b"\n") == 2
    assert jobs(library).queued == 1
    finish(library)
    assert jobs(library).done == 1


def wait_for_articles(library: Path, count: int) -> None:
    end = time.monotonic() + 60
    engine = open_library(load_settings(database_url=str(library)))
    while time.monotonic() < end:
        with engine.connect() as conn:
            if (conn.scalar(select(func.count()).select_from(schema.articles)) or 0) >= count:
                break
        time.sleep(0.01)
    engine.dispose()
