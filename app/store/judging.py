"""What the machine said beside what people say, of the quotes that somebody has judged: one record a quote."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from app.domain import OTHER
from app.store.applying import Applied
from app.store.drafts import Quoted

FOUND, MISSED, SPURIOUS = "found", "missed", "spurious"

Judged = dict[str, Any]
"""Where the quote stands (``start``, ``end``), ``how`` the machine did, and what is right: ``by`` whom (by row), ``as``
which kind, ``on`` which topics. Of a found one, as far as people judged it, pairs of what the machine said and what is
right: ``speaker`` by row, ``kind``, ``topics``, and ``edges``, whether they were right."""


def judged(applied: Applied, topics: Collection[str]) -> list[Judged]:
    """A record for each quote that a person's word holds of, with topics among *topics* alone."""
    found = [_record(quote, topics) for quote in applied.draft.quotes if quote.number]
    found += [_place(quote, SPURIOUS) for quote in applied.rejected if not quote.made]
    return sorted(found, key=lambda one: (one["start"], one["end"]))


def _record(quote: Quoted, topics: Collection[str]) -> Judged:
    if quote.made or quote.machine is None:
        return _place(quote, MISSED)
    span, kind, tagged = quote.machine
    record = _place(quote, FOUND)
    if "speaker" in quote.touched:
        record["speaker"] = [quote.said.machine, quote.said.speaker]
    if "kind" in quote.touched:
        record["kind"] = [kind, quote.kind]
    if "topics" in quote.touched:
        record["topics"] = [[one for one in tagged if one in topics] or [OTHER], quote.topics]
    if "edges" in quote.touched:
        record["edges"] = span == quote.span
    return record


def _place(quote: Quoted, how: str) -> Judged:
    place = {"start": quote.span.start, "end": quote.span.end, "how": how}
    return place | {"by": quote.said.speaker, "as": quote.kind, "on": list(quote.topics)}
