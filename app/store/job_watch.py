"""The jobs for who looks on while they are worked off: what is open, and what has changed since."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, or_, select

from app.store.intake_schema import jobs
from app.store.job_lists import job_rows, progress
from app.store.job_rows import OPEN, JobRow, JobStatus, Progress

MOST_BATCHES = 50
"""Open batches that are followed at once."""


def count_open(conn: Connection, most: int) -> int:
    """How many jobs are not over, counted up to *most*."""
    found = 0
    for status in OPEN:
        statement = select(jobs.c.id).where(jobs.c.status == status.value).limit(most - found)
        found += len(conn.execute(statement).all())
        if found >= most:
            break
    return found


def open_batches(conn: Connection) -> dict[str, Progress]:
    """The batches that hold jobs that are not over, with how far each is."""
    found: set[str] = set()
    for status in OPEN:
        statement = select(jobs.c.batch).where(jobs.c.status == status.value).distinct().limit(MOST_BATCHES)
        found |= set(conn.scalars(statement))
    return {batch: progress(conn, batch) for batch in sorted(found)}


def changed_since(conn: Connection, batch: str, moment: dt.datetime) -> list[JobRow]:
    """The jobs of *batch* that are worked on, and those that ended at *moment* or later."""
    changed = or_(jobs.c.status == JobStatus.WORKING.value, jobs.c.finished >= moment)
    return job_rows(conn, jobs.c.batch == batch, changed)


def batch_exists(conn: Connection, batch: str) -> bool:
    """Whether some job is in *batch*."""
    return conn.scalar(select(jobs.c.id).where(jobs.c.batch == batch).limit(1)) is not None
