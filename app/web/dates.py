"""The days that somebody means by a day, a month or a year."""

from __future__ import annotations

import datetime as dt
import re

SHAPE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def days_of(value: str) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of *value*: ``2023-03-21``, ``2023-03`` or ``2023``; ``None`` where it is none."""
    if not SHAPE.fullmatch(value):
        return None
    parts = value.split("-")
    year, month, number = (int(part) for part in (*parts, "01", "01")[:3])
    try:
        first = dt.date(year, month, number)
    except ValueError:
        return None
    return first, _last(first, len(parts))


def _last(first: dt.date, parts: int) -> dt.date:
    if parts == 3:
        return first
    if parts == 1 or first.month == 12:
        return first.replace(month=12, day=31)
    return first.replace(month=first.month + 1) - dt.timedelta(days=1)
