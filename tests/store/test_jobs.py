"""Jobs: queued whole, taken by one worker, ended once."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Sequence

import pytest
from sqlalchemy import Connection, Engine, func, select, update

from app.errors import Conflict, NotFound, StoreError
from app.store import job_lists, jobs
from app.store.articles import add_article
from app.store.deleting import delete_article
from app.store.intake_schema import jobs as table
from app.store.intake_schema import originals
from app.store.job_rows import JobKind, JobOutcome, JobStatus, NewJob, Priority, Progress, Task
from app.store.originals import drop_unused, keep_original, original
from app.store.schema import articles
from tests.factories import summit

LEASE = jobs.Lease(seconds=60)
SPENT = jobs.Lease(seconds=-1)


def documents(*names: str, priority: Priority = Priority.NOW) -> list[NewJob]:
    return [NewJob(JobKind.DOCUMENT, name, data=name.encode(), priority=priority) for name in names]


def take(conn: Connection, worker: str = "w", lease: jobs.Lease = LEASE) -> Task:
    task = jobs.claim(conn, worker, lease)
    assert task is not None
    return task


def states(conn: Connection) -> dict[str, str]:
    return {row.name: row.status for row in conn.execute(select(table.c.name, table.c.status))}


def test_jobs_are_taken_in_the_order_they_came_but_who_waits_is_first(conn: Connection) -> None:
    jobs.add_jobs(conn, documents("bulk", priority=Priority.BULK))
    jobs.add_jobs(conn, documents("again", priority=Priority.AGAIN))
    jobs.add_jobs(conn, documents("first", "second"))
    assert [take(conn).name for _ in range(4)] == ["first", "second", "bulk", "again"]
    assert jobs.claim(conn, "w", LEASE) is None


def test_a_job_brings_its_document_and_what_was_given(conn: Connection) -> None:
    new = NewJob(JobKind.DOCUMENT, "a.txt", given={"title": "Zoë"}, data=b"\xff\x00words")
    batch, [uid] = jobs.add_jobs(conn, [new])
    task = take(conn)
    assert (task.uid, task.batch, task.given, task.tries) == (uid, batch, {"title": "Zoë"}, 1)
    assert task.original is not None
    assert original(conn, task.original) == b"\xff\x00words"


def test_two_workers_never_get_the_same_job(engine: Engine) -> None:
    with engine.begin() as conn:
        jobs.add_jobs(conn, documents("a", "b"))
    with engine.begin() as conn:
        one = take(conn, "one")
    with engine.begin() as conn:
        other = take(conn, "other")
    assert {one.name, other.name} == {"a", "b"}
    with engine.begin() as conn:
        assert jobs.claim(conn, "third", LEASE) is None


def test_ending_says_what_came_of_it_and_counts_once(conn: Connection) -> None:
    slug, _ = add_article(conn, *summit())
    _, [uid] = jobs.add_jobs(conn, documents("a"))
    task = take(conn)
    key = conn.execute(select(func.max(articles.c.id))).scalar_one()
    assert jobs.finish(conn, task, JobStatus.DONE, "4 quotes.", outcome=JobOutcome.ADDED, article_id=key, keep=False)
    assert not jobs.finish(conn, task, JobStatus.FAILED, "no")
    row = job_lists.job_by_uid(conn, uid)
    assert (row.status, row.outcome, row.message, row.slug) == ("done", "added", "4 quotes.", slug)
    assert not row.open
    assert row.finished is not None
    delete_article(conn, slug)
    assert job_lists.job_by_uid(conn, uid).slug is None


def test_the_job_of_a_worker_that_died_is_queued_again_and_then_set_aside(conn: Connection) -> None:
    jobs.add_jobs(conn, documents("deadly"))
    take(conn, "one")
    assert jobs.release(conn, ["one"], "It dies.") == 1
    assert states(conn) == {"deadly": "queued"}
    take(conn, "two")
    jobs.release(conn, ["two"], "It dies.")
    [row] = job_lists.list_jobs(conn).items
    assert (row.status, row.message, row.tries) == ("failed", "It dies.", 2)


def test_a_job_that_took_too_long_fails_at_once(conn: Connection) -> None:
    jobs.add_jobs(conn, documents("slow"))
    take(conn, "one")
    jobs.release(conn, ["one"], "Too long.", fail=True)
    assert states(conn) == {"slow": "failed"}


def test_a_lease_that_ran_out_is_taken_back_and_one_that_is_renewed_is_not(conn: Connection) -> None:
    jobs.add_jobs(conn, documents("lost", "held"))
    take(conn, "gone", SPENT)
    take(conn, "here", SPENT)
    jobs.renew(conn, ["here"], LEASE)
    assert jobs.hand_back(conn, []) == 1
    assert states(conn) == {"lost": "queued", "held": "working"}
    assert jobs.workers_at_work(conn) == {"here"}


def test_who_lost_a_job_cannot_end_it(conn: Connection) -> None:
    jobs.add_jobs(conn, documents("a"))
    lost = take(conn, "one", SPENT)
    jobs.hand_back(conn, [])
    mine = take(conn, "two")
    assert not jobs.finish(conn, lost, JobStatus.DONE, "mine")
    assert jobs.finish(conn, mine, JobStatus.DONE, "ours", outcome=JobOutcome.ADDED)


def test_a_job_handed_back_counts_as_not_tried(conn: Connection) -> None:
    jobs.add_jobs(conn, documents("a"))
    take(conn, "one")
    jobs.hand_back(conn, ["one"])
    assert take(conn, "two").tries == 1


def test_cancelling_stops_what_waits_and_throws_away_what_is_worked_on(conn: Connection) -> None:
    _, [one, other] = jobs.add_jobs(conn, documents("working", "waiting"))
    task = take(conn, "w")
    for uid in (one, other):
        assert job_lists.cancel(conn, uid).status == "cancelled"
    assert jobs.cancelled_at_work(conn, ["w"]) == ["w"]
    assert not jobs.finish(conn, task, JobStatus.DONE, "late")
    jobs.give_up(conn, task)
    assert jobs.cancelled_at_work(conn, ["w"]) == []
    assert states(conn) == {"working": "cancelled", "waiting": "cancelled"}
    with pytest.raises(Conflict, match="nothing to cancel"):
        job_lists.cancel(conn, one)


def test_trying_again_begins_anew_at_once(conn: Connection) -> None:
    _, [uid, ready] = jobs.add_jobs(conn, documents("a", "b", priority=Priority.BULK))
    task = take(conn)
    jobs.finish(conn, task, JobStatus.FAILED, "This is no text.")
    row = job_lists.retry(conn, uid)
    assert (row.status, row.message, row.tries, row.finished) == ("queued", "", 0, None)
    again = take(conn)
    assert (again.uid, again.tries) == (uid, 1)
    assert again.original is not None
    with pytest.raises(Conflict, match="only one that failed"):
        job_lists.retry(conn, ready)


def test_a_cancelled_job_is_tried_again_only_once_its_worker_has_stopped(conn: Connection) -> None:
    _, [uid] = jobs.add_jobs(conn, documents("a"))
    task = take(conn)
    job_lists.cancel(conn, uid)
    with pytest.raises(Conflict, match="being stopped"):
        job_lists.retry(conn, uid)
    jobs.give_up(conn, task)
    assert job_lists.retry(conn, uid).status == "queued"


def test_all_failed_jobs_of_a_batch_are_tried_again_and_no_others(conn: Connection) -> None:
    batch, _ = jobs.add_jobs(conn, documents("a", "b"))
    jobs.add_jobs(conn, documents("c"))
    for _ in range(3):
        jobs.finish(conn, take(conn), JobStatus.FAILED, "no")
    assert job_lists.retry_failed(conn, batch) == 2
    assert states(conn) == {"a": "queued", "b": "queued", "c": "failed"}
    assert job_lists.retry_failed(conn) == 1


def test_progress_counts_each_state_and_batches_come_newest_first(conn: Connection) -> None:
    one, _ = jobs.add_jobs(conn, documents("a", "b", "c"))
    two, _ = jobs.add_jobs(conn, documents("d"))
    jobs.finish(conn, take(conn), JobStatus.DONE, "", outcome=JobOutcome.ADDED)
    jobs.finish(conn, take(conn), JobStatus.FAILED, "no")
    done = job_lists.progress(conn, one)
    assert (done.queued, done.working, done.done, done.failed, done.total, done.open) == (1, 0, 1, 1, 3, 1)
    assert done.first is not None
    assert done.last is not None
    assert job_lists.progress(conn).total == 4
    assert [(row.uid, row.name, row.progress.total) for row in job_lists.list_batches(conn)] == [
        (two, "d", 1),
        (one, "a", 3),
    ]
    assert job_lists.progress(conn, "nothing") == Progress()


def test_pages_of_jobs_go_back_in_time(conn: Connection) -> None:
    batch, _ = jobs.add_jobs(conn, documents(*"abcde"))
    seen: list[str] = []
    after = None
    for _ in range(3):
        page = job_lists.list_jobs(conn, batch=batch, limit=2, after=after)
        assert page.total == 5
        seen += [row.name for row in page.items]
        after = page.next
    assert (seen, after) == (list("edcba"), None)
    assert job_lists.list_jobs(conn, status=JobStatus.FAILED).total == 0
    with pytest.raises(NotFound):
        job_lists.list_jobs(conn, after="nothing")


def test_ends_are_told_from_a_moment_on(conn: Connection) -> None:
    batch, _ = jobs.add_jobs(conn, documents("a", "b"))
    start = jobs.now()
    jobs.finish(conn, take(conn), JobStatus.DONE, "", outcome=JobOutcome.ADDED)
    assert [row.name for row in job_lists.ended_since(conn, batch, start)] == ["a"]
    assert job_lists.ended_since(conn, batch, jobs.now() + dt.timedelta(seconds=1)) == []


def test_whether_anything_is_open_besides_one_job(conn: Connection) -> None:
    assert not jobs.any_open(conn)
    jobs.add_jobs(conn, documents("a"))
    task = take(conn)
    assert jobs.any_open(conn)
    assert not jobs.any_open(conn, besides=task.id)
    jobs.add_jobs(conn, documents("b"))
    assert jobs.any_open(conn, besides=task.id)
    assert jobs.waiting(conn, 5) == 1


def test_an_article_to_read_again_must_be_there(conn: Connection) -> None:
    slug, _ = add_article(conn, *summit())
    jobs.add_jobs(conn, [NewJob(JobKind.REANALYSE, "x", article=slug)])
    assert take(conn).article_id is not None
    with pytest.raises(NotFound, match="no article “nothing”"):
        jobs.add_jobs(conn, [NewJob(JobKind.REANALYSE, "x", article="nothing")])
    delete_article(conn, slug)
    with pytest.raises(NotFound):
        jobs.add_jobs(conn, [NewJob(JobKind.REANALYSE, "x", article=slug)])


def test_the_same_document_is_kept_once_and_forgotten_when_nobody_needs_it(conn: Connection) -> None:
    jobs.add_jobs(conn, documents("same", "same"))
    assert conn.scalar(select(func.count()).select_from(originals)) == 1
    digest = keep_original(conn, b"spare")
    assert drop_unused(conn) == 1
    with pytest.raises(NotFound, match="not kept any more"):
        original(conn, digest)
    for _ in range(2):
        jobs.finish(conn, take(conn), JobStatus.DONE, "", outcome=JobOutcome.KNOWN, keep=False)
    assert drop_unused(conn) == 1


def test_old_jobs_are_forgotten_but_for_those_that_failed(conn: Connection) -> None:
    jobs.add_jobs(conn, documents("done", "failed", "open"))
    jobs.finish(conn, take(conn), JobStatus.DONE, "", outcome=JobOutcome.ADDED)
    jobs.finish(conn, take(conn), JobStatus.FAILED, "no")
    assert job_lists.forget_jobs(conn, jobs.now() - dt.timedelta(days=1)) == 0
    assert job_lists.forget_jobs(conn, jobs.now() + dt.timedelta(days=1)) == 1
    assert set(states(conn)) == {"failed", "open"}


def test_uids_are_not_to_be_guessed() -> None:
    made: Sequence[str] = [jobs.new_uid() for _ in range(200)]
    assert len(set(made)) == 200
    assert {len(uid) for uid in made} == {12}


@pytest.mark.parametrize("damage", [b"not zlib", None])
def test_a_damaged_original_says_so(conn: Connection, damage: bytes | None) -> None:
    digest = keep_original(conn, b"words")
    conn.execute(update(originals).values(data=damage or zlib.compress(b"other words")))
    with pytest.raises(StoreError, match="damaged"):
        original(conn, digest)
