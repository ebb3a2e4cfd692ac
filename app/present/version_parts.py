"""A comparison as it is read: what differs in full, long stretches that are the same folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.present.differences import Change, Comparison, Kind
from app.present.wording import Piece

SHORT = 1
"""As many paragraphs that are the same stand open between two changes, so that one sees where these are."""

MOST_PARAGRAPHS = 150
MOST_CHARACTERS = 52_000
MOST_PIECES = 600
"""How much a page shows, both sides counted, so that it stays light; the next page goes on."""

NAMES: dict[Kind, str] = {
    "kept": "The same",
    "reworded": "Reworded",
    "moved": "Moved",
    "gone": "Dropped",
    "new": "New",
}
SIGNS: dict[Kind, str] = {"kept": "=", "reworded": "±", "moved": "↕", "gone": "−", "new": "+"}


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph that differs, or a stretch of those that are the same.

    Attributes:
        kind: what became of it.
        paragraphs: the words of each, in pieces; several only where they are the same.
        number: that of the (first) change, from 0.
        old, new: what the old and the new paragraphs are called; empty where there are none.
        folded: whether it is shown only to whom asks.
    """

    kind: Kind
    paragraphs: tuple[tuple[Piece, ...], ...]
    number: int
    old: tuple[str, ...]
    new: tuple[str, ...]
    folded: bool = False

    @property
    def reworded(self) -> bool:
        """Whether its words differ, where it is in both."""
        both = self.kind in ("reworded", "moved")
        return both and any(piece.what != "same" for pieces in self.paragraphs for piece in pieces)

    @property
    def name(self) -> str:
        """What became of it, in words."""
        return "Moved and reworded" if self.kind == "moved" and self.reworded else NAMES[self.kind]

    @property
    def sign(self) -> str:
        """The same in one character."""
        return SIGNS[self.kind]

    @property
    def places(self) -> str:
        """Which paragraphs they are: ``4 → 5``, ``37–38 → 37``, ``5``."""
        return " → ".join(_run(names) for names in (self.old, self.new) if names)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page shows.

    Attributes:
        parts: in order.
        after: where the next page goes on; ``None`` where this is the last.
        left: how many changes come after this page.
    """

    parts: tuple[Part, ...]
    after: int | None
    left: int


Names = tuple[Sequence[str], Sequence[str]]
"""What the old and the new paragraphs are called."""


def reading(comparison: Comparison, names: Names, show: Kind | None = None, after: int = 0) -> Reading:
    """What a page shows of *comparison*: of all changes, or of those of the kind *show*, as many as can be read.

    Args:
        comparison: of two texts.
        names: of their paragraphs.
        show: a kind; long stretches that are the same are folded only where all are shown.
        after: the first change of the page, counted among those that are shown.
    """
    numbered = [(at, one) for at, one in enumerate(comparison.changes) if show in (None, one.kind)]
    rest = numbered[after:]
    shown = _readable([change for _, change in rest])
    left = len(rest) - shown
    parts = tuple(_parts(rest[:shown], names, fold=show is None))
    return Reading(parts, after + shown if left else None, left)


def _readable(changes: Sequence[Change]) -> int:
    characters = pieces = 0
    for number, change in enumerate(changes[:MOST_PARAGRAPHS]):
        sides = 1 if change.kind == "kept" else 2
        characters += sides * sum(len(piece.text) for piece in change.pieces)
        pieces += len(change.pieces)
        if number and (characters > MOST_CHARACTERS or pieces > MOST_PIECES):
            return number
    return min(len(changes), MOST_PARAGRAPHS)


def _parts(changes: Sequence[tuple[int, Change]], names: Names, *, fold: bool) -> Iterator[Part]:
    for kept, some in groupby(changes, key=lambda one: one[1].kind == "kept"):
        stretch = list(some)
        if kept and fold:
            yield _part(stretch, names, folded=len(stretch) > SHORT)
        else:
            yield from (_part([one], names) for one in stretch)


def _part(stretch: Sequence[tuple[int, Change]], names: Names, *, folded: bool = False) -> Part:
    changes = [change for _, change in stretch]
    old = tuple(names[0][at] for change in changes for at in change.old)
    new = tuple(names[1][at] for change in changes for at in change.new)
    return Part(changes[0].kind, tuple(change.pieces for change in changes), stretch[0][0], old, new, folded)


def _run(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"
