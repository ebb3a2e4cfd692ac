"""What people correct: said once, kept for good, undone at will."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from app.domain import Action, Scope
from app.errors import Conflict
from app.ingest.adding import add_quote, checked_topics
from app.ingest.changes import (
    LONGEST_NOTE,
    LONGEST_SIGNATURE,
    Add,
    Change,
    Confirm,
    CorrectionError,
    Reject,
    SetEdges,
    SetKind,
    SetSpeaker,
    SetTopics,
    Who,
    one_line,
)
from app.ingest.disputes import refuse_doubled, refuse_overtaken, refuse_taken, standing, undone_before
from app.ingest.naming import reference, speaker_reference
from app.ingest.spans import checked_span
from app.ingest.taggers import TaggerFactory
from app.settings import Settings
from app.store import meta
from app.store.anchors import quote_selector
from app.store.applying import Applied, subject_of
from app.store.correction_schema import corrections
from app.store.corrections import Correction, Disagreement, correction, kept_anchor, put_correction
from app.store.drafts import Quoted
from app.store.jobs import now
from app.store.making import remembered
from app.store.merging import follow, merge_map
from app.store.rebuilding import applied_to, corrected_articles, keep_machine_once, known_now, rebuild
from app.store.schema import articles, quotes

__all__ = [
    "Add",
    "Change",
    "Confirm",
    "CorrectionError",
    "Disagreement",
    "Reject",
    "SetEdges",
    "SetKind",
    "SetSpeaker",
    "SetTopics",
    "Who",
    "correct",
    "merge_speakers",
    "redo",
    "undo",
]

_MOSTLY = 0.5


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
    """Take over what a person says; where somebody said the very same meanwhile, that is the answer.

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
        AnalysisError: the topics of an added quote cannot be judged.
    """
    said_by, why = _signed(by, note)
    if isinstance(change, Add):
        return add_quote(engine, change, said_by, why, tagger)
    with engine.begin() as conn:
        meta.lock(conn)
        uid = standing(conn, change.quote_id)
        row = conn.execute(select(quotes.c.article_id).where(quotes.c.uid == uid)).one()
        article = conn.execute(select(articles.c.id, articles.c.text).where(articles.c.id == row.article_id)).one()
        applied = applied_to(conn, article.id)
        quote = next(one for one in applied.draft.quotes if one.uid == uid)
        action, value = _value(conn, change, article, applied, quote)
        same = refuse_overtaken(conn, quote, action, value, based_on)
        if same is not None:
            return same
        kept = {"action": action, "value": value, "made_by": said_by, "note": why}
        number = _put(conn, article, applied, quote, kept)
    with engine.connect() as conn:
        return correction(conn, number)


def undo(engine: Engine, settings: Settings, number: int, *, by: str) -> Correction:
    """Take the correction *number* back; all others stay.

    Raises:
        NotFound: there is none.
        Conflict: somebody undid it before.
        CorrectionError: nobody says who undoes it.
    """
    return _turn(engine, number, by, holds=False)


def redo(engine: Engine, settings: Settings, number: int, *, by: str) -> Correction:
    """Let the correction *number* hold again that was undone, at its old place in the order.

    Raises:
        NotFound: there is none.
        Conflict: it holds, or another quote has its words now.
        CorrectionError: nobody says who asks for it.
    """
    return _turn(engine, number, by, holds=True)


def merge_speakers(engine: Engine, settings: Settings, slug: str, into: str, *, by: str, note: str = "") -> Correction:
    """Let all that *slug* says, now and in what is read later, be said by *into*; :func:`undo` splits them again.

    Raises:
        NotFound: there is no such speaker.
        Conflict: they are one already.
        CorrectionError: nobody says who asks for it.
    """
    said_by, why = _signed(by, note)
    with engine.begin() as conn:
        meta.lock(conn)
        one, other = reference(conn, slug), reference(conn, into)
        before = merge_map(conn)
        if before.get(one["id"], one["id"]) == before.get(other["id"], other["id"]):
            raise Conflict(f"“{one['name']}” and “{other['name']}” are one speaker already; nothing was changed.")
        value = {"speaker": one, "into": other}
        number = put_correction(conn, {"action": Action.MERGE, "value": value, "made_by": said_by, "note": why})
        _follow_merges(conn, before)
        meta.bump(conn)
    with engine.connect() as conn:
        return correction(conn, number)


def _signed(by: str, note: str) -> tuple[str, str]:
    said_by = one_line(by, LONGEST_SIGNATURE, "Your name")
    if not said_by:
        raise CorrectionError("Say who you are: a correction has somebody who made it.")
    return said_by, one_line(note, LONGEST_NOTE, "The note")


def _value(
    conn: Connection, change: Change, article: Any, applied: Applied, quote: Quoted
) -> tuple[Action, dict[str, Any]]:
    match change:
        case SetSpeaker():
            return Action.SPEAKER, _of_speaker(conn, change, article.id, quote)
        case SetTopics():
            return Action.TOPICS, {"topics": checked_topics(conn, change.topics)}
        case SetKind():
            return Action.KIND, {"kind": change.kind.value}
        case SetEdges():
            span = checked_span(article.text, change.span, change.words)
            if span == quote.span:
                raise CorrectionError("These are the edges that the quote has.")
            refuse_taken(conn, applied, quote, span)
            return Action.EDGES, {"to": kept_anchor(quote_selector(article.text, span))}
        case Confirm():
            speaker = speaker_reference(conn, known_now(conn).one(quote.said.speaker))
            return Action.CONFIRM, {"speaker": speaker, "topics": quote.topics, "kind": quote.kind}
        case _:
            return Action.REJECT, {}


def _of_speaker(conn: Connection, change: SetSpeaker, article_id: int, quote: Quoted) -> dict[str, Any]:
    speaker = reference(conn, change.speaker, article_id) if change.speaker is not None else None
    machine = speaker_reference(conn, known_now(conn).one(quote.said.machine))
    if change.scope is Scope.ARTICLE and machine is None:
        raise CorrectionError(
            "The machine names nobody here, so nothing else of this article goes with it; correct this quote alone."
        )
    return {"speaker": speaker, "scope": change.scope.value, "machine": machine}


def _put(conn: Connection, article: Any, applied: Applied, quote: Quoted, kept: Mapping[str, Any]) -> int:
    """Keep a correction of *quote* and let it hold; its number."""
    keep_machine_once(conn, article.id)
    before = next((word.anchor for word in applied.words if word.span == quote.root), None)
    subject = subject_of(applied, quote)
    anchor = before or quote_selector(article.text, quote.root)
    values = {
        **kept,
        "article_id": article.id,
        "quote_uid": quote.uid,
        "anchor": kept_anchor(anchor),
        "snapshot": (quote.base or remembered(article.text, quote)) | ({"subject": subject} if subject else {}),
    }
    number = put_correction(conn, values)
    rebuild(conn, article.id)
    meta.bump(conn)
    return number


def _turn(engine: Engine, number: int, by: str, *, holds: bool) -> Correction:
    said_by, _ = _signed(by, "")
    with engine.begin() as conn:
        meta.lock(conn)
        found = correction(conn, number)
        if found.in_force is holds:
            raise Conflict("This holds; nothing was changed.") if holds else undone_before(conn, number)
        before = merge_map(conn)
        values = {"undone": None, "undone_by": None} if holds else {"undone": now(), "undone_by": said_by}
        mine = corrections.c.number == number
        conn.execute(update(corrections).where(mine).values(values))
        article_id = conn.scalar(select(corrections.c.article_id).where(mine))
        if article_id is None:
            _follow_merges(conn, before)
        elif corrected_articles(conn, [article_id]):
            refuse_doubled(applied_to(conn, article_id))
            rebuild(conn, article_id)
        meta.bump(conn)
    with engine.connect() as conn:
        return correction(conn, number)


def _follow_merges(conn: Connection, before: dict[int, int]) -> None:
    """Write what a merge or a split changes; a correction of a whole article may reach more or fewer quotes by it."""
    touched = follow(conn, before, merge_map(conn))
    speaking = select(corrections.c.article_id, corrections.c.value).where(corrections.c.action == Action.SPEAKER)
    wide = {article for article, value in conn.execute(speaking) if value.get("scope") == Scope.ARTICLE}
    for article_id in sorted(corrected_articles(conn, sorted({*touched, *wide}))):
        rebuild(conn, article_id)
