"""The lines of a PDF as its pages show them: where they stand, how large and how bold they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

_LINE = re.compile(r"[^\n]+")
_NUMBER = re.compile(
    r"\W*(?:page\s*|p\.\s*|seite\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/|von|sur|de)\s*\d{1,4})?\W*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_NUMBER_AT_END = re.compile(r"(?<!\d)(\d{1,4})\W*$")
_NUMBER_AT_START = re.compile(r"^\W*(\d{1,4})(?!\d)")
_FAR = 1_000_000
_EDGE = 2
"""How many lines at the top and at the bottom of a page may be its head and foot."""
_PARTS = 40
"""How many pieces of a line are looked at for its size."""
_ON_MOST = 0.5
_FEWEST_PAGES = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: *start* and *end* count in the text of the page, *x*, *y* and *size* in points."""

    text: str
    page: int
    start: int
    end: int
    x: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its number, from 1, with its text as offsets count in it."""

    number: int
    text: str
    lines: tuple[Line, ...]


def page_of(page: Any, number: int) -> Page:
    """The text and the lines of a pypdf *page*."""
    parts: list[str] = []
    marks: list[tuple[int, float, float, float, bool]] = []
    size = 0

    def visit(text: str, cm: list[float], tm: list[float], font: dict[str, Any] | None, font_size: float) -> None:
        nonlocal size
        if text.strip():
            x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            scale = abs(tm[3] or tm[1]) * abs(cm[3] or cm[1])
            bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
            marks.append((size, x, y, abs(font_size) * scale, bold))
        parts.append(text)
        size += len(text)

    page.extract_text(visitor_text=visit)
    text = "".join(parts)
    return Page(number, text, tuple(_lines(text, number, marks)))


def _lines(text: str, number: int, marks: list[tuple[int, float, float, float, bool]]) -> Iterable[Line]:
    at = 0
    for found in _LINE.finditer(text):
        words = found.group().strip()
        if not words:
            continue
        start = found.start() + found.group().index(words[0])
        while at + 1 < len(marks) and marks[at + 1][0] <= start:
            at += 1
        own = [mark for mark in marks[at : at + _PARTS] if mark[0] < found.end()] or [(0, 0.0, 0.0, 0.0, False)]
        _, x, y, _, _ = own[0]
        largest, bold = max(mark[3] for mark in own), all(mark[4] for mark in own)
        yield Line(words, number, start, start + len(words), x, y, largest, bold)


def without_heads_and_feet(pages: Sequence[Page]) -> tuple[list[Line], int]:
    """The lines of all *pages* without page numbers and what most pages repeat at an edge, and how many those were."""
    repeated: Counter[str] = Counter()
    counted: Counter[tuple[str, int]] = Counter()
    for page in pages:
        repeated.update({_shape(line) for line in _edges(page)})
        counted.update({_count(line) for line in _edges(page)})
    with_text = sum(bool(page.lines) for page in pages)
    least = max(with_text * _ON_MOST, _FEWEST_PAGES)
    kept: list[Line] = []
    dropped = 0
    for page in pages:
        edges = {
            id(line)
            for line in _edges(page)
            if repeated[_shape(line)] >= least
            or (counted[_count(line)] >= _FEWEST_PAGES and _DIGITS.search(line.text))
            or _NUMBER.fullmatch(line.text)
        }
        if len(page.lines) <= len(edges):
            edges = set()
        dropped += len(edges)
        kept.extend(line for line in page.lines if id(line) not in edges)
    return kept, dropped


def _edges(page: Page) -> Sequence[Line]:
    lines = page.lines
    return lines if len(lines) <= 2 * _EDGE else (*lines[:_EDGE], *lines[-_EDGE:])


def _count(line: Line) -> tuple[str, int]:
    """The shape of *line* with how far the number at its end or beginning is from that of its page."""
    numbers = [int(digits) for digits in (_NUMBER_AT_END.findall(line.text) or _NUMBER_AT_START.findall(line.text))]
    return _shape(line), numbers[0] - line.page if numbers else -line.page - _FAR


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", line.text.casefold())


def common_size(lines: Iterable[Line]) -> float:
    """The size of most letters, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def leading(lines: Sequence[Line]) -> float:
    """The distance of most lines from the next, in points; 0 where it cannot be told."""
    gaps: Counter[float] = Counter()
    for _, on_page in groupby(lines, key=lambda line: line.page):
        before: Line | None = None
        for line in on_page:
            if before and before.y - line.y > 1:
                gaps[round(before.y - line.y)] += 1
            before = line
    if not gaps:
        return 0.0
    often = [gap for gap, count in gaps.items() if count >= gaps.most_common(1)[0][1] * 0.5]
    return min(often)
