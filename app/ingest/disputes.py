"""When two people speak of the same quote: the second is told what the first said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, select

from app.domain import OTHER, Action, TextSpan
from app.errors import Conflict, NotFound
from app.store.applying import ALIKE, Applied, likeness
from app.store.correction_schema import corrections
from app.store.corrections import Correction, Disagreement, correction, current_id, history
from app.store.drafts import MARKS, Quoted
from app.store.schema import topics

FIELDS: Mapping[Action, Collection[str]] = {
    Action.SPEAKER: ("speaker",),
    Action.TOPICS: ("topics",),
    Action.KIND: ("kind",),
    Action.EDGES: ("edges",),
    Action.REJECT: MARKS,
    Action.CONFIRM: MARKS,
}
"""What of a quote each action speaks of."""


def standing(conn: Connection, quote_id: str) -> str:
    """The address that the quote has now.

    Raises:
        Disagreement: somebody rejected it.
        NotFound: there is none.
    """
    try:
        return current_id(conn, quote_id)
    except NotFound:
        page = history(conn, quote_id=quote_id, limit=1_000)
        rejecting = [one for one in page.items if one.action is Action.REJECT and one.in_force]
        if not rejecting:
            raise
        raise disagreement(conn, rejecting[0], "Undo that first to say anything else of it.") from None


def refuse_overtaken(
    conn: Connection, quote: Quoted, action: Action, value: Mapping[str, Any], based_on: int | None
) -> Correction | None:
    """The correction that says the very same and that the person has not seen; nothing where nobody was faster.

    Raises:
        Disagreement: somebody said something else since *based_on*.
    """
    newest = max((quote.touched.get(one, 0) for one in FIELDS[action]), default=0)
    if based_on is None or newest <= based_on:
        return None
    other = correction(conn, newest)
    if other.action is action and _same(other.value, value):
        return other
    raise disagreement(conn, other, "Look at it as it is now; nothing was changed.")


def refuse_taken(conn: Connection, applied: Applied, quote: Quoted | None, span: TextSpan) -> None:
    """Say whether the words at *span* may become those of *quote*, or of a new one.

    Raises:
        Disagreement: they are those of a quote that somebody rejected.
        Conflict: they are those of another quote.
    """
    for other in applied.draft.quotes:
        if other is not quote and span in (other.span, other.root):
            raise Conflict("These words are a quote already; nothing was changed.")
    for word in applied.words:
        alike = word.span is not None and likeness(word.span, span) >= (1 if quote else ALIKE)
        if word.in_force and word.action is Action.REJECT and alike:
            raise disagreement(conn, correction(conn, word.number), "Undo that to have the quote back.")


def refuse_doubled(applied: Applied) -> None:
    """Say whether every correction has a quote of its own.

    Raises:
        Conflict: two quotes that people spoke of would have the same words.
    """
    if applied.doubled:
        raise Conflict("Another quote has these words by now; nothing was changed.")


def disagreement(conn: Connection, other: Correction, advice: str) -> Disagreement:
    """What *other* says, for somebody who wants to say something else."""
    when = f"{other.at.day} {other.at:%B %Y}, {other.at:%H:%M} UTC"
    return Disagreement(f"{other.by} {_said(conn, other)} on {when}. {advice}", other)


def _said(conn: Connection, other: Correction) -> str:
    value = other.value
    if other.action is Action.SPEAKER:
        speaker = value["speaker"]
        return f"said that this quote is by {speaker['name']}" if speaker else "said that nobody is named here"
    if other.action is Action.TOPICS:
        labels = dict(conn.execute(select(topics.c.id, topics.c.label)).all())
        named = ", ".join(labels.get(one, one) for one in value["topics"] if one != OTHER)
        return f"said that this quote is on {named or 'none of the topics'}"
    if other.action is Action.KIND:
        return f"said that this quote is {value['kind']}"
    return {
        Action.EDGES: "moved the edges of this quote",
        Action.REJECT: "rejected this quote",
        Action.CONFIRM: "confirmed this quote",
        Action.ADD: "added this quote",
    }.get(other.action, "corrected this quote")


def undone_before(conn: Connection, number: int) -> Conflict:
    """That somebody took the correction *number* back before."""
    row = conn.execute(select(corrections).where(corrections.c.number == number)).one()
    return Conflict(f"{row.undone_by} undid this on {row.undone.day} {row.undone:%B %Y}; nothing was changed.")


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    names = {*one, *other} - {"machine"}
    return all(one.get(name) == other.get(name) for name in names)
