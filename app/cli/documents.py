"""The documents that ``communique analyse`` is given: files of text or JSON, and JSON lines."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.errors import IngestError
from app.text.plain import usable_text
from app.text.readers import read_file

STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class Document:
    """One text to analyse; *id* comes back in the result as it was given, *title* may be empty."""

    id: str | int
    text: str
    place: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A document that cannot be read: where it stands and why."""

    place: str
    reason: str


def read_documents(files: Iterable[Path], *, max_characters: int) -> Iterator[Document | Problem]:
    """Every document of *files*, one at a time and in order; ``-`` is JSON lines from standard input.

    A ``.txt`` or ``.json`` file is one document, whose id is the file's name without its ending; each line of
    a ``.jsonl`` file is one, with its own ``id``. What cannot be read comes as a :class:`Problem`, and the
    others go on.
    """
    for path in files:
        try:
            if path == STDIN:
                yield from _lines("standard input", sys.stdin.buffer, max_characters)
            elif path.suffix.lower() == ".jsonl":
                with path.open("rb") as stream:
                    yield from _lines(str(path), stream, max_characters)
            else:
                article = read_file(path, max_characters=max_characters)
                yield Document(path.stem, article.text, str(path), article.title)
        except IngestError as error:
            yield Problem(str(path), str(error))
        except OSError as error:
            yield Problem(str(path), f"{error.strerror}.")


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
    return Document(
        name, usable_text(text, max_characters=max_characters), place, title if isinstance(title, str) else ""
    )
