"""Text and the spans on it to pieces that a template can print one by one. The words are never altered."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain import TextSpan


@dataclass(frozen=True, slots=True)
class Mark:
    """One span to be shown: what it is (``role``), a CSS class for its topic, and the id of its quote."""

    span: TextSpan
    role: str
    topic: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same marks; ``anchors`` are the quotes that begin here."""

    text: str
    marks: tuple[Mark, ...] = ()
    anchors: tuple[str, ...] = ()

    @property
    def classes(self) -> str:
        """The roles and topics of its marks as CSS classes, each once; empty where nothing is marked."""
        names = [f"m-{mark.role}" for mark in self.marks] + [mark.topic for mark in self.marks]
        return " ".join(dict.fromkeys(name for name in names if name))


def segments(text: str, marks: Sequence[Mark], *, offset: int = 0) -> tuple[Segment, ...]:
    """*text* cut wherever a mark begins or ends; the pieces joined are *text* again.

    Marks may overlap, nest and reach past the text (they are clipped to it). *offset* is where *text* begins in
    the article that the marks were measured on. Empty marks are left out.
    """
    end = offset + len(text)
    inside = [m for m in marks if max(m.span.start, offset) < min(m.span.end, end)]
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in inside:
        opening.setdefault(max(mark.span.start, offset), []).append(mark)
        closing.setdefault(min(mark.span.end, end), []).append(mark)
    places = sorted({offset, end, *opening, *closing})
    active: dict[int, Mark] = {}
    pieces = []
    for start, stop in itertools.pairwise(places):
        for mark in closing.get(start, ()):
            active.pop(id(mark), None)
        begun = opening.get(start, [])
        active.update((id(mark), mark) for mark in begun)
        anchors = tuple(m.quote for m in begun if m.quote and m.span.start == start)
        pieces.append(Segment(text[start - offset : stop - offset], tuple(active.values()), anchors))
    return tuple(pieces)
