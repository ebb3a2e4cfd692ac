"""What differs between two texts, paragraph by paragraph, and word by word where a paragraph was reworded."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from app.present.numbering import Label, labels
from app.present.pairing import Match, matches
from app.present.wording import Piece, Unit, differences, key_of, units, word_keys

Kind = Literal["kept", "reworded", "moved", "gone", "new"]

MOST_WORDS = 120_000
"""Words that are compared one by one; of what comes after them, the old wording and the new one stand whole."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a paragraph.

    Attributes:
        kind: ``kept`` (its words are the same), ``reworded``, ``moved`` (it stands elsewhere, maybe reworded),
            ``gone`` or ``new``.
        old: its places among the old paragraphs, from 0; several where the new text has them as one.
        new: its places among the new paragraphs.
        pieces: its words; the ``old`` of all pieces joined is the old text, the ``new`` the new one, with a line end
            between paragraphs.
    """

    kind: Kind
    old: tuple[int, ...]
    new: tuple[int, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Comparison:
    """All changes in the order of the new text; what went stands where it stood.

    ``whole`` is false where so much was reworded that not all of it was compared word by word.
    """

    changes: tuple[Change, ...]
    whole: bool = True

    @cached_property
    def counts(self) -> dict[Kind, int]:
        """Paragraphs of each kind; a kind that there is none of counts 0."""
        counted: Counter[Kind] = Counter(change.kind for change in self.changes)
        return {kind: counted[kind] for kind in ("kept", "reworded", "moved", "gone", "new")}

    @cached_property
    def words(self) -> dict[str, int]:
        """How many words are in both (``same``), in the old text alone (``gone``), in the new one alone (``new``)."""
        counted = Counter(same=0, gone=0, new=0)
        for change in self.changes:
            for piece in change.pieces:
                counted[piece.what] += len(word_keys(piece.text))
        return dict(counted)

    @property
    def alike(self) -> float:
        """Twice the words that are the same, by all words of both texts; from 0 to 1."""
        same = 2 * self.words["same"]
        total = same + self.words["gone"] + self.words["new"]
        return same / total if total else 1.0


def compare(old: Sequence[str], new: Sequence[str]) -> Comparison:
    """What became of the paragraphs *old* in *new*.

    How marks and blanks are set is no difference, nor is the number of a paragraph, nor where the other text has two
    paragraphs as one. Every paragraph of both stands in exactly one change. The time grows little faster than the
    texts.
    """
    words = _Words(_Side(old, labels(old)), _Side(new, labels(new)))
    found = matches(words.old.keys(), words.new.keys())
    taken_old = {at for match in found for at in match.old}
    taken_new = {at for match in found for at in match.new}
    ordered = sorted(found, key=lambda match: match.new)
    changes = {match: Change(match.kind, match.old, match.new, words.pieces(match)) for match in ordered}
    gone = [_alone("gone", at, one) for at, one in enumerate(old) if at not in taken_old]
    here = [_alone("new", at, one) for at, one in enumerate(new) if at not in taken_new]
    here += [change for change in changes.values() if change.kind == "moved"]
    anchors = [change for change in changes.values() if change.kind in ("kept", "reworded")]
    return Comparison(tuple(_in_order(anchors, gone, here)), words.whole)


@dataclass(frozen=True, slots=True)
class _Side:
    """The paragraphs of one text, each with its label."""

    paragraphs: Sequence[str]
    labels: Sequence[Label]

    def keys(self) -> list[str]:
        return [key_of(one[label.length :]) for one, label in zip(self.paragraphs, self.labels, strict=True)]

    def text(self, places: Sequence[int]) -> str:
        return "\n".join(self.paragraphs[at] for at in places)

    def units(self, places: Sequence[int]) -> tuple[Unit, ...]:
        found: list[Unit] = []
        for number, at in enumerate(places):
            end = "\n" if number else ""
            found += units(end + self.paragraphs[at], len(end) + self.labels[at].length)
        return tuple(found)


@dataclass(slots=True)
class _Words:
    """Compares by words until there were too many."""

    old: _Side
    new: _Side
    left: int = MOST_WORDS
    whole: bool = True

    def pieces(self, match: Match) -> tuple[Piece, ...]:
        was, now = self.old.text(match.old), self.new.text(match.new)
        if match.kind == "kept":
            return (Piece("same", was, now),)
        self.left -= max(len(word_keys(was)), len(word_keys(now)))
        if self.left < 0:
            self.whole = False
            return Piece("gone", was, ""), Piece("new", "", now)
        return differences(self.old.units(match.old), self.new.units(match.new))


def _alone(kind: Literal["gone", "new"], at: int, text: str) -> Change:
    if kind == "gone":
        return Change(kind, (at,), (), (Piece(kind, text, ""),))
    return Change(kind, (), (at,), (Piece(kind, "", text),))


def _in_order(anchors: Iterable[Change], gone: list[Change], here: list[Change]) -> Iterator[Change]:
    """Before each of *anchors* first what went, then what came, both as far as they stand before it."""
    went = deque(gone)
    came = deque(sorted(here, key=lambda change: change.new))
    for anchor in sorted(anchors, key=lambda change: change.new):
        while went and went[0].old < anchor.old:
            yield went.popleft()
        while came and came[0].new < anchor.new:
            yield came.popleft()
        yield anchor
    yield from (*went, *came)
