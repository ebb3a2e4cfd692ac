"""Topics and evidence written over what was there: only the rows of what is tagged in another way."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from sqlalchemy import Connection, bindparam, delete

from app.store.batches import batches
from app.store.schema import attribution_topics, evidence, paragraph_topics, quote_topics
from app.store.tagged import Tagged, Tags
from app.store.writing import evidence_rows, put, ranked

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def write_tags(conn: Connection, stored: Tagged, after: Tags) -> None:
    """Write what *after* has in another way than *stored*, as it was read; what *after* leaves out stays."""
    before = stored.tags
    owners = {quote.id: quote.attribution for some in stored.quotes.values() for quote in some}
    _write_topics(conn, before, after)
    said = _changed(before.attribution_evidence, after.attribution_evidence)
    _delete_evidence(conn, "attribution_id", said)
    put(conn, evidence, (row for key, why in said.items() for row in evidence_rows(why, key, None)))
    quoted = _changed(before.quote_evidence, after.quote_evidence)
    _delete_evidence(conn, "quote_id", quoted)
    put(conn, evidence, (row for key, why in quoted.items() for row in evidence_rows(why, owners[key], key)))


def _write_topics(conn: Connection, before: Tags, after: Tags) -> None:
    quoted = _changed(before.quotes, after.quotes)
    for some in batches(quoted):
        conn.execute(delete(quote_topics).where(quote_topics.c.quote_id.in_(some)))
    put(conn, quote_topics, (row for key, topics in quoted.items() for row in ranked(topics, quote_id=key)))
    said = _changed(before.attributions, after.attributions)
    for some in batches(said):
        conn.execute(delete(attribution_topics).where(attribution_topics.c.attribution_id.in_(some)))
    put(conn, attribution_topics, (row for key, topics in said.items() for row in ranked(topics, attribution_id=key)))
    _write_paragraphs(conn, _changed(before.paragraphs, after.paragraphs))


def _write_paragraphs(conn: Connection, changed: Mapping[tuple[int, int], tuple[str, ...]]) -> None:
    if not changed:
        return
    table = paragraph_topics.c
    gone = delete(paragraph_topics).where(table.article_id == bindparam("a"), table.paragraph == bindparam("p"))
    conn.execute(gone, [{"a": article, "p": place} for article, place in changed])
    rows = (
        row
        for (article, place), topics in changed.items()
        for row in ranked(topics, article_id=article, paragraph=place)
    )
    put(conn, paragraph_topics, rows)


def _delete_evidence(conn: Connection, column: str, keys: Iterable[int]) -> None:
    for some in batches(keys):
        gone = delete(evidence).where(evidence.c[column].in_(some))
        conn.execute(gone.where(evidence.c.quote_id.is_(None)) if column == "attribution_id" else gone)


def _changed(before: Mapping[K, tuple[V, ...]], after: Mapping[K, tuple[V, ...]]) -> dict[K, tuple[V, ...]]:
    return {key: values for key, values in after.items() if values != before.get(key, ())}
