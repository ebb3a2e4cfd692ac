"""The code book: the topics that quotes are sorted by, as a TOML file a person can read and edit."""

import re
import tomllib
from pathlib import Path
from typing import Any

from app.domain import OTHER, Topic
from app.errors import AppError

FIELDS = frozenset({"id", "label", "description", "colour", "terms", "names"})


def read_codebook(path: Path) -> tuple[Topic, ...]:
    """The topics of the file at *path*, in its order.

    Raises:
        AppError: the file is missing, is not TOML, or has a topic that cannot be used; the message says which.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AppError(f"The code book {path} cannot be read: {error}.") from error
    topics = tuple(_topic(entry, path) for entry in data.get("topic", []))
    ids = [topic.id for topic in topics]
    if repeated := sorted({name for name in ids if ids.count(name) > 1}):
        raise AppError(f"The code book {path} has the topic {repeated[0]!r} more than once.")
    return topics


def _topic(entry: dict[str, Any], path: Path) -> Topic:
    name = entry.get("id", "")
    if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name) or name == OTHER:
        raise AppError(
            f"The code book {path} has a topic with the id {name!r}; an id is made of a–z, 0–9, - and _, "
            f"and {OTHER!r} is built in."
        )
    if unknown := sorted(set(entry) - FIELDS):
        raise AppError(f"The topic {name!r} in {path} has the unknown field {unknown[0]!r}.")
    colour = entry.get("colour", "#57534e")
    if not isinstance(colour, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise AppError(f"The topic {name!r} in {path} needs a colour such as #b45309, not {colour!r}.")
    return Topic(
        id=name,
        label=str(entry.get("label", name)),
        description=str(entry.get("description", "")),
        colour=colour,
        terms=_words(entry, "terms", path),
        names=_words(entry, "names", path),
    )


def _words(entry: dict[str, Any], field: str, path: Path) -> tuple[str, ...]:
    words = entry.get(field, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise AppError(f"The topic {entry['id']!r} in {path}: {field} must be a list of words in quotes.")
    return tuple(words)
