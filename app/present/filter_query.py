"""A filter as the parameters of an address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from app.store.cube.choosing import Order
from app.store.filters import NO_PUBLISHER, AttributionFilter

NAMES = {
    "topic": "topic",
    "speaker": "speaker",
    "kind": "kind",
    "article": "article",
    "publisher": "publisher",
    "language": "language",
    "from": "since",
    "to": "until",
    "confidence": "confidence",
    "corrected": "corrected",
    "q": "words",
}
"""The parameters, and the fields of the filter."""

NO_PUBLISHER_NAME = "none"


def query_of(chosen: AttributionFilter, *left_out: str, order: str = Order.NEWEST) -> dict[str, str]:
    """*chosen* as parameters but for those *left_out*; the order only where it is not the usual one."""
    found: dict[str, str] = {}
    for name, field in NAMES.items():
        value = getattr(chosen, field)
        if value is not None and name not in left_out:
            found[name] = NO_PUBLISHER_NAME if field == "publisher" and value == NO_PUBLISHER else str(value)
    return found if order == Order.NEWEST else {**found, "order": order}


def filter_of(given: Mapping[str, str]) -> AttributionFilter:
    """The filter that :func:`query_of` wrote as *given*.

    Raises:
        KeyError: a parameter is no field of a filter.
        ValueError: a date is none.
    """
    fields: dict[str, Any] = {NAMES[name]: value for name, value in given.items()}
    for name in {"since", "until"} & fields.keys():
        fields[name] = dt.date.fromisoformat(fields[name])
    if fields.get("publisher") == NO_PUBLISHER_NAME:
        fields["publisher"] = NO_PUBLISHER
    return AttributionFilter(**fields)
