"""What is queued, behind a server: read while it serves, given back when it ends, gone on with when it was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from app.ingest.intake import queue_documents
from app.ingest.library import SEEDED, open_library
from app.settings import Settings
from app.store import meta
from app.store.intake_schema import jobs
from app.store.job_lists import progress
from app.store.job_rows import Progress
from app.text.given import Given
from tests.bench.processes import family
from tests.ingest.test_analysers import is_running

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
ROOT = Path(__file__).parents[1]

PROGRAM = """
import signal
from functools import partial
from app.__main__ import main
from app.ingest import workforce
from tests.ingest.works import analyse

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    workforce.Workforce = partial(workforce.Workforce, work=analyse)
    main()
"""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_library(Settings(database_url=str(tmp_path / "library.sqlite")))
    with made.begin() as conn:
        meta.put(conn, SEEDED, "yes")
    yield made
    made.dispose()


@contextmanager
def served(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    script = folder / "program.py"
    script.write_text(PROGRAM, encoding="utf-8")
    command = [sys.executable, str(script), "serve", "--port", "0", "--no-open", "--workers", "2"]
    more = {"PYTHONPATH": str(ROOT), "COMMUNIQUE_DATABASE_URL": str(folder / "library.sqlite")}
    process = subprocess.Popen(
        [*command, *arguments],
        env={**os.environ, **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        assert process.stdout.readline().startswith("http://")
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def give(engine: Engine, *texts: str) -> None:
    queue_documents(engine, [(words.encode(), Given(name=f"{number}.txt")) for number, words in enumerate(texts)])


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.02)


def counts(engine: Engine) -> Progress:
    with engine.connect() as conn:
        return progress(conn)


def test_a_server_without_jobs_starts_no_process(engine: Engine, tmp_path: Path) -> None:
    with served(tmp_path) as process:
        time.sleep(1.5)
        assert list(family(process.pid)) == [process.pid]


def test_what_is_queued_before_and_meanwhile_is_read(engine: Engine, tmp_path: Path) -> None:
    give(engine, "“One.”")
    with served(tmp_path) as process:
        until(lambda: counts(engine).done == 1)
        give(engine, "“Two.”", "“Three.”")
        until(lambda: counts(engine).done == 3)
        workers = list(family(process.pid))[1:]
        assert workers
        process.send_signal(signal.SIGINT)
        _, message = process.communicate(timeout=20)
    assert (process.returncode, message) == (130, "")
    until(lambda: not any(map(is_running, workers)))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_ends_gives_back_what_it_has_begun(engine: Engine, tmp_path: Path, how: signal.Signals) -> None:
    give(engine, f"SLEEP {tmp_path / 'pid'}")
    with served(tmp_path) as process:
        until((tmp_path / "pid").exists)
        start = time.monotonic()
        process.send_signal(how)
        process.communicate(timeout=30)
        assert time.monotonic() - start < 10
    with engine.connect() as conn:
        assert [tuple(row) for row in conn.execute(select(jobs.c.status, jobs.c.tries))] == [("queued", 0)]


def test_a_server_that_is_killed_takes_its_workers_along_and_the_next_goes_on(engine: Engine, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    give(engine, f"SLEEP {note} once", *(f"“Text {number}.”" for number in range(20)))
    with served(tmp_path) as process:
        until(note.exists)
        family_of = list(family(process.pid))
        process.kill()
    until(lambda: not any(map(is_running, family_of)))
    assert counts(engine).open > 0
    with served(tmp_path):
        until(lambda: counts(engine).open == 0)
    assert counts(engine).done == 21
