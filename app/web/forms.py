"""What a browser sends with a form, read without waiting for anything: the guard has read the body before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from app.web.uploads import read_multipart

MOST_FIELDS = 200
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form: its name as the browser gave it, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, the last of each name, and its files; a field that was not sent is empty."""

    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The field *name* with its line ends as ``\\n``."""
        return self.fields.get(name, "").replace("\r\n", "\n").replace("\r", "\n")

    def number(self, name: str) -> int | None:
        """The field *name* as a whole number of at most nine digits, or ``None`` where it is none."""
        text = self.text(name).strip()
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


async def form(request: Request) -> Form:
    """The form of *request*.

    Raises:
        HTTPException: 415 where it is no form.
    """
    given = request.headers.get("content-type", "")
    kind = given.partition(";")[0].strip().lower()
    if kind not in {URLENCODED, MULTIPART}:
        raise HTTPException(415)
    body = await request.body()
    return urlencoded(body) if kind == URLENCODED else multipart(given, body)


FormDep = Annotated[Form, Depends(form)]


def urlencoded(body: bytes) -> Form:
    """The form in *body*, as browsers write one without files.

    Raises:
        HTTPException: 400 where it has too many fields.
    """
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400) from error
    return Form(dict(pairs))


def multipart(content_type: str, body: bytes) -> Form:
    """The form in *body*, as browsers write one with files.

    The standard library's parser of mails would take half a minute for 1 MB that somebody composed for it.

    Raises:
        UploadError: it is no such form, or ends before its closing boundary.
        TooManyError: it has too many parts.
    """
    sent = read_multipart(content_type, body)
    return Form(sent.fields, {file.field: Upload(file.name, file.data) for file in sent.files})
