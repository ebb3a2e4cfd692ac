"""Excel: a sheet of quotes that can be sorted and filtered, and one that says what they are."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from app.present.exports.about import About
from app.present.exports.pieces import pieces_of
from app.present.exports.table import COLUMNS, cells
from app.store.rows import QuoteRow

MOST_ROWS = 1_048_575
"""Quotes that a sheet has room for, below the row of names."""
LONGEST_CELL = 32_767
"""Characters that Excel takes in a cell; what is longer ends with an ellipsis."""


def write(about: About, quotes: Iterable[QuoteRow]) -> Iterator[bytes]:
    """The file piece by piece. Rows are written to disk as they come, so that memory does not grow with them."""
    import xlsxwriter  # noqa: PLC0415 - only who asks for Excel needs it

    file = io.BytesIO()
    # Texts stay texts: no formula, number or link is made of what somebody said.
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    with xlsxwriter.Workbook(file, plain | {"constant_memory": True}) as book:
        book.set_properties({"title": about.title, "comments": about.view, "author": about.program})
        head = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Quotes")
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, column.width, wrapped)
            sheet.write_string(0, place, column.name, head)
        last = 0
        for last, quote in enumerate(quotes, 1):
            for place, cell in enumerate(cells(quote, about)):
                if isinstance(cell, str):
                    sheet.write_string(last, place, _short(cell))
                elif cell is not None:
                    sheet.write_number(last, place, cell)
        sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
        told = book.add_worksheet("About")
        told.set_column(0, 0, 12)
        told.set_column(1, 1, 80)
        for row, (name, value) in enumerate(about.lines()):
            told.write_string(row, 0, name, head)
            told.write_string(row, 1, value)
    return pieces_of(file)


def _short(cell: str) -> str:
    # Excel counts UTF-16 units.
    units = cell.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return cell
    return units[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"
