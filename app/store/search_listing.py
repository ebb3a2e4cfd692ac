"""The best of what a search finds, as rows."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, Connection, exists, select

from app.store.attributions import quotes_by_key
from app.store.batches import batches
from app.store.checks import check_limit
from app.store.filters import AttributionFilter
from app.store.rows import Page, QuoteRow
from app.store.schema import articles, quotes
from app.store.search import matching, ranked
from app.store.search_query import Query


def best_quotes(
    conn: Connection,
    query: Query,
    chosen: AttributionFilter,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    limit: int = 20,
) -> Page[QuoteRow]:
    """The first *limit* quotes by relevance that *query* matches and *chosen* lets through.

    Args:
        conn: an open connection.
        query: what is looked for.
        chosen: what must hold besides.
        since: the first day of their articles; an article without a date is outside of any days.
        until: the last day, included.
        limit: quotes at most, at least 1.

    Raises:
        QueryError: the query names a topic that the library does not have.
        StoreError: *limit* is below 1.
    """
    import numpy as np  # noqa: PLC0415 - a page without a search does not need it

    check_limit(limit)
    ids = matching(conn, query)
    where = [*chosen.where(), *_within(since, until)]
    if where:
        kept = select(quotes.c.id).where(*where)
        found = (key for some in batches(ids.tolist()) for key in conn.scalars(kept.where(quotes.c.id.in_(some))))
        ids = np.fromiter(found, np.int64)
    best = ranked(conn, query, ids, limit).tolist()
    rows = quotes_by_key(conn, best, limit)
    return Page(len(ids), tuple(rows[key] for key in best), None)


def _within(since: dt.date | None, until: dt.date | None) -> list[ColumnElement[bool]]:
    day = articles.c.date
    limits = [*([day >= since] if since else ()), *([day <= until] if until else ())]
    return [exists().where(articles.c.id == quotes.c.article_id, *limits).correlate(quotes)] if limits else []
