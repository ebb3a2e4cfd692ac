"""Tables of articles: CSV, one article a row."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator
from itertools import chain, islice

from app.errors import IngestError
from app.text.charsets import decode
from app.text.given import Given
from app.text.json_record import BYLINES, DATES, LANGUAGES, PUBLISHERS, TEXTS, TITLES, URLS
from app.text.records import record_given

_DELIMITERS = ",;\t|"
_LONGEST_CELL = 50_000_000
"""Characters of a cell at most; csv's own limit of 131,072 is shorter than a long statement."""
_PROBED = 50
_A_TEXT = 80
"""The average number of characters from which a column without a telling name may be the texts."""
_SAMPLE = 65_536
_FIELDS = {
    "title": TITLES,
    "url": URLS,
    "publisher": PUBLISHERS,
    "date": DATES,
    "byline": BYLINES,
    "language": LANGUAGES,
}
_Row = list[str]


def rows(data: bytes, given: Given) -> Iterator[tuple[bytes, Given]]:
    """The rows of the table *data*, each as a JSON object with its text and what else is known of it.

    Raises:
        IngestError: no column holds texts; the message names the columns.
    """
    lines = _lines(data, given)
    sample = list(islice(lines, _PROBED))
    delimiter = _delimiter("".join(sample)[:_SAMPLE])
    reader = _reader(chain(sample, lines), delimiter)
    header = next(reader, [])
    probe = list(islice(reader, _PROBED))
    columns = _columns([cell.strip() for cell in header], probe)
    for number, row in enumerate(chain(probe, reader), start=2):
        if any(cell.strip() for cell in row):
            record = {name: row[at] for name, at in columns.items() if at < len(row) and row[at].strip()}
            yield (
                json.dumps(record, ensure_ascii=False).encode("utf-8", "replace"),
                record_given(given, f"row {number:,}"),
            )


def _lines(data: bytes, given: Given) -> Iterator[str]:
    """The lines of *data*, decoded as they are asked for where it is UTF-8."""
    head = data[:_SAMPLE]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise ValueError("not UTF-8")
    except ValueError:
        return iter(io.StringIO(decode(data, given.charset).text, newline=""))
    return iter(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", errors="replace", newline=""))


def _delimiter(sample: str) -> str:
    first = sample.partition("\n")[0]
    best = max(_DELIMITERS, key=first.count)
    return best if first.count(best) else ","


def _reader(lines: Iterator[str], delimiter: str) -> Iterator[_Row]:
    before = csv.field_size_limit()
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        csv.field_size_limit(_LONGEST_CELL)  # a setting of the whole process, so it is given back at once
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise IngestError(f"This table cannot be read at line {reader.line_num:,}: {error}.") from error
        finally:
            csv.field_size_limit(before)
        yield row


def _columns(header: _Row, probe: list[_Row]) -> dict[str, int]:
    """Which column holds what, by its name; the texts else by their length."""
    named = {name.casefold().replace(" ", "_"): at for at, name in reversed(list(enumerate(header)))}
    text = next((named[name.casefold()] for name in TEXTS if name.casefold() in named), None)
    if text is None:
        text = _longest(header, probe)
    if text is None:
        columns = ", ".join(f"“{name}”" for name in header[:20] if name) or "none with a name"
        raise IngestError(f"No column of this table holds texts: call it “text”; its columns are {columns}.")
    found = {"text": text}
    for field, names in _FIELDS.items():
        at = next((named[name.casefold()] for name in names if name.casefold() in named), None)
        if at is not None and at != text:
            found[field] = at
    return found


def _longest(header: _Row, probe: list[_Row]) -> int | None:
    """The column with the longest cells on average, if those are long enough for texts."""
    if not probe:
        return None
    sizes = [sum(len(row[at]) for row in probe if at < len(row)) / len(probe) for at in range(len(header))]
    best = max(range(len(header)), key=sizes.__getitem__, default=None)
    return best if best is not None and sizes[best] >= _A_TEXT else None
