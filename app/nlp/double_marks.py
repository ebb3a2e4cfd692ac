"""Double marks of every kind: curly, straight, low-high, guillemets either way round, corner brackets, double primes.

A mark's sign says less than its place: a curly one typed the wrong way round, a German closing mark that looks like an
English opening one, a straight one are all read by what stands beside them and by whether a quotation is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain import TextSpan
from app.nlp.stretch import Stretch, trimmed

DOUBLE = re.compile(r"''|``|[\"“”„‟«»″＂〝〞〟「」『』❝❞]")

_OPENS = frozenset(("“", "„", "«", "``", "〝", "「", "『", "❝"))
_CLOSES = frozenset(("”", "»", "〞", "〟", "」", "』", "❞"))
_LOW = frozenset(("„", "〝"))
_TURNED = {"»": "«", "”": "”"}
"""Signs that open a quotation in some countries, and what closes it there."""
_FAMILIES = {"«": 1, "»": 1, "「": 2, "」": 2, "『": 2, "』": 2}
_BEFORE_OPENING = frozenset("([{—–-/…'‘“\"«:;,")
_SENTENCE_END = frozenset(".!?…")
_SPEECH_END = frozenset(".,!?…")
UNCLOSED_LIMIT = 1_500
"""Code points that a quotation whose closing mark is missing may run on to its paragraph's end; beyond that the
opening mark is taken for a slip."""
_UNOPENED_LIMIT = 600
"""The same for a quotation whose opening mark is missing, from its paragraph's start."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark and the characters beside it, blanks at the paragraph's ends."""

    sign: str
    start: int
    end: int
    before: str
    after: str

    @property
    def after_blank(self) -> bool:
        return self.before.isspace() or self.before in "([{"

    @property
    def before_blank(self) -> bool:
        return self.after.isspace() or self.after in ".,;:!?)]}…"


def double_stretches(text: str, span: TextSpan) -> Iterator[Stretch]:
    """The stretches between double marks in the paragraph at *span*."""
    marks = [
        _Mark(
            mark.group(),
            mark.start(),
            mark.end(),
            text[mark.start() - 1] if mark.start() > span.start else " ",
            text[mark.end()] if mark.end() < span.end else " ",
        )
        for mark in DOUBLE.finditer(text, span.start, span.end)
    ]
    if marks:
        yield from _Pairing(text, span, marks).stretches()


class _Pairing:
    """Pairs the marks of one paragraph from left to right."""

    def __init__(self, text: str, span: TextSpan, marks: list[_Mark]) -> None:
        self.text = text
        self.span = span
        self.marks = marks
        self.odd = sum(mark.sign not in _OPENS and mark.sign not in _CLOSES for mark in marks) % 2 == 1
        sides = [self._direction(mark, None) for mark in marks]
        self.balanced = sides.count(True) == sides.count(False)

    def stretches(self) -> Iterator[Stretch]:
        opener: _Mark | None = None
        nested = 0
        first = True
        for mark in self.marks:
            opens = self._direction(mark, opener)
            if opens is None:
                continue
            if opener is None:
                if opens:
                    opener, nested = mark, 0
                elif first and (missing := self._without_opening(mark)):
                    yield missing
                first = False
            elif not opens and nested:
                nested -= 1
            elif not opens:
                yield Stretch(trimmed(self.text, opener.end, mark.start))
                opener = None
            elif not self.balanced and self._reopens(mark):
                yield Stretch(trimmed(self.text, opener.end, mark.start), closed=False)
                opener, nested = mark, 0
            elif self.balanced or mark.sign == opener.sign in _OPENS:
                nested += 1
        if opener is not None and self.span.end - opener.end <= UNCLOSED_LIMIT:
            yield Stretch(trimmed(self.text, opener.end, self.span.end), closed=False)

    def _direction(self, mark: _Mark, opener: _Mark | None) -> bool | None:
        """Whether *mark* opens (true) or closes (false); ``None``: an inch, or nested in marks of another kind."""
        if opener is not None and _FAMILIES.get(mark.sign) != _FAMILIES.get(opener.sign):
            return None
        if mark.sign in _OPENS or mark.sign in _CLOSES:
            return _signed(mark, opener)
        if mark.before.isspace() and mark.after.isspace():
            return opener is None
        if mark.before.isdigit() and (opener is None or self.odd) and mark.after.isspace():
            return None if opener is None or mark.end < self.marks[-1].end else False
        if mark.after.isspace():
            return False
        if mark.before.isspace():
            return True
        return opener is None and mark.before in _BEFORE_OPENING and not mark.before_blank

    def _without_opening(self, mark: _Mark) -> Stretch | None:
        """What the first mark of a paragraph closes where nothing opened it: ``Gas is dear," she said``."""
        if mark.before not in _SPEECH_END or mark.start - self.span.start > _UNOPENED_LIMIT:
            return None
        return Stretch(trimmed(self.text, self.span.start, mark.start), opened=False)

    def _reopens(self, mark: _Mark) -> bool:
        """Whether *mark* opens anew where the one before it was never closed: after a full stop and a blank."""
        place = mark.start
        if place - self.span.start < 2 or not mark.after.isupper():
            return False
        return self.text[place - 1].isspace() and self.text[place - 2] in _SENTENCE_END


def _signed(mark: _Mark, opener: _Mark | None) -> bool:
    """The direction of a mark whose sign has one, unless its place says the other."""
    if opener is not None and (opener.sign in _TURNED or (opener.sign in _LOW and mark.sign == "“")):
        closing = _TURNED.get(opener.sign, mark.sign) == mark.sign or mark.sign in _CLOSES
        return not (closing and not (mark.after_blank and mark.after.isalnum()))
    if mark.sign in _OPENS:
        return mark.sign in _LOW or mark.after_blank or not mark.before_blank
    return opener is None and mark.after_blank and mark.after.isalnum()
