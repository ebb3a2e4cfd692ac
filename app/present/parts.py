"""A long article in parts that a page can hold, and the words of each as a template prints them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from app.present.marking import Mark, Segment
from app.present.reading import Block

MOST_NODES, MOST_BYTES = 1_100, 26_000
"""Elements and bytes of text in a part, about; a page may have 1,500 elements and 20 kB, compressed."""
NOTE_NODES = 9
STRIP = 200
"""Places that a strip tells apart."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one quote, or between quotes (``number`` is 0 there).

    Attributes:
        number: the place of the quote among all of its article.
        id: the quote's; empty where the quote began before these words, and between quotes.
        css: the classes of its mark.
        pieces: the words, each with the classes of what is marked inside the quote and with the quotes begun in it.
    """

    number: int
    id: str
    css: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words under the same marks. ``ids`` are quotes that begin here inside or beside the one around."""

    text: str
    css: str = ""
    ids: tuple[str, ...] = ()


def runs(block: Block, numbers: Mapping[str, int], lit: Collection[int] | None = None) -> tuple[Run, ...]:
    """The words of *block* by quote; where quotes overlap, the one that began first goes on to its end.

    Args:
        block: a piece of the text.
        numbers: the place of each quote by its id.
        lit: the quotes that are not dimmed; ``None`` for all.
    """
    return tuple(_runs(block.segments, numbers, lit))


def _runs(pieces: Sequence[Segment], numbers: Mapping[str, int], lit: Collection[int] | None) -> Iterator[Run]:
    owner: Mark | None = None
    owned: list[tuple[Mark | None, Segment]] = []
    for piece in pieces:
        if owner not in piece.marks:
            owner = next((mark for mark in piece.marks if mark.quote), None)
        owned.append((owner, piece))
    for mark, group in groupby(owned, key=lambda one: one[0]):
        some = [piece for _, piece in group]
        if mark is None:
            yield Run(0, "", "", tuple(Piece(one.text, one.classes) for one in some))
        else:
            begins = mark.quote if mark.quote in some[0].anchors else ""
            off = "off" if lit is not None and numbers[mark.quote] not in lit else ""
            css = " ".join(one for one in (f"m-{mark.role}", mark.topic, off) if one)
            yield Run(numbers[mark.quote], begins, css, tuple(_inside(one, mark) for one in some))


def _inside(piece: Segment, around: Mark) -> Piece:
    others = Segment(piece.text, tuple(mark for mark in piece.marks if mark != around))
    return Piece(piece.text, others.classes, tuple(one for one in piece.anchors if one != around.quote))


def cut_parts(
    blocks: Sequence[Block], most_nodes: int = MOST_NODES, most_bytes: int = MOST_BYTES
) -> tuple[tuple[Block, ...], ...]:
    """*blocks* in parts of about the same weight, none heavier than a page can hold; at least one part.

    A part ends with a paragraph, unless one paragraph alone is heavier than that.
    """
    weights = [max(nodes(block) / most_nodes, len(block.text.encode()) / most_bytes) for block in blocks]
    share = sum(weights) / max(1, ceil(sum(weights)))
    parts: list[list[Block]] = [[]]
    held = 0.0
    for block, weight in zip(blocks, weights, strict=True):
        full = held + weight / 2 >= share and not block.goes_on
        if parts[-1] and (full or held + weight > max(1.0, weight)):
            parts.append([])
            held = 0.0
        parts[-1].append(block)
        held += weight
    return tuple(tuple(part) for part in parts)


def nodes(block: Block) -> int:
    """About how many elements *block* takes with its notes."""
    marked = sum(1 for segment in block.segments if segment.marks)
    topics = sum(len(note.topics) + len(note.back) for note in block.notes)
    return 3 + marked + topics + NOTE_NODES * len(block.notes)


def strip(places: Iterable[int], length: int) -> str:
    """The path of a strip, :data:`STRIP` wide, with a tick where each of *places* lies in a text of *length*."""
    found = sorted({min(STRIP - 1, place * STRIP // max(1, length)) for place in places})
    at, path = 0, []
    for place in found:
        path.append(f"m{place - at} 0h1")
        at = place + 1
    return f"M0 4{''.join(path)}" if path else ""


def numbered(numbers: Sequence[int]) -> str:
    """Numbers as a person writes them: ``7``, ``7–9``, ``7, 9``."""
    groups: list[list[int]] = []
    for number in numbers:
        if groups and number == groups[-1][-1] + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return ", ".join(str(one[0]) if len(one) == 1 else f"{one[0]}–{one[-1]}" for one in groups)
