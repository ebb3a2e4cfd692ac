"""What a person can say of a quote, and how each of it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain import AttributionKind, Scope, Speaker, TextSpan
from app.errors import AppError

LONGEST_SIGNATURE, LONGEST_NOTE = 80, 2_000


class CorrectionError(AppError):
    """What a person says makes no sense."""

    status = 422


Who = str | Speaker | None
"""A speaker by the slug that the library knows, one by name, or nobody."""


@dataclass(frozen=True, slots=True)
class SetSpeaker:
    """The quote is by *speaker*, or nobody is named; with the scope ``article`` so is all of the same speaker there."""

    quote_id: str
    speaker: Who
    scope: Scope = Scope.QUOTE


@dataclass(frozen=True, slots=True)
class SetTopics:
    """The quote is on these topics, by id, and on no others; on none of them is "other"."""

    quote_id: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetKind:
    """The quote is of this kind."""

    quote_id: str
    kind: AttributionKind


@dataclass(frozen=True, slots=True)
class SetEdges:
    """The quote goes from *span.start* to *span.end*; *words* are what the person saw there, if that is known."""

    quote_id: str
    span: TextSpan
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """This is no quote."""

    quote_id: str


@dataclass(frozen=True, slots=True)
class Confirm:
    """The quote, its speaker and its topics are right."""

    quote_id: str


@dataclass(frozen=True, slots=True)
class Add:
    """There is a quote at *span* of the article *article*; without *topics* the machine judges them."""

    article: str
    span: TextSpan
    speaker: Who
    kind: AttributionKind
    topics: tuple[str, ...] | None = None
    words: str | None = None


Change = SetSpeaker | SetTopics | SetKind | SetEdges | Reject | Confirm | Add


def one_line(words: str, most: int, what: str) -> str:
    """*words* on one line, without what no page can show.

    Raises:
        CorrectionError: they are longer than *most*; *what* they are.
    """
    kept = "".join(char if char.isprintable() else " " for char in words)
    line = " ".join(kept.split())
    if len(line) > most:
        raise CorrectionError(f"{what} has {len(line):,} characters; at most {most:,} make sense.")
    return line
