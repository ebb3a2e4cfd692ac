"""The jobs as a worker sees them: queued, taken with a lease, ended. What people see is in ``job_lists``."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select, update

from app.errors import NotFound
from app.store.batches import batches
from app.store.intake_schema import jobs
from app.store.job_rows import OPEN, JobKind, JobOutcome, JobStatus, NewJob, Task
from app.store.originals import keep_original
from app.store.schema import articles

_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
Lease = dt.timedelta
"""How long a worker keeps a job without a sign of life."""

MOST_TRIES = 2
"""A document that ended its worker so often is set aside."""

_TASK = [jobs.c[name] for name in Task.__dataclass_fields__]


def new_uid() -> str:
    """A name for a job or a batch: 12 letters and digits, not to be guessed."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


def now() -> dt.datetime:
    """This moment, aware."""
    return dt.datetime.now(dt.UTC)


def add_jobs(conn: Connection, given: Iterable[NewJob], batch: str | None = None) -> tuple[str, list[str]]:
    """Queue jobs with their documents; the batch they are in and their uids, in order.

    Args:
        conn: in a transaction that the caller commits.
        given: read as they are needed; a thousand are written at a time.
        batch: one that exists already, if not a new one.

    Raises:
        NotFound: there is no such article to analyse again.
    """
    batch = batch or new_uid()
    uids: list[str] = []
    for some in batches(given):
        known = _article_ids(conn, [job.article for job in some if job.article])
        rows = [_row(conn, job, batch, known) for job in some]
        conn.execute(insert(jobs), rows)
        uids += [row["uid"] for row in rows]
    return batch, uids


def _article_ids(conn: Connection, slugs: Sequence[str]) -> dict[str, int]:
    found = {row.slug: row.id for row in conn.execute(select(articles.c.slug, articles.c.id).where(_in(slugs)))}
    for slug in slugs:
        if slug not in found:
            raise NotFound(f"There is no article “{slug}”.")
    return found


def _in(slugs: Sequence[str]) -> ColumnElement[bool]:
    return and_(articles.c.slug.in_(slugs), articles.c.deleted.is_(None))


def _row(conn: Connection, job: NewJob, batch: str, known: dict[str, int]) -> dict[str, Any]:
    return {
        "uid": new_uid(),
        "batch": batch,
        "kind": job.kind.value,
        "name": job.name,
        "url": job.url,
        "given": dict(job.given),
        "original": None if job.data is None else keep_original(conn, job.data),
        "article_id": known.get(job.article or ""),
        "priority": int(job.priority),
        "status": JobStatus.QUEUED.value,
        "message": "",
        "created": now(),
    }


def claim(conn: Connection, worker: str, lease: Lease) -> Task | None:
    """Take the next job for *worker*; ``None`` where none waits. Nobody else gets it while the lease holds."""
    following = select(jobs.c.id).where(jobs.c.status == JobStatus.QUEUED.value)
    following = following.order_by(jobs.c.priority, jobs.c.id).limit(1).with_for_update(skip_locked=True)
    moment = now()
    taken = (
        update(jobs)
        .where(jobs.c.id == following.scalar_subquery(), jobs.c.status == JobStatus.QUEUED.value)
        .values(
            status=JobStatus.WORKING.value,
            worker=worker,
            leased=moment + lease,
            started=moment,
            tries=jobs.c.tries + 1,
        )
        .returning(*_TASK)
    )
    row = conn.execute(taken).one_or_none()
    if row is None:
        return None
    values = row._asdict()
    return Task(**{**values, "kind": JobKind(values["kind"])})


def waiting(conn: Connection, most: int) -> int:
    """How many jobs wait for a worker, counted up to *most*."""
    queued = select(jobs.c.id).where(jobs.c.status == JobStatus.QUEUED.value).limit(most)
    return len(conn.execute(queued).all())


def any_open(conn: Connection, *, besides: int | None = None) -> bool:
    """Whether a job waits or is worked on, *besides* the one with this row id."""
    for status in OPEN:
        found = select(jobs.c.id).where(jobs.c.status == status.value).limit(2)
        if any(key != besides for key in conn.scalars(found)):
            return True
    return False


