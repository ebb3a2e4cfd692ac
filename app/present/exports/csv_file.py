"""CSV that Excel opens as it is meant: UTF-8 with its mark, and no cell that it would calculate."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from app.present.exports.about import About
from app.present.exports.table import COLUMNS, Cell, cells
from app.store.rows import QuoteRow

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that a spreadsheet would calculate; an apostrophe before it makes it a text.

Source:
    OWASP, CSV Injection.
"""
ABOUT = ("view", "quotes", "exported", "program")
"""Columns that say the same in each row, since CSV has no place for it but the rows."""


def write(about: About, quotes: Iterable[QuoteRow]) -> Iterator[bytes]:
    """The file piece by piece: a row of names, then a row a quote; lines end as RFC 4180 has it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    known = dict(about.lines())
    same = [known[name] for name in ABOUT]
    writer.writerow([*(column.name for column in COLUMNS), *(f"export_{name}" for name in ABOUT)])
    yield (BOM + _taken(buffer)).encode()
    for quote in quotes:
        writer.writerow([*map(safe, cells(quote, about)), *same])
        yield _taken(buffer).encode()


def safe(cell: Cell) -> Cell:
    """*cell* as a spreadsheet shows it and does not calculate it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
