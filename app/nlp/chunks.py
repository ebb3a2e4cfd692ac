"""Cuts a text into pieces that parse in bounded memory, without moving a single offset."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain import Paragraph, TextSpan

CHUNK = 20_000
"""Code points parsed at once. spaCy's memory grows with the longest text of a batch; longer articles are rare."""

_LONGEST_WORD = 400
_UNBROKEN = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")
_FILLER = "x" * 79 + " "
_BLANKS = dict.fromkeys(
    map(
        ord,
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\ufeff\u200b\t\r\x0b\x0c\x1c\x1d\x1e\x1f\x85",
    ),
    " ",
)
_MARKS = str.maketrans("″＂〝❝〞〟❞「『」』", '""““”””““””')
"""Marks that the parser takes for letters or symbols, and what it knows in their place."""
_BREAKS = dict.fromkeys(map(ord, "\u2028\u2029"), "\n")
_SENTENCE_END = re.compile(r"[.!?…][”\"’')\]]*\s+(?=[“\"‘(A-Z])")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a text that starts at *offset*, with its paragraphs counted in the whole text."""

    offset: int
    text: str
    paragraphs: tuple[Paragraph, ...]


def parseable(text: str, paragraphs: Sequence[Paragraph] = ()) -> str:
    """*text* for the parser: the same length, with odd blanks and marks made plain.

    A run of over 400 characters without a blank, which is no word and would hold the parser up, becomes filler. A line
    that ends inside one of *paragraphs* ends no sentence, so its end becomes a blank.
    """
    plain = _UNBROKEN.sub(_filler, text.translate({**_BLANKS, **_BREAKS, **_MARKS}))
    wrapped = [one.span for one in paragraphs if "\n" in one.span.of(plain)]
    if not wrapped:
        return plain
    parts, end = [], 0
    for span in wrapped:
        parts += [plain[end : span.start], span.of(plain).replace("\n", " ")]
        end = span.end
    return "".join((*parts, plain[end:]))


def _filler(run: re.Match[str]) -> str:
    length = len(run.group())
    return (_FILLER * (length // len(_FILLER) + 1))[: length - 1] + "x"


def chunks(text: str, paragraphs: Sequence[Paragraph], size: int = CHUNK) -> Iterator[Chunk]:
    """The pieces of *text* in order, each of whole paragraphs and at most *size* code points long.

    A longer paragraph is cut at the end of a sentence, or at a blank, or where it must be.
    """
    held: list[Paragraph] = []
    for paragraph in (piece for whole in paragraphs for piece in _pieces(text, whole, size)):
        if held and paragraph.span.end - held[0].span.start > size:
            yield _chunk(text, held)
            held = []
        held.append(paragraph)
    if held:
        yield _chunk(text, held)


def _chunk(text: str, held: list[Paragraph]) -> Chunk:
    start = held[0].span.start
    return Chunk(start, text[start : held[-1].span.end], tuple(held))


def _pieces(text: str, paragraph: Paragraph, size: int) -> Iterator[Paragraph]:
    start, end = paragraph.span.start, paragraph.span.end
    while start < end:
        cut = end if end - start <= size else _cut(text, start, start + size)
        last = cut
        while last > start and text[last - 1].isspace():
            last -= 1
        if last > start:
            yield Paragraph(TextSpan(start, last), paragraph.kind)
        start = cut


def _cut(text: str, start: int, limit: int) -> int:
    middle = (start + limit) // 2
    ends = [match.end() for match in _SENTENCE_END.finditer(text, middle, limit)]
    if ends:
        return ends[-1]
    blank = text.rfind(" ", middle, limit)
    return blank + 1 if blank >= 0 else limit
