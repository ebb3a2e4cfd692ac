"""Noun phrases of stored tokens: what quotes may be about, without who speaks, when, or how much."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain import TextSpan, Tokens

NOUNS = frozenset(("NOUN", "PROPN"))
IN_PHRASES = NOUNS | {"ADJ"}
LONGEST = 3
_ENTITIES_OUT = frozenset("PERSON DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL".split())
_TIME = "time day week month year decade century hour minute moment today tomorrow yesterday past future while".split()
_MEASURE = (
    "lot number amount level percent percentage dollar euro million billion trillion hundred thousand dozen half"
    " third quarter rate total more most much many few several enough other another same such own first last next"
    " new old good great big large small long short high low"
).split()
_PEOPLE = (
    "people person man woman child family friend guy side party member group everyone somebody nobody"
    " mr mrs ms sir madam government country state nation world"
).split()
_ROLES = (
    "leader president minister premier chancellor secretary ambassador diplomat official spokesman spokeswoman"
    " spokesperson chief head chairman chairwoman director general commander senator congressman lawmaker governor"
    " mayor king queen prince counterpart colleague candidate author expert analyst aide reporter journalist voter"
).split()
_EMPTY = (
    "thing way kind sort part place case point fact matter issue problem question answer reason result end start"
    " step example situation word statement comment view idea sense need something anything nothing everything"
    " importance work quality activity implementation effort role use progress support approach area commitment"
    " action measure opportunity challenge process position decision interest"
).split()
_STOP = frozenset((*_TIME, *_MEASURE, *_PEOPLE, *_ROLES, *_EMPTY))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase by its lemmas in small letters, and as it is written, also in small letters.

    ``by_lemma`` is whether the lemmas alone, as a term of a topic, find it.
    """

    key: str
    written: str
    by_lemma: bool


def phrases(text: str, tokens: Tokens, span: TextSpan) -> Iterator[Phrase]:
    """The phrases of one to three words in *span*, each as often as it stands there: runs that end in a noun.

    Words of time, measure and people, and names of people, end a run.
    """
    out = _left_out(tokens)
    first, last = bisect_left(tokens.starts, span.start), bisect_left(tokens.starts, span.end)
    start = first
    for i in range(first, last + 1):
        if i == last or i in out or not _counts(tokens, text, i):
            yield from _within(text, tokens, start, i)
            start = i + 1


def _within(text: str, tokens: Tokens, start: int, end: int) -> Iterator[Phrase]:
    for last in range(start, end):
        if tokens.tags[last] in NOUNS:
            for first in range(max(start, last + 1 - LONGEST), last + 1):
                lemmas = " ".join(tokens.lemmas[first : last + 1])
                written = text[tokens.starts[first] : tokens.ends[last]].lower()
                yield Phrase(lemmas.lower(), " ".join(written.split()), lemmas == lemmas.lower())


def _counts(tokens: Tokens, text: str, i: int) -> bool:
    lemma, word = tokens.lemmas[i].lower(), text[tokens.starts[i] : tokens.ends[i]]
    return tokens.tags[i] in IN_PHRASES and len(word) > 1 and word[0].isalpha() and lemma not in _STOP


def _left_out(tokens: Tokens) -> frozenset[int]:
    named = (range(start, end) for start, end, label in tokens.entities if label in _ENTITIES_OUT)
    return frozenset(i for places in named for i in places)
