"""Rules and learned tagger in one list: what the tagger finds, and what the rules know of the quotations it leaves."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from spacy.tokens import Span, Token

from app.domain import AttributionKind, TextSpan
from app.nlp.content import clipped, settle_content
from app.nlp.cues import SPEECH
from app.nlp.declarations import DECLARATION
from app.nlp.learned.tagged import Tagged
from app.nlp.lists import joined
from app.nlp.notquoted import is_name, is_own_term
from app.nlp.records import AttributionRecord
from app.nlp.scene import Scene

LEARNED = "learned"

_PLACED = frozenset(("label", "byline", "pull quote"))
"""Rules by the layout: what the tagger, which sees words, knows less of."""
_UNSURE = "governing verb"
"""A rule for what no verb of speech leads to: of the eleven it found beside the tagger on PolNeAR dev none is right."""
_THOUGHT = frozenset(("believe", "think", "reckon", "wonder", "suggest", "reveal", "underscore", "underline"))
_HALF = 0.5


def merged(scene: Scene, by_rule: Sequence[AttributionRecord], tagged: Iterable[Tagged]) -> list[AttributionRecord]:
    """The attributions of *tagged*, and those of *by_rule* that it leaves alone.

    Quotations that a layout names the speaker of stay with it, and so do reports within a report, which PolNeAR
    hardly marks. Where the tagger has some of the quotations that a rule found under one cue, it is given the others
    too. *by_rule* must be settled.
    """
    learned = sorted((_record(scene, one) for one in tagged), key=_length)  # of nested ones the inner speaks
    placed = {number for one in by_rule if _of_layout(one) for number in one.quotes}
    walls = [scene.doc._.quotations[number].span for number in sorted(placed)]
    learned = [
        one
        for one in learned
        if one.pieces
        and not _hollow(scene, one)
        and not placed.intersection(one.quotes)
        and (one.quotes or not any(_straddles(one, wall) for wall in walls))
    ]
    cues = {i for one in learned if one.cue for i in range(*one.cue)}
    contents = {i for one in learned for piece in one.pieces for i in _tokens(scene, piece)}
    nested = [one for one in by_rule if _nested(scene, one, contents, cues)]
    owners = {number: one for one in nested for number in one.quotes}
    for record in learned:
        record.quotes = [number for number in record.quotes if number not in owners]
        owners.update(dict.fromkeys(record.quotes, record))
    inner = set(map(id, nested))
    kept = [one for one in by_rule if id(one) not in inner and _left(scene, one, owners, cues | contents)]
    _part(scene, learned, owners)
    for record in learned:
        record.quotes.sort()
        settle_content(scene, record)
    _lead(kept, owners)
    return [*(one for one in learned if one.content), *nested, *kept]


def _nested(scene: Scene, record: AttributionRecord, contents: set[int], cues: set[int]) -> bool:
    """Whether *record* is a report within what the tagger takes for one: Merrill says *Machado promised …*.

    A pronoun there mostly means the outer speaker again, and a verb of thought no report.
    """
    if record.cue is None or record.head is None:
        return False
    cue, head = record.cue[0], record.head
    inside = cue in contents and head in contents and cue not in cues
    return inside and scene.doc[head].pos_ != "PRON" and scene.doc[cue].lemma_ in SPEECH - _THOUGHT


def _hollow(scene: Scene, record: AttributionRecord) -> bool:
    """Whether *record* is no report: "so-called" of nobody, or a heading's "Joint Statement of" without a verb."""
    if record.source is not None or record.cue is None:
        return False
    cue = scene.doc[slice(*record.cue)]
    untold = scene.in_heading[cue.start] and not any(token.pos_ in ("VERB", "AUX") for token in cue)
    return untold or "so-called" in scene.text[max(cue.start_char - 3, 0) : cue.end_char].casefold()


def _straddles(record: AttributionRecord, wall: TextSpan) -> bool:
    """Whether a piece of *record* lies half in the quotation *wall*."""
    return any(
        piece.start < wall.start < piece.end < wall.end or wall.start < piece.start < wall.end < piece.end
        for piece in record.pieces
    )


def _part(scene: Scene, learned: list[AttributionRecord], owners: dict[int, AttributionRecord]) -> None:
    """Take from each of *learned* the pieces that are just a quotation of another one: each is said once."""
    for record in learned:
        own = [piece for piece in record.pieces if owners.get(_just(scene, piece), record) is record]
        record.pieces = own or record.pieces


def _just(scene: Scene, piece: TextSpan) -> int:
    """The quotation that *piece* is, no more and no less; -1 where it is none."""
    numbers = {scene.quote_of[i] for i in _tokens(scene, piece) if scene.doc[i].is_alpha}
    number = next(iter(numbers)) if len(numbers) == 1 else -1
    span = scene.doc._.quotations[number].span if number >= 0 else None
    return number if span is not None and piece.start <= span.start and span.end <= piece.end else -1


