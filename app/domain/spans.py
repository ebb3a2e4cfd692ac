"""Stretches of a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class TextSpan:
    """A half-open stretch of a text, counted in Unicode code points (Python ``str`` indices).

    Raises:
        ValueError: the span is negative or ends before it starts.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"no such span: {self.start}–{self.end}")

    def of(self, text: str) -> str:
        """The words of this span in *text*."""
        return text[self.start : self.end]

    def contains(self, other: TextSpan) -> bool:
        """Whether *other* lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end
