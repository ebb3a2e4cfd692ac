"""Files to articles: plain text and JSON, in UTF-8."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.domain import Article
from app.errors import IngestError
from app.text.plain import decode, title_of, usable_text

_FIELDS = ("title", "text", "url", "publisher", "date")
_LONGEST_FIELD = 2_000
_BYTES_A_CHARACTER = 4
_JSON_OVERHEAD = 3  # "\ud83d\ude00", the longest way to write a character, is twelve bytes
_REST = 10_000  # a byte order mark, the other fields


def read_file(path: Path, *, max_characters: int) -> Article:
    """The article in the file at *path*: ``.txt``, or ``.json`` with ``text`` and perhaps the other fields.

    The text stays to the letter as the file has it, but for a byte order mark before it.

    Args:
        path: the file; its ending says what it is.
        max_characters: the longest text that is taken in; a longer file is not read to its end.

    Raises:
        IngestError: the file cannot be read, or holds no article; one sentence that does not repeat the path.
    """
    reader = {".txt": _read_text, ".json": _read_json}.get(path.suffix.lower())
    if reader is None:
        raise IngestError(_unknown(path))
    return reader(path, max_characters)


def _unknown(path: Path) -> str:
    if path.is_dir():
        return "This is a folder; name the files in it."
    ending = f"“{path.suffix}” files" if path.suffix else "Files without an ending"
    return f"{ending} cannot be read; give a .txt or a .json file in UTF-8."


def _read_text(path: Path, max_characters: int) -> Article:
    data = _bytes(path, max_characters * _BYTES_A_CHARACTER + _REST, max_characters)
    text = usable_text(decode(data), max_characters=max_characters)
    return Article(title_of(text, otherwise=path.stem), text)


def _read_json(path: Path, max_characters: int) -> Article:
    most = max_characters * _BYTES_A_CHARACTER * _JSON_OVERHEAD + _REST
    record = _object(decode(_bytes(path, most, max_characters)))
    if record.get("text") is None:
        raise IngestError("The JSON object has no “text”.")
    fields = {name: _string(record, name) for name in _FIELDS}
    text = usable_text(fields["text"], max_characters=max_characters)
    for name in _FIELDS:
        if name != "text":
            _check_field(name, fields[name])
    title = " ".join(fields["title"].split()) or title_of(text, otherwise=path.stem)
    publisher = " ".join(fields["publisher"].split()) or None
    return Article(title, text, _url(fields["url"].strip()), publisher, _date(fields["date"].strip()))


def _bytes(path: Path, most: int, max_characters: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError as error:
        raise IngestError("There is no such file.") from error
    except IsADirectoryError as error:
        raise IngestError("This is a folder; name the files in it.") from error
    except PermissionError as error:
        raise IngestError("You may not read this file.") from error
    except OSError as error:
        raise IngestError(f"The file cannot be read: {error.strerror or error}.") from error
    if len(data) > most:
        raise IngestError(
            f"The file is far longer than the {max_characters:,} characters that are taken in at most "
            "(the setting COMMUNIQUE_MAX_CHARACTERS)."
        )
    return data


def _object(text: str) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except json.JSONDecodeError as error:
        raise IngestError(f"This is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.") from error
    except (RecursionError, ValueError) as error:  # nested too deeply, or a number of thousands of digits
        raise IngestError("This JSON is nested too deeply or holds a number too long.") from error
    if not isinstance(record, dict):
        raise IngestError('The JSON must be one object with “text” in it, such as {"title": …, "text": …}.')
    return record


def _string(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise IngestError(f"“{name}” must be a string, not {_type(value)}.")
    return value


def _type(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), type(value).__name__)


def _check_field(name: str, value: str) -> None:
    if len(value) > _LONGEST_FIELD:
        raise IngestError(f"“{name}” has {len(value):,} characters; at most {_LONGEST_FIELD:,} make sense.")
    if not value.isprintable() and any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value):
        raise IngestError(f"“{name}” has a NUL or half of a surrogate pair, which stands for no character.")


def _url(value: str) -> str | None:
    if not value:
        return None
    try:
        parts = urlsplit(value)
    except ValueError as error:
        raise IngestError("“url” is not an address.") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or not value.isprintable() or " " in value:
        raise IngestError("“url” must be an address that starts with http:// or https://.")
    return value


def _date(value: str) -> dt.date | None:
    if not value:
        return None
    try:
        return dt.datetime.fromisoformat(value).date()
    except ValueError as error:
        raise IngestError(f"“date” must be a day such as 2024-05-16, not “{value[:40]}”.") from error
