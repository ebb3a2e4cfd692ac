"""What differs between two wordings, word by word. How marks and blanks are set is no difference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.present.alignment import align

What = Literal["same", "gone", "new"]

CRUMB = 2
"""As few words that stay between two larger changes are told with these."""

_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_INVISIBLE = dict.fromkeys(map(ord, _UNSEEN))
_UNIT = re.compile(rf"\w+(?:['’ʼ{_UNSEEN}]+\w+)*|\.{{3}}|\s+|[^\w\s]")
_WORD = re.compile(r"\w+(?:['’ʼ]\w+)*")
_ALIKE = {"…": "...", "—": "-", "–": "-", "−": "-", "‐": "-", "‑": "-", "―": "-"}
_ALIKE |= dict.fromkeys("“”„‟«»‘’‚‛‹›'「」『』", '"')
_APOSTROPHES = str.maketrans("’ʼ", "''")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a wording: in both (``same``), in the old one alone or in the new one alone.

    Attributes:
        old: as the old one has it; empty where it is ``new``.
        new: as the new one has it; empty where it is ``gone``. It may be set in another way than *old*.
    """

    what: What
    old: str
    new: str

    @property
    def text(self) -> str:
        """What to show: where both have it, as the new one sets it."""
        return self.new if self.what != "gone" else self.old


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or a mark with the blanks around it, and by what it is compared."""

    key: str
    text: str


def units(text: str, label: int = 0) -> tuple[Unit, ...]:
    """The words and marks of *text*; joined they are *text* again. Blanks alone are no unit.

    Its first *label* characters are not compared: they stand with the first word.
    """
    found: list[Unit] = []
    lead = text[:label]
    for piece in _UNIT.findall(text[label:]):
        key = _key(piece)
        if key:
            found.append(Unit(key, lead + piece))
            lead = ""
        elif found:
            found[-1] = Unit(found[-1].key, found[-1].text + piece)
        else:
            lead += piece
    return tuple(found)


def key_of(text: str) -> str:
    """By what two wordings are the same."""
    return " ".join(filter(None, map(_key, _UNIT.findall(text))))


def word_keys(text: str) -> list[str]:
    """The words of *text* alone, by what they are compared."""
    return [word.translate(_APOSTROPHES) for word in _WORD.findall(text.translate(_INVISIBLE))]


def _key(piece: str) -> str:
    key = piece.translate(_INVISIBLE).strip()
    return _ALIKE.get(key) or key.translate(_APOSTROPHES)


def differences(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[Piece, ...]:
    """What is the same, gone and new, in the order of reading; what went stands before what came in its place."""
    pairs = align([unit.key for unit in old], [unit.key for unit in new])
    return tuple(_pieces(_without_crumbs(_runs(pairs, len(old), len(new))), old, new))


Run = tuple[int, int, int, int]
"""Half-open: places in the old and in the new; runs that are the same and runs that differ take turns."""


def _runs(pairs: Sequence[tuple[int, int]], old: int, new: int) -> list[Run]:
    """Begins and ends with one that is the same; either may be empty."""
    runs: list[Run] = [(0, 0, 0, 0)]
    for at, there in (*pairs, (old, new)):
        start, end, first, last = runs[-1]
        if (at, there) != (end, last):
            runs += [(end, at, last, there), (at, at, there, there)]
            start, first = at, there
        runs[-1] = (start, at + 1, first, there + 1)
    start, end, first, last = runs[-1]
    runs[-1] = (start, end - 1, first, last - 1)
    return runs


def _without_crumbs(runs: list[Run]) -> list[Run]:
    """The same runs with a word or two that stay between two larger changes taken into one change."""
    kept = runs[:1]
    for index in range(1, len(runs), 2):
        change, same = runs[index], runs[index + 1]
        before = kept[-1]
        if len(kept) > 1 and before[1] - before[0] <= CRUMB < min(_size(kept[-2]), _size(change)):
            kept.pop()
            opened = kept.pop()
            change = (opened[0], change[1], opened[2], change[3])
        kept += [change, same]
    return kept


def _size(run: Run) -> int:
    return max(run[1] - run[0], run[3] - run[2])


def _pieces(runs: Sequence[Run], old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[Piece]:
    for index, (start, end, first, last) in enumerate(runs):
        was = "".join(unit.text for unit in old[start:end])
        now = "".join(unit.text for unit in new[first:last])
        if index % 2 == 0:
            if was or now:
                yield Piece("same", was, now)
            continue
        if was:
            yield Piece("gone", was, "")
        if now:
            yield Piece("new", "", now)
