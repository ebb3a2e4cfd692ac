"""A code book in TOML, read; what is wrong with it is told with its line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from app.codebook.fields import CodeBookError, check_book, topic_from
from app.codebook.limits import LARGEST_FILE
from app.codebook.places import line_of
from app.domain import Topic

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TEXT = re.compile(r"""\"{3}[\s\S]*?\"{3}|'{3}[\s\S]*?'{3}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*""")
_MOST_DOTS = 20
"""In a line, texts left out: what TOML's own parser takes for a key grows with the square of its dots."""


def read_codebook(path: Path) -> tuple[Topic, ...]:
    """The topics of the TOML file at *path*, in its order.

    Raises:
        CodeBookError: the file is missing, is not TOML, or has a topic that cannot be used; the message says which,
            in which line, and what is allowed.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CodeBookError(f"The code book {path} cannot be read: {error.strerror}.") from error
    return parse_codebook(data, str(path))


def parse_codebook(source: str | bytes, name: str) -> tuple[Topic, ...]:
    """The topics in *source*, which is TOML in UTF-8; *name* stands for it in messages.

    Raises:
        CodeBookError: as for :func:`read_codebook`.
    """
    text = _decoded(source, name).removeprefix("\ufeff")
    entries = _entries(_parsed(text, name), name)
    topics: list[Topic] = []
    first: dict[str, int] = {}
    for number, entry in enumerate(entries):
        try:
            topic = topic_from(entry)
            _refuse_second(topic, first, text)
        except CodeBookError as error:
            place = _place(name, line_of(text, number, error.field, error.item))
            raise CodeBookError(f"{place}: {error}", error.field, error.item) from error
        first[topic.id] = number
        topics.append(topic)
    try:
        check_book(topics)
    except CodeBookError as error:
        raise CodeBookError(f"{name}: {error}") from error
    return tuple(topics)


def _decoded(source: str | bytes, name: str) -> str:
    if len(source) > LARGEST_FILE:
        raise CodeBookError(f"The code book {name} is too large: {LARGEST_FILE // 1_000_000} MB are allowed at most.")
    if isinstance(source, str):
        return source
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise CodeBookError(f"The code book {name} cannot be read: line {line} is not UTF-8.") from error


def _parsed(text: str, name: str) -> dict[str, Any]:
    if any(line.count(".") > _MOST_DOTS for line in _TEXT.sub("", text).split("\n")):
        raise CodeBookError(f"The code book {name} cannot be read: it has a key of more than {_MOST_DOTS} parts.")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        found = _PLACE.search(message)
        line = int(found[1]) if found and found[1] else text.rstrip().count("\n") + 1
        column = f", column {found[2]}" if found and found[2] else ""
        problem = _PLACE.sub("", message)
        raise CodeBookError(f"{_place(name, line)}{column}: This cannot be read as TOML: {problem}.") from error
    except (RecursionError, ValueError) as error:  # nested too deeply, or a number of thousands of digits
        raise CodeBookError(f"The code book {name} cannot be read: it is nested too deeply.") from error


def _entries(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    if unknown := next((key for key in data if key != "topic"), None):
        raise CodeBookError(f"{name}: “{unknown}” stands outside of a topic; begin every topic with [[topic]].")
    entries = data.get("topic", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CodeBookError(f"{name}: Begin every topic with [[topic]], in two pairs of brackets.")
    return entries


def _refuse_second(topic: Topic, first: dict[str, int], text: str) -> None:
    if topic.id in first:
        line = line_of(text, first[topic.id], "id")
        raise CodeBookError(
            f"The topic “{topic.id}” is there more than once, first in line {line}; each needs an id of its own.", "id"
        )


def _place(name: str, line: int | None) -> str:
    return f"{name}, line {line}" if line else name
