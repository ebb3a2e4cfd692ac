"""The jobs for programs: how far they are, as JSON; cancelled and tried again."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from app.store import job_lists
from app.web import jobs
from app.web.deps import DeskDep, ReadingDep, json_response
from app.web.job_pages import start_again, stop

router = APIRouter()
READ = ["GET", "HEAD"]
NOT_KEPT = {"cache-control": "no-store"}


@router.api_route("/jobs.json", methods=READ)
def all_jobs_json(now: ReadingDep, status: str | None = None, after: str | None = None) -> Response:
    """The same as JSON."""
    page = jobs.jobs_page(now.conn, now.site, jobs.status_of(status), after)
    return json_response(now, jobs.jobs_json(page))


@router.api_route("/jobs/{uid}.json", methods=READ)
def one_job_json(now: ReadingDep, uid: str) -> Response:
    """One job as JSON."""
    return json_response(now, jobs.job_json(job_lists.job_by_uid(now.conn, uid)))


@router.api_route("/batches/{uid}.json", methods=READ)
def one_batch_json(now: ReadingDep, uid: str, status: str | None = None, after: str | None = None) -> Response:
    """Documents that came in together, as JSON."""
    page = jobs.batch_page(now.conn, now.site, uid, jobs.status_of(status), after)
    return json_response(now, jobs.jobs_json(page))


@router.post("/api/jobs/{uid}/cancel")
def cancel_by_program(desk: DeskDep, uid: str) -> Response:
    """Stop a job; 409 where it is over."""
    return JSONResponse(stop(desk, uid), headers=NOT_KEPT)


@router.post("/api/jobs/{uid}/retry")
def retry_by_program(desk: DeskDep, uid: str) -> Response:
    """Queue a job again; 409 where it neither failed nor was cancelled."""
    return JSONResponse(start_again(desk, uid), headers=NOT_KEPT)
