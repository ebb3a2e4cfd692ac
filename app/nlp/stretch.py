"""What the readers of marks and layouts find: the words that somebody says, and where."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain import TextSpan


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words between two marks, or all that a layout gives to a speaker.

    Attributes:
        span: the words, marks left out.
        closed: false where the paragraph ended before a closing mark came.
        opened: false where a closing mark has no opening one; the words are a quotation only if a cue follows.
        by: the words of the layout that name who speaks: a transcript's label, a name behind a dash.
    """

    span: TextSpan
    closed: bool = True
    opened: bool = True
    by: TextSpan | None = None


def trimmed(text: str, start: int, end: int) -> TextSpan:
    """The span without blanks at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return TextSpan(start, end)
