"""Texts cut into windows that the encoder can take in at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.nlp.learned.features import Words

WINDOW = 256
"""Word pieces in a window at most, with the marks at its ends and between its units."""

_ENDS = 2
_UNIT = WINDOW - _ENDS - 4


@dataclass(frozen=True, slots=True)
class Window:
    """Words *start* to *end* of a text, in units that begin at the words *units*: paragraphs, or parts of long ones."""

    start: int
    end: int
    units: tuple[int, ...]


def units_of(words: Words, sizes: list[int]) -> list[tuple[int, int]]:
    """First and one-past-last word of each paragraph; one of too many pieces is cut at a sentence, or where it must be.

    Args:
        words: the text.
        sizes: word pieces of each word.
    """
    found: list[tuple[int, int]] = []
    start = 0
    paragraphs = words.paragraphs.tolist()
    for i in range(1, len(sizes) + 1):
        if i == len(sizes) or paragraphs[i] != paragraphs[start]:
            found += _cut(words, sizes, start, i)
            start = i
    return found


def _cut(words: Words, sizes: list[int], start: int, end: int) -> Iterator[tuple[int, int]]:
    held, sentence = 0, start
    i = start
    while i < end:
        if i > start and words.sentences[i] != words.sentences[i - 1]:
            sentence = i
        if held + sizes[i] > _UNIT:
            cut = sentence if sentence > start else i
            yield start, cut
            start = sentence = cut
            held = sum(sizes[cut:i])
            continue
        held += sizes[i]
        i += 1
    yield start, end


def windows_of(units: list[tuple[int, int]], sizes: list[int], size: int = WINDOW, first: int = 0) -> Iterator[Window]:
    """As many *units* as fit into each window; *first* pieces count as taken in the first, to vary where it ends."""
    held: list[int] = []
    count, start, last = _ENDS + first, 0, 0
    for begin, end in units:
        pieces = sum(sizes[begin:end]) + 1
        if held and count + pieces > size:
            yield Window(start, begin, tuple(held))
            held, count = [], _ENDS
        if not held:
            start = begin
        held.append(begin)
        count += pieces
        last = end
    if held:
        yield Window(start, last, tuple(held))
