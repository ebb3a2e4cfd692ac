"""Documents queued some at a time, and their jobs followed to the end."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from app.errors import StoreError
from app.ingest import delivery
from app.ingest.delivery import deliver
from app.ingest.finding import Address, File, Found, LeftOut, Unread
from app.ingest.following import Follower
from app.ingest.intake import queue_text
from app.store.intake_schema import jobs
from app.store.job_lists import list_jobs, progress
from app.store.job_rows import JobStatus
from app.store.jobs import claim, finish, now
from app.text.given import Given


def work(engine: Engine, count: int = 1) -> None:
    """Do some jobs."""
    for _ in range(count):
        with engine.begin() as conn:
            task = claim(conn, "here:1:1", dt.timedelta(minutes=1))
            assert task
            assert finish(conn, task, JobStatus.FAILED, "No.")


def lines(folder: Path, count: int) -> File:
    (folder / "a.jsonl").write_text('{"text": "x"}\n' * count, "utf-8")
    return File(folder / "a.jsonl", "a.jsonl")


def test_many_documents_are_queued_some_at_a_time_as_one_batch(sqlite_engine: Engine, tmp_path: Path) -> None:
    found: list[Found] = [
        Unread("b", "No."),
        lines(tmp_path, 450),
        LeftOut("in", ("c",), "is hidden"),
        Address("https://a.example/"),
    ]
    done = list(deliver(sqlite_engine, found))
    assert [one.jobs for one in done] == [9, 200, 200, 42]
    assert len({one.batch for one in done}) == 1
    assert [one.unread for one in done] == [[Unread("b", "No.")], [], [], []]
    assert done[-1].left_out == [LeftOut("in", ("c",), "is hidden")]
    assert not any(one.places for one in done), "the name of a line is that of its job"
    with sqlite_engine.connect() as conn:
        rows = list_jobs(conn, limit=500).items
        assert {row.kind for row in rows} == {"document", "url"}
        assert set(conn.scalars(jobs.select().with_only_columns(jobs.c.priority))) == {1}


def test_a_few_documents_are_waited_for_and_large_ones_are_not_held_together(
    sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "BYTES", 30)
    done = list(deliver(sqlite_engine, [lines(tmp_path, 7)]))
    assert [one.jobs for one in done] == [3, 3, 1]
    monkeypatch.setattr(delivery, "BYTES", 10**9)
    (tmp_path / "b.txt").write_text("x", "utf-8")
    (one,) = deliver(sqlite_engine, [File(tmp_path / "b.txt", "in/b.txt")], Given(title="T"))
    assert list(one.places.values()) == ["in/b.txt"]
    with sqlite_engine.connect() as conn:
        priorities = list(conn.scalars(jobs.select().with_only_columns(jobs.c.priority).order_by(jobs.c.id)))
    assert priorities == [1] * 7 + [0]


def test_what_was_queued_stays_where_the_rest_cannot_be(
    sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivered = deliver(sqlite_engine, [lines(tmp_path, 300)])
    assert next(delivered).jobs == 10

    def queue(*arguments: object, **more: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(delivery, "queue_documents", queue)
    with pytest.raises(StoreError):
        next(delivered)
    with sqlite_engine.connect() as conn:
        assert progress(conn).queued == 10


def test_every_job_is_told_once_as_it_ends(sqlite_engine: Engine, tmp_path: Path) -> None:
    follower = Follower(sqlite_engine)
    assert follower.ended() == []
    for some in deliver(sqlite_engine, [lines(tmp_path, 30)]):
        follower.add(some.batch)
    told: list[str] = []
    for count in (1, 0, 9, 20):
        work(sqlite_engine, count)
        told += [job.name for job in follower.ended()]
    assert told == [f"a.jsonl line {number}" for number in range(1, 31)]
    follower._again = 0
    assert follower.counts() == (30, 30)


def test_what_ended_before_is_not_told_nor_counted(sqlite_engine: Engine) -> None:
    batch = queue_text(sqlite_engine, "One.", Given()).batch
    with sqlite_engine.begin() as conn:
        conn.execute(update(jobs).values(finished=now(), status="done"))
    queue = queue_text(sqlite_engine, "Two.", Given(name="two"))
    with sqlite_engine.begin() as conn:
        conn.execute(update(jobs).where(jobs.c.uid == queue.jobs[0]).values(batch=batch))
    follower = Follower(sqlite_engine)
    assert follower.add_open() == 1
    assert follower.counts() == (0, 1)
    work(sqlite_engine)
    assert [job.name for job in follower.ended()] == ["two"]
    assert follower.add_open() == 0


def test_memory_does_not_grow_with_the_jobs(sqlite_engine: Engine, tmp_path: Path) -> None:
    follower = Follower(sqlite_engine)
    for some in deliver(sqlite_engine, [lines(tmp_path, 50)]):
        follower.add(some.batch)
    work(sqlite_engine, 25)
    assert len(follower.ended()) == 25
    with sqlite_engine.begin() as conn:
        long_ago = now() - dt.timedelta(minutes=2)
        conn.execute(update(jobs).where(jobs.c.status == "failed").values(finished=long_ago))
    follower._told = dict.fromkeys(follower._told, long_ago)
    work(sqlite_engine, 1)
    assert len(follower.ended()) == 1
    assert len(follower._told) == 1