def finish(
    conn: Connection,
    task: Task,
    status: JobStatus,
    message: str,
    *,
    outcome: JobOutcome | None = None,
    article_id: int | None = None,
    keep: bool = True,
) -> bool:
    """End *task*; whether it was still the worker's. Where it was not, undo all that was done for it.

    Args:
        conn: in the transaction that writes what came of it.
        task: as it was taken.
        status: done or failed.
        message: for a person.
        outcome: of one that is done.
        article_id: the row of its article.
        keep: whether the job still needs its original, to be tried again.
    """
    values: dict[str, Any] = {
        "status": status.value,
        "outcome": outcome.value if outcome else None,
        "message": message,
        "finished": now(),
        "leased": None,
    }
    if article_id is not None:
        values["article_id"] = article_id
    if not keep:
        values["original"] = None
    mine = and_(jobs.c.id == task.id, jobs.c.worker == task.worker, jobs.c.status == JobStatus.WORKING.value)
    return conn.execute(update(jobs).where(mine).values(values)).rowcount == 1


def give_up(conn: Connection, task: Task) -> None:
    """Say that the worker has stopped with *task*, which was cancelled."""
    conn.execute(update(jobs).where(jobs.c.id == task.id, jobs.c.worker == task.worker).values(leased=None))


def renew(conn: Connection, workers: Sequence[str], lease: Lease) -> None:
    """Let the leases of *workers* hold on."""
    mine = and_(jobs.c.status == JobStatus.WORKING.value, jobs.c.worker.in_(workers))
    conn.execute(update(jobs).where(mine).values(leased=now() + lease))


def cancelled_at_work(conn: Connection, workers: Sequence[str]) -> list[str]:
    """Those of *workers* who still work on a job that was cancelled."""
    stuck = and_(jobs.c.status == JobStatus.CANCELLED.value, jobs.c.leased.is_not(None), jobs.c.worker.in_(workers))
    return list(conn.scalars(select(jobs.c.worker).where(stuck)))


def workers_at_work(conn: Connection) -> set[str]:
    """Every worker that holds a job."""
    return set(conn.scalars(select(jobs.c.worker).where(jobs.c.status == JobStatus.WORKING.value).distinct()))


def release(conn: Connection, workers: Sequence[str], reason: str, *, fail: bool = False) -> int:
    """Take the jobs of *workers* back, who died at their work; how many there were.

    They are queued again, unless *fail*, or unless each ended its worker :data:`MOST_TRIES` times: then they have
    failed, with *reason*.
    """
    lost = and_(jobs.c.status == JobStatus.WORKING.value, jobs.c.worker.in_(workers))
    found = conn.execute(select(jobs.c.id, jobs.c.tries).where(lost)).all()
    for row in found:
        values: dict[str, Any] = {"status": JobStatus.QUEUED.value, "leased": None, "worker": None}
        if fail or row.tries >= MOST_TRIES:
            values |= {"status": JobStatus.FAILED.value, "message": reason, "finished": now()}
        conn.execute(update(jobs).where(jobs.c.id == row.id, jobs.c.status == JobStatus.WORKING.value).values(values))
    _forget_cancelled(conn, workers)
    return len(found)


def hand_back(conn: Connection, workers: Sequence[str]) -> int:
    """Queue the jobs of *workers* again, and those whose lease ran out; how many there were.

    It was the program around them that ended, so this counts as no try of the document.
    """
    mine = and_(jobs.c.status == JobStatus.WORKING.value, or_(jobs.c.worker.in_(workers), jobs.c.leased < now()))
    values = {"status": JobStatus.QUEUED.value, "tries": jobs.c.tries - 1, "leased": None, "worker": None}
    count = conn.execute(update(jobs).where(mine).values(values)).rowcount
    _forget_cancelled(conn, workers)
    return count


def _forget_cancelled(conn: Connection, workers: Sequence[str]) -> None:
    ended = and_(jobs.c.status == JobStatus.CANCELLED.value, jobs.c.worker.in_(workers))
    conn.execute(update(jobs).where(ended).values(leased=None))
