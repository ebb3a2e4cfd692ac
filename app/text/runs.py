"""Texts with where each stretch of them came from, blanks put together as a browser would."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import unescape

from app.domain import SourcePiece, TextSpan
from app.text.markup import REFERENCE
from app.text.wrapped import is_broken, opens, width_of

_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
"""Soft hyphens and marks without width: where a line may or may not break. They are no letters."""
_BLANKS = rf"[ \t\n\r\f]+|[{_INVISIBLE}]+"
_ODD = re.compile(rf"{_BLANKS}|{REFERENCE.pattern}")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_ODD_IN_PRINT = re.compile(rf"{_BLANKS}|[{''.join(_LIGATURES)}]")
_BLANK = " \t\n\r\f"
_LONG_LINE = 50
"""A shorter line that is ended by hand is meant to stand alone."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text and of the source; they are the same to the letter where *change* is empty."""

    text: str
    start: int
    end: int
    change: str = ""
    page: int | None = None


@dataclass(slots=True)
class Builder:
    """Takes stretches of a source and keeps the text that they make, with one blank at most between words.

    Attributes:
        references: whether the source has character references; else it is print, with ligatures.
    """

    source: str
    runs: list[Run] = field(default_factory=list)
    references: bool = True

    def add(self, start: int, end: int) -> None:
        """Take in the source from *start* to *end*, its character references resolved."""
        at = start
        for odd in (_ODD if self.references else _ODD_IN_PRINT).finditer(self.source, start, end):
            if odd.group() == " " and not self._after_blank(odd.start() > at):
                continue
            self._plain(at, odd.start())
            self._odd(odd.group(), odd.start(), odd.end())
            at = odd.end()
        self._plain(at, end)

    def put(self, text: str, start: int, end: int, change: str = "markup") -> None:
        """Add *text*, which stands for the source from *start* to *end*."""
        if text and not (text == " " and self._after_blank(words=False)):
            self.runs.append(Run(text, start, end, change))

    def _after_blank(self, words: bool) -> bool:
        return not words and (not self.runs or self.runs[-1].text[-1] in _BLANK)

    def _plain(self, start: int, end: int) -> None:
        if start >= end:
            return
        last = self.runs[-1] if self.runs else None
        if last and not last.change and last.end == start:
            self.runs[-1] = Run(self.source[last.start : end], last.start, end)
        else:
            self.runs.append(Run(self.source[start:end], start, end))

    def _odd(self, odd: str, start: int, end: int) -> None:
        if odd[0] in _BLANK:
            if not self._after_blank(words=False):
                self._plain(start, end) if odd == " " else self.runs.append(Run(" ", start, end, "blanks"))
        elif odd in _LIGATURES:
            self.put(_LIGATURES[odd], start, end)
        elif odd[0] == "&":
            meant = unescape(odd).translate(_NO_SHAPE)
            if meant in {"\n", "\t", "\r", "\f", " "}:
                self.put(" ", start, end)
            elif meant:
                self.runs.append(Run(meant, start, end, "" if meant == odd else "markup"))


_NO_SHAPE = dict.fromkeys([*map(ord, _INVISIBLE), 0], None)


def trimmed(runs: Iterable[Run]) -> list[Run]:
    """*runs* without the blanks at both ends."""
    kept = list(runs)
    while kept and not (text := kept[-1].text.rstrip()):
        kept.pop()
    if kept:
        last = kept[-1]
        cut = len(last.text) - len(text)
        kept[-1] = replace(last, text=text, end=last.end if last.change else last.end - cut)
    first = 0
    while first < len(kept) and not (text := kept[first].text.lstrip()):
        first += 1
    kept = kept[first:]
    if kept:
        head = kept[0]
        cut = len(head.text) - len(text)
        kept[0] = replace(head, text=text, start=head.start if head.change else head.start + cut)
    return kept


def text_of(runs: Iterable[Run]) -> str:
    """The text that *runs* make together."""
    return "".join(run.text for run in runs)


def pieces(runs: Iterable[Run], at: int) -> list[SourcePiece]:
    """The offset map of *runs* in a text where they begin at *at*; neighbours of one kind become one piece."""
    found: list[SourcePiece] = []
    for run in runs:
        end = at + len(run.text)
        last = found[-1] if found else None
        if last and (last.change, last.page, last.source.end) == (run.change, run.page, run.start):
            spans = TextSpan(last.span.start, end), TextSpan(last.source.start, run.end)
            found[-1] = SourcePiece(*spans, run.page, run.change)
        else:
            found.append(SourcePiece(TextSpan(at, end), TextSpan(run.start, run.end), run.page, run.change))
        at = end
    return found


def lines(runs: Iterable[Run]) -> list[list[Run]]:
    """*runs* parted at those line ends that end a paragraph; any other line end becomes a blank."""
    rows: list[list[Run]] = [[]]
    ends: list[Run] = []
    for run in runs:
        if run.text == "\n":
            rows.append([])
            ends.append(run)
        else:
            rows[-1].append(run)
    if not ends:
        return [row for row in (trimmed(rows[0]),) if row]
    texts = [text_of(row).strip() for row in rows]
    width = width_of([texts])
    found = [trimmed(rows[0])]
    for row, text, before, end in zip(rows[1:], texts[1:], texts, ends, strict=False):
        own = trimmed(row)
        if own and found[-1] and _goes_on(before, text, width):
            found[-1].append(Run(" ", end.start, end.end, "markup", end.page))
            found[-1].extend(own)
        else:
            found.append(own)
    return [row for row in found if row]


def _goes_on(before: str, line: str, width: int | None) -> bool:
    if width is not None:
        return is_broken(before, line, width)
    return len(before) >= _LONG_LINE and not before.endswith(tuple('.!?:;…"”»')) and not opens(line)
