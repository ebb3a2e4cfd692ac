"""What is known of a document, as plain JSON that a job keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.domain import DatePrecision
from app.text.given import Given


def pack_given(given: Given) -> dict[str, Any]:
    """*given* as JSON, without what is not known."""
    values = {name: value for name, value in asdict(given).items() if value}
    if given.date is None:
        values.pop("date_precision", None)
    else:
        values |= {"date": given.date.isoformat(), "date_precision": given.date_precision.value}
    return values


def unpack_given(values: Mapping[str, Any]) -> Given:
    """What :func:`pack_given` packed."""
    known = dict(values)
    if "date" in known:
        known["date"] = dt.date.fromisoformat(known["date"])
    if "date_precision" in known:
        known["date_precision"] = DatePrecision(known["date_precision"])
    return Given(**known)
