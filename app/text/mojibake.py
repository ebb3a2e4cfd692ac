"""Mojibake: text that was decoded by the wrong encoding, told of, and mended when a person asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.domain import Document, Paragraph, SourcePiece, TextSpan

_WORD = re.compile(r"[^ \t\n\r]+")
_STRETCH = re.compile(r"[^\n\r]{1,1500}(?:[^ \n\r]{0,500}|(?= ))")
"""A line, or as much of an endless one as is looked at in one go, up to a blank."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A word of mojibake, what it should have been, and where it stands in the garbled text."""

    before: str
    after: str
    span: TextSpan


def repairs(text: str) -> tuple[Repair, ...]:
    """What ftfy (Speer 2019) would change in *text*, word by word: wrongly decoded letters and nothing else.

    Quotation marks stay as they are, and so do line ends, ligatures and composed letters. Empty where *text* is no
    mojibake.
    """
    return tuple(_repairs(text))


def is_garbled(text: str) -> bool:
    """Whether :func:`repairs` finds anything in *text*."""
    return next(_repairs(text), None) is not None


def repaired(text: str) -> tuple[str, tuple[SourcePiece, ...]]:
    """*text* with all its :func:`repairs` made, and where each stretch of the result stood in *text*."""
    parts: list[str] = []
    pieces: list[SourcePiece] = []
    at = size = 0

    def put(words: str, end: int, change: str) -> None:
        nonlocal at, size
        if words:
            pieces.append(SourcePiece(TextSpan(size, size + len(words)), TextSpan(at, end), change=change))
            parts.append(words)
        size += len(words)
        at = end

    for repair in _repairs(text):
        put(text[at : repair.span.start], repair.span.start, "")
        put(repair.after, repair.span.end, "repaired")
    put(text[at:], len(text), "")
    return "".join(parts), tuple(pieces)


def mended(document: Document) -> Document:
    """*document* with its text repaired, paragraphs and offset map moved with it, and a note of how many words were."""
    text, steps = repaired(document.article.text)
    count = sum(step.change == "repaired" for step in steps)
    if not count:
        return document
    article = document.article
    article = replace(article, text=text, title=repaired(article.title)[0], byline=_mend(article.byline))
    article = replace(article, publisher=_mend(article.publisher))
    moved = _Moved(steps)
    paragraphs = [Paragraph(moved.span(p.span), p.kind, p.topics) for p in document.paragraphs]
    words = "1 word was" if count == 1 else f"{count:,} words were"
    return replace(
        document,
        article=article,
        paragraphs=tuple(paragraphs),
        sources=tuple(_through(document.sources, steps)) if document.sources else steps,
        notes=(*document.notes, f"{words} repaired: letters that had been decoded by the wrong encoding."),
        garbled=False,
    )


def _mend(words: str | None) -> str | None:
    return repaired(words)[0] if words else words


def _repairs(text: str) -> Iterator[Repair]:
    if text.isascii():
        return
    from ftfy import fix_encoding  # noqa: PLC0415 - English texts mostly do without
    from ftfy.badness import is_bad  # noqa: PLC0415

    if not is_bad(text):
        return
    for stretch in _STRETCH.finditer(text):
        words = stretch.group()
        if words.isascii() or not is_bad(words):
            continue
        fixed = fix_encoding(words)
        old = list(_WORD.finditer(words))
        new = _WORD.findall(fixed)
        if len(old) != len(new):
            new = [word.group() for word in old]
        new = [fix_encoding(word) for word in new]  # a line that mixes encodings is mended word by word
        for word, after in zip(old, new, strict=True):
            if word.group() != after:
                start = stretch.start() + word.start()
                yield Repair(word.group(), after, TextSpan(start, start + len(word.group())))


class _Moved:
    """Where a place in the garbled text is in the repaired one. Places must be asked for in order."""

    def __init__(self, steps: tuple[SourcePiece, ...]) -> None:
        self.steps = steps
        self.at = 0

    def place(self, offset: int, *, end: bool = False) -> int:
        while self.at + 1 < len(self.steps) and self.steps[self.at].source.end < offset + (not end):
            self.at += 1
        step = self.steps[self.at]
        if step.change:
            return step.span.end if end else step.span.start
        return step.span.start + offset - step.source.start

    def span(self, span: TextSpan) -> TextSpan:
        return TextSpan(self.place(span.start), self.place(span.end, end=True))


def _through(sources: tuple[SourcePiece, ...], steps: tuple[SourcePiece, ...]) -> Iterator[SourcePiece]:
    """The offset map *sources* of the garbled text, made one of the repaired text."""
    broken = [step.source for step in steps if step.change]
    moved = _Moved(steps)
    first = 0
    held: SourcePiece | None = None
    for part, in_repair in _cut(sources, broken, first):
        if held and in_repair and held.change == "repaired" and in_repair == first:
            spans = TextSpan(held.span.start, part.span.end), TextSpan(held.source.start, part.source.end)
            held = SourcePiece(*spans, held.page, "repaired")
            continue
        if held:
            yield replace(held, span=moved.span(held.span))
        held = replace(part, change="repaired") if in_repair else part
        first = in_repair
    if held:
        yield replace(held, span=moved.span(held.span))


def _cut(sources: tuple[SourcePiece, ...], broken: list[TextSpan], first: int) -> Iterator[tuple[SourcePiece, int]]:
    """The pieces cut where repairs begin and end, each with the number of its repair, 0 for none.

    A piece that is not the same to the letter cannot be cut: it counts to the repair that it has to do with.
    """
    for piece in sources:
        start, end = piece.span.start, piece.span.end
        while first < len(broken) and broken[first].end <= start:
            first += 1
        at = first
        while start < end and at < len(broken) and broken[at].start < end:
            if piece.change:
                break
            if start < broken[at].start:
                yield _part(piece, start, broken[at].start), 0
            stop = min(end, broken[at].end)
            yield _part(piece, max(start, broken[at].start), stop), at + 1
            start = stop
            at += broken[at].end <= stop
        if start < end:
            touched = piece.change and at < len(broken) and broken[at].start < end
            yield _part(piece, start, end), at + 1 if touched else 0


def _part(piece: SourcePiece, start: int, end: int) -> SourcePiece:
    if (start, end) == (piece.span.start, piece.span.end):
        return piece
    offset = piece.source.start - piece.span.start
    return replace(piece, span=TextSpan(start, end), source=TextSpan(start + offset, end + offset))
