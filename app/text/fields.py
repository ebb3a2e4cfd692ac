"""The fields of a record, checked: what a title, an address or a date may be."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from app.domain import DatePrecision
from app.errors import IngestError
from app.text.dates import read_date

LONGEST_FIELD = 2_000


def string(record: dict[str, Any], name: str) -> str:
    """The string that *record* has as *name*; empty where it has none.

    Raises:
        IngestError: it is no string.
    """
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise IngestError(f"“{name}” must be a string, not {type_name(value)}.")
    return value


def type_name(value: object) -> str:
    """What a person calls the type of a JSON value."""
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), type(value).__name__)


def line(record: dict[str, Any], name: str) -> str:
    """The field *name* as one line; empty where it has none.

    Raises:
        IngestError: it is no string, endless, or has what stands for no character.
    """
    value = string(record, name)
    if len(value) > LONGEST_FIELD:
        raise IngestError(f"“{name}” has {len(value):,} characters; at most {LONGEST_FIELD:,} make sense.")
    if not value.isprintable() and any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value):
        raise IngestError(f"“{name}” has a NUL or half of a surrogate pair, which stands for no character.")
    return " ".join(value.split())


def address(value: str, name: str = "url") -> str | None:
    """*value* where it is a web address, ``None`` where it is empty.

    Raises:
        IngestError: it is anything else.
    """
    if not value:
        return None
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError as error:
        raise IngestError(f"“{name}” is not an address.") from error
    if parts.scheme not in {"http", "https"} or not host or not value.isprintable() or " " in value:
        raise IngestError(f"“{name}” must be an address that starts with http:// or https://.")
    return value


def day(value: str, name: str = "date") -> tuple[dt.date | None, DatePrecision]:
    """The date that *value* writes, with what is known of it.

    Raises:
        IngestError: it is not empty and no date.
    """
    if not value:
        return None, DatePrecision.DAY
    if found := read_date(value):
        return found
    raise IngestError(f"“{name}” must be a day such as 2024-05-16, not “{value[:40]}”.")
