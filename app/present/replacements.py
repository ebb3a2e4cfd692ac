"""Which words stand in place of which: “urge” → “call on”, and where. What a reader of two statements asks first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.present.differences import Change, Comparison
from app.present.numbering import unlabelled
from app.present.wording import Piece, key_of, word_keys

MOST_WORDS = 8
"""A passage of more words was written anew; it is read in its place."""

CONTEXT = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where words were replaced: the number of the change, from 0, and the words around it in the new text."""

    change: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """Words of the old text and those that stand in their place; one of them is empty where words went or came."""

    old: str
    new: str
    places: tuple[Place, ...]

    @property
    def what(self) -> str:
        """What happened: ``replaced``, ``gone`` or ``new``."""
        return "replaced" if self.old and self.new else "gone" if self.old else "new"


def replacements(comparison: Comparison) -> tuple[Replacement, ...]:
    """Every replacement of up to eight words within a paragraph: those found most often first, then in order.

    Words that were only taken out or put in come after those that were replaced. Case and the marks at the ends make
    no difference.
    """
    found: dict[tuple[str, str], tuple[str, str, list[Place]]] = {}
    for number, change in enumerate(comparison.changes):
        for old, new, place in _of(change, number):
            key = key_of(old).casefold(), key_of(new).casefold()
            found.setdefault(key, (old, new, []))[2].append(place)
    made = [Replacement(old, new, tuple(places)) for old, new, places in found.values()]
    order = ("replaced", "gone", "new")
    return tuple(sorted(made, key=lambda one: (order.index(one.what), -len(one.places))))


def _of(change: Change, number: int) -> Iterator[tuple[str, str, Place]]:
    if change.kind not in ("reworded", "moved"):
        return
    pieces = change.pieces
    at = 0
    while at < len(pieces):
        if pieces[at].what == "same":
            at += 1
            continue
        both = at + 1 < len(pieces) and (pieces[at].what, pieces[at + 1].what) == ("gone", "new")
        some = pieces[at : at + 2] if both else pieces[at : at + 1]
        old, new = _words(some, "gone"), _words(some, "new")
        if (old or new) and max(len(word_keys(old)), len(word_keys(new))) <= MOST_WORDS:
            yield old, new, Place(number, _before(pieces, at), _after(pieces, at + len(some)))
        at += len(some)


def _words(pieces: Sequence[Piece], what: str) -> str:
    """The words of those pieces without the marks around them; nothing where there are only marks."""
    text = " ".join("".join(piece.text for piece in pieces if piece.what == what).split()).strip(" ,.;:")
    return text if word_keys(text) else ""


def _before(pieces: Sequence[Piece], at: int) -> str:
    text = pieces[at - 1].new if at and pieces[at - 1].what == "same" else ""
    words = (unlabelled(text) if at == 1 else text).split()
    return ("… " if len(words) > CONTEXT else "") + " ".join(words[-CONTEXT:])


def _after(pieces: Sequence[Piece], at: int) -> str:
    text = pieces[at].new if at < len(pieces) and pieces[at].what == "same" else ""
    words = text.split()
    blank = " " if text[:1].isalnum() or text[:1].isspace() else ""
    return blank + " ".join(words[:CONTEXT]) + (" …" if len(words) > CONTEXT else "")
