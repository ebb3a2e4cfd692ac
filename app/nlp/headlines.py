"""Headlines that say themselves whom they quote: ``Gas cuts 'unacceptable', says Berg``, ``Berg: 'We will not yield'``.

A headline is no sentence that the parser reads well, so its words are looked at as they stand. It counts only where the
person or body that it names is named in the text below as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.domain import TextSpan
from app.nlp.double_marks import double_stretches
from app.nlp.names import NAME_WORD, PARTICLE, names_a_rubric
from app.nlp.single_marks import single_stretches
from app.nlp.stretch import Stretch

_VERB = (
    r"(?i:says?|said|tells?|told|warns?|warned|insists?|claims?|admits?|vows?|vowed|pledges?|promises|adds?|argues?|"
    r"calls?|called|brands?|branded|dubs?|slams?|declares?|hails?|praises?|denies|threatens)"
)
_NAME = rf"{NAME_WORD}(?:\s(?:{NAME_WORD}|{PARTICLE})){{0,4}}"
_AFTER = re.compile(
    rf"[”\"’'»]?[,\s]*(?:[-–—:|]\s*)?(?:{_VERB}\s(?P<said>{_NAME})|(?P<says>{_NAME})\s{_VERB}|(?<=[-–—|]\s)(?P<bare>{_NAME})$)"
)
_BEFORE = re.compile(
    rf"(?:(?P<colon>{_NAME}):\s*|(?P<says>{_NAME})\s{_VERB}(?:\s[^\s‘'“\"]+){{0,6}}\s|(?P<plain>{_NAME})\s)[‘'“\"«]$"
)
_WORD = re.compile(r"[^\W\d_][\w-]*")


def headline_stretches(text: str, headings: Sequence[TextSpan]) -> Iterator[Stretch]:
    """The quotations of *headings* that name their speaker, with that name; single and double marks alike."""
    known: set[str] | None = None
    for number, heading in enumerate(headings):
        found = list(double_stretches(text, heading)) or list(single_stretches(text, heading))
        for one in found:
            if not (one.closed and one.opened):
                continue
            by = _named(text, heading, one.span, first=number == 0 and heading.start == headings[0].start)
            if by is None or names_a_rubric(by.of(text)):
                continue
            if known is None:
                known = _words_outside(text, headings)
            if _WORD.findall(by.of(text))[-1] in known:
                yield Stretch(one.span, by=by)


def _named(text: str, heading: TextSpan, quote: TextSpan, *, first: bool) -> TextSpan | None:
    found = _AFTER.match(text, quote.end, heading.end) or _BEFORE.match(text, heading.start, quote.start)
    if found is None:
        return None
    groups = {name: place for name in found.groupdict() if (place := found.span(name)) != (-1, -1)}
    if not first:
        groups.pop("plain", None)
    return next((TextSpan(*place) for place in groups.values()), None)


def _words_outside(text: str, headings: Sequence[TextSpan]) -> set[str]:
    """The capitalised words of the text that stand outside *headings*."""
    words: set[str] = set()
    place = 0
    for heading in (*headings, TextSpan(len(text), len(text))):
        words.update(word for word in _WORD.findall(text[place : heading.start]) if word[0].isupper())
        place = heading.end
    return words
