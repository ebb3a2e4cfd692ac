"""The documents that one file holds: itself, or the records of JSON Lines, of a JSON list or of a table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from app.domain import Document, DocumentKind
from app.errors import IngestError
from app.text.given import Given
from app.text.kinds import kind_of

_JSON_TYPE = "application/json"
_BOM = b"\xef\xbb\xbf"
_BLANKS = re.compile(r"[\s,]*")


def documents_in(data: bytes, given: Given) -> Iterator[tuple[bytes, Given]]:
    """What the file *data* holds: itself for most kinds, one pair a record for JSON Lines, a JSON list and CSV.

    A record's bytes are the record alone, as a JSON object, and its name says where it stands in the file. One that
    is broken comes all the same, so that reading it fails with its own sentence. Lines are read one by one, so that
    memory does not grow with their number.

    Raises:
        IngestError: the file is of a kind that is not read, or a table without texts.
    """
    if not data:
        raise IngestError("The file is empty.")
    kind = kind_of(data, given)
    if kind is DocumentKind.JSON_LINES:
        yield from _lines(data, given)
    elif kind is DocumentKind.CSV:
        from app.text.tables import rows  # noqa: PLC0415

        yield from rows(data, given)
    elif kind is DocumentKind.JSON and data[:100].removeprefix(_BOM).lstrip()[:1] == b"[":
        yield from _items(data, given)
    else:
        yield data, given


def read_only_record(data: bytes, given: Given, *, max_characters: int) -> Document:
    """The article in a file of records that holds only one.

    Raises:
        IngestError: it holds none, or several, which :func:`documents_in` parts.
    """
    from app.text.json_record import read_json  # noqa: PLC0415

    found = list(islice(documents_in(data, given), 2))
    if len(found) != 1:
        number = "more than one article" if found else "no article"
        raise IngestError(f"This file of records holds {number}: give one article at a time here.")
    record, known = found[0]
    return read_json(record, known, max_characters=max_characters)


def record_given(given: Given, place: str) -> Given:
    """What is known of a record that stands at *place* in the file *given* is of."""
    return replace(given, name=f"{given.name} {place}".strip(), media_type=_JSON_TYPE, charset="utf-8")


def _lines(data: bytes, given: Given) -> Iterator[tuple[bytes, Given]]:
    at, number = len(_BOM) if data.startswith(_BOM) else 0, 0
    while at < len(data):
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        number += 1
        line = data[at:end].strip()
        if line:
            yield line, record_given(given, f"line {number:,}")
        at = end + 1


def _items(data: bytes, given: Given) -> Iterator[tuple[bytes, Given]]:
    """The items of a JSON list one after the other; where it breaks off, the rest comes as one broken record."""
    from app.text.charsets import decode  # noqa: PLC0415

    text = decode(data).text
    decoder = json.JSONDecoder()
    at, number = text.index("[") + 1, 0
    while True:
        gap = _BLANKS.match(text, at)
        at = gap.end() if gap else at
        if text.startswith("]", at) and not text[at + 1 :].strip():
            return
        number += 1
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = len(text)
        record = text[at:end] or text
        yield record.encode("utf-8", "surrogatepass"), record_given(given, f"item {number:,}")
        if end >= len(text):
            return
        at = end
