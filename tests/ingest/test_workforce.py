"""Jobs worked off by real processes: every document ends once, whoever dies on the way."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text

from app.ingest import workforce as module
from app.ingest.intake import Queued, queue_documents, queue_reanalysis, queue_text, queue_urls
from app.ingest.workforce import Workforce
from app.settings import Settings
from app.store import job_lists, schema
from app.store.articles import article_text, list_articles
from app.store.deleting import delete_article
from app.store.intake_schema import jobs as table
from app.store.job_rows import JobRow, Priority
from app.store.originals import original
from app.store.provenance import source_of
from app.text.given import Given
from tests.ingest.works import analyse

PATIENCE = 60.0


@pytest.fixture
def settings(sqlite_engine: Engine) -> Settings:
    return Settings(database_url=str(sqlite_engine.url), workers=2, max_characters=100_000)


@contextmanager
def working(engine: Engine, settings: Settings, idle_seconds: float = module.IDLE_SECONDS) -> Iterator[Workforce]:
    force = Workforce(engine, settings, work=analyse, idle_seconds=idle_seconds)
    force.start()
    try:
        yield force
    finally:
        force.close()


@pytest.fixture
def force(sqlite_engine: Engine, settings: Settings) -> Iterator[Workforce]:
    with working(sqlite_engine, settings) as started:
        yield started


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.02)


def ended(engine: Engine, batch: str | None = None) -> dict[str, JobRow]:
    """The jobs by name, once all are over."""

    def over() -> bool:
        with engine.connect() as conn:
            return not job_lists.progress(conn, batch).open

    until(over)
    with engine.connect() as conn:
        return {row.name: row for row in job_lists.list_jobs(conn, batch=batch, limit=1_000).items}


def give(engine: Engine, documents: dict[str, str]) -> Queued:
    return queue_documents(engine, [(words.encode(), Given(name=name)) for name, words in documents.items()])


def sound(engine: Engine) -> None:
    with engine.connect() as conn:
        assert conn.scalar(text("PRAGMA integrity_check")) == "ok"
        assert conn.execute(text("PRAGMA foreign_key_check")).all() == []


def test_what_comes_in_is_read_once_and_its_original_kept(sqlite_engine: Engine, force: Workforce) -> None:
    queued = give(sqlite_engine, {"a.txt": "Report\nShe said: “It is so.”", "b.txt": "Other\n“No,” he said, “never.”"})
    force.ring()
    rows = ended(sqlite_engine, queued.batch)
    assert [(rows[n].status, rows[n].outcome, rows[n].slug) for n in ("a.txt", "b.txt")] == [
        ("done", "added", "report"),
        ("done", "added", "other"),
    ]
    assert rows["b.txt"].message == "2 quotes, 0 indirect."
    with sqlite_engine.connect() as conn:
        source = source_of(conn, "report")
        assert source is not None
        assert (source.name, source.kind) == ("a.txt", "text")
        assert original(conn, source.original).decode() == "Report\nShe said: “It is so.”"
    sound(sqlite_engine)


def test_the_same_text_again_is_known_and_a_deleted_one_comes_back(sqlite_engine: Engine, force: Workforce) -> None:
    first = queue_text(sqlite_engine, "Report\n“It is so,” she said.", Given())
    force.ring()
    ended(sqlite_engine, first.batch)
    again = queue_text(sqlite_engine, "Report\n“It is so,” she said.", Given(title="Another title"))
    force.ring()
    [row] = ended(sqlite_engine, again.batch).values()
    assert (row.outcome, row.slug) == ("known", "report")
    with sqlite_engine.begin() as conn:
        delete_article(conn, "report")
    back = queue_text(sqlite_engine, "Report\n“It is so,” she said.", Given())
    force.ring()
    [row] = ended(sqlite_engine, back.batch).values()
    assert (row.outcome, row.slug) == ("restored", "report")
    assert "You had deleted" in row.message


def test_a_bad_document_fails_with_its_sentence_and_the_others_go_on(sqlite_engine: Engine, force: Workforce) -> None:
    queued = give(sqlite_engine, {"a.txt": " \n ", "b.txt": "“Good,” she said.", "c.txt": "REFUSE", "d.txt": "RAISE"})
    force.ring()
    rows = ended(sqlite_engine, queued.batch)
    assert {name: row.status for name, row in rows.items()} == {
        "a.txt": "failed", "b.txt": "done", "c.txt": "failed", "d.txt": "failed",
    }  # fmt: skip
    assert rows["a.txt"].message == "The text is blank."
    assert rows["c.txt"].message == "There is no pipeline."
    assert "KeyError" in rows["d.txt"].message


def test_a_document_that_ends_its_worker_twice_is_set_aside_and_the_others_go_on(
    sqlite_engine: Engine, force: Workforce
) -> None:
    queued = give(sqlite_engine, {"dead.txt": "DIE", **{f"{n}.txt": f"“Words {n},” she said." for n in range(6)}})
    force.ring()
    rows = ended(sqlite_engine, queued.batch)
    assert (rows["dead.txt"].status, rows["dead.txt"].message) == ("failed", module.DIED)
    assert {row.status for name, row in rows.items() if name != "dead.txt"} == {"done"}
    sound(sqlite_engine)


def test_a_document_that_takes_too_long_to_read_fails_at_once(
    sqlite_engine: Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with working(sqlite_engine, settings) as force:
        queued = give(sqlite_engine, {"slow.txt": "TOO LONG"})
        force.ring()
        [row] = ended(sqlite_engine, queued.batch).values()
    assert (row.status, row.tries, row.message) == ("failed", 1, module.TOOK_TOO_LONG)


def test_a_worker_killed_at_its_work_is_replaced_and_the_job_done(
    sqlite_engine: Engine, force: Workforce, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    queued = give(sqlite_engine, {"sleep.txt": f"SLEEP {mark} once"})
    force.ring()
    until(mark.exists)
    pid = int(mark.read_text("utf-8"))
    os.kill(pid, signal.SIGKILL)
    [row] = ended(sqlite_engine, queued.batch).values()
    assert (row.status, row.tries) == ("done", 2)
    sound(sqlite_engine)


def test_cancelling_frees_the_worker(sqlite_engine: Engine, force: Workforce, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    queued = give(sqlite_engine, {"sleep.txt": f"SLEEP {mark}"})
    force.ring()
    until(mark.exists)
    with sqlite_engine.begin() as conn:
        job_lists.cancel(conn, queued.jobs[0])
    other = give(sqlite_engine, {f"{n}.txt": f"“Words {n},” she said." for n in range(3)})
    force.ring()
    assert {row.status for row in ended(sqlite_engine, other.batch).values()} == {"done"}
    until(lambda: not _runs(int(mark.read_text("utf-8"))))
    [row] = ended(sqlite_engine, queued.batch).values()
    assert row.status == "cancelled"
    with sqlite_engine.connect() as conn:
        assert list_articles(conn).total == 3


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_closing_gives_jobs_back_and_the_next_start_goes_on(
    sqlite_engine: Engine, settings: Settings, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    with working(sqlite_engine, settings) as force:
        queued = give(sqlite_engine, {"sleep.txt": f"SLEEP {mark} once", "b.txt": "“B,” she said."})
        force.ring()
        until(mark.exists)
    with sqlite_engine.connect() as conn:
        assert job_lists.progress(conn, queued.batch).queued >= 1
        assert job_lists.progress(conn, queued.batch).working == 0
    with working(sqlite_engine, settings):
        rows = ended(sqlite_engine, queued.batch)
    assert {row.status for row in rows.values()} == {"done"}
    assert rows["sleep.txt"].tries == 1


def test_jobs_of_a_program_that_was_killed_go_on_at_once(sqlite_engine: Engine, settings: Settings) -> None:
    queued = give(sqlite_engine, {"a.txt": "“A,” she said."})
    dead = os.fork()
    if dead == 0:
        os._exit(0)
    os.waitpid(dead, 0)
    import socket

    with sqlite_engine.begin() as conn:
        values = {"status": "working", "worker": f"{socket.gethostname()}:{dead}:0", "tries": 1}
        conn.execute(table.update().values(values))
        conn.execute(table.update().values(leased=func.datetime("now", "+1 hour")))
    with working(sqlite_engine, settings):
        [row] = ended(sqlite_engine, queued.batch).values()
    assert (row.status, row.tries) == ("done", 1)


def test_a_file_of_many_records_becomes_a_job_each(sqlite_engine: Engine, force: Workforce) -> None:
    lines = '{"text": "“One,” she said."}\n{"text": ""}\n{"text": "“Three,” he said.", "title": "Three"}\n'
    queued = give(sqlite_engine, {"many.jsonl": lines})
    force.ring()
    rows = ended(sqlite_engine, queued.batch)
    assert (rows["many.jsonl"].outcome, rows["many.jsonl"].message) == ("split", "Split into 3 documents.")
    assert sorted(row.status for row in rows.values()) == ["done", "done", "done", "failed"]


def test_an_article_is_analysed_again_in_its_place(sqlite_engine: Engine, force: Workforce) -> None:
    queued = give(sqlite_engine, {"a.txt": "Report\n“It is so,” she said."})
    force.ring()
    ended(sqlite_engine, queued.batch)
    with sqlite_engine.begin() as conn:
        before = article_text(conn, "report")
        conn.execute(schema.articles.update().values(pipeline="older"))
    again = queue_reanalysis(sqlite_engine, only=["report"], priority=Priority.NOW)
    force.ring()
    [row] = ended(sqlite_engine, again.batch).values()
    assert (row.outcome, row.slug) == ("updated", "report")
    with sqlite_engine.connect() as conn:
        after = article_text(conn, "report")
        assert after.row.pipeline != "older"
        assert after.paragraphs == before.paragraphs
        assert conn.scalar(select(func.count()).select_from(schema.quotes)) == 1


def test_an_address_that_cannot_be_fetched_is_refused_before_it_is_queued(sqlite_engine: Engine) -> None:
    from app.errors import IngestError

    with pytest.raises(IngestError):
        queue_urls(sqlite_engine, ["https://example.org/a", "ftp://example.org/b"])
    with sqlite_engine.connect() as conn:
        assert job_lists.progress(conn).total == 0


def test_workers_without_work_give_their_memory_back(sqlite_engine: Engine, settings: Settings) -> None:
    with working(sqlite_engine, settings, idle_seconds=0.3) as force:
        assert force.pids() == []
        queued = give(sqlite_engine, {"a.txt": "“A,” she said."})
        force.ring()
        ended(sqlite_engine, queued.batch)
        until(lambda: force.pids() == [])
        more = give(sqlite_engine, {"b.txt": "“B,” she said."})
        force.ring()
        assert ended(sqlite_engine, more.batch)["b.txt"].status == "done"
