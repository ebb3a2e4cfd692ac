"""Rules and learned tagger in one list: what the tagger finds, and what the rules know of the quotations it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain import AttributionKind, TextSpan
from app.nlp.content import clipped, settle_content
from app.nlp.learned.tagged import Tagged
from app.nlp.notquoted import is_name
from app.nlp.records import AttributionRecord
from app.nlp.scene import Scene

LEARNED = "learned"

_PLACED = frozenset(("label", "byline", "pull quote"))
"""Rules by the layout: what the tagger, which sees words, knows less of."""
_HALF = 0.5


def merged(scene: Scene, by_rule: Sequence[AttributionRecord], tagged: Iterable[Tagged]) -> list[AttributionRecord]:
    """The attributions of *tagged*, and those of *by_rule* that it leaves alone.

    Quotations that a layout names the speaker of stay with it. Where the tagger has some of the quotations that a
    rule found under one cue, it is given the others too. *by_rule* must be settled.
    """
    placed = {number for one in by_rule if _of_layout(one) for number in one.quotes}
    found: list[AttributionRecord] = []
    owners: dict[int, AttributionRecord] = {}
    for record in sorted((_record(scene, one) for one in tagged), key=_length):  # of nested ones the inner speaks
        covered = _covered(scene, record.pieces)
        if record.pieces and not placed.intersection(covered):
            record.quotes = [number for number in covered if number not in owners]
            owners.update(dict.fromkeys(record.quotes, record))
            found.append(record)
    kept = [one for one in by_rule if _left(one, owners)]
    for record in found:
        record.quotes.sort()
        settle_content(scene, record)
    _lead(kept, owners)
    return [*(one for one in found if one.content), *kept]


def _lead(kept: Iterable[AttributionRecord], owners: dict[int, AttributionRecord]) -> None:
    """Let quotations that go on go on from what the tagger has in place of their leader."""
    for one in kept:
        if one.follows is not None:
            one.follows = _heir(one.follows, owners) or one.follows


def _length(record: AttributionRecord) -> int:
    return sum(piece.end - piece.start for piece in record.pieces)


def _of_layout(record: AttributionRecord) -> bool:
    return record.rule in _PLACED or (record.follows is not None and record.follows.rule in _PLACED)


def _record(scene: Scene, one: Tagged) -> AttributionRecord:
    return AttributionRecord(
        cue=one.cue,
        source=one.source,
        head=scene.doc[slice(*one.source)].root.i if one.source else None,
        content=[],
        quotes=[],
        kind=AttributionKind.INDIRECT,
        rule=LEARNED,
        pieces=[span for part in one.content if (span := _snapped(scene, *part)).start < span.end],
    )


def _snapped(scene: Scene, start: int, end: int) -> TextSpan:
    """The characters of tokens *start* to *end*; a quotation of which most is in comes in whole."""
    for edge in (start, end - 1):
        number = scene.quote_of[edge]
        if number >= 0:
            quote = scene.quotes[number]
            shared = min(end, quote.end) - max(start, quote.start)
            if shared >= _HALF * len(quote):
                start, end = min(start, quote.start), max(end, quote.end)
    return clipped(scene, start, end)


def _covered(scene: Scene, pieces: Iterable[TextSpan]) -> list[int]:
    """The quotations that lie at least half in *pieces* and are something said."""
    shared: dict[int, int] = {}
    for piece in pieces:
        first, last = scene.token_at(piece.start), scene.token_at(piece.end - 1)
        for number in sorted({scene.quote_of[i] for i in range(first, last + 1)} - {-1}):
            span = scene.doc._.quotations[number].span
            shared[number] = shared.get(number, 0) + min(piece.end, span.end) - max(piece.start, span.start)
    return [
        number
        for number, length in sorted(shared.items())
        if length >= _HALF * len(scene.quotes[number].text) and not is_name(scene, scene.quotes[number], None)
    ]


def _left(record: AttributionRecord, owners: dict[int, AttributionRecord]) -> bool:
    """Whether *record* keeps any quotation; the others of its cue go to whoever has some of them."""
    free = [number for number in record.quotes if number not in owners]
    if len(free) == len(record.quotes):
        return True
    heir = _heir(record, owners)
    if heir is not None:
        heir.quotes += free
        owners.update(dict.fromkeys(free, heir))
    if heir is not None and heir.source is None:
        heir.source, heir.head = record.source, record.head
    return False


def _heir(record: AttributionRecord, owners: dict[int, AttributionRecord]) -> AttributionRecord | None:
    """Whose the first of *record*'s quotations is that the tagger has."""
    return next((owners[number] for number in record.quotes if number in owners), None)
