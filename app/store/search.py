"""Search: what a person typed, to the quotes that match it, all of them or the best."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from app.errors import QueryError
from app.store.names import fold_name
from app.store.schema import topics
from app.store.search_index import Asked, index_of
from app.store.search_keeping import index_article, index_speaker, unindex_article
from app.store.search_query import Query, Term, parse

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from app.store.search_index import Ids

    Mask = NDArray[np.bool_]

WEIGHED = 1_000
"""So many matches are put in order by relevance; the others follow, newest first."""

NEAR = 20 * WEIGHED
"""Among so many of the newest those are chosen."""

SHOWN = 12


def read_query(conn: Connection, text: str) -> Query:
    """The meaning of what a person typed, its topics being those of the library.

    Raises:
        QueryError: it has none; the message says what to write instead.
    """
    query = parse(text)
    topic_ids(conn, [term for group in (*query.topics, query.other_topics) for term in group])
    return query


def matching(conn: Connection, query: Query) -> Ids:
    """The row ids of all quotes that *query* matches, lowest first. Quotes of deleted articles never match.

    Raises:
        QueryError: it names a topic that the library does not have.
    """
    index = index_of(conn)
    found = index.find(conn, Asked(query.wanted, query.unwanted)) if query.wanted else None
    for group in query.topics:
        of_group = index.with_topics(conn, topic_ids(conn, group))
        found = of_group if found is None else found[_among(of_group, found)]
    if found is None:
        raise QueryError("There is no word to look for.")
    if query.unwanted and not query.wanted:
        found = found[~_among(index.find(conn, Asked([query.unwanted])), found)]
    if query.other_topics:
        found = found[~_among(index.with_topics(conn, topic_ids(conn, query.other_topics)), found)]
    return found


def _among(known: Ids, ids: Ids) -> Mask:
    """Which of *ids* are in *known*; both are sorted, which numpy's own way does not make use of."""
    import numpy as np  # noqa: PLC0415 - a page without a search does not need it

    if not len(known):
        return np.zeros(len(ids), np.bool_)
    places = np.minimum(np.searchsorted(known, ids), len(known) - 1)
    there: Mask = known[places] == ids
    return there


def ranked(conn: Connection, query: Query, ids: Ids, limit: int | None = None) -> Ids:
    """The best *limit* of *ids*, which :func:`matching` found or some of them, best first; as good ones newest first.

    Of more than :data:`WEIGHED` those are weighed, among the newest, that have all words in the quote itself, and
    others only where these are fewer; what is not weighed follows, newest first. A query of nothing but topics knows
    no better and no worse.
    """
    import numpy as np  # noqa: PLC0415

    given = np.sort(np.asarray(ids, np.int64))
    best: list[int] = []
    if query.wanted:
        best = index_of(conn).best(conn, Asked(query.wanted), _to_weigh(conn, query, given), limit)
    weighed = np.array(best, np.int64)
    if limit is not None and len(best) >= limit:
        return weighed
    rest = given[~_among(np.sort(weighed), given)][::-1]
    return np.concatenate((weighed, rest))[:limit]


def _to_weigh(conn: Connection, query: Query, ids: Ids) -> Ids:
    import numpy as np  # noqa: PLC0415

    if len(ids) <= WEIGHED:
        return ids
    ids = ids[-NEAR:]
    within = [[replace(term, field=term.field or "quote") for term in group] for group in query.wanted]
    good = _among(index_of(conn).find(conn, Asked(within), int(ids[0])), ids)
    chosen = ids[good][-WEIGHED:]
    missing = WEIGHED - len(chosen)
    return np.sort(np.concatenate((ids[~good][-missing:], chosen))) if missing else chosen


def topic_ids(conn: Connection, terms: Iterable[Term]) -> list[str]:
    """The ids of the topics that *terms* name by id or label, without regard to case and accents.

    Raises:
        QueryError: there is no such topic.
    """
    wanted = [term.words[0] for term in terms]
    if not wanted:
        return []
    rows = conn.execute(select(topics.c.id, topics.c.label).order_by(topics.c.position, topics.c.id)).all()
    known = {fold_name(row.label): row.id for row in reversed(rows)} | {fold_name(row.id): row.id for row in rows}
    for name in wanted:
        if fold_name(name) not in known:
            there = [row.label for row in rows]
            more = f" and {len(there) - SHOWN} more" if len(there) > SHOWN else ""
            raise QueryError(f"There is no topic “{name}”. There are {', '.join(there[:SHOWN])}{more}.")
    return [known[fold_name(name)] for name in wanted]


__all__ = [
    "Query",
    "QueryError",
    "Term",
    "index_article",
    "index_speaker",
    "matching",
    "parse",
    "ranked",
    "read_query",
    "topic_ids",
    "unindex_article",
]
