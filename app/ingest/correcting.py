"""What people correct: said once, kept for good, undone at will."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from app.domain import AttributionKind, Scope, Speaker, TextSpan
from app.ingest.taggers import TaggerFactory
from app.settings import Settings
from app.store.corrections import Correction

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


def correct(
    engine: Engine,
    settings: Settings,
    change: Change,
    *,
    by: str,
    note: str = "",
    based_on: int | None = None,
    tagger: TaggerFactory | None = None,
) -> Correction:
    """Take over what a person says.

    Args:
        engine: a library that may be written.
        settings: those in force.
        change: what is said.
        by: who says it.
        note: why, for the people who read the history.
        based_on: the number of the last correction that the person saw (:func:`app.store.corrections.latest` when the
            page was made); ``None`` does not ask whether somebody else was faster.
        tagger: who judges, if not the process kept for it.

    Raises:
        NotFound: there is no such quote, article, speaker or topic.
        Disagreement: somebody corrected the same thing of the quote since *based_on*.
        Conflict: the words are those of another quote, or the text is another now.
        CorrectionError: what is said makes no sense.
    """
    raise NotImplementedError


def undo(engine: Engine, settings: Settings, number: int, *, by: str) -> Correction:
    """Take the correction *number* back; all others stay.

    Raises:
        NotFound: there is none.
        Conflict: somebody undid it before.
    """
    raise NotImplementedError


def redo(engine: Engine, settings: Settings, number: int, *, by: str) -> Correction:
    """Let the correction *number* hold again that was undone, at its old place in the order.

    Raises:
        NotFound: there is none.
        Conflict: it was not undone, or another quote has its words now.
    """
    raise NotImplementedError


def merge_speakers(engine: Engine, settings: Settings, slug: str, into: str, *, by: str, note: str = "") -> Correction:
    """Let all that *slug* says, now and in what is read later, be said by *into*; :func:`undo` splits them again.

    Raises:
        NotFound: there is no such speaker.
        Conflict: they are one already.
    """
    raise NotImplementedError
