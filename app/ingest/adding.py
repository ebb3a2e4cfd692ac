"""Quotes that a person adds because the machine missed them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, select

from app.domain import Action, TextSpan
from app.errors import Conflict, NotFound
from app.ingest.changes import Add
from app.ingest.disputes import refuse_taken
from app.ingest.naming import reference
from app.ingest.spans import Readable, checked_span, judged_span, readable
from app.ingest.taggers import TaggerFactory
from app.store import meta
from app.store.anchors import quote_selector
from app.store.applying import ALIKE, Applied, likeness
from app.store.corrections import Correction, correction, kept_anchor, put_correction
from app.store.quote_ids import placed_id
from app.store.rebuilding import applied_to, keep_machine_once, rebuild
from app.store.schema import topics


def add_quote(engine: Engine, change: Add, by: str, note: str, tagger: TaggerFactory | None) -> Correction:
    """Take over that there is a quote; its topics are judged before anybody has to wait for it.

    Raises:
        NotFound: there is no such article, speaker or topic.
        Conflict: the words are those of a quote, or the text is another now.
        CorrectionError: the selection makes no sense.
        AnalysisError: the topics cannot be judged.
    """
    with engine.connect() as conn:
        page = readable(conn, change.article)
    span = checked_span(page.text, change.span, change.words)
    evidence = [] if change.topics is not None else judged_span(engine, page, span, tagger)
    with engine.begin() as conn:
        meta.lock(conn)
        if readable(conn, change.article).text != page.text:
            raise Conflict("The text of this article is another now; look at it again.")
        applied = applied_to(conn, page.id)
        refuse_taken(conn, applied, None, span)
        if any(likeness(one.span, span) >= ALIKE for one in applied.draft.quotes):
            raise Conflict("Most of these words are a quote already; move its edges instead.")
        number = _put(conn, change, page, span, applied, evidence, {"made_by": by, "note": note})
        rebuild(conn, page.id)
        meta.bump(conn)
    with engine.connect() as conn:
        return correction(conn, number)


def checked_topics(conn: Connection, given: tuple[str, ...]) -> list[str]:
    """*given*, each once.

    Raises:
        NotFound: the library has not all of them.
    """
    known = set(conn.scalars(select(topics.c.id)))
    for one in given:
        if one not in known:
            raise NotFound(f"There is no topic “{one}”.")
    return list(dict.fromkeys(given))


def _put(
    conn: Connection,
    change: Add,
    page: Readable,
    span: TextSpan,
    applied: Applied,
    evidence: list[dict[str, Any]],
    signed: dict[str, str],
) -> int:
    value = {
        "kind": change.kind.value,
        "speaker": reference(conn, change.speaker, page.id) if change.speaker is not None else None,
        "topics": None if change.topics is None else checked_topics(conn, change.topics),
    }
    snapshot: dict[str, Any] = {
        "topics": list(dict.fromkeys(one["topic_id"] for one in evidence)),
        "evidence": evidence,
    }
    near = [some for root, some in applied.groups.items() if likeness(root, span) >= ALIKE]
    if near:
        snapshot["subject"] = near[0][0].subject
    keep_machine_once(conn, page.id)
    before = next((word.anchor for word in applied.words if word.span == span), None)
    values = {
        "article_id": page.id,
        "quote_uid": placed_id(page.text, span),
        "action": Action.ADD,
        "value": value,
        "anchor": kept_anchor(before or quote_selector(page.text, span)),
        "snapshot": snapshot,
    }
    return put_correction(conn, values | signed)
