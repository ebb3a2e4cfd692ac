"""The jobs as people see them: lists, progress; cancelled and tried again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, delete, func, or_, select, update

from app.errors import Conflict, NotFound
from app.store.checks import check_limit
from app.store.intake_schema import jobs
from app.store.job_rows import OPEN, BatchRow, JobKind, JobOutcome, JobRow, JobStatus, Priority, Progress
from app.store.jobs import now
from app.store.rows import Page
from app.store.schema import articles


class StoppingError(Conflict):
    """A job was cancelled, and its worker has not stopped with it yet."""


_OPEN = jobs.c.status.in_([status.value for status in OPEN])


def job_by_uid(conn: Connection, uid: str) -> JobRow:
    """The job *uid*.

    Raises:
        NotFound: there is none.
    """
    row = conn.execute(_rows().where(jobs.c.uid == uid)).one_or_none()
    if row is None:
        raise _no_job(uid)
    return _job(row)


def list_jobs(
    conn: Connection,
    *,
    batch: str | None = None,
    status: JobStatus | None = None,
    limit: int = 50,
    after: str | None = None,
) -> Page[JobRow]:
    """The jobs, last queued first; *after* is the ``next`` of the page before.

    Raises:
        NotFound: no job is called *after*.
        StoreError: *limit* is below 1.
    """
    check_limit(limit)
    chosen = _chosen(batch, status)
    total = conn.scalar(select(func.count()).select_from(jobs).where(*chosen)) or 0
    statement = _rows().where(*chosen).order_by(jobs.c.id.desc()).limit(limit + 1)
    if after is not None:
        place = conn.scalar(select(jobs.c.id).where(jobs.c.uid == after))
        if place is None:
            raise _no_job(after)
        statement = statement.where(jobs.c.id < place)
    rows = [_job(row) for row in conn.execute(statement)]
    following = rows[limit - 1].uid if len(rows) > limit else None
    return Page(total, tuple(rows[:limit]), following)


def job_rows(conn: Connection, *which: ColumnElement[bool]) -> list[JobRow]:
    """The jobs for which all of *which* holds, first queued first."""
    return [_job(row) for row in conn.execute(_rows().where(*which).order_by(jobs.c.id))]


def ended_since(conn: Connection, batch: str | Collection[str], moment: dt.datetime) -> list[JobRow]:
    """The jobs of *batch*, or of several, that ended at *moment* or later, in that order.

    A transaction may write a moment and be seen a little later: who follows the ends asks with some seconds to spare,
    and remembers which it knows.
    """
    among = jobs.c.batch.in_([batch] if isinstance(batch, str) else batch)
    over = and_(among, jobs.c.finished >= moment)
    return [_job(row) for row in conn.execute(_rows().where(over).order_by(jobs.c.finished, jobs.c.id))]


def open_batches(conn: Connection) -> list[str]:
    """The batches that are not over, in the order in which they came in."""
    first = func.min(jobs.c.id)
    return list(conn.scalars(select(jobs.c.batch).where(_OPEN).group_by(jobs.c.batch).order_by(first)))


def progress(conn: Connection, batch: str | Collection[str] | None = None) -> Progress:
    """How far the jobs are: those of *batch*, of several, or all."""
    counted = select(jobs.c.status, func.count(), func.min(jobs.c.created), func.max(jobs.c.finished))
    rows = conn.execute(counted.where(*_chosen(batch, None)).group_by(jobs.c.status)).all()
    return _progress(rows)


def list_batches(conn: Connection, *, limit: int = 20) -> tuple[BatchRow, ...]:
    """What came in together, the last first."""
    first = select(jobs.c.batch, func.min(jobs.c.id).label("first")).group_by(jobs.c.batch).subquery()
    newest = select(first.c.batch, jobs.c.name, jobs.c.created).join(jobs, jobs.c.id == first.c.first)
    rows = conn.execute(newest.order_by(first.c.first.desc()).limit(limit)).all()
    return tuple(BatchRow(row.batch, row.name, row.created, progress(conn, row.batch)) for row in rows)


def cancel(conn: Connection, uid: str) -> JobRow:
    """Stop the job *uid*; what is worked on is thrown away.

    Raises:
        NotFound: there is none.
        Conflict: it is over.
    """
    changed = conn.execute(update(jobs).where(jobs.c.uid == uid, _OPEN).values(_cancelled())).rowcount
    row = job_by_uid(conn, uid)
    if not changed:
        raise Conflict(f"This job is {row.status.value}; there is nothing to cancel.")
    return row


def cancel_batch(conn: Connection, batch: str) -> int:
    """Stop all open jobs of *batch*; how many there were."""
    return conn.execute(update(jobs).where(jobs.c.batch == batch, _OPEN).values(_cancelled())).rowcount


def retry(conn: Connection, uid: str) -> JobRow:
    """Queue the job *uid* again.

    Raises:
        NotFound: there is none.
        StoppingError: its worker has not stopped with it yet.
        Conflict: it neither failed nor was cancelled.
    """
    stopped = or_(jobs.c.leased.is_(None), jobs.c.leased < now())
    again = update(jobs).where(jobs.c.uid == uid, _STOPPED, stopped)
    changed = conn.execute(again.values({**_QUEUED, "priority": int(Priority.NOW)})).rowcount
    row = job_by_uid(conn, uid)
    if not changed and row.status is JobStatus.CANCELLED:
        raise StoppingError("This job is just being stopped; try it again in some seconds.")
    if not changed:
        raise Conflict(f"This job is {row.status.value}; only one that failed or was cancelled can be tried again.")
    return row


def retry_failed(conn: Connection, batch: str | None = None) -> int:
    """Queue all failed jobs again, those of *batch* or all; how many there were."""
    chosen = _chosen(batch, JobStatus.FAILED)
    return conn.execute(update(jobs).where(*chosen).values(_QUEUED)).rowcount


def forget_jobs(conn: Connection, before: dt.datetime) -> int:
    """Forget the jobs that were done or cancelled before the moment *before*; failed ones stay. How many there were."""
    over = jobs.c.status.in_([JobStatus.DONE.value, JobStatus.CANCELLED.value])
    return conn.execute(delete(jobs).where(over, jobs.c.finished < before)).rowcount


_STOPPED = jobs.c.status.in_([JobStatus.FAILED.value, JobStatus.CANCELLED.value])
_QUEUED: dict[str, Any] = {
    "status": JobStatus.QUEUED.value,
    "outcome": None,
    "message": "",
    "tries": 0,
    "started": None,
    "finished": None,
    "worker": None,
    "leased": None,
}


def _cancelled() -> dict[str, Any]:
    # The lease of one that is worked on stays, so that its worker can be told to stop.
    stopped = {"status": JobStatus.CANCELLED.value, "message": "Cancelled.", "finished": now()}
    return {**stopped, "leased": case((jobs.c.status == JobStatus.WORKING.value, jobs.c.leased), else_=None)}


def _chosen(batch: str | Collection[str] | None, status: JobStatus | None) -> list[ColumnElement[bool]]:
    batches = [batch] if isinstance(batch, str) else batch
    chosen: list[ColumnElement[bool]] = [] if batches is None else [jobs.c.batch.in_(batches)]
    return chosen if status is None else [*chosen, jobs.c.status == status.value]


def _rows() -> Select[Any]:
    names = ("uid", "batch", "kind", "name", "url", "status", "outcome", "message", "tries")
    moments = ("created", "started", "finished")
    columns = [jobs.c[name] for name in (*names, *moments)]
    shown = and_(articles.c.id == jobs.c.article_id, articles.c.deleted.is_(None))
    columns += [articles.c.slug, articles.c.title, articles.c.words]
    return select(*columns).select_from(jobs.outerjoin(articles, shown))


def _job(row: Any) -> JobRow:
    values = row._asdict()
    outcome = values["outcome"]
    told = {"kind": JobKind(values["kind"]), "status": JobStatus(values["status"])}
    return JobRow(**{**values, **told, "outcome": JobOutcome(outcome) if outcome else None})


def _progress(rows: Any) -> Progress:
    counts = {status: count for status, count, *_ in rows}
    first = min((row[2] for row in rows if row[2] is not None), default=None)
    last = max((row[3] for row in rows if row[3] is not None), default=None)
    return Progress(**{status.value: counts.get(status.value, 0) for status in JobStatus}, first=first, last=last)


def _no_job(uid: str) -> NotFound:
    return NotFound(f"There is no job “{uid}”.")
