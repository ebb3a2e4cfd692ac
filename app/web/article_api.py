"""Articles for programs: edited, deleted, brought back."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from app.present.templates import address
from app.store import deleting
from app.store.deleting import DeletedRow
from app.web import article_drafts, library, schemas
from app.web.access import Role, open_to
from app.web.adding import BodyDep, WrongFieldError
from app.web.answers import answers
from app.web.article_drafts import LABELS, SPEAKER
from app.web.article_editing import bring_back, take_away
from app.web.deps import DeskDep, ReadingDep, json_response
from app.web.shapes import changes as shapes
from app.web.uploads import read_object

router = APIRouter()
READ = ["GET", "HEAD"]
NOT_KEPT = {"cache-control": "no-store"}


@router.api_route("/articles/deleted.json", methods=READ)
@open_to(Role.OWNER)
@answers(shapes.DeletedArticles)
def deleted(now: ReadingDep) -> Response:
    """Articles that can be brought back, the last deleted first."""
    told: shapes.DeletedArticles = {**schemas.whole(map(_gone, deleting.list_deleted(now.conn, None)))}
    return json_response(now, told)


@router.patch("/api/articles/{slug}")
@open_to(Role.OWNER)
@answers(shapes.ChangedArticle, 404, 409, 422, takes=shapes.GivenFields)
def change(now: ReadingDep, slug: str, body: BodyDep) -> Response:
    """Change the fields of an article that are given, and the names of its speakers by their slugs."""
    library.article(now.conn, slug)
    before = article_drafts.stored(now.conn, slug)
    checked = article_drafts.check({**before.typed, **_typed(body, before.speakers)}, before)
    if checked.errors:
        raise WrongFieldError(checked.errors)
    article_drafts.save(now.desk, slug, checked, None)
    with now.desk.engine.connect() as conn:
        after = article_drafts.stored(conn, slug)
    typed = after.typed
    told: shapes.ChangedArticle = {
        "slug": slug,
        "title": typed["title"],
        "url": typed["url"],
        "publisher": typed["publisher"],
        "byline": typed["byline"],
        "date": typed["date"],
        "set": list(after.edited),
        "speakers": after.speakers,
    }
    return JSONResponse(told, headers=NOT_KEPT)


def _typed(body: bytes, speakers: dict[str, str]) -> dict[str, str]:
    """What a program gives, as a form would.

    Raises:
        UploadError: it is no JSON object.
        WrongFieldError: it has a field that an article has not, or one that is no text.
    """
    value = read_object(body)
    names = value.pop("speakers", {})
    if not isinstance(names, dict):
        raise WrongFieldError({"speakers": "It must be an object of names by speakers' slugs."})
    unknown = {name: "An article has no such field." for name in value if name not in LABELS}
    unknown |= {f"speakers.{slug}": "No such speaker speaks in it." for slug in names if slug not in speakers}
    if unknown:
        raise WrongFieldError(unknown)
    given = {**value, **{SPEAKER + slug: name for slug, name in names.items()}}
    wrong = {name: "It must be a string or null." for name, one in given.items() if not isinstance(one, str | None)}
    if wrong:
        raise WrongFieldError(wrong)
    return {name: one or "" for name, one in given.items()}


@router.delete("/api/articles/{slug}")
@open_to(Role.OWNER)
@answers(shapes.DeletedArticle, 404)
def delete(desk: DeskDep, slug: str) -> Response:
    """Delete an article; the answer says until when it can be brought back."""
    return JSONResponse(_gone(take_away(desk, slug)), headers=NOT_KEPT)


@router.post("/api/articles/{slug}/restore")
@open_to(Role.OWNER)
@answers(shapes.RestoredArticle, 404, 409)
def restore(desk: DeskDep, slug: str) -> Response:
    """Bring an article back."""
    reading = bring_back(desk, slug)
    told: shapes.RestoredArticle = {"slug": slug, "address": address(f"/articles/{slug}"), "reading": reading}
    return JSONResponse(told, headers=NOT_KEPT)


def _gone(row: DeletedRow) -> shapes.DeletedArticle:
    return {
        "slug": row.slug,
        "title": row.title,
        "publisher": row.publisher,
        "deleted": row.deleted.isoformat(),
        "until": row.gone.isoformat(),
    }
