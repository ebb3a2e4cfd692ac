"""A code book in TOML, written: one form for one content, so that a change shows as a change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from app.codebook.fields import values_of
from app.domain import Topic

_WIDTH = 120


def write_codebook(topics: Iterable[Topic]) -> str:
    """*topics* as TOML that :func:`~app.codebook.reading.parse_codebook` reads back; empty fields are left out."""
    return "\n".join("\n".join(_block(topic)) + "\n" for topic in topics)


def _block(topic: Topic) -> Iterator[str]:
    yield "[[topic]]"
    for field, value in values_of(topic).items():
        if not isinstance(value, list):
            yield f"{field} = {_inline(value)}"
        else:
            yield from _list(field, [_inline(entry) for entry in value], one_a_line=field == "patterns")


def _list(field: str, entries: list[str], *, one_a_line: bool) -> Iterator[str]:
    line = f"{field} = [{', '.join(entries)}]"
    if len(line) <= _WIDTH:
        yield line
        return
    yield f"{field} = ["
    yield from ([f"  {entry}," for entry in entries] if one_a_line else _filled(entries))
    yield "]"


def _filled(entries: list[str]) -> Iterator[str]:
    line = " "
    for entry in entries:
        if line.strip() and len(line) + len(entry) + 2 > _WIDTH:
            yield line
            line = " "
        line += f" {entry},"
    yield line


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(_inline(entry) for entry in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key} = {_inline(entry)}' for key, entry in value.items())}}}"
    # JSON's escapes are TOML's, but for DEL, which JSON leaves as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
