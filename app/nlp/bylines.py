"""Who is named beside a quotation by the layout alone: ``"…" ― Ida Berg``, a line of its own below it, or above it.

No verb ties such a name to the words, so that the parse has nothing to say; the place has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from app.domain import TextSpan
from app.nlp.names import NAME_WORD, PARTICLE, ROLES, VERBS_FIRST, names_a_rubric, plain_label
from app.nlp.stretch import Stretch

_NAME = rf"{NAME_WORD}(?:\s+(?:{NAME_WORD}|{PARTICLE})){{0,6}}"
_DESCRIBED = r"(?:(?:,\s|\s*\(|\s+[-–—|]\s)[^:\n]{1,90})?"
_DASH = r"(?:[―—–‒~-]|--)"
_BEHIND = re.compile(rf"[”“\"’'»«\s]*{_DASH}\s*(?P<name>{_NAME}){_DESCRIBED}\.?\s*")
_BELOW = re.compile(rf"(?P<dash>{_DASH}\s*)?(?:\*\*|__)?(?P<name>{_NAME}){_DESCRIBED}(?:\*\*|__)?")
_ABOVE = re.compile(
    rf"(?P<from>(?:[\w’']+\s+){{0,8}}(?i:from|by)\s+)?(?:[Tt]he\s+)?(?P<name>{_NAME})(?P<described>{_DESCRIBED}):(?:\*\*|__)?"
)
_VERB_FIRST = re.compile(
    rf"(?:{'|'.join(sorted(VERBS_FIRST))})\s"
    rf"(?P<name>(?:the\s)?{_NAME}){_DESCRIBED}[:,]\s*[“\"„«‘'”]?"
)
_CAPITALS = re.compile(NAME_WORD)
_LONGEST = 140


def with_bylines(
    text: str, paragraphs: Sequence[TextSpan], found: Sequence[Stretch], labelled: Mapping[int, TextSpan]
) -> Iterator[Stretch]:
    """*found*, each with the words that name its speaker where the layout has them.

    Args:
        paragraphs: those of the text, in order.
        found: the stretches between marks, in order.
        labelled: a transcript's label by the place of the paragraph that it opens.
    """
    layout = _Layout(text, paragraphs)
    chains: list[_Chain] = []
    for place, group in groupby(found, layout.place_of):
        pieces = list(group)
        if chains and chains[-1].last == place - 1 and not chains[-1].pieces[-1].closed:
            chains[-1].last = place
            chains[-1].pieces += pieces
        else:
            chains.append(_Chain(place, place, pieces))
    for chain in chains:
        by = labelled.get(chain.first) or layout.byline(chain)
        yield from (replace(one, by=by) if by is not None else one for one in chain.pieces)


@dataclass(slots=True)
class _Chain:
    """The quotations of a paragraph, and of those after it that reopen its marks."""

    first: int
    last: int
    pieces: list[Stretch]


class _Layout:
    """The paragraphs of a text, asked for names beside quotations."""

    def __init__(self, text: str, paragraphs: Sequence[TextSpan]) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self._next = 0
        self._known: set[str] | None = None

    def place_of(self, one: Stretch) -> int:
        """The place of the paragraph that *one* stands in; to be asked in the order of the text."""
        while self.paragraphs[self._next].end < one.span.end:
            self._next += 1
        return self._next

    def byline(self, chain: _Chain) -> TextSpan | None:
        """The name behind, below or above the quotations of *chain*, where nothing else stands beside them."""
        start, pieces, end = self.paragraphs[chain.first].start, chain.pieces, self.paragraphs[chain.last].end
        edges = [(start, pieces[0].span.start)]
        edges += [(one.span.end, following.span.start) for one, following in pairwise(pieces)]
        if verb_first := _VERB_FIRST.fullmatch(self.text, *edges[0]):
            return self._name(verb_first)
        behind = self._behind(end, pieces[-1])
        if behind is not None and len(pieces) == 1 and self.text[slice(*edges[0])].rstrip('“"„« ').endswith(":"):
            return behind
        if any(self._letters(*edge) for edge in edges):
            return None
        if behind is not None:
            return behind
        if self._letters(pieces[-1].span.end, end):
            return None
        return self._below(chain.last + 1) or self._above(chain.first - 1)

    def _letters(self, start: int, end: int) -> bool:
        return any(map(str.isalpha, self.text[start:end]))

    def _behind(self, end: int, one: Stretch) -> TextSpan | None:
        if not one.closed or end - one.span.end > _LONGEST:
            return None
        return self._name(_BEHIND.fullmatch(self.text, one.span.end, end))

    def _below(self, place: int) -> TextSpan | None:
        if place >= len(self.paragraphs) or self._length(place) > _LONGEST:
            return None
        span = self.paragraphs[place]
        found = _BELOW.fullmatch(self.text, span.start, span.end)
        if found is None:
            return None
        if not found.group("dash") and (self.text[span.end - 1] in ".!?" or not self._is_known(found.group("name"))):
            return None
        return self._name(found)

    def _above(self, place: int) -> TextSpan | None:
        if place < 0 or self._length(place) > _LONGEST:
            return None
        span = self.paragraphs[place]
        found = _ABOVE.fullmatch(self.text, span.start, span.end)
        if found is None or not found.group("name")[0].isupper():
            return None
        described = found.group("described") and len(found.group("name").split()) > 1
        if not (found.group("from") or described or self._is_known(found.group("name"))):
            return None
        return self._name(found)

    def _name(self, found: re.Match[str] | None) -> TextSpan | None:
        if found is None or names_a_rubric(found.group("name")):
            return None
        return TextSpan(*found.span("name"))

    def _length(self, place: int) -> int:
        return self.paragraphs[place].end - self.paragraphs[place].start

    def _is_known(self, name: str) -> bool:
        """Whether *name* has a title or an office in it, or stands elsewhere in the text too."""
        words = plain_label(name, titles=True).split()
        if words[0] in ROLES or words[-1] in ROLES:
            return len(words) > 1
        if self._known is None:
            self._known = self._names_met_twice()
        return " ".join(words[-2:]) in self._known

    def _names_met_twice(self) -> set[str]:
        """Surnames, and first names with surnames, that stand in the text more than once."""
        once: set[str] = set()
        twice: set[str] = set()
        before, end = "", 0
        for found in _CAPITALS.finditer(self.text):
            word = found.group().strip(".").casefold().removesuffix("’s").removesuffix("'s")
            names = [word, f"{before} {word}"] if before and found.start() == end + 1 else [word]
            for name in names:
                (twice if name in once else once).add(name)
            before, end = word, found.end()
        return twice
