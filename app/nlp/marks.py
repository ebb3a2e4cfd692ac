"""Pairs quotation marks into stretches, from the characters alone and in one pass a paragraph.

A text is read by its double marks, or by its single ones where these carry its speech, as British house style has it;
what stands between the other kind inside is a quotation in a quotation and not listed. A stretch never leaves its
paragraph: a quotation over several paragraphs, its marks opened anew at each, is one stretch a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from heapq import merge

from app.domain import TextSpan
from app.nlp.double_marks import DOUBLE, double_stretches
from app.nlp.single_marks import SINGLE_OPENING, SPEECH_END, single_stretches
from app.nlp.stretch import Stretch

_SINGLE = re.compile(r"[‘’'‚‛‹]")


def stretches(text: str, paragraphs: Iterable[TextSpan]) -> Iterator[Stretch]:
    """The quoted stretches of each paragraph in order, marks left out; those without a letter or digit are dropped."""
    spans = list(paragraphs)
    by_single = _in_single_marks(text, spans)
    for span in spans:
        found = single_stretches(text, span) if by_single else double_stretches(text, span)
        if by_single and DOUBLE.search(text, span.start, span.end):
            found = _with_doubles(text, span, list(found))
        for one in found:
            if any(map(str.isalnum, one.span.of(text))):
                yield one


def _in_single_marks(text: str, spans: list[TextSpan]) -> bool:
    """Whether single marks carry the speech of the text.

    They do where it has no others, where more speech ends in them ("…,' she said"), or, of as many, where they
    come first.
    """
    if not any(_SINGLE.search(text, span.start, span.end) for span in spans):
        return False
    double = [mark.start() for span in spans for mark in DOUBLE.finditer(text, span.start, span.end)]
    if not double:
        return True
    ends = sum(1 for span in spans for _ in SPEECH_END.finditer(text, span.start, span.end))
    if 2 * ends != len(double):
        return 2 * ends > len(double)
    opening = next((mark for span in spans if (mark := SINGLE_OPENING.search(text, span.start, span.end))), None)
    return opening is not None and opening.start() < double[0]


def _with_doubles(text: str, span: TextSpan, singles: list[Stretch]) -> Iterator[Stretch]:
    """*singles* of a paragraph and what its double marks hold outside them, in order."""
    doubles = []
    remaining = iter(singles)
    single = next(remaining, None)
    for one in double_stretches(text, span):
        while single is not None and single.span.end < one.span.start:
            single = next(remaining, None)
        if one.closed and one.opened and (single is None or one.span.end <= single.span.start):
            doubles.append(one)
    return merge(singles, doubles, key=lambda one: one.span.start)
