"""The lines of a PDF put together to paragraphs, words that were parted at a line end made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.domain import ParagraphKind
from app.text.assembling import is_heading_like
from app.text.blocks import Block
from app.text.paragraphs import is_turn
from app.text.pdf_lines import Line, common_size, leading
from app.text.runs import Builder, Run, text_of, trimmed
from app.text.wrapped import LIST_ITEM, opens

_TERMINAL = re.compile(r"[.!?:…][”\"’')\]\d]*$")
_PARTED = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
_FIRST = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[^\W\d_]+[-\u2010][^\W\d_]+")
_WIDER = 1.4
_LARGER = 1.12
_FULL = 0.8
_INDENT = 6.0
_FIRST_PARTS = frozenset(
    "self well non ex anti pro co semi cross long short high low mid multi two three four half so all ill far near "
    "one five six ten twenty thirty forty fifty sixty seventy eighty ninety".split()
)
"""First parts of compounds that are written with a hyphen wherever the line ends."""


def paragraphs(lines: Sequence[Line], pages: dict[int, str]) -> list[Block]:
    """The paragraphs that *lines* make, in order; *pages* are the texts that their places count in."""
    size, gap = common_size(lines), leading(lines)
    width = sorted(len(line.text) for line in lines)[int(len(lines) * 0.8)] if lines else 0
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1][-1], line, gap, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    whole, compounds = _vocabulary(pages)
    return [_block(group, pages, whole, compounds, size, width) for group in groups]


def _goes_on(before: Line, line: Line, gap: float, width: int) -> bool:
    """Whether *line* belongs to the paragraph of the line *before* it."""
    if opens(line.text) or abs(before.size - line.size) > 0.1 * max(before.size, 1.0):
        return False
    parted = bool(_PARTED.search(before.text))
    ended = bool(_TERMINAL.search(before.text))
    full = len(before.text) >= width * _FULL
    if line.page != before.page or line.y > before.y:  # the next page or column
        return parted or (not ended and (line.text[:1].islower() or full))
    if gap and before.y - line.y > gap * _WIDER:
        return parted and line.text[:1].islower()
    if before.bold != line.bold and not full:
        return False
    if ended and (not full or line.x > before.x + _INDENT):
        return False
    return full or parted or line.text[:1].islower() or not is_heading_like(before.text)


def _vocabulary(pages: dict[int, str]) -> tuple[set[str], set[str]]:
    """The words and the compounds with a hyphen that stand within lines."""
    whole: set[str] = set()
    compounds: set[str] = set()
    for text in pages.values():
        lowered = text.casefold()
        whole.update(_FIRST.findall(lowered))
        compounds.update(_COMPOUND.findall(lowered))
    return whole, compounds


def _block(
    group: list[Line], pages: dict[int, str], whole: set[str], compounds: set[str], size: float, width: int
) -> Block:
    runs: list[Run] = []
    for line in group:
        own = _runs(line, pages[line.page])
        if not runs:
            runs = own
            continue
        _join(runs, own, whole, compounds)
    runs = trimmed(runs)
    text = text_of(runs)
    return Block(runs, text, "p", _kind(text, group, size, width))


def _runs(line: Line, text: str) -> list[Run]:
    builder = Builder(text, references=False)
    builder.add(line.start, line.end)
    return [replace(run, page=line.page) for run in trimmed(builder.runs)]


def _join(runs: list[Run], own: list[Run], whole: set[str], compounds: set[str]) -> None:
    """Append the line *own* to *runs*: with a blank, or without where a word was parted."""
    last, first = runs[-1], own[0]
    left, right = _PARTED.search(last.text), _FIRST.match(first.text)
    if last.change or first.change or not left or not right:
        runs.append(
            Run(" ", last.end, max(first.start, last.end) if first.page == last.page else last.end, "joined", last.page)
        )
        runs.extend(own)
        return
    if _keeps_hyphen(left[1], right.group(), last.text[-1], whole, compounds):
        runs.extend(own)
        return
    cut = len(left.group())
    word = Run(left[1] + right.group(), last.end - cut, first.start + right.end(), "hyphen", last.page)
    if first.page != last.page:
        word = Run(left[1], last.end - cut, last.end, "hyphen", last.page)
        right_end = 0
    else:
        right_end = right.end()
    runs[-1] = replace(last, text=last.text[:-cut], end=last.end - cut)
    if not runs[-1].text:
        runs.pop()
    runs.append(word)
    if rest := first.text[right_end:]:
        runs.append(replace(first, text=rest, start=first.start + right_end))
    runs.extend(own[1:])


def _keeps_hyphen(left: str, right: str, mark: str, whole: set[str], compounds: set[str]) -> bool:
    if mark == "\u00ad":
        return False
    left, small = left.casefold(), right.casefold()
    if f"{left}-{small}" in compounds or not right[0].islower():
        return True
    return left + small not in whole and left in _FIRST_PARTS


def _kind(text: str, group: list[Line], size: float, width: int) -> ParagraphKind:
    if is_turn(text):
        return ParagraphKind.TURN
    large = size and all(line.size > size * _LARGER for line in group)
    bold = all(line.bold for line in group)
    if is_heading_like(text) and any(char.isalpha() for char in text):
        alone = len(group) == 1 and len(text) < width * _FULL and text[:1].isupper() and not LIST_ITEM.match(text)
        if large or bold or alone:
            return ParagraphKind.HEADING
    return ParagraphKind.LIST if LIST_ITEM.match(text) else ParagraphKind.BODY
