"""Topics for programs: put and delete, each on the revision that the program has seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from app.codebook import CodeBookError, topic_from
from app.domain import Topic
from app.errors import AppError, Conflict
from app.web import editing, keeping, schemas
from app.web.access import Role, open_to
from app.web.answers import answers
from app.web.deps import Reading, ReadingDep
from app.web.json_bodies import read_json
from app.web.shapes import topics as shapes

router = APIRouter()


class NotSaidError(AppError):
    """The request does not say on which revision it was made."""

    status = 428


class OutdatedError(AppError):
    """The topics were changed since the revision that the request was made on."""

    status = 412


async def json_object(request: Request) -> dict[str, Any]:
    """The JSON object that *request* brings.

    Raises:
        CodeBookError: it brings none.
    """
    try:
        value = read_json(await request.body())
    except ValueError as error:
        raise CodeBookError("The request must bring a topic as a JSON object.") from error
    if not isinstance(value, dict):
        raise CodeBookError("The request must bring a topic as a JSON object.")
    return value


BodyDep = Annotated[dict[str, Any], Depends(json_object)]


@router.put("/api/topics/{topic_id}")
@open_to(Role.OWNER)
@answers(shapes.SavedTopic, 412, 422, 428, status=(200, 201), takes=shapes.GivenTopic, asks=("If-Match",))
def put(now: ReadingDep, topic_id: str, body: BodyDep) -> Response:
    """Make or change a topic.

    It has the fields that /topics.json gives it; what is left out is empty.
    """
    asked = _revision_asked(now.request)
    if body.setdefault("id", topic_id) != topic_id:
        raise CodeBookError(f"The topic calls itself “{body['id']}”, and the address “{topic_id}”.", "id")
    known = editing.found(now, topic_id)
    topic = topic_from(body)
    note = f"{'Changed' if known else 'Made'} “{topic.label}”."
    saved = _save(now, keeping.put_in(now.site.topics, topic), asked, note)
    told: shapes.SavedTopic = {**schemas.whole_topic(topic), **saved}
    return JSONResponse(told, 200 if known else 201, headers=_headers(saved))


@router.delete("/api/topics/{topic_id}")
@open_to(Role.OWNER)
@answers(shapes.TopicSaved, 404, 412, 422, 428, asks=("If-Match",))
def delete(now: ReadingDep, topic_id: str) -> Response:
    """Delete a topic; its quotes stay."""
    asked = _revision_asked(now.request)
    topic = editing.editable(now, topic_id)
    rest = [one for one in now.site.topics if one.id != topic_id]
    saved = _save(now, rest, asked, f"Deleted “{topic.label}”.")
    return JSONResponse(saved, headers=_headers(saved))


def _revision_asked(request: Request) -> int | None:
    """The revision in ``If-Match``; ``None`` for ``*``, which is any.

    Raises:
        NotSaidError: there is no such header.
        OutdatedError: it is no revision, so that it cannot be the one of now.
    """
    given = request.headers.get("if-match")
    if given is None:
        raise NotSaidError('Say on which revision this was made, as /topics.json gives it: If-Match: "3".')
    given = given.strip().strip('"')
    if given == "*":
        return None
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        raise OutdatedError(f"There is no revision “{given}” of the topics.")
    return int(given)


def _save(now: Reading, topics: Iterable[Topic], asked: int | None, note: str) -> shapes.TopicSaved:
    try:
        saved = keeping.save(now.desk, topics, based_on=asked, note=note)
    except Conflict as error:
        raise OutdatedError(str(error)) from error
    return {"revision": saved.revision, "changed": saved.quotes, "skipped": saved.skipped}


def _headers(saved: shapes.TopicSaved) -> dict[str, str]:
    return {"etag": f'"{saved["revision"]}"', "cache-control": "no-store"}
