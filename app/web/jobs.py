"""From the jobs in the store to the pages and the JSON that show them."""

from __future__ import annotations

from sqlalchemy import Connection

from app.errors import NotFound
from app.present.job_words import STATE_WORDS, pace
from app.present.templates import address, first_upper
from app.store import job_lists
from app.store.job_rows import JobRow, JobStatus, Progress
from app.store.job_watch import batch_exists, open_batches
from app.web.contexts import BatchLine, BatchPage, JobPage, JobsPage, Site, StatusChoice
from app.web.shapes import jobs as shapes

ON_A_PAGE, OF_A_BATCH, BATCHES = 50, 100, 20


def total(progresses: list[Progress]) -> Progress:
    """All of *progresses* together."""
    if not progresses:
        return Progress()
    counts = {one.value: sum(getattr(p, one.value) for p in progresses) for one in JobStatus}
    first = min((p.first for p in progresses if p.first), default=None)
    last = max((p.last for p in progresses if p.last), default=None)
    return Progress(**counts, first=first, last=last)


def status_of(value: str | None) -> JobStatus | None:
    """The status in an address.

    Raises:
        NotFound: there is no such status.
    """
    if not value:
        return None
    if value not in set(JobStatus):
        raise NotFound(f"There are no jobs that are “{value}”.")
    return JobStatus(value)


def jobs_page(conn: Connection, site: Site, status: JobStatus | None, after: str | None) -> JobsPage:
    """The context of ``/jobs``.

    Raises:
        NotFound: *after* is no job.
    """
    every = job_lists.progress(conn)
    opened = total(list(open_batches(conn).values()))
    page = job_lists.list_jobs(conn, status=status, limit=ON_A_PAGE, after=after)
    whole = status is None and after is None
    together = [one for one in job_lists.list_batches(conn, limit=BATCHES) if one.progress.total > 1] if whole else []
    return JobsPage(
        site=site,
        progress=opened,
        pace=pace(opened),
        batches=tuple(BatchLine(one, pace(one.progress), one.progress.total - 1) for one in together),
        choices=_choices("/jobs", every, status),
        status=status,
        jobs=page,
        failed=every.failed,
        next_url=address("/jobs", status=status, after=page.next) if page.next else None,
        first_url=address("/jobs", status=status) if after else None,
    )


def batch_page(conn: Connection, site: Site, uid: str, status: JobStatus | None, after: str | None) -> BatchPage:
    """The context of ``/batches/{uid}``.

    Raises:
        NotFound: there is no such batch, or *after* is no job.
    """
    if not batch_exists(conn, uid):
        raise NotFound(f"There is no batch “{uid}”.")
    found, path = job_lists.progress(conn, uid), f"/batches/{uid}"
    page = job_lists.list_jobs(conn, batch=uid, status=status, limit=OF_A_BATCH, after=after)
    return BatchPage(
        site=site,
        uid=uid,
        progress=found,
        pace=pace(found),
        choices=_choices(path, found, status),
        status=status,
        jobs=page,
        next_url=address(path, status=status, after=page.next) if page.next else None,
        first_url=address(path, status=status) if after else None,
    )


def job_page(conn: Connection, site: Site, uid: str, *, then: bool = False) -> JobPage:
    """The context of ``/jobs/{uid}``.

    Raises:
        NotFound: there is no such job.
    """
    row = job_lists.job_by_uid(conn, uid)
    return JobPage(site, row, then, alone=job_lists.progress(conn, row.batch).total == 1)


def _choices(path: str, found: Progress, chosen: JobStatus | None) -> tuple[StatusChoice, ...]:
    rows = [StatusChoice("All", found.total, path, chosen is None)]
    for status in JobStatus:
        if (count := getattr(found, status.value)) or status is chosen:
            label = first_upper(STATE_WORDS[status])
            rows.append(StatusChoice(label, count, address(path, status=status.value), status is chosen))
    return tuple(rows)


def job_json(row: JobRow) -> shapes.Job:
    """A job. ``address`` is its page here, ``url`` where its document is published."""
    article: shapes.JobArticle | None = None
    if row.slug:
        article = {"slug": row.slug, "title": row.title, "address": address(f"/articles/{row.slug}")}
    return {
        "uid": row.uid,
        "address": address(f"/jobs/{row.uid}"),
        "batch": row.batch,
        "kind": row.kind,
        "name": row.name,
        "url": row.url,
        "status": row.status,
        "outcome": row.outcome,
        "message": row.message,
        "tries": row.tries,
        "created": row.created.isoformat(),
        "started": row.started.isoformat() if row.started else None,
        "finished": row.finished.isoformat() if row.finished else None,
        "article": article,
    }


def progress_json(found: Progress) -> shapes.Progress:
    """How many jobs are how far."""
    return {
        "total": found.total,
        "open": found.open,
        "queued": found.queued,
        "working": found.working,
        "done": found.done,
        "failed": found.failed,
        "cancelled": found.cancelled,
    }


def jobs_json(page: JobsPage | BatchPage) -> shapes.Jobs:
    """``/jobs.json`` and ``/batches/{uid}.json``."""
    following = page.next_url
    if following is not None:
        path, _, query = following.partition("?")
        following = f"{path}.json?{query}"
    return {
        "progress": progress_json(page.progress),
        "total": page.jobs.total,
        "items": [job_json(row) for row in page.jobs.items],
        "next": following,
    }
