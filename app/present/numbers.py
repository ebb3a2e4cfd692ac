"""Numbers, dates and sizes as people read them."""

from __future__ import annotations

import datetime as dt

from app.domain import DatePrecision


def day(value: dt.date | None, precision: DatePrecision = DatePrecision.DAY) -> str:
    """A date as far as it is known: ``22 March 2023``, ``March 2023``, ``2023``; empty for none."""
    if value is None:
        return ""
    if precision is DatePrecision.YEAR:
        return str(value.year)
    return f"{value:%B %Y}" if precision is DatePrecision.MONTH else f"{value.day} {value:%B %Y}"


def iso_date(value: dt.date | None, precision: DatePrecision) -> str:
    """The same as a person types it: ``2023-03-22``, ``2023-03``, ``2023``."""
    if value is None:
        return ""
    return value.isoformat()[: {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}[precision]]


def moment(value: dt.datetime) -> str:
    """A moment as ``22 March 2023, 14:05 UTC``."""
    return f"{day(value)}, {value:%H:%M} UTC"


def count(value: int) -> str:
    """A number with a thin gap between thousands."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def plural(value: int, one: str, many: str = "") -> str:
    """The number with its noun: ``1 quote``, ``3 quotes``."""
    return f"{count(value)} {one if value == 1 else many or one + 's'}"


def size(value: int) -> str:
    """Bytes as ``512 bytes``, ``14 kB``, ``1.2 MB``."""
    if value < 1_000:
        return plural(value, "byte")
    return f"{value / 1_000:.0f} kB" if value < 999_500 else f"{value / 1_000_000:.1f} MB"
