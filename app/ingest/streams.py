"""Files and pipes as documents: whole, or line by line and row by row, so that their length does not matter."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import BinaryIO

from app.domain import DocumentKind
from app.errors import IngestError
from app.ingest.finding import STDIN, File, Unread, why_not
from app.text.given import Given
from app.text.kinds import kind_of
from app.text.records import documents_in, record_given

LARGEST = 100_000_000
"""Bytes of a document; files of many documents may be of any length."""

LONGEST_LINE = 32_000_000
"""Bytes of one line of JSON: the longest text that is taken in by default, in its longest spelling, and some more."""

_HEAD = 1_000_000
_TABLE_AT_ONCE = 4_000_000
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Piece:
    """A document with what is known of it; *place* is how a person named it, or its name where it is one of many."""

    place: str
    data: bytes
    given: Given


def pieces(file: File, given: Given | None = None) -> Iterator[Piece | Unread]:
    """The documents in *file*, read as they are needed.

    Args:
        file: to be read; ``-`` is standard input.
        given: what a person said of the one document in it.
    """
    try:
        with _opened(file) as stream:
            yield from _read(file, stream, given)
    except OSError as error:
        yield Unread(file.place, why_not(error))


def _opened(file: File) -> AbstractContextManager[BinaryIO]:
    if str(file.path) == STDIN:
        return nullcontext(sys.stdin.buffer)
    return file.path.open("rb")


def _read(file: File, stream: BinaryIO, given: Given | None) -> Iterator[Piece | Unread]:
    head = stream.read(_HEAD)
    known = replace(given or Given(), name=_name(file))
    kind = _many(head, known)
    if kind is None:
        yield _whole(file, head, stream, known)
    elif given is not None:
        yield Unread(file.place, "This holds many documents; a title, address, publisher or date is given for one.")
    elif kind is DocumentKind.JSON_LINES:
        yield from _lines(file, io.BufferedReader(_Again(head, stream)))
    else:
        yield from _rows(file, io.BufferedReader(_Again(head, stream)))


def _name(file: File) -> str:
    return "" if str(file.path) == STDIN else file.name


def _many(head: bytes, given: Given) -> DocumentKind | None:
    """The kind of a file that holds many documents and can be read bit by bit."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"PK")):
        return None
    if _begins_lines(head.removeprefix(_BOM)):
        return DocumentKind.JSON_LINES
    try:
        kind = kind_of(head, given)
    except IngestError:
        return None
    return kind if kind in {DocumentKind.JSON_LINES, DocumentKind.CSV} else None


def _begins_lines(head: bytes) -> bool:
    """Whether the first line is a JSON object by itself and another one follows, however long the first one is."""
    first, _, rest = head.lstrip().partition(b"\n")
    if not first.startswith(b"{") or not rest.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _whole(file: File, head: bytes, stream: BinaryIO, given: Given) -> Piece | Unread:
    data = head + stream.read(LARGEST + 1 - len(head))
    if len(data) > LARGEST:
        return Unread(file.place, f"This file has over {LARGEST // 1_000_000} MB; no document should. Split it.")
    if not data:
        return Unread(file.place, "The file is empty.")
    try:
        kind_of(data, given)
    except IngestError as error:
        return Unread(file.place, str(error))
    return Piece(file.place, data, given)


def _lines(file: File, stream: io.BufferedReader) -> Iterator[Piece | Unread]:
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        given = record_given(Given(name=_name(file)), f"line {number:,}")
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            while not line.endswith(b"\n") and (line := stream.readline(LONGEST_LINE)):
                pass
            yield Unread(given.name, f"This line has over {LONGEST_LINE // 1_000_000} MB; no document should.")
            continue
        line = line.removeprefix(_BOM if number == 1 else b"").strip()
        if line.startswith(b"{"):
            yield Piece(given.name, line, given)
        elif line:
            yield Unread(given.name, 'Each line must be an object such as {"id": "a1", "text": "…"}.')


def _rows(file: File, stream: io.BufferedReader) -> Iterator[Piece | Unread]:
    """The rows of a table, some megabytes at a time, each time under its first line."""
    header, rows = b"", 0
    for chunk, records in _records(stream):
        if len(chunk) > LARGEST:
            yield Unread(file.place, "This table has a quotation mark that never closes.")
            return
        header = header or chunk.partition(b"\n")[0] + b"\n"
        table = chunk if rows == 0 else header + chunk
        try:
            for data, given in documents_in(table, Given(name=_name(file), media_type="text/csv")):
                within, _, number = given.name.rpartition(" ")
                name = f"{within} {int(number.replace(',', '')) + max(rows - 1, 0):,}"
                yield Piece(name, data, replace(given, name=name))
        except IngestError as error:
            yield Unread(file.place, str(error))
            return
        rows += records


def _records(stream: io.BufferedReader) -> Iterator[tuple[bytes, int]]:
    """Whole records of a table with how many there are; a line break between quotation marks ends none."""
    lines, size, records, inside = [], 0, 0, False
    while line := stream.readline(LONGEST_LINE):
        inside ^= line.count(b'"') % 2 == 1
        lines.append(line)
        size += len(line)
        records += not inside
        if (size >= _TABLE_AT_ONCE and not inside) or size > LARGEST:
            yield b"".join(lines), records
            lines, size, records = [], 0, 0
    if lines:
        yield b"".join(lines), records


class _Again(io.RawIOBase):
    """What was read of a stream already, and then the rest of it."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill *buffer*; how many bytes there were."""
        if self._head:
            some, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            some = self._stream.read(len(buffer))
        buffer[: len(some)] = some
        return len(some)
