"""Pairs quotation marks into stretches, from the characters alone and in one pass.

Marks that always open or close (curly, low-high, guillemets) are believed; straight ones and primes are read by
what stands beside them. A stretch never leaves its paragraph: a quotation over several paragraphs, its marks opened
anew at each, is one stretch a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain import TextSpan

_DOUBLE = re.compile(r"''|``|[\"“”„‟«»″＂]")
_SINGLE = re.compile(r"[‘’'‚‛]")
_OPENS = frozenset(("“", "„", "«", "``", "‘", "‚"))
_CLOSES = frozenset(("”", "»"))
_BEFORE_OPENING = frozenset("([{—–-/…'‘“\"«:;,")
_SENTENCE_END = frozenset(".!?…")
UNCLOSED_LIMIT = 1_500
"""Code points that a quotation whose closing mark is missing may run on to its paragraph's end; beyond that the
opening mark is taken for a slip."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words between two marks; ``closed`` is false where the paragraph ended first."""

    span: TextSpan
    closed: bool = True


def stretches(text: str, paragraphs: Iterable[TextSpan]) -> Iterator[Stretch]:
    """The quoted stretches of each paragraph in order, marks left out; stretches without a letter are dropped.

    A text without any double mark is read by its single ones, as British house style has it.
    """
    spans = list(paragraphs)
    pattern = _DOUBLE if any(_DOUBLE.search(text, span.start, span.end) for span in spans) else _SINGLE
    for span in spans:
        for found in _in_paragraph(text, span, pattern):
            if any(map(str.isalnum, found.span.of(text))):
                yield found


def _in_paragraph(text: str, span: TextSpan, pattern: re.Pattern[str]) -> Iterator[Stretch]:
    start: int | None = None
    nested = 0
    for mark in pattern.finditer(text, span.start, span.end):
        opening = _direction(text, mark, span, is_open=start is not None)
        if opening is None:
            continue
        if opening:
            if start is None:
                start, nested = mark.end(), 0
            elif _reopens(text, mark, span):
                yield Stretch(TextSpan(start, _trimmed(text, start, mark.start())), closed=False)
                start, nested = mark.end(), 0
            elif mark.group() in _OPENS and text[start - 1] == mark.group():
                nested += 1
        elif start is not None and nested and mark.group() in _CLOSES:
            nested -= 1
        elif start is not None:
            yield Stretch(TextSpan(start, mark.start()))
            start = None
    if start is not None and span.end - start <= UNCLOSED_LIMIT:
        yield Stretch(TextSpan(start, span.end), closed=False)


def _direction(text: str, mark: re.Match[str], span: TextSpan, *, is_open: bool) -> bool | None:
    """Whether *mark* opens (true) or closes (false) a quotation; ``None``: it is an apostrophe or an inch."""
    sign = mark.group()
    before = text[mark.start() - 1] if mark.start() > span.start else " "
    after = text[mark.end()] if mark.end() < span.end else " "
    if sign in ("‘", "’", "'", "‚", "‛"):
        return _single_direction(sign, before, after, is_open=is_open)
    if sign in _OPENS:
        return True
    if sign in _CLOSES:
        return False
    if before.isspace() and after.isspace():
        return not is_open
    if after.isspace():
        return None if not is_open and before.isdigit() else False
    if before.isspace():
        return True
    return not is_open and before in _BEFORE_OPENING and after.isalnum()


def _single_direction(sign: str, before: str, after: str, *, is_open: bool) -> bool | None:
    if sign in ("‘", "‚"):
        return True
    if before.isalnum() and after.isalnum():
        return None
    if sign in ("'", "‛") and (before.isspace() or before in "([") and after.isalnum():
        return True
    return False if is_open and not before.isspace() and not before.isdigit() else None


def _reopens(text: str, mark: re.Match[str], span: TextSpan) -> bool:
    """Whether *mark* opens anew where the mark before it was never closed: after a full stop and a blank."""
    place = mark.start()
    if place - span.start < 2 or not text[mark.end() : mark.end() + 1].isupper():
        return False
    return text[place - 1].isspace() and text[place - 2] in _SENTENCE_END


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
