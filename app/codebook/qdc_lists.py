"""What a REFI-QDA code book has no place for, as lines that close a code's description.

A reader sees them as they are, and any program that keeps descriptions keeps them::

    Oil and gas: supply, prices, trade.

    Id: energy
    Terms: crude oil; gas; "one; with a semicolon"
    Patterns: [{"LEMMA":"gas"},{"LOWER":"price"}]

Words are parted by semicolons. One that holds a semicolon, a line's end, or a quotation mark at its start stands in
quotes as JSON has them, and so do blanks at its ends.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.codebook.fields import WORD_LISTS
from app.domain import Topic

_FIELDS = {field.capitalize(): field for field in ("id", *WORD_LISTS, "patterns")}
_LINE = rf"(?:{'|'.join(_FIELDS)}):[^\n]*"
_BLOCK = re.compile(rf"(?:\A|\n\n)({_LINE}(?:\n{_LINE})*)(?=\s*\Z|\n[ \t\r]*\n)")
_DECODER = json.JSONDecoder()


def description_of(topic: Topic) -> str:
    """The description of *topic*, closed by its id and its lists."""
    lists = {field: [_word(word) for word in getattr(topic, field)] for field in WORD_LISTS}
    entries: Mapping[str, Sequence[str]] = {"id": [topic.id], **lists, "patterns": topic.patterns}
    block = "\n".join(f"{field.capitalize()}: {'; '.join(words)}" for field, words in entries.items() if words)
    return f"{topic.description}\n\n{block}" if topic.description else block


def parted(description: str) -> tuple[str, dict[str, Any]]:
    """What stands before the lines in *description*, and what they say, as a topic's fields; both may be empty.

    Raises:
        ValueError: a line cannot be read; the message says which.
    """
    found = list(_BLOCK.finditer(description))
    if not found:
        return description, {}
    last = found[-1]
    after = description[last.end() :].rstrip()
    return description[: last.start()] + after, _fields(last[1])


def _word(word: str) -> str:
    plain = not re.search(r"[;\n\r]", word) and not word.startswith('"') and word == word.strip()
    return word if plain else json.dumps(word, ensure_ascii=False)


def _fields(block: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for line in block.split("\n"):
        name, _, rest = line.partition(":")
        field = _FIELDS[name]
        if field == "id":
            fields["id"] = rest.strip()
            continue
        try:
            fields.setdefault(field, []).extend(_entries(rest.strip(), patterns=field == "patterns"))
        except json.JSONDecodeError as error:
            raise ValueError(f"the line “{name}: …” of its description cannot be read: {error.msg}") from error
    return fields


def _entries(line: str, *, patterns: bool) -> Iterator[Any]:
    place = 0
    while place < len(line):
        if patterns or line[place] == '"':
            entry, place = _DECODER.raw_decode(line, place)
        else:
            end = line.find(";", place)
            entry, place = line[place : end if end >= 0 else len(line)].strip(), end if end >= 0 else len(line)
        if entry:
            yield entry
        place = _after_separator(line, place)


def _after_separator(line: str, place: int) -> int:
    rest = line[place:].lstrip()
    if rest and not rest.startswith(";"):
        raise json.JSONDecodeError("a semicolon is missing", line, place)
    return len(line) - len(rest[1:].lstrip())
