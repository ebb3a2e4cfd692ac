"""Where documents come in by a browser: three plain forms. A GET changes nothing, so that any page may link here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException

from app.errors import AppError, IngestError
from app.present.templates import web_address
from app.text.dates import read_date
from app.text.given import Given
from app.web import queueing
from app.web.access import Role, open_to
from app.web.contexts import AddPage
from app.web.deps import Reading, ReadingDep, fresh_page, see
from app.web.forms import MULTIPART, URLENCODED, urlencoded
from app.web.uploads import Sent, read_multipart

router = APIRouter()
READ = ["GET", "HEAD"]
FORM = "pages/add.html"
LONGEST = {"title": 1_000, "url": 2_000, "publisher": 1_000, "date": 40}
FIELDS = ("text", "title", "url", "publisher", "date")
WRONG_DATE = "This is no date that can be read. Write 2023-03-21, 2023-03 or 2023."
WRONG_ADDRESS = "This is no address of the web. It begins with https:// or http://."


@router.api_route("/add", methods=READ)
@open_to(Role.OWNER)
def add(
    now: ReadingDep,
    text: str = "",
    title: str = "",
    url: str = "",
    publisher: str = "",
    date: str = "",
    long: str = "",
) -> Response:
    """The forms, with what the address knows of a document; a person looks and confirms."""
    typed = {"text": text, "title": title, "url": url, "publisher": publisher, "date": date}
    if url and not text:
        typed = {**dict.fromkeys(FIELDS, ""), "addresses": url, "title": title}
    answer = fresh_page(now, FORM, AddPage(now.site, typed, too_long=bool(long)))
    if now.desk.workforce is not None and now.request.method == "GET":
        answer.background = BackgroundTask(now.desk.workforce.warm)  # to start a process takes a moment
    return answer


async def whole_body(request: Request) -> bytes:
    """What the guard has read."""
    return await request.body()


BodyDep = Annotated[bytes, Depends(whole_body)]


@router.post("/add/text")
@open_to(Role.OWNER)
def add_text(now: ReadingDep, body: BodyDep) -> Response:
    """Queue a text that was pasted, and show how far it is."""
    sent = read_sent(now.request, body)
    typed = {name: sent.text(name) for name in FIELDS}
    errors = {} if typed["text"].strip() else {"text": "Paste the text first."}
    given = Given()
    try:
        given = given_by(typed)
    except WrongFieldError as error:
        errors |= error.errors
    if errors:
        return fresh_page(now, FORM, AddPage(now.site, typed, errors), 422)
    queued = queueing.texts(now.desk, typed["text"], given)
    return see(f"/jobs/{queued.jobs[0]}", then="article")


@router.post("/add/files")
@open_to(Role.OWNER)
def add_files(now: ReadingDep, body: BodyDep) -> Response:
    """Queue files, and show how far they are."""
    sent = read_sent(now.request, body)
    if not sent.files:
        return _wrong(now, {}, "files", "Choose a file first.")
    try:
        queued = queueing.documents(now.desk, [(file.data, of_file(file.name, file.media_type)) for file in sent.files])
    except IngestError as error:
        return _wrong(now, {}, "files", str(error))
    return see(f"/jobs/{queued.jobs[0]}") if len(queued.jobs) == 1 else see(f"/batches/{queued.batch}")


@router.post("/add/addresses")
@open_to(Role.OWNER)
def add_addresses(now: ReadingDep, body: BodyDep) -> Response:
    """Queue pages to be fetched, and show how far they are."""
    text = read_sent(now.request, body).text("addresses")
    lines, typed = queueing.lines_of(text), {"addresses": text}
    if not lines:
        return _wrong(now, typed, "addresses", "Write an address first.")
    if len(lines) > queueing.MOST_AT_ONCE:
        told = f"These are {len(lines):,} addresses: {queueing.MOST_AT_ONCE} at most are taken at once."
        return _wrong(now, typed, "addresses", told)
    for line in lines:
        try:
            queueing.checked_address(line)
        except AppError as error:
            return _wrong(now, typed, "addresses", f"{error} ({line[:100]})" if len(lines) > 1 else str(error))
    queued = queueing.addresses(now.desk, lines)
    if len(queued.jobs) == 1:
        return see(f"/jobs/{queued.jobs[0]}", then="article")
    return see(f"/batches/{queued.batch}")


def _wrong(now: Reading, typed: Mapping[str, str], field: str, message: str) -> Response:
    return fresh_page(now, FORM, AddPage(now.site, typed, {field: message}), 422)


def read_sent(request: Request, body: bytes) -> Sent:
    """The form in *body*.

    Raises:
        HTTPException: 415 where it is no form.
        UploadError: it was cut off.
    """
    given = request.headers.get("content-type", "")
    kind = given.partition(";")[0].strip().lower()
    if kind == MULTIPART:
        return read_multipart(given, body)
    if kind != URLENCODED:
        raise HTTPException(415)
    return Sent(dict(urlencoded(body).fields), ())


class WrongFieldError(AppError):
    """Fields that cannot be used, each with a sentence."""

    status = 422

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(f"{name}: {message}" for name, message in errors.items()))
        self.errors = errors
        self.field = next(iter(errors))


def given_by(values: Mapping[str, Any], *, name: str = "") -> Given:
    """What the fields *values* say of a document.

    Raises:
        WrongFieldError: some of them cannot be used.
    """
    errors = {}
    words = {key: " ".join(str(values.get(key) or "").split()) for key in ("title", "url", "publisher", "date")}
    for key, value in words.items():
        if len(value) > LONGEST[key]:
            errors[key] = f"This is too long: {LONGEST[key]:,} characters at most."
    if words["url"] and not web_address(words["url"]):
        errors["url"] = WRONG_ADDRESS
    dated = read_date(words["date"]) if words["date"] else None
    if words["date"] and dated is None:
        errors["date"] = WRONG_DATE
    if errors:
        raise WrongFieldError(errors)
    given = Given(name, url=words["url"] or None, title=words["title"] or None, publisher=words["publisher"] or None)
    return given if dated is None else replace(given, date=dated[0], date_precision=dated[1])


def of_file(name: str, media_type: str | None) -> Given:
    """What is known of a file that was sent: browsers say of its type what its name says."""
    return Given(name or "Untitled", media_type=media_type)
