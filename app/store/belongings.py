"""All rows that an article's analysis consists of: taken out whole, put back whole."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, insert, select

from app.domain import OTHER
from app.errors import StoreError
from app.store.batches import batches
from app.store.merging import merge_map, merged_row
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
from app.store.search_keeping import index_article, unindex_article

_OF_ARTICLE = (paragraphs, paragraph_topics, readings, attributions, quotes)
_OF_ATTRIBUTION = (attribution_spans, mentions, attribution_topics, evidence)
_OF_QUOTE = (quote_topics,)
TABLES = tuple(table.name for table in (*_OF_ARTICLE, *_OF_ATTRIBUTION, *_OF_QUOTE))
"""What an analysis consists of."""

Rows = dict[str, list[dict[str, Any]]]


def take_rows(conn: Connection, article_id: int) -> bytes:
    """All rows of the article's analysis, packed; they are still there."""
    said = select(attributions.c.id).where(attributions.c.article_id == article_id)
    quoted = select(quotes.c.id).where(quotes.c.article_id == article_id)
    rows: Rows = {}
    for table in _OF_ARTICLE:
        rows[table.name] = _all(conn, select(table).where(table.c.article_id == article_id))
    for table in _OF_ATTRIBUTION:
        rows[table.name] = _all(conn, select(table).where(table.c.attribution_id.in_(said)))
    for table in _OF_QUOTE:
        rows[table.name] = _all(conn, select(table).where(table.c.quote_id.in_(quoted)))
    return pack_rows(rows)


def pack_rows(rows: Rows) -> bytes:
    """*rows* packed."""
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())


def unpack_rows(packed: bytes) -> Rows:
    """What :func:`pack_rows` packed.

    Raises:
        StoreError: it is damaged.
    """
    try:
        rows: Rows = json.loads(zlib.decompress(packed))
    except (zlib.error, ValueError) as error:
        raise StoreError("What was kept of this article is damaged, so that it cannot be brought back.") from error
    return rows


def remove_rows(conn: Connection, article_id: int) -> None:
    """Delete the article's analysis; the article stays."""
    unindex_article(conn, article_id)
    for table in (readings, quotes, attributions, paragraphs):
        conn.execute(delete(table).where(table.c.article_id == article_id))


def put_rows(conn: Connection, article_id: int, packed: bytes, topics: Collection[str]) -> None:
    """Put back what :func:`take_rows` packed, under new row ids. What speaks for none of *topics* is left out.

    Raises:
        StoreError: what was packed is damaged.
    """
    write_rows(conn, article_id, unpack_rows(packed), topics)


def write_rows(conn: Connection, article_id: int, rows: Rows, topics: Collection[str]) -> None:
    """Write *rows* as the analysis of an article that has none, as :func:`put_rows` does; merged speakers are one."""
    merged = merge_map(conn)
    rows = {**rows, attributions.name: [merged_row(row, merged) for row in rows[attributions.name]]}
    for table in (paragraphs, paragraph_topics, readings):
        _put(conn, table, _known(rows[table.name], topics))
    said = _owners(conn, attributions, "position", article_id, rows)
    moved = ({**row, "attribution_id": said[row["attribution_id"]]} for row in rows[quotes.name])
    quoted = _owners(conn, quotes, "uid", article_id, {**rows, quotes.name: list(moved)})
    for table in _OF_ATTRIBUTION:
        _put(conn, table, _moved(_known(rows[table.name], topics), said, quoted))
    _put(conn, quote_topics, _moved(_with_other(_known(rows[quote_topics.name], topics), quoted), said, quoted))
    index_article(conn, article_id)


def _all(conn: Connection, statement: Select[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in conn.execute(statement).mappings()]


def _known(rows: Iterable[dict[str, Any]], topics: Collection[str]) -> Iterable[dict[str, Any]]:
    return (row for row in rows if row.get("topic_id", OTHER) in topics)


def _with_other(rows: Iterable[dict[str, Any]], quoted: Mapping[int, int]) -> Iterable[dict[str, Any]]:
    left = set(quoted)
    for row in rows:
        left.discard(row["quote_id"])
        yield row
    for key in sorted(left):
        yield {"quote_id": key, "topic_id": OTHER, "position": 0}


def _owners(conn: Connection, table: Table, name: str, article_id: int, rows: Rows) -> dict[int, int]:
    """Insert the rows of *table*; their new ids by the old ones, told apart by the column *name*."""
    old = rows[table.name]
    _put(conn, table, ({key: value for key, value in row.items() if key != "id"} for row in old))
    found = select(table.c[name], table.c.id).where(table.c.article_id == article_id)
    new = {row[0]: row[1] for row in conn.execute(found)}
    return {row["id"]: new[row[name]] for row in old}


def _moved(
    rows: Iterable[dict[str, Any]], said: Mapping[int, int], quoted: Mapping[int, int]
) -> Iterable[dict[str, Any]]:
    for row in rows:
        moved = {key: value for key, value in row.items() if key != "id"}
        if "attribution_id" in moved:
            moved["attribution_id"] = said[moved["attribution_id"]]
        if moved.get("quote_id") is not None:
            moved["quote_id"] = quoted[moved["quote_id"]]
        yield moved


def _put(conn: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    for some in batches(rows):
        conn.execute(insert(table), some)
