"""Fifty times ``kill -9`` at random moments of a bulk ingest, of the program or of a worker: nothing lost or twice."""

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

from app.ingest.intake import queue_documents
from app.ingest.library import open_library
from app.settings import Settings
from app.store import job_lists, schema
from app.store.articles import article_text
from app.store.intake_schema import originals, sources
from app.store.job_rows import JobStatus
from app.text.given import Given
from tests.bench.composed import compose
from tests.bench.processes import family

pytestmark = [pytest.mark.bench, pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")]

ROOT = Path(__file__).parents[2]
DOCUMENTS, KILLS = 3_000, 50
LONGEST_LIFE = 3.0
"""Seconds from a start to its kill, at most: processes start, claim, read, write and end within."""

PROGRAM = """
import sys, time
from app.ingest.library import open_library
from app.ingest.workforce import Workforce
from app.settings import Settings
from app.store import job_lists
from tests.ingest import works

if __name__ == "__main__":
    settings = Settings(database_url=sys.argv[1], workers=2)
    engine = open_library(settings)
    force = Workforce(engine, settings, work=works.analyse)
    force.start()
    force.ring()
    while True:
        with engine.connect() as conn:
            if not job_lists.progress(conn).open:
                break
        time.sleep(0.05)
    force.close()
"""


def start(script: Path, library: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, str(script), library], env=environment, stderr=subprocess.DEVNULL)


def kill(process: subprocess.Popen[bytes], rng: random.Random) -> str:
    """End the program or one of its workers, which are Python's own helper among them."""
    chosen = rng.choice(list(family(process.pid)))
    try:
        os.kill(chosen, signal.SIGKILL)
    except ProcessLookupError:
        return "nobody"
    return "program" if chosen == process.pid else "worker"


def test_fifty_kills_lose_nothing_and_double_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(database_url=str(tmp_path / "library.sqlite"))
    script = tmp_path / "work.py"
    script.write_text(PROGRAM, encoding="utf-8")
    engine = open_library(settings)
    texts = [compose(number, words=120) for number in range(DOCUMENTS)]
    queue_documents(engine, [(one.encode(), Given(name=f"{n}.txt")) for n, one in enumerate(texts)])
    rng = random.Random(2026)
    killed: list[str] = []
    process = start(script, settings.database_url)
    while len(killed) < KILLS:
        time.sleep(rng.uniform(0.05, LONGEST_LIFE))
        killed.append(kill(process, rng))
        if killed[-1] == "program":
            process.wait()
        if process.poll() is not None:
            process = start(script, settings.database_url)
    with engine.connect() as conn:
        left = job_lists.progress(conn).open
    if process.wait(600):
        assert start(script, settings.database_url).wait(600) == 0
    with engine.connect() as conn:
        done = job_lists.progress(conn)
        failed = job_lists.list_jobs(conn, status=JobStatus.FAILED, limit=100).items
        assert conn.scalar(text("PRAGMA integrity_check")) == "ok"
        assert conn.execute(text("PRAGMA foreign_key_check")).all() == []
        stored = {row.text: row.slug for row in conn.execute(select(schema.articles.c.text, schema.articles.c.slug))}
        counted = [conn.scalar(select(func.count()).select_from(table)) for table in (schema.articles, sources)]
        whole = all(article_text(conn, slug).row.quotes == words.count("“") for words, slug in stored.items())
        held = conn.scalar(select(func.count()).select_from(originals))
    engine.dispose()
    with capsys.disabled():
        print(
            f"\ncrashes: {killed.count('program')} kills of the program, {killed.count('worker')} of what it started; "
            f"{left} of {DOCUMENTS} documents were left then; {done.done} done, {done.failed} set aside"
        )
    assert left > 0, "the kills came too late to matter"
    # A document is set aside where chance ended its worker twice over it: it is not lost, a retry takes it in.
    assert done.done + len(failed) == DOCUMENTS
    assert len(stored) == done.done
    assert counted == [done.done, done.done]
    assert set(stored) <= set(texts)
    assert whole
    assert held is not None
    assert held >= done.done
