"""Corrected articles written anew: what the machine says, and every correction that holds, in order.

Call it in a transaction that holds :func:`app.store.meta.lock` and that the caller commits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from app.domain import OTHER, Action, Anchor, TextSpan
from app.store import counts
from app.store.anchors import find_again, quote_selector
from app.store.applying import Applied, apply
from app.store.batches import batches
from app.store.belongings import Rows, pack_rows, remove_rows, take_rows, unpack_rows, write_rows
from app.store.correction_schema import corrections, former_quotes, machine_analyses
from app.store.correction_words import Known, Word, word_of
from app.store.corrections import anchor_of, kept_anchor
from app.store.drafts import rows_of
from app.store.judging import judged
from app.store.merging import merge_map
from app.store.schema import articles, quotes, topics

Stood = dict[str, Anchor]
"""The quotes of an article by their addresses."""


def is_corrected(conn: Connection, article_id: int) -> bool:
    """Whether anybody ever corrected the article."""
    said = select(corrections.c.number).where(corrections.c.article_id == article_id).limit(1)
    return conn.scalar(said) is not None


def corrected_articles(conn: Connection, article_ids: Sequence[int]) -> set[int]:
    """Those of these articles that anybody ever corrected, with what the machine says kept, and not deleted."""
    kept = select(machine_analyses.c.article_id).join(articles, articles.c.id == machine_analyses.c.article_id)
    there = kept.where(articles.c.deleted.is_(None))
    return {key for some in batches(article_ids) for key in conn.scalars(there.where(articles.c.id.in_(some)))}


def machine_rows(conn: Connection, article_id: int) -> Rows:
    """What the machine says of the article, corrected or not."""
    kept = conn.scalar(select(machine_analyses.c.rows).where(machine_analyses.c.article_id == article_id))
    return unpack_rows(take_rows(conn, article_id) if kept is None else kept)


def keep_machine(conn: Connection, article_id: int, rows: Rows | None = None) -> None:
    """Keep *rows*, or those that are there now, as what the machine says of the article."""
    packed = take_rows(conn, article_id) if rows is None else pack_rows(rows)
    mine = machine_analyses.c.article_id == article_id
    changed = conn.execute(update(machine_analyses).where(mine).values(rows=packed))
    if not changed.rowcount:
        conn.execute(insert(machine_analyses).values(article_id=article_id, rows=packed))


def keep_machine_once(conn: Connection, article_id: int) -> None:
    """Keep what the machine says of an article that is corrected for the first time."""
    if not corrected_articles(conn, [article_id]):
        keep_machine(conn, article_id)


def applied_to(
    conn: Connection,
    article_id: int,
    *,
    known: Known | None = None,
    rows: Rows | None = None,
    snapshots: Mapping[int, Mapping[str, Any]] | None = None,
) -> Applied:
    """What the corrections of the article make of it; nothing is written.

    Args:
        conn: an open connection.
        article_id: its row.
        known: the topics and merged speakers, if not those of the library.
        rows: what the machine says, if not what is kept.
        snapshots: others than are kept, by the number of their correction.
    """
    text = conn.execute(select(articles.c.text).where(articles.c.id == article_id)).scalar_one()
    words = words_of(conn, article_id, snapshots or {})
    return apply(text, rows or machine_rows(conn, article_id), words, known or known_now(conn))


def known_now(conn: Connection) -> Known:
    """The topics of the library, and who is whom in it."""
    return Known(frozenset(conn.scalars(select(topics.c.id))) | {OTHER}, merge_map(conn))


def words_of(conn: Connection, article_id: int, snapshots: Mapping[int, Mapping[str, Any]]) -> list[Word]:
    """The corrections of the article in order."""
    rows = conn.execute(
        select(corrections).where(corrections.c.article_id == article_id).order_by(corrections.c.number)
    )
    return [word_of(row, snapshots.get(row.number)) for row in rows]


def rebuild(conn: Connection, article_id: int, known: Known | None = None) -> None:
    """Write the article as it is with its corrections, and count it; one that nobody ever corrected stays."""
    if not corrected_articles(conn, [article_id]):
        return
    known = known or known_now(conn)
    applied = applied_to(conn, article_id, known=known)
    remove_rows(conn, article_id)
    write_rows(conn, article_id, rows_of(applied.draft, article_id), known.topics)
    for placed in (True, False):
        theirs = corrections.c.number.in_([word.number for word in applied.words if word.placed is placed])
        conn.execute(update(corrections).where(theirs, corrections.c.placed.is_not(placed)).values(placed=placed))
    mine = machine_analyses.c.article_id == article_id
    conn.execute(update(machine_analyses).where(mine).values(judged=judged(applied, known.topics)))
    _lead_on(conn, article_id, applied.moved)
    counts.put_in(conn, article_id)


def stood(conn: Connection, article_id: int, text: str) -> Stood:
    """Where the quotes of the article stand in its *text*."""
    found = select(quotes.c.uid, quotes.c.start, quotes.c.end).where(quotes.c.article_id == article_id)
    return {uid: quote_selector(text, TextSpan(start, end)) for uid, start, end in conn.execute(found)}


def analysed_anew(conn: Connection, article_id: int, text: str, before: Stood | None) -> None:
    """Let the corrections of the article hold of its new analysis, just written.

    Args:
        conn: in the transaction.
        article_id: its row.
        text: its text now.
        before: where its quotes stood, if the text was another.
    """
    if is_corrected(conn, article_id):
        keep_machine(conn, article_id)
        if before is not None:
            _anchor_anew(conn, article_id, text)
        rebuild(conn, article_id)
    if before is not None:
        places = {uid: find_again(text, anchor) for uid, anchor in before.items()}
        found = select(quotes.c.uid, quotes.c.start, quotes.c.end).where(quotes.c.article_id == article_id)
        now = {TextSpan(start, end): uid for uid, start, end in conn.execute(found)}
        _lead_on(conn, article_id, {uid: now[span] for uid, span in places.items() if span in now})


def _anchor_anew(conn: Connection, article_id: int, text: str) -> None:
    """Let the anchors be of *text*, as far as their words are there: the next change is then told from this one."""
    found = select(corrections.c.number, corrections.c.action, corrections.c.anchor, corrections.c.value)
    for row in conn.execute(found.where(corrections.c.article_id == article_id)).all():
        values = {"anchor": _anew(row.anchor, text)}
        if row.action == Action.EDGES:
            values["value"] = {**row.value, "to": _anew(row.value["to"], text)}
        conn.execute(update(corrections).where(corrections.c.number == row.number).values(values))


def _anew(kept: Mapping[str, Any], text: str) -> dict[str, Any]:
    anchor = anchor_of(kept)
    span = find_again(text, anchor) if anchor else None
    return dict(kept) if span is None else kept_anchor(quote_selector(text, span))


def _lead_on(conn: Connection, article_id: int, moved: Mapping[str, str]) -> None:
    """Let addresses lead to others; one that a quote has leads nowhere else."""
    live = set(conn.scalars(select(quotes.c.uid).where(quotes.c.article_id == article_id)))
    leading = {uid: now for uid, now in moved.items() if uid not in live and uid != now}
    gone = delete(former_quotes).where(former_quotes.c.uid == bindparam("gone"))
    for some in batches([*live, *leading]):
        conn.execute(gone, [{"gone": uid} for uid in some])
    rows = [{"uid": uid, "article_id": article_id, "now": now} for uid, now in leading.items()]
    for some_rows in batches(rows):
        conn.execute(insert(former_quotes), some_rows)
