"""Blocks put together to the text of an article, with its paragraphs and its offset map."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.domain import Paragraph, ParagraphKind, SourcePiece, TextSpan
from app.text.blocks import Block
from app.text.paragraphs import is_turn
from app.text.runs import Run, pieces, text_of

GAP = "\n\n"
_SHORT = 120
_TOP = 5
_LONGEST_CELL = 300
_SENTENCE = re.compile(r"[.!?…:;,][”\"’')\]]*$")


@dataclass(frozen=True, slots=True)
class Assembled:
    """A text with its paragraphs and where they came from."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    sources: tuple[SourcePiece, ...]


def assembled(blocks: Iterable[Block], headline: str | None = None) -> Assembled:
    """The text of *blocks*, an empty line between them; *headline* before it where they do not have it."""
    parts: list[str] = []
    paragraphs: list[Paragraph] = []
    sources: list[SourcePiece] = []
    at = 0
    if headline:
        parts.append(headline)
        paragraphs.append(Paragraph(TextSpan(0, len(headline)), ParagraphKind.HEADING))
        at = len(headline) + len(GAP)
    for block in blocks:
        paragraphs.append(Paragraph(TextSpan(at, at + len(block.text)), kind_in_text(block)))
        sources.extend(pieces(block.runs, at))
        parts.append(block.text)
        at += len(block.text) + len(GAP)
    return Assembled(GAP.join(parts), tuple(paragraphs), tuple(sources))


def first_heading(made: Assembled) -> str | None:
    """The first heading near the top of a text, where its title mostly is."""
    top = made.paragraphs[:_TOP]
    heading = next((one.span.of(made.text) for one in top if one.kind is ParagraphKind.HEADING), None)
    return " ".join(heading.split()) if heading else None


def kind_in_text(block: Block) -> ParagraphKind:
    """What *block* is: as its element says, a turn by its label, and a bold line that is no sentence is a heading."""
    if block.kind is not ParagraphKind.HEADING and is_turn(block.text):
        return ParagraphKind.TURN
    if block.kind is ParagraphKind.BODY and block.bold and is_heading_like(block.text):
        return ParagraphKind.HEADING
    return block.kind


def is_heading_like(text: str) -> bool:
    """Whether *text* is short and no sentence."""
    return len(text) <= _SHORT and not _SENTENCE.search(text)


def with_rows(blocks: Iterable[Block]) -> list[Block]:
    """*blocks*, those that are cells of one row of a table of figures put together, a tab between cells.

    A cell that holds several paragraphs is none of those: its table only lays out the page.
    """
    blocks = list(blocks)
    in_cell = Counter(block.cell for block in blocks)
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if last and _in_one_row(last, block, in_cell):
            tab = Run("\t", last.runs[-1].end, block.runs[0].start, "markup")
            runs = [*last.runs, tab, *block.runs]
            bold = last.bold and block.bold
            found[-1] = replace(last, runs=runs, text=text_of(runs), linked=last.linked + block.linked, bold=bold)
        else:
            found.append(block)
    return found


def _in_one_row(last: Block, block: Block, in_cell: Counter[int]) -> bool:
    alone = in_cell[last.cell] == 1 == in_cell[block.cell]
    return block.row > 0 and block.row == last.row and alone and max(len(block.text), len(last.text)) <= _LONGEST_CELL
