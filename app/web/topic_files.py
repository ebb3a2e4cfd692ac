"""Topics as files: to take along, and to bring in, which shows first what would change."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from app.codebook import CodeBookError, export_qdc, import_qdc, parse_codebook, write_codebook
from app.domain import Topic
from app.errors import Conflict
from app.present.topic_changes import topic_changes
from app.store.topic_revisions import current_revision
from app.web import keeping
from app.web.access import Role, open_to
from app.web.answers import answers
from app.web.contexts import TopicImportPage
from app.web.deps import Reading, ReadingDep, attached, fresh_page, see
from app.web.forms import FormDep, Upload
from app.web.topic_editing import IN_BETWEEN, based_on

router = APIRouter()
READ = ["GET", "HEAD"]
PAGE = "pages/topic_import.html"


@router.api_route("/topics.toml", methods=READ)
@open_to(Role.READER)
@answers(None, kinds=("application/toml",))
def as_toml(now: ReadingDep) -> Response:
    """All topics as TOML, as they can be brought in again."""
    body = write_codebook(keeping.chosen(now.site.topics)).encode()
    return attached(now.request, body, "application/toml", "topics.toml")


@router.api_route("/topics.qdc", methods=READ)
@open_to(Role.READER)
@answers(None, kinds=("application/xml",))
def as_qdc(now: ReadingDep) -> Response:
    """All topics, as programs for qualitative analysis exchange them (REFI-QDA)."""
    body = export_qdc(keeping.chosen(now.site.topics))
    return attached(now.request, body, "application/xml", "topics.qdc")


@router.api_route("/topics/import", methods=READ)
@open_to(Role.OWNER)
def choose(now: ReadingDep) -> Response:
    """The form that takes a file."""
    return fresh_page(now, PAGE, _page(now, "", now.site.topics))


@router.post("/topics/import")
@open_to(Role.OWNER, changes=False)
def look(now: ReadingDep, form: FormDep) -> Response:
    """What the topics of a file would change."""
    upload = form.files.get("book")
    if upload is None:
        return fresh_page(now, PAGE, _page(now, "", now.site.topics, "Choose a file first: .toml or .qdc."), 422)
    try:
        book = _read(upload)
    except CodeBookError as error:
        return fresh_page(now, PAGE, _page(now, upload.name, now.site.topics, str(error)), 422)
    given = {topic.id for topic in book}
    kept = [topic for topic in keeping.chosen(now.site.topics) if topic.id not in given]
    if form.text("replace"):
        kept = []
    return fresh_page(now, PAGE, _page(now, upload.name, _merged(now, book, kept), kept=kept))


@router.post("/topics/import/save")
@open_to(Role.OWNER)
def take_over(now: ReadingDep, form: FormDep) -> Response:
    """Save the topics that were looked at, if nobody changed any since."""
    name = " ".join(form.text("name").split())[:100] or "a file"
    book = parse_codebook(form.text("book"), name)
    try:
        keeping.save(now.desk, book, based_on=based_on(form), note=f"Taken from “{name}”.")
    except Conflict as error:
        raise Conflict(IN_BETWEEN) from error
    return see("/topics/history")


def _read(upload: Upload) -> tuple[Topic, ...]:
    """The topics in *upload*, whose name tells what it is.

    Raises:
        CodeBookError: it cannot be read.
    """
    ending = upload.name.rpartition(".")[2].lower()
    if ending not in {"toml", "qdc"}:
        raise CodeBookError(f"“{upload.name}” is neither a .toml nor a .qdc file.")
    return import_qdc(upload.data, upload.name) if ending == "qdc" else parse_codebook(upload.data, upload.name)


def _merged(now: Reading, book: tuple[Topic, ...], kept: list[Topic]) -> tuple[Topic, ...]:
    """The library's topics in their order with those of *book* in their place, new ones behind them."""
    new = {topic.id: topic for topic in book}
    staying = {topic.id for topic in kept}
    old = [topic for topic in keeping.chosen(now.site.topics) if topic.id in staying or topic.id in new]
    if not kept:
        return book
    known = {topic.id for topic in old}
    return (*(new.get(topic.id, topic) for topic in old), *(topic for topic in book if topic.id not in known))


def _page(
    now: Reading, name: str, book: tuple[Topic, ...], error: str = "", kept: list[Topic] | None = None
) -> TopicImportPage:
    return TopicImportPage(
        site=now.site,
        name=name,
        error=error,
        changes=topic_changes(now.site.topics, book),
        kept=tuple(topic.label for topic in kept or ()),
        book=write_codebook(keeping.chosen(book)),
        revision=current_revision(now.conn),
    )
