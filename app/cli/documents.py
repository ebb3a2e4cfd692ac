"""The documents that ``communique analyse`` is given: files of every kind, and lines of JSON one by one."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from app.domain import Paragraph
from app.errors import IngestError
from app.text.given import Given
from app.text.paragraphs import split_paragraphs
from app.text.plain import usable_text
from app.text.readers import bytes_of
from app.text.reading import documents_in, read_document

STDIN = Path("-")
LARGEST = 100_000_000
"""Bytes of a file that is read whole; lines of JSON may be of any number."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text to analyse; *id* comes back in the result as it was given, *title* may be empty."""

    id: str | int
    text: str
    place: str
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A document that cannot be read: where it stands and why."""

    place: str
    reason: str


def read_documents(files: Iterable[Path], *, max_characters: int) -> Iterator[Document | Problem]:
    """Every document of *files*, one at a time and in order; ``-`` is standard input.

    A file is one document, whose id is the file's name without its ending. Each line of a ``.jsonl`` file is one,
    and so is each that comes in by standard input, with its own ``id``; of a table and of a list in JSON each row and
    item is one, whose id is its own or says where it stands. What cannot be read comes as a :class:`Problem`, and the
    others go on.
    """
    for path in files:
        try:
            if path == STDIN:
                yield from _piped(max_characters)
            elif path.suffix.lower() == ".jsonl":
                with path.open("rb") as stream:
                    yield from _lines(str(path), stream, max_characters)
            else:
                data = bytes_of(path, LARGEST, max_characters)
                yield from _documents(str(path), Given(name=path.name), path.stem, data, max_characters)
        except IngestError as error:
            yield Problem(str(path), str(error))
        except OSError as error:
            yield Problem(str(path), f"{error.strerror}.")


def _piped(max_characters: int) -> Iterator[Document | Problem]:
    """What comes in: lines of JSON, each as soon as it is there, or one file of any kind."""
    name, stream = "standard input", sys.stdin.buffer
    first: list[bytes] = []
    for line in stream:
        first.append(line)
        if line.strip():
            break
    head = b"".join(first)
    if not head.strip() or head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        yield from _lines(name, chain(first, stream), max_characters)
    else:
        data = head + stream.read(LARGEST)
        yield from _documents(name, Given(), name, data, max_characters)


def _documents(
    place: str, given: Given, otherwise: str, data: bytes, max_characters: int
) -> Iterator[Document | Problem]:
    for part, known in documents_in(data, given):
        alone = part is data
        where = place if alone else f"{place}, {known.name.removeprefix(given.name).strip()}"
        try:
            found = read_document(part, known, max_characters=max_characters)
        except IngestError as error:
            yield Problem(where, str(error))
            continue
        name = otherwise if alone else _own_id(part) or known.name
        yield Document(name, found.article.text, where, found.article.title, found.paragraphs)


def _own_id(record: bytes) -> str | int | None:
    """The id that a record has itself, which could be read."""
    own = json.loads(record).get("id")
    return own if isinstance(own, str | int) and not isinstance(own, bool) else None


def _lines(name: str, stream: Iterable[bytes], max_characters: int) -> Iterator[Document | Problem]:
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        place = f"{name}, line {number}"
        try:
            yield _document(line, place, max_characters)
        except IngestError as error:
            yield Problem(place, str(error))


def _document(line: bytes, place: str, max_characters: int) -> Document:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise IngestError(f"Not UTF-8: byte {error.start + 1} of the line cannot be read.") from error
    except json.JSONDecodeError as error:
        raise IngestError(f"Not JSON: {error.msg} at column {error.colno}.") from error
    except (RecursionError, ValueError) as error:  # nested too deeply, or a number of thousands of digits
        raise IngestError(f"Not usable JSON: {error}.") from error
    if not isinstance(record, dict):
        raise IngestError('Each line must be an object such as {"id": "a1", "text": "…"}.')
    name, text = record.get("id"), record.get("text")
    if not isinstance(name, str | int) or isinstance(name, bool):
        raise IngestError('"id" must be given, as a string or a whole number.')
    if not isinstance(text, str):
        raise IngestError('"text" must be given, as a string.')
    title = record.get("title")
    text = usable_text(text, max_characters=max_characters)
    return Document(name, text, place, title if isinstance(title, str) else "", split_paragraphs(text))
