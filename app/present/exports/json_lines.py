"""JSON Lines: a quote a line, as the pages' JSON has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.present import quote_json
from app.present.exports.about import About
from app.present.exports.pieces import one_line
from app.store.rows import QuoteRow


def write(about: About, quotes: Iterable[QuoteRow]) -> Iterator[bytes]:
    """The file line by line; ``export`` says in each which list it is from, and of how many."""
    export: dict[str, Any] = {name: value for name, value in about.lines() if name != "title"}
    export |= {"filters": dict(about.filters), "quotes": about.count}
    for quote in quotes:
        yield f"{one_line({**quote_json.quote(quote), 'export': export})}\n".encode()