def _lead(kept: Iterable[AttributionRecord], owners: dict[int, AttributionRecord]) -> None:
    """Let quotations that go on go on from what the tagger has in place of their leader."""
    for one in kept:
        if one.follows is not None:
            one.follows = _heir(one.follows, owners) or one.follows


def _tokens(scene: Scene, span: TextSpan) -> range:
    return range(scene.token_at(span.start), scene.token_at(span.end - 1) + 1)


def _length(record: AttributionRecord) -> int:
    return sum(piece.end - piece.start for piece in record.pieces)


def _of_layout(record: AttributionRecord) -> bool:
    return record.rule in _PLACED or (record.follows is not None and record.follows.rule in _PLACED)


def _record(scene: Scene, one: Tagged) -> AttributionRecord:
    pieces = [span for part in one.content if (span := _snapped(scene, *part)).start < span.end]
    cue = _unmarked(scene, one.cue)
    source = _whole(scene, _unmarked(scene, one.source), cue) if one.source else None
    head = _head(scene.doc[slice(*source)]) if source else None
    quotes = _covered(scene, pieces, scene.doc[one.anchor])
    parts = [*range(*cue), *range(*(source or (0, 0)))]
    own = {scene.quote_of[i] for i in parts}  # a quotation that names its own source is not all said by it
    quotes = [number for number in quotes if number not in own]
    if head is not None:
        quotes = [number for number in quotes if not is_own_term(head, scene.quotes[number])]
    return AttributionRecord(
        cue=cue,
        source=source,
        head=head.i if head is not None else None,
        content=[],
        quotes=quotes,
        kind=AttributionKind.INDIRECT,
        rule=LEARNED,
        pieces=pieces,
        confidence=one.confidence,
    )


def _head(source: Span) -> Token:
    """The word that names the source: its root, unless the parser took the noun for part of the verb behind it."""
    nouns = [token for token in source if token.pos_ in ("NOUN", "PROPN")]
    return nouns[-1] if source.root.pos_ == "DET" and nouns else source.root


def _unmarked(scene: Scene, words: tuple[int, int]) -> tuple[int, int]:
    """*words* without quotation marks at their ends, if anything else is in them."""
    start, end = words
    while start < end and scene.doc[start].is_quote:
        start += 1
    while end > start and scene.doc[end - 1].is_quote:
        end -= 1
    return (start, end) if start < end else words


def _whole(scene: Scene, source: tuple[int, int], cue: tuple[int, int]) -> tuple[int, int]:
    """*source* with the names joined to its own, as far as the cue: of "Xi and Putin" the tagger may take "Xi"."""
    start, end = source
    last = max((one.i + 1 for one in joined(scene.doc[start:end].root)), default=end)
    return (start, last) if end < last and not start <= cue[0] < last else source


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


def _covered(scene: Scene, pieces: Iterable[TextSpan], cue: Token) -> list[int]:
    """The quotations that lie at least half in *pieces* and are something said."""
    shared: dict[int, int] = {}
    for piece in pieces:
        for number in sorted({scene.quote_of[i] for i in _tokens(scene, piece)} - {-1}):
            span = scene.doc._.quotations[number].span
            shared[number] = shared.get(number, 0) + min(piece.end, span.end) - max(piece.start, span.start)
    return [
        number
        for number, length in sorted(shared.items())
        if length >= _HALF * len(scene.quotes[number].text) and not is_name(scene, scene.quotes[number], cue)
    ]


def _left(scene: Scene, record: AttributionRecord, owners: dict[int, AttributionRecord], known: Container[int]) -> bool:
    """Whether *record* stays; quotations of its cue that nobody owns go to whoever has some of them.

    A declaration stays where the tagger, which knows newspapers, has neither its cue nor any of its words.
    """
    if not record.quotes:
        words = [i for piece in record.content for i in _tokens(scene, piece)] + list(range(*(record.cue or (0, 0))))
        return record.rule == DECLARATION and not any(i in known for i in words)
    if record.rule == _UNSURE:
        return False
    free = [number for number in record.quotes if number not in owners]
    if len(free) == len(record.quotes):
        return True
    heir = _heir(record, owners)
    if heir is not None:
        heir.quotes += free
        owners.update(dict.fromkeys(free, heir))
        if heir.source is None:
            heir.source, heir.head = record.source, record.head
    return False


def _heir(record: AttributionRecord, owners: dict[int, AttributionRecord]) -> AttributionRecord | None:
    """Whose the first of *record*'s quotations is that the tagger has."""
    return next((owners[number] for number in record.quotes if number in owners), None)
