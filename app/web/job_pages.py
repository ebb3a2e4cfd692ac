"""What is being read: the lists, one batch, one job; cancelled and tried again by plain forms."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from app.store import job_lists, meta
from app.web import jobs, queueing
from app.web.access import Role, open_to
from app.web.deps import Desk, DeskDep, ReadingDep, fresh_page, see
from app.web.shapes import jobs as shapes

router = APIRouter()
READ = ["GET", "HEAD"]


@router.api_route("/jobs", methods=READ)
@open_to(Role.OWNER)
def all_jobs(now: ReadingDep, status: str | None = None, after: str | None = None) -> Response:
    """What is being read, and what was."""
    return fresh_page(now, "pages/jobs.html", jobs.jobs_page(now.conn, now.site, jobs.status_of(status), after))


@router.api_route("/jobs/{uid}", methods=READ)
@open_to(Role.OWNER)
def one_job(now: ReadingDep, uid: str, then: str = "") -> Response:
    """One document on its way into the library; *then* sends a browser on to its article."""
    return fresh_page(now, "pages/job.html", jobs.job_page(now.conn, now.site, uid, then=then == "article"))


@router.api_route("/batches/{uid}", methods=READ)
@open_to(Role.OWNER)
def one_batch(now: ReadingDep, uid: str, status: str | None = None, after: str | None = None) -> Response:
    """Documents that came in together."""
    page = jobs.batch_page(now.conn, now.site, uid, jobs.status_of(status), after)
    return fresh_page(now, "pages/batch.html", page)


@router.post("/jobs/retry")
@open_to(Role.OWNER)
def retry_all(desk: DeskDep) -> Response:
    """Queue all failed jobs again."""
    return _retried(desk, None, "/jobs")


@router.post("/jobs/{uid}/cancel")
@open_to(Role.OWNER)
def cancel(desk: DeskDep, uid: str) -> Response:
    """Stop a job."""
    stop(desk, uid)
    return see(f"/jobs/{uid}")


@router.post("/jobs/{uid}/retry")
@open_to(Role.OWNER)
def retry(desk: DeskDep, uid: str) -> Response:
    """Queue a job again that failed or was cancelled."""
    start_again(desk, uid)
    return see(f"/jobs/{uid}")


@router.post("/batches/{uid}/cancel")
@open_to(Role.OWNER)
def cancel_batch(desk: DeskDep, uid: str) -> Response:
    """Stop all open jobs of a batch."""
    with desk.engine.begin() as conn:
        meta.lock(conn)
        job_lists.cancel_batch(conn, uid)
    return see(f"/batches/{uid}")


@router.post("/batches/{uid}/retry")
@open_to(Role.OWNER)
def retry_batch(desk: DeskDep, uid: str) -> Response:
    """Queue the failed jobs of a batch again."""
    return _retried(desk, uid, f"/batches/{uid}")


def stop(desk: Desk, uid: str) -> shapes.Job:
    """Cancel the job *uid*.

    Raises:
        NotFound: there is none.
        Conflict: it is over.
    """
    with desk.engine.begin() as conn:
        meta.lock(conn)
        return jobs.job_json(job_lists.cancel(conn, uid))


def start_again(desk: Desk, uid: str) -> shapes.Job:
    """Queue the job *uid* again.

    Raises:
        NotFound: there is none.
        Conflict: it neither failed nor was cancelled.
    """
    found = queueing.try_again(desk, uid)
    return jobs.job_json(found)


def _retried(desk: Desk, batch: str | None, path: str) -> Response:
    with desk.engine.begin() as conn:
        meta.lock(conn)
        job_lists.retry_failed(conn, batch)
    queueing.ring(desk)
    return see(path)
