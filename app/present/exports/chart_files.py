"""A chart's numbers as CSV and as JSON, and the stamp that its drawings carry."""

from __future__ import annotations

import csv
import io
import json

from app.present.exports.about import LONGEST_NAME, About
from app.present.exports.chart_numbers import Numbers
from app.present.exports.csv_file import ABOUT, BOM, safe
from app.present.numbers import day, plural
from app.store.names import slug_of


def file_name(about: About) -> str:
    """What a file of the chart is called without its ending: the chart, its filter and its day, in ASCII."""
    title = slug_of(about.title, otherwise="chart")
    more = [slug_of(value, otherwise="") for value in about.filters.values()]
    words = "-".join([title, *(one for one in more if one and one not in title)])[:LONGEST_NAME].rstrip("-")
    return f"communique-{words}-{about.made:%Y-%m-%d}"


def stamp(about: About, *, dated: bool = True) -> tuple[str, ...]:
    """What a drawing says below itself: the filter, the quotes, the day if *dated*, and the program."""
    chosen = ", ".join(f"{name}={value}" for name, value in about.filters.items())
    when = (day(about.made.date()),) if dated else ()
    told = " · ".join((plural(about.count, "quote"), *when, about.program))
    return (f"Filter: {chosen}", told) if chosen else (told,)


def as_csv(numbers: Numbers, about: About) -> bytes:
    """A row of names, then a row for each of the chart; where they come from stands in each, as in files of quotes."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    known = dict(about.lines())
    same = [known[name] for name in ABOUT]
    head = (numbers.of, *numbers.columns, "shown", "address")
    writer.writerow([*map(safe, head), *(f"export_{name}" for name in ABOUT)])
    for row in numbers.rows:
        cells = (row.label, *row.values, row.shown, row.href or "")
        writer.writerow([*map(safe, cells), *map(safe, same)])
    return (BOM + buffer.getvalue()).encode()


def as_json(numbers: Numbers, about: About) -> bytes:
    """One object: what the chart is, its columns, and its rows with their numbers in the order of the columns."""
    body = {
        "export": {
            "title": about.title,
            "view": about.view,
            "filters": dict(about.filters),
            "quotes": about.count,
            "exported": about.made.isoformat(),
            "program": about.program,
        },
        "file": file_name(about),
        "stamp": stamp(about),
        "of": numbers.of,
        "columns": numbers.columns,
        "rows": [
            {"label": row.label, "values": row.values, "shown": row.shown, "address": row.href} for row in numbers.rows
        ],
        "ticks": numbers.ticks,
    }
    return json.dumps(body, ensure_ascii=False).encode()
