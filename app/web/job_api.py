"""The jobs for programs: how far they are, as JSON; cancelled and tried again."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from app.store import job_lists
from app.web import jobs
from app.web.access import Role, open_to
from app.web.answers import answers
from app.web.deps import DeskDep, ReadingDep, json_response
from app.web.job_pages import start_again, stop
from app.web.shapes import jobs as shapes

router = APIRouter()
READ = ["GET", "HEAD"]
NOT_KEPT = {"cache-control": "no-store"}


@router.api_route("/jobs.json", methods=READ)
@open_to(Role.OWNER)
@answers(shapes.Jobs, 404)
def all_jobs_json(now: ReadingDep, status: str | None = None, after: str | None = None) -> Response:
    """The jobs, the last first."""
    page = jobs.jobs_page(now.conn, now.site, jobs.status_of(status), after)
    return json_response(now, jobs.jobs_json(page))


@router.api_route("/jobs/{uid}.json", methods=READ)
@open_to(Role.OWNER)
@answers(shapes.Job, 404)
def one_job_json(now: ReadingDep, uid: str) -> Response:
    """One job."""
    return json_response(now, jobs.job_json(job_lists.job_by_uid(now.conn, uid)))


@router.api_route("/batches/{uid}.json", methods=READ)
@open_to(Role.OWNER)
@answers(shapes.Jobs, 404)
def one_batch_json(now: ReadingDep, uid: str, status: str | None = None, after: str | None = None) -> Response:
    """The jobs of documents that came in together."""
    page = jobs.batch_page(now.conn, now.site, uid, jobs.status_of(status), after)
    return json_response(now, jobs.jobs_json(page))


@router.post("/api/jobs/{uid}/cancel")
@open_to(Role.OWNER)
@answers(shapes.Job, 404, 409)
def cancel_by_program(desk: DeskDep, uid: str) -> Response:
    """Stop a job that is not over."""
    return JSONResponse(stop(desk, uid), headers=NOT_KEPT)


@router.post("/api/jobs/{uid}/retry")
@open_to(Role.OWNER)
@answers(shapes.Job, 404, 409)
def retry_by_program(desk: DeskDep, uid: str) -> Response:
    """Queue a job again that failed or was cancelled."""
    return JSONResponse(start_again(desk, uid), headers=NOT_KEPT)
