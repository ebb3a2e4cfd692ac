"""Single marks, told from apostrophes: ``'It's the leaders' gas,' she said``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain import TextSpan
from app.nlp.double_marks import UNCLOSED_LIMIT
from app.nlp.stretch import Stretch, trimmed

_ELISION = r"(?:[‘'](?:em|tis|twas|twere|til|till|cause|cos|bout|round|n|un|\d\ds?)\b)"
SINGLE_OPENING = re.compile(rf"(?<![^\s(\[{{—–\"“«-])(?!{_ELISION})[‘‚‛'‹](?=[\w\[(…$£€“\"])", re.IGNORECASE)
"""A single mark that opens: after a blank, before a word, and no word that has lost its head ('em, '90s)."""
SPEECH_END = re.compile(r"(?<=[.,!?…])[’'](?![\w”\"’'])")
"""A single mark that ends speech: behind its comma or full stop."""
_CLOSING = re.compile(r"(?<![\s(\[])[’'‘›](?!\w)")
_MARKS = re.compile(f"{SINGLE_OPENING.pattern}|{_CLOSING.pattern}", re.IGNORECASE)
_SURE_END = re.compile(r"(?:(?<=[.,!?…])[’']|[’'](?=[.,;:!?)]|$))", re.MULTILINE)
_CUT_WORD_ENDS = frozenset("snSN")
"""The letters before an apostrophe that ends a word: the leaders' talks, goin' home."""


def single_stretches(text: str, span: TextSpan) -> Iterator[Stretch]:
    """The stretches between single marks in the paragraph at *span*.

    An opening mark that nothing closes is an apostrophe, unless a sentence starts with it.
    """
    marks = list(_MARKS.finditer(text, span.start, span.end))
    ends_later = _speech_ends_later(text, marks)
    start: int | None = None
    for mark, speech_ends in zip(marks, ends_later, strict=True):
        if start is None:
            start = mark.end() if _opens(text, mark) else None
        elif not _opens(text, mark) and not (speech_ends and _may_be_apostrophe(text, mark)):
            yield Stretch(trimmed(text, start, mark.start()))
            start = None
    if start is not None and span.end - start <= UNCLOSED_LIMIT and _goes_on(text, span, start):
        yield Stretch(trimmed(text, start, span.end), closed=False)


def _goes_on(text: str, span: TextSpan, start: int) -> bool:
    """Whether what opens before *start* may be reopened in the next paragraph: it is a sentence, not an apostrophe."""
    before = text[span.start : start - 1].rstrip()
    curly = text[start - 1] in "‘‚" and before[-1:] in (".", "!", "?", ",", ":")
    return text[start].isupper() and (not before or curly)


def _opens(text: str, mark: re.Match[str]) -> bool:
    return SINGLE_OPENING.match(text, mark.start()) is not None


def _speech_ends_later(text: str, marks: list[re.Match[str]]) -> list[bool]:
    """For each mark, whether speech ends at a later one before another opens."""
    later = False
    found = []
    for mark in reversed(marks):
        found.append(later)
        if _opens(text, mark):
            later = False
        elif _SURE_END.match(text, mark.start()):
            later = True
    return found[::-1]


def _may_be_apostrophe(text: str, mark: re.Match[str]) -> bool:
    after = text[mark.end() : mark.end() + 2]
    return text[mark.start() - 1] in _CUT_WORD_ENDS and after[:1].isspace() and after[1:].isalnum()
