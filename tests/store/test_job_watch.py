"""Who looks on while jobs are worked off: the same on every database."""

import datetime as dt

from sqlalchemy import Connection

from app.store import jobs
from app.store.articles import add_article
from app.store.deleting import any_deleted, delete_article, deleted_article
from app.store.job_rows import JobKind, JobStatus, NewJob
from app.store.job_watch import batch_exists, changed_since, count_open, open_batches
from tests.factories import summit

LEASE = dt.timedelta(seconds=30)


def queue(conn: Connection, number: int) -> tuple[str, list[str]]:
    return jobs.add_jobs(conn, [NewJob(JobKind.DOCUMENT, str(n), data=b"x") for n in range(number)])


def test_open_jobs_are_counted_up_to_a_limit(conn: Connection) -> None:
    assert count_open(conn, 5) == 0
    queue(conn, 3)
    jobs.claim(conn, "w", LEASE)
    assert count_open(conn, 5) == 3
    assert count_open(conn, 2) == 2


def test_only_batches_with_something_to_do_are_followed(conn: Connection) -> None:
    over, _ = queue(conn, 1)
    task = jobs.claim(conn, "w", LEASE)
    assert task
    jobs.finish(conn, task, JobStatus.FAILED, "It is broken.")
    going, _ = queue(conn, 2)
    jobs.claim(conn, "w", LEASE)
    assert {batch: (one.queued, one.working) for batch, one in open_batches(conn).items()} == {going: (1, 1)}
    assert batch_exists(conn, over)
    assert not batch_exists(conn, "nope")


def test_what_is_worked_on_and_what_has_ended_since_has_changed(conn: Connection) -> None:
    batch, uids = queue(conn, 3)
    task = jobs.claim(conn, "w", LEASE)
    assert task
    jobs.finish(conn, task, JobStatus.FAILED, "It is broken.")
    jobs.claim(conn, "w", LEASE)
    moment = jobs.now() - dt.timedelta(seconds=10)
    assert [row.uid for row in changed_since(conn, batch, moment)] == uids[:2]
    assert [row.uid for row in changed_since(conn, batch, moment + dt.timedelta(hours=1))] == uids[1:2]


def test_a_deleted_article_is_known_by_its_address(conn: Connection) -> None:
    slug, _ = add_article(conn, *summit())
    assert not any_deleted(conn)
    assert deleted_article(conn, slug) is None
    delete_article(conn, slug)
    assert any_deleted(conn)
    found = deleted_article(conn, slug)
    assert found
    assert found.gone - found.deleted == dt.timedelta(days=30)
