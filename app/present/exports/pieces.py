"""What several kinds of files are made of: JSON in one line, a list of any length in it, and a finished file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from app.present.quote_json import Json

PIECE = 1 << 16


def one_line(value: Json) -> str:
    """*value* as JSON without blanks, every letter as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def with_items(frame: Json, items: Iterable[Json]) -> Iterator[bytes]:
    """*frame* as JSON, with *items*, one a line, in the empty list that stands last in it."""
    before, after = one_line(frame).rsplit("[]", 1)
    yield f"{before}[".encode()
    for number, item in enumerate(items):
        yield f"{',' if number else ''}\n{one_line(item)}".encode()
    yield f"\n]{after}\n".encode()


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    """All of *file* from its beginning, piece by piece."""
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece
