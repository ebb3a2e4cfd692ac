"""Files that a browser or a program sends: counted, whole, and by names that are nothing but names."""

from __future__ import annotations

import logging
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from app.errors import AppError
from app.web.json_bodies import read_json

MOST_FILES = 100
LONGEST_NAME = 200
_MOST_PARTS = MOST_FILES + 20

logging.getLogger("python_multipart").setLevel(logging.CRITICAL)  # it tells the log of every form that is no good


class UploadError(AppError):
    """What was sent cannot be read as a form with files."""

    status = 400


class TooManyError(AppError):
    """More files than are taken at once."""

    status = 413


@dataclass(slots=True)
class Part:
    """One part of a form: its field, and for a file its name and type as the sender calls them."""

    field: str
    filename: str | None
    media_type: str | None
    data: bytes


@dataclass(frozen=True, slots=True)
class File:
    """A file that was sent; its name is safe to be shown."""

    name: str
    media_type: str | None
    data: bytes
    field: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was read whole: its fields, the last of each name, and all its files in order."""

    fields: dict[str, str]
    files: tuple[File, ...]

    def text(self, name: str) -> str:
        """The field *name* with its line ends as ``\\n``; empty where it was not sent."""
        return self.fields.get(name, "").replace("\r\n", "\n").replace("\r", "\n")


CUT = "The upload was cut off before its end. Nothing was taken in; send it again."


def read_object(body: bytes) -> dict[str, Any]:
    """The JSON object in *body*.

    Raises:
        UploadError: it is none.
    """
    try:
        value = read_json(body)
    except ValueError as error:
        raise UploadError("The request must bring a JSON object.") from error
    if not isinstance(value, dict):
        raise UploadError("The request must bring a JSON object.")
    return value


def read_multipart(content_type: str, body: bytes) -> Sent:
    """The form in *body*.

    Raises:
        UploadError: it is no such form, or it ends before its closing boundary.
        TooManyError: it has more than :data:`MOST_FILES` files.
    """
    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if not boundary:
        raise UploadError("The upload names no boundary between its parts; nothing was taken in.")
    reader = _Reader()
    try:
        parser = MultipartParser(boundary, reader.callbacks())  # type: ignore[arg-type]
        parser.write(body)
    except FormParserError as error:
        raise UploadError("The upload is not written as forms with files are; nothing was taken in.") from error
    if not reader.ended:
        raise UploadError(CUT)
    return _sent(reader.parts)


def _sent(parts: list[Part]) -> Sent:
    fields: dict[str, str] = {}
    files: list[File] = []
    for part in parts:
        if part.filename is None:
            fields[part.field] = part.data.decode("utf-8", "replace")
        elif part.filename or part.data:
            files.append(File(safe_name(part.filename), part.media_type, part.data, part.field))
    if len(files) > MOST_FILES:
        raise TooManyError(
            f"These are {len(files)} files: {MOST_FILES} at most are taken at once. Nothing was taken in."
        )
    return Sent(fields, tuple(files))


@dataclass(slots=True)
class _Reader:
    """What the parser tells, as parts."""

    parts: list[Part] = field(default_factory=list)
    ended: bool = False
    name: bytearray = field(default_factory=bytearray)
    value: bytearray = field(default_factory=bytearray)
    headers: dict[bytes, bytes] = field(default_factory=dict)
    data: list[bytes] = field(default_factory=list)

    def callbacks(self) -> dict[str, object]:
        return {
            "on_part_begin": self.begin,
            "on_header_field": lambda data, start, end: self.name.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self.value.extend(data[start:end]),
            "on_header_end": self.header,
            "on_part_data": lambda data, start, end: self.data.append(data[start:end]),
            "on_part_end": self.part,
            "on_end": self.end,
        }

    def begin(self) -> None:
        if len(self.parts) >= _MOST_PARTS:
            raise TooManyError(f"{MOST_FILES} files at most are taken at once. Nothing was taken in.")
        self.headers, self.data = {}, []

    def header(self) -> None:
        self.headers[bytes(self.name).lower()] = bytes(self.value)
        self.name, self.value = bytearray(), bytearray()

    def part(self) -> None:
        _, options = parse_options_header(self.headers.get(b"content-disposition", b""))
        filename = options.get(b"filename")
        media_type = self.headers.get(b"content-type")
        self.parts.append(
            Part(
                field=_text(options.get(b"name", b"")),
                filename=None if filename is None else _text(filename),
                media_type=_text(media_type) if media_type else None,
                data=b"".join(self.data),
            )
        )

    def end(self) -> None:
        self.ended = True


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")


def safe_name(given: str) -> str:
    """*given* as a name to be shown: no folders, no control characters, :data:`LONGEST_NAME` characters at most."""
    for written, meant in (("%22", '"'), ("%0D", " "), ("%0A", " ")):  # as browsers write them in a form
        given = given.replace(written, meant)
    last = given.replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(" " if char.isspace() else char for char in last if _shown(char))
    name = " ".join(shown.split())
    if len(name) > LONGEST_NAME:
        stem, dot, ending = name.rpartition(".")
        ending = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
        name = name[: LONGEST_NAME - len(ending)] + ending
    return "" if name.strip(". ") == "" else name


def _shown(char: str) -> bool:
    return char.isspace() or not unicodedata.category(char).startswith("C")
