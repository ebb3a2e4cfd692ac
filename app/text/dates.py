"""Dates as documents write them, with how much of them is known."""

from __future__ import annotations

import datetime as dt
import re

from app.domain import DatePrecision

Dated = tuple[dt.date, DatePrecision]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio janeiro januari",
            "february feb februar février fevrier febrero febbraio fevereiro februari",
            "march mar märz maerz mars marzo março maart",
            "april apr avril abril aprile",
            "may mai mayo maggio maio mei",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet julio luglio julho",
            "august aug août aout agosto augustus",
            "september sep sept septembre septiembre settembre setembro",
            "october oct oktober okt octobre octubre ottobre outubro",
            "november nov novembre noviembre novembro",
            "december dec dezember dez décembre decembre diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?"
_WRITTEN = tuple(
    re.compile(rf"(?<![\w.]){pattern}(?!\w)", re.IGNORECASE)
    for pattern in (
        rf"{_ORDINAL}\s+(?:of\s+|de\s+)?{_MONTH}\.?,?\s+(?:de\s+|of\s+)?{_YEAR}",
        rf"{_MONTH}\.?\s+{_ORDINAL},?\s+{_YEAR}",
        rf"(?<!\d\s){_MONTH}\.?,?\s+(?:de\s+|of\s+)?{_YEAR}",
    )
)
_NUMBERS = re.compile(r"(?<!\d)(?:(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)|(\d{1,2})([-/.])(\d{1,2})\6(\d{4})(?!\d))")
_ISO_MONTH = re.compile(r"\s*((?:1[5-9]|20)\d\d)(?:-(0[1-9]|1[0-2]))?\s*$")
_LONGEST = 200


def read_date(value: str) -> Dated | None:
    """The date that *value* is: ISO 8601, RFC 5322, or written out; ``None`` where it is none.

    ``2024-05`` and ``May 2024`` are months, ``2024`` is a year. ``03/04/2024`` is none, since it may be two days.
    """
    value = value.strip()[:_LONGEST]
    try:
        return dt.datetime.fromisoformat(value).date(), DatePrecision.DAY
    except ValueError:
        pass
    if part := _ISO_MONTH.match(value):
        year, month = int(part[1]), int(part[2] or 1)
        return dt.date(year, month, 1), DatePrecision.MONTH if part[2] else DatePrecision.YEAR
    return find_date(value)


def find_date(text: str) -> Dated | None:
    """The first date that is written somewhere in *text*, a whole one before a month."""
    for pattern in _WRITTEN:
        for found in pattern.finditer(text):
            fields = found.groupdict()
            day = fields.get("day")
            date = _date(int(fields["year"]), _MONTHS[fields["month"].lower()], int(day or 1))
            if date:
                return date, DatePrecision.DAY if day else DatePrecision.MONTH
        if pattern is _WRITTEN[1] and (date := _numbers(text)):
            return date, DatePrecision.DAY
    return None


def _numbers(text: str) -> dt.date | None:
    for found in _NUMBERS.finditer(text):
        year, _, month, day, first, mark, second, last = found.groups()
        if year:
            date = _date(int(year), int(month), int(day))
        elif mark == "." or int(first) > 12 or first == second:
            date = _date(int(last), int(second), int(first))
        elif int(second) > 12:
            date = _date(int(last), int(first), int(second))
        else:
            continue
        if date:
            return date
    return None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
