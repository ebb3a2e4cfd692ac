"""Corrected articles judged by other topics: what the machine says is judged, and what people say stays."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from app.domain import OTHER, TextSpan
from app.ingest.spans import reading_of
from app.ingest.taggers import Answer, Sheet, Tagger, topics_of
from app.store.applying import Applied
from app.store.belongings import Rows
from app.store.correction_schema import corrections
from app.store.correction_words import Known
from app.store.details import EvidenceRow
from app.store.drafts import draft_of, only_known, rows_of
from app.store.making import evidence_kept
from app.store.readings import pack_readings
from app.store.rebuilding import applied_to, keep_machine, machine_rows, rebuild
from app.store.schema import articles
from app.store.tagged import Tagged, Tags, read_tagged
from app.store.writing import evidence_columns, evidence_rows, ranked

_COLUMNS = ("topic_id", "start", "end", "term", "rule", "refers_start", "refers_end", "score")


@dataclass(frozen=True, slots=True)
class Recorrected:
    """A corrected article by other topics: what the machine says of it, and what is kept of quotes that it lacks."""

    id: int
    rows: Rows
    snapshots: Mapping[int, Mapping[str, Any]]


def recorrect(conn: Connection, article_id: int, known: Known, tagger: Tagger) -> tuple[Recorrected, Tagged, Tags]:
    """What other topics make of a corrected article, how it is tagged, and how it would be; nothing is written.

    Raises:
        AnalysisError: the topics cannot be judged.
    """
    text: str = conn.execute(select(articles.c.text).where(articles.c.id == article_id)).scalar_one()
    before = machine_rows(conn, article_id)
    applied = applied_to(conn, article_id, known=known, rows=before)
    rows, snapshots = _stripped(before, article_id, known.topics), dict[int, Mapping[str, Any]]()
    if before["readings"]:
        sheet = _sheet(text, before, applied)
        [answer] = tagger([sheet])()
        rows = _retagged(before, answer)
        snapshots = _snapshots(text, applied, answer.quotes[len(before["quotes"]) :])
    then = applied_to(conn, article_id, known=known, rows=rows, snapshots=snapshots)
    stored = read_tagged(conn, [article_id])
    return Recorrected(article_id, rows, snapshots), stored, _tags(stored, article_id, then)


def put_recorrected(conn: Connection, made: Recorrected, known: Known) -> None:
    """Write what :func:`recorrect` made, in a transaction that holds the lock."""
    keep_machine(conn, made.id, made.rows)
    for number, snapshot in made.snapshots.items():
        conn.execute(update(corrections).where(corrections.c.number == number).values(snapshot=snapshot))
    rebuild(conn, made.id, known)


def _sheet(text: str, rows: Rows, applied: Applied) -> Sheet:
    kept = rows["readings"][0]
    cut = _spans(rows["paragraphs"])
    extras = [(quote.uid, quote.span) for quote, _ in applied.extras()]
    more = json.loads(pack_readings({uid: reading_of(text, span, cut) for uid, span in extras}))
    packed = json.dumps({**json.loads(kept["quotes"]), **more}, ensure_ascii=False)
    own = [(row["uid"], TextSpan(row["start"], row["end"])) for row in rows["quotes"]]
    return Sheet(text, kept["tokens"], packed, (*own, *extras), tuple(cut))


def _retagged(rows: Rows, answer: Answer) -> Rows:
    """*rows* with the topics of *answer*, as :mod:`app.ingest.retagging` would write them."""
    why = dict(zip((row["id"] for row in rows["quotes"]), answer.quotes, strict=False))
    owners = {row["id"]: row["attribution_id"] for row in rows["quotes"]}
    said: dict[int, list[EvidenceRow]] = {row["id"]: [] for row in rows["attributions"]}
    for key, evidence in why.items():
        said[owners[key]] += evidence
    made = dict(rows)
    made["quote_topics"] = [row for key, some in why.items() for row in ranked(topics_of(some), quote_id=key)]
    made["attribution_topics"] = [
        row for key, some in said.items() for row in ranked(topics_of(some), attribution_id=key)
    ]
    made["evidence"] = [
        *(row for key, some in said.items() for row in evidence_rows(dict.fromkeys(some), key, None)),
        *(row for key, some in why.items() for row in evidence_rows(some, owners[key], key)),
    ]
    made["paragraph_topics"] = [
        row
        for one, topics in zip(rows["paragraphs"], answer.paragraphs, strict=True)
        for row in ranked(topics, article_id=one["article_id"], paragraph=one["position"])
    ]
    return made


def _stripped(rows: Rows, article_id: int, topics: Collection[str]) -> Rows:
    draft = draft_of(rows)
    only_known(draft, topics)
    return rows_of(draft, article_id)


def _snapshots(text: str, applied: Applied, answers: Iterable[tuple[EvidenceRow, ...]]) -> dict[int, Mapping[str, Any]]:
    kept = {word.number: word.snapshot for word in applied.words}
    made: dict[int, Mapping[str, Any]] = {}
    for (quote, numbers), why in zip(applied.extras(), answers, strict=True):
        evidence = [evidence_kept(text, quote.root.start, evidence_columns(row)) for row in why]
        topics = [topic for topic in topics_of(why) if topic != OTHER]
        made |= {number: {**kept[number], "topics": topics, "evidence": evidence} for number in numbers}
    return made


def _tags(stored: Tagged, article_id: int, then: Applied) -> Tags:
    """How the quotes that are stored would be tagged."""
    after = Tags()
    by_uid = {quote.uid: quote for quote in then.draft.quotes}
    for one in stored.quotes[article_id]:
        quote = by_uid.get(one.uid)
        if quote is not None:
            after.quotes[one.id] = tuple(quote.topics)
            after.quote_evidence[one.id] = tuple(_packed(row) for row in quote.evidence)
    return after


def _packed(row: Mapping[str, Any]) -> EvidenceRow:
    topic, start, end, term, rule, refers_start, refers_end, score = (row[name] for name in _COLUMNS)
    return topic, start, end, term, rule, refers_start, refers_end, score


def _spans(rows: Iterable[Mapping[str, Any]]) -> list[TextSpan]:
    return [TextSpan(row["start"], row["end"]) for row in rows]
