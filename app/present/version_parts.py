"""A comparison as it is read: what differs in full, long stretches that are the same folded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.present.differences import Change, Comparison, Kind
from app.present.wording import Piece

SHORT = 1
"""As many paragraphs that are the same stand open between two changes, so that one sees where these are."""

MOST_PARAGRAPHS = 1_000
MOST_CHARACTERS = 400_000
"""How much a page shows; the JSON has all of it."""

NAMES: dict[Kind, str] = {
    "kept": "The same",
    "reworded": "Reworded",
    "moved": "Moved",
    "gone": "Gone",
    "new": "New",
}
SIGNS: dict[Kind, str] = {"kept": "=", "reworded": "±", "moved": "↕", "gone": "−", "new": "+"}


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph that differs, or a stretch of those that are the same.

    Attributes:
        kind: what became of it.
        paragraphs: the words of each, in pieces; several only where they are the same.
        folded: whether it is shown only to whom asks.
        place: of one that moved, its number among the old paragraphs, from 1.
    """

    kind: Kind
    paragraphs: tuple[tuple[Piece, ...], ...]
    folded: bool = False
    place: int = 0

    @property
    def name(self) -> str:
        """What became of it, in words."""
        return NAMES[self.kind]

    @property
    def sign(self) -> str:
        """The same in one character."""
        return SIGNS[self.kind]


@dataclass(frozen=True, slots=True)
class Reading:
    """The parts in order, and how many paragraphs of each kind come after them and are not shown."""

    parts: tuple[Part, ...]
    left: dict[Kind, int]


def reading(comparison: Comparison) -> Reading:
    """What a page shows of *comparison*: as much from its beginning as can be read."""
    shown = _readable(comparison.changes)
    left: Counter[Kind] = Counter(change.kind for change in comparison.changes[shown:])
    return Reading(tuple(_parts(comparison.changes[:shown])), dict(left))


def _readable(changes: Sequence[Change]) -> int:
    characters = 0
    for number, change in enumerate(changes[:MOST_PARAGRAPHS]):
        characters += sum(len(piece.text) for piece in change.pieces)
        if number and characters > MOST_CHARACTERS:
            return number
    return min(len(changes), MOST_PARAGRAPHS)


def _parts(changes: Sequence[Change]) -> Iterator[Part]:
    for kept, some in groupby(changes, key=lambda change: change.kind == "kept"):
        stretch = list(some)
        if kept:
            yield Part("kept", tuple(change.pieces for change in stretch), folded=len(stretch) > SHORT)
        else:
            for change in stretch:
                place = change.old[0] + 1 if change.kind == "moved" else 0
                yield Part(change.kind, (change.pieces,), place=place)
