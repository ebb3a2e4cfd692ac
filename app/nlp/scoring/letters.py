"""Spans as the letters and digits they cover, so that marks, punctuation and blanks at their edges never matter.

A set of offsets is kept as one whole number with a bit for each code point: union, overlap and size are then single
operations, however long the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from app.domain import AttributionKind

Span = tuple[int, int]
"""Half-open, in code points."""

_MARKS_AND_LINE_ENDS = re.compile(r"''|``|[\"“”„‟«»″＂]|\n")
_OPENS = frozenset(("“", "„", "«", "``"))
_CLOSES = frozenset(("”", "»"))
_LEADS_IN = frozenset("([{—–-/…'‘:;,")


class LetteredText:
    """A text whose spans can be compared."""

    def __init__(self, text: str) -> None:
        self.text = text
        bits = "".join("1" if char.isalnum() else "0" for char in reversed(text))
        self._letters = int(bits or "0", 2)

    def letters(self, spans: Iterable[Span]) -> int:
        """The letters of *spans*, which may touch, overlap or be none."""
        covered = 0
        for start, end in spans:
            covered |= ((1 << (end - start)) - 1) << start
        return covered & self._letters

    @cached_property
    def runs(self) -> tuple[Span, ...]:
        """What stands between double quotation marks, marks left out; a run ends with its line at the latest.

        A straight mark or a prime opens or closes by the blanks beside it. A mark that never closes gives a run to
        the end of the line; a run without a letter is none.
        """
        found: list[Span] = []
        begun: int | None = None
        for mark in _MARKS_AND_LINE_ENDS.finditer(self.text):
            if begun is None:
                begun = mark.end() if self._opens(mark, inside=False) else None
            elif mark.group() == "\n" or not self._opens(mark, inside=True):
                found.append((begun, mark.start()))
                begun = None
        if begun is not None:
            found.append((begun, len(self.text)))
        return tuple(run for run in found if self.letters([run]))

    @cached_property
    def quoted(self) -> int:
        """The letters of all runs."""
        return self.letters(self.runs)

    def kind(self, content: int) -> AttributionKind:
        """Whether all, some or none of the letters *content* are quoted; no letters at all count as none."""
        inside = content & self.quoted
        if not inside:
            return AttributionKind.INDIRECT
        return AttributionKind.DIRECT if inside == content else AttributionKind.MIXED

    def _opens(self, mark: re.Match[str], *, inside: bool) -> bool:
        sign = mark.group()
        if sign in _OPENS:
            return True
        if sign in _CLOSES or sign == "\n":
            return False
        before = self.text[mark.start() - 1 : mark.start()]
        after = self.text[mark.end() : mark.end() + 1]
        blank_before, blank_after = not before.strip(), not after.strip()
        if blank_before or blank_after:
            return blank_before and (not inside or not blank_after)
        return not inside and before in _LEADS_IN and after.isalnum()


def overlap(left: int, right: int) -> float:
    """Intersection over union of two sets of letters; 0 where they share none."""
    common = (left & right).bit_count()
    return common / (left.bit_count() + right.bit_count() - common) if common else 0.0
