"""What a person says of a quote, and where its words are found again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.spans import TextSpan


class Action(StrEnum):
    """What a correction does; ``merge`` is of the whole library, each other of one quote."""

    SPEAKER = "speaker"
    TOPICS = "topics"
    KIND = "kind"
    EDGES = "edges"
    REJECT = "reject"
    ADD = "add"
    CONFIRM = "confirm"
    MERGE = "merge"


class Scope(StrEnum):
    """Whether a speaker is corrected where the quote stands, or wherever its article names the same one."""

    QUOTE = "quote"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words in a text by a ``TextQuoteSelector`` and a ``TextPositionSelector``, both of the W3C's.

    Attributes:
        exact: the words.
        prefix, suffix: what stands before and behind them, 32 code points at most.
        start, end: where they stood, in code points, half-open.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int

    @property
    def span(self) -> TextSpan:
        """Where the words stood."""
        return TextSpan(self.start, self.end)
