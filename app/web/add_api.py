"""Documents for the library by programs: as JSON, as files, or as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from app.errors import AppError, IngestError, NotFound
from app.present.templates import address
from app.store.job_watch import batch_exists
from app.text.given import Given
from app.web import queueing
from app.web.access import Role, open_to
from app.web.adding import BodyDep, WrongFieldError, given_by
from app.web.answers import answers
from app.web.deps import Desk, DeskDep
from app.web.forms import MULTIPART, URLENCODED
from app.web.json_bodies import read_json
from app.web.shapes import jobs as shapes
from app.web.uploads import MOST_FILES, TooManyError, UploadError, read_multipart, safe_name

router = APIRouter()
KNOWN = frozenset({"text", "url", "title", "publisher", "date", "name"})


class BadItemError(AppError):
    """A document that cannot be used; ``field`` says which, such as ``1.date``."""

    status = 422

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


@router.post("/api/articles")
@open_to(Role.OWNER)
@answers(
    shapes.Accepted,
    404,
    422,
    status=(202,),
    takes=shapes.GivenDocuments,
    takes_kinds=(MULTIPART, "text/plain", "text/html", "text/markdown", "application/pdf"),
    asks=("title", "url", "publisher", "date", "name"),
)
def take(request: Request, desk: DeskDep, body: BodyDep, batch: str | None = None) -> Response:
    """Queue documents: as JSON, as files, or as they are.

    The Location of the answer is where to see how far they are. What is sent as it is may have its title and the like
    in the address; of files, what is said of one stands in the other fields of the form.
    """
    declared = request.headers.get("content-type", "")
    kind = declared.partition(";")[0].strip().lower()
    _check_batch(desk, batch)
    given = given_by(request.query_params, name=safe_name(request.query_params.get("name", "")))
    if kind == "application/json":
        return _accepted(*_as_json(desk, body, batch))
    if kind == MULTIPART:
        return _accepted(*_as_files(desk, declared, body, batch))
    if kind and kind != URLENCODED:  # which is what curl says of anything
        given = replace(given, media_type=kind, charset=_charset(declared))
    queued = queueing.documents(desk, [(body, given)], batch)
    return _accepted(queued.batch, queued.jobs)


def _charset(declared: str) -> str | None:
    name = declared.lower().partition("charset=")[2].strip().partition(";")[0].strip("\"' ")
    return name if name.isascii() and name.replace("-", "").replace("_", "").isalnum() and len(name) < 40 else None


def _check_batch(desk: Desk, batch: str | None) -> None:
    if batch is None:
        return
    with desk.engine.connect() as conn:
        if not batch_exists(conn, batch):
            raise NotFound(f"There is no batch “{batch}”.")


def _as_files(desk: Desk, declared: str, body: bytes, batch: str | None) -> tuple[str, Sequence[str]]:
    sent = read_multipart(declared, body)
    if not sent.files:
        raise IngestError("There is no file in it.")
    about = given_by(sent.fields) if len(sent.files) == 1 else Given()
    given = [(f.data, replace(about, name=f.name or "Untitled", media_type=f.media_type)) for f in sent.files]
    queued = queueing.documents(desk, given, batch)
    return queued.batch, queued.jobs


def _as_json(desk: Desk, body: bytes, batch: str | None) -> tuple[str, Sequence[str]]:
    """All of a JSON body is queued, or nothing of it."""
    try:
        value = read_json(body)
    except ValueError as error:
        raise UploadError("The request must bring JSON: a document or a list of documents.") from error
    items = value if isinstance(value, list) else [value]
    if not items:
        raise IngestError("There is no document in it.")
    if len(items) > MOST_FILES:
        raise TooManyError(f"These are {len(items):,} documents: {MOST_FILES} at most are taken at once.")
    read = [_item(item, str(place) if isinstance(value, list) else "") for place, item in enumerate(items)]
    queued = queueing.mixed(desk, read, batch)
    return queued.batch, queued.jobs


def _item(item: Any, place: str) -> tuple[str | None, Given]:
    """One document: its text, or ``None`` for one to be fetched, with what is said of it.

    Raises:
        BadItemError: it cannot be used.
    """

    def wrong(message: str, field: str) -> BadItemError:
        return BadItemError(message, f"{place}.{field}" if place and field else place or field or "document")

    if not isinstance(item, Mapping):
        raise wrong("A document is a JSON object with a text or an url.", "")
    for name, value in item.items():
        if name not in KNOWN:
            raise wrong(f"A document has no field “{name}”.", name)
        if not isinstance(value, str | None):
            raise wrong(f"“{name}” must be a string.", name)
    try:
        given = given_by(item, name=safe_name(item.get("name") or ""))
        if item.get("text") is not None:
            if not item["text"].strip():
                raise wrong("The text is empty.", "text")
            return item["text"], given
        if not given.url:
            raise wrong("A document needs a text, or an url that it can be fetched from.", "")
        return None, replace(given, url=queueing.checked_address(given.url))
    except WrongFieldError as error:
        raise wrong(str(error), error.field) from error
    except IngestError as error:
        raise wrong(str(error), "url") from error


def _accepted(batch: str, uids: Sequence[str]) -> Response:
    jobs: list[shapes.QueuedJob] = [{"uid": uid, "url": address(f"/jobs/{uid}"), "status": "queued"} for uid in uids]
    where = jobs[0]["url"] if len(jobs) == 1 else address(f"/batches/{batch}")
    headers = {"location": where, "cache-control": "no-store"}
    told: shapes.Accepted = {"batch": batch, "jobs": jobs}
    return JSONResponse(told, 202, headers=headers)
