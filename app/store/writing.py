"""The rows that one analysis becomes, inside the transaction of :func:`app.store.articles.add_article`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from app.domain import Analysis, Attribution, Quote, TextSpan
from app.store.checks import window
from app.store.details import EvidenceRow, row_of
from app.store.merging import merge_map, spoken_by
from app.store.quote_ids import quote_ids
from app.store.readings import pack_readings, pack_tokens
from app.store.schema import (
    attribution_spans,
    attribution_topics,
    attributions,
    evidence,
    mentions,
    paragraph_topics,
    paragraphs,
    quote_topics,
    quotes,
    readings,
)
from app.store.search_keeping import index_article
from app.store.speakers import ensure_speakers, speaker_key

Values = dict[str, Any]
_EVIDENCE = ("topic_id", "start", "end", "term", "rule", "refers_start", "refers_end", "score")


def write_analysis(conn: Connection, article_id: int, text: str, analysis: Analysis) -> None:
    """Store *analysis* as that of the article *article_id*, which has none yet."""
    _write_paragraphs(conn, article_id, analysis)
    owners = _write_attributions(conn, article_id, analysis.attributions)
    _write_quotes(conn, article_id, owners, text, analysis)
    index_article(conn, article_id)


def put(conn: Connection, table: Table, rows: Iterable[Values]) -> None:
    """Insert *rows*, if there are any."""
    values = list(rows)
    if values:
        conn.execute(insert(table), values)


def _ends(span: TextSpan | None, name: str = "") -> Values:
    start, end = (span.start, span.end) if span else (None, None)
    return {f"{name}_start": start, f"{name}_end": end} if name else {"start": start, "end": end}


def ranked(topics: Sequence[str], **owner: int) -> Iterator[Values]:
    """The rows of *topics* in their order, for the owner in the given columns."""
    for position, topic in enumerate(dict.fromkeys(topics)):
        yield {**owner, "topic_id": topic, "position": position}


def _write_paragraphs(conn: Connection, article_id: int, analysis: Analysis) -> None:
    numbered = list(enumerate(analysis.paragraphs))
    put(
        conn,
        paragraphs,
        (
            {"article_id": article_id, "position": n, "kind": paragraph.kind.value, **_ends(paragraph.span)}
            for n, paragraph in numbered
        ),
    )
    topics = (ranked(paragraph.topics, article_id=article_id, paragraph=n) for n, paragraph in numbered)
    put(conn, paragraph_topics, (row for rows in topics for row in rows))


def _write_attributions(conn: Connection, article_id: int, given: Sequence[Attribution]) -> list[int]:
    speakers = ensure_speakers(conn, [one.speaker for one in given if one.speaker is not None], article_id)
    merged = merge_map(conn)
    put(
        conn,
        attributions,
        (
            {
                "article_id": article_id,
                "position": position,
                "kind": one.kind.value,
                **spoken_by(speakers[speaker_key(one.speaker, article_id)] if one.speaker else None, merged),
                "rule": one.rule,
                "reason": one.reason,
                "confidence": one.confidence,
                **_ends(one.clause, "clause"),
                **_ends(one.sentence, "sentence"),
                **_ends(one.before, "before"),
                **_ends(one.after, "after"),
            }
            for position, one in enumerate(given)
        ),
    )
    in_order = select(attributions.c.id).where(attributions.c.article_id == article_id)
    ids = list(conn.scalars(in_order.order_by(attributions.c.position)))
    owned = list(zip(ids, given, strict=True))
    put(conn, attribution_spans, (row for key, one in owned for row in _span_rows(key, one)))
    put(
        conn,
        mentions,
        (
            {"attribution_id": key, "position": position, **_ends(span)}
            for key, one in owned
            for position, span in enumerate(one.chain)
        ),
    )
    topics = (ranked(one.topics, attribution_id=key) for key, one in owned)
    put(conn, attribution_topics, (row for rows in topics for row in rows))
    put(conn, evidence, (row for key, one in owned for row in evidence_rows(map(row_of, one.evidence), key, None)))
    return ids


def _span_rows(attribution_id: int, one: Attribution) -> Iterator[Values]:
    for role, spans in (("source", one.source), ("cue", one.cue), ("content", one.content)):
        for position, span in enumerate(spans):
            yield {"attribution_id": attribution_id, "role": role, "position": position, **_ends(span)}


def evidence_rows(given: Iterable[EvidenceRow], owner: int, quote: int | None) -> Iterator[Values]:
    """*given* for the attribution *owner* or, of it, the *quote*."""
    for position, values in enumerate(given):
        yield {"attribution_id": owner, "quote_id": quote, "position": position, **evidence_columns(values)}


def evidence_columns(values: EvidenceRow) -> Values:
    """*values* by the names of their columns."""
    return dict(zip(_EVIDENCE, values, strict=True))


def _write_quotes(conn: Connection, article_id: int, owners: Sequence[int], text: str, analysis: Analysis) -> None:
    uids = quote_ids(text, [quote.span for quote in analysis.quotes])
    named = list(zip(uids, analysis.quotes, strict=True))

    def row(uid: str, quote: Quote) -> Values:
        shown = window(quote, analysis.attributions[quote.attribution])
        return {
            "uid": uid,
            "article_id": article_id,
            "attribution_id": owners[quote.attribution],
            "kind": quote.kind.value,
            **_ends(quote.span),
            **_ends(shown, "window"),
        }

    put(conn, quotes, (row(uid, quote) for uid, quote in named))
    stored = conn.execute(select(quotes.c.uid, quotes.c.id).where(quotes.c.article_id == article_id))
    ids = dict(stored.all())
    topics = (ranked(quote.topics, quote_id=ids[uid]) for uid, quote in named)
    put(conn, quote_topics, (values for rows in topics for values in rows))
    found = (evidence_rows(map(row_of, quote.evidence), owners[quote.attribution], ids[uid]) for uid, quote in named)
    put(conn, evidence, (values for rows in found for values in rows))
    if analysis.tokens.starts:
        judged = {uid: quote.reading for uid, quote in named if quote.reading is not None}
        values = {"tokens": pack_tokens(text, analysis.tokens), "quotes": pack_readings(judged)}
        put(conn, readings, [{"article_id": article_id, **values}])
