"""The index of words, and the one place that knows how each database keeps and asks it.

SQLite has FTS5 over the words that ``search_rows`` and ``search_titles`` keep, so that what is taken out is always
what was put in; PostgreSQL a ``tsvector`` a quote, made here, since its own idea of a word is another. Both hold the
words of :mod:`app.store.search_words`, joined by blanks. What is asked is put into quotation marks here and is never
syntax.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sqlalchemy import Connection, Text, bindparam, cast, func, select, text

from app.errors import StoreError
from app.store.schema import quote_topics
from app.store.search_query import Term
from app.store.sqlite import READ_ONLY

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ids = NDArray[np.int64]

BREAK = "\ue000"
"""Between texts of one field, so that no phrase reaches from one into the next; no word that is asked for has it."""

WEIGHTS = {"quote": 10.0, "clause": 3.0, "speaker": 1.0, "title": 2.0}
"""What a word counts for in the order by relevance, by the field that it stands in."""


class Asked(NamedTuple):
    """One term of each of *groups* must match, and there is a group; none of *without* may."""

    groups: Sequence[Sequence[Term]]
    without: Sequence[Term] = ()


class Entry(NamedTuple):
    """The words of a quote: its own, those of its clause *before* and *after* it, of its speaker, of the title."""

    quote_id: int
    article_id: int
    before: str
    quote: str
    after: str
    speaker: str
    title: str


class Index(Protocol):
    """What a database can do with the words of quotes."""

    def put(self, conn: Connection, entries: Sequence[Entry]) -> None:
        """Put in quotes that are not in it."""

    def remove(self, conn: Connection, article_ids: Sequence[int]) -> None:
        """Take out all quotes of these articles, whether they are still there or not."""

    def remove_quotes(self, conn: Connection, quote_ids: Sequence[int]) -> None:
        """Take out these quotes."""

    def clear(self, conn: Connection) -> None:
        """Take out everything."""

    def find(self, conn: Connection, asked: Asked, first: int = 0) -> Ids:
        """The quotes that match, by row id, lowest first; none below *first*."""

    def with_topics(self, conn: Connection, topics: Sequence[str]) -> Ids:
        """The quotes that have one of *topics*, by row id, lowest first."""

    def best(self, conn: Connection, asked: Asked, ids: Ids, limit: int | None) -> list[int]:
        """Those of *ids*, lowest first, that match, the best of them first, as good ones with the highest id first."""

    def kept(self, conn: Connection, article_ids: Sequence[int]) -> dict[int, tuple[int, object]]:
        """By quote, its article and what is kept of it, which is what :meth:`expected` says."""

    def expected(self, entry: Entry) -> object:
        """What must be kept of *entry*."""

    def strangers(self, conn: Connection) -> list[int]:
        """The articles that it has quotes of and that are not there, by row id."""

    def whole(self, conn: Connection) -> bool:
        """Whether what is asked is what is kept."""


def index_of(conn: Connection) -> Index:
    """The index of the database behind *conn*."""
    return _Postgres() if conn.dialect.name == "postgresql" else _Sqlite()


def _read(listed: str | None) -> Ids:
    """The row ids in *listed*, lowest first: as one text they come four times as quickly as row by row."""
    import numpy as np  # noqa: PLC0415 - a page without a search does not need it

    found = np.fromstring(listed, np.int64, sep=",") if listed else np.empty(0, np.int64)
    found.sort()
    # Each once: a quote with two of some topics comes twice. ``np.unique`` takes ten times as long.
    return found[np.diff(found, prepend=-1) > 0]


def _strangers(conn: Connection) -> list[int]:
    there = "SELECT 1 FROM articles WHERE articles.id = search_rows.article_id"
    return list(conn.scalars(text(f"SELECT DISTINCT article_id FROM search_rows WHERE NOT EXISTS ({there})")))  # noqa: S608 - our words # nosec B608


class _Sqlite:
    def put(self, conn: Connection, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        titles = {(one.article_id, one.title) for one in entries}
        conn.exec_driver_sql("INSERT OR REPLACE INTO search_titles VALUES (?, ?)", sorted(titles))
        conn.exec_driver_sql("INSERT INTO search_rows VALUES (?, ?, ?, ?, ?, ?)", [tuple(one[:6]) for one in entries])
        adding = (
            "INSERT INTO search_index (rowid, quote, clause, speaker, title)"
            " SELECT quote_id, quote, clause, speaker, title FROM search_texts WHERE quote_id = ?"
        )
        conn.exec_driver_sql(adding, [(one.quote_id,) for one in entries])

    def remove(self, conn: Connection, article_ids: Sequence[int]) -> None:
        for key in article_ids:
            mine = "SELECT quote_id FROM search_rows WHERE article_id = ?"
            conn.exec_driver_sql(f"DELETE FROM search_index WHERE rowid IN ({mine})", (key,))  # noqa: S608 - our words # nosec B608
            conn.exec_driver_sql("DELETE FROM search_rows WHERE article_id = ?", (key,))
            conn.exec_driver_sql("DELETE FROM search_titles WHERE article_id = ?", (key,))

    def remove_quotes(self, conn: Connection, quote_ids: Sequence[int]) -> None:
        if quote_ids:
            keys = [(key,) for key in quote_ids]
            conn.exec_driver_sql("DELETE FROM search_index WHERE rowid = ?", keys)
            conn.exec_driver_sql("DELETE FROM search_rows WHERE quote_id = ?", keys)

    def clear(self, conn: Connection) -> None:
        conn.exec_driver_sql("DELETE FROM search_rows")
        conn.exec_driver_sql("DELETE FROM search_titles")
        conn.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('rebuild')")

    def find(self, conn: Connection, asked: Asked, first: int = 0) -> Ids:
        return _read(
            conn.exec_driver_sql(
                "SELECT group_concat(rowid) FROM search_index(?) WHERE rowid >= ?", (self._written(asked), first)
            ).scalar()
        )

    def with_topics(self, conn: Connection, topics: Sequence[str]) -> Ids:
        listed = select(func.group_concat(quote_topics.c.quote_id))
        return _read(conn.scalar(listed.where(quote_topics.c.topic_id.in_(topics))))

    def best(self, conn: Connection, asked: Asked, ids: Ids, limit: int | None) -> list[int]:
        if not len(ids):
            return []
        weights = ", ".join(str(weight) for weight in WEIGHTS.values())
        # Only rows that the conditions leave are weighed. The range says where to begin: FTS5 knows no list of rows.
        statement = (
            "SELECT rowid FROM search_index(?)"  # noqa: S608 - our words # nosec B608
            " WHERE rowid BETWEEN ? AND ? AND +rowid IN (SELECT value FROM json_each(?))"
            f" ORDER BY bm25(search_index, {weights}), rowid DESC LIMIT ?"
        )
        listed = f"[{','.join(map(str, ids.tolist()))}]"
        given = (self._written(asked), int(ids[0]), int(ids[-1]), listed, -1 if limit is None else limit)
        return list(conn.exec_driver_sql(statement, given).scalars())

    def kept(self, conn: Connection, article_ids: Sequence[int]) -> dict[int, tuple[int, object]]:
        statement = text(
            "SELECT quote_id, article_id, before, quote, after, speaker, words FROM search_rows"
            " LEFT JOIN search_titles USING (article_id) WHERE article_id IN :ids"
        ).bindparams(bindparam("ids", expanding=True))
        rows = conn.execute(statement, {"ids": list(article_ids)})
        return {row[0]: (row[1], Entry(*row)) for row in rows}

    def expected(self, entry: Entry) -> object:
        return entry

    def strangers(self, conn: Connection) -> list[int]:
        return _strangers(conn)

    def whole(self, conn: Connection) -> bool:
        if conn.engine.get_execution_options().get(READ_ONLY):
            return True  # FTS5 looks at itself only where it may write
        try:
            with conn.begin_nested() as nothing:
                conn.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('integrity-check')")
                nothing.rollback()
        except StoreError as error:
            if "SQLITE_CORRUPT" in getattr(error.__cause__, "sqlite_errorname", ""):
                return False
            raise
        return True

    def _written(self, asked: Asked) -> str:
        found = " AND ".join(f"({' OR '.join(map(self._term, group))})" for group in asked.groups)
        without = " OR ".join(map(self._term, asked.without))
        return f"({found}) NOT ({without})" if without else found

    def _term(self, term: Term) -> str:
        field = f"{{{term.field}}} : " if term.field else ""
        return f'{field}"{" ".join(term.words)}"{"*" if term.prefix else ""}'


_LETTERS = {"quote": "A", "clause": "B", "title": "C", "speaker": "D"}
_LAST, _GAP, _LARGEST = 16_383, 64, 900_000
"""Of a ``tsvector``: the last position that is told apart, positions between fields, bytes."""


class _Postgres:
    def put(self, conn: Connection, entries: Sequence[Entry]) -> None:
        rows = [
            {"quote": one.quote_id, "article": one.article_id, "words": self._vector(one), "digest": self.expected(one)}
            for one in entries
        ]
        statement = "INSERT INTO search_rows VALUES (:quote, :article, CAST(:words AS tsvector), :digest)"
        if rows:
            conn.execute(text(statement), rows)

    def remove(self, conn: Connection, article_ids: Sequence[int]) -> None:
        conn.execute(text("DELETE FROM search_rows WHERE article_id = ANY(:ids)"), {"ids": list(article_ids)})

    def remove_quotes(self, conn: Connection, quote_ids: Sequence[int]) -> None:
        conn.execute(text("DELETE FROM search_rows WHERE quote_id = ANY(:ids)"), {"ids": list(quote_ids)})

    def clear(self, conn: Connection) -> None:
        conn.execute(text("DELETE FROM search_rows"))

    def find(self, conn: Connection, asked: Asked, first: int = 0) -> Ids:
        listed = "SELECT string_agg(CAST(quote_id AS text), ',') FROM search_rows"
        statement = text(f"{listed} WHERE words @@ CAST(:asked AS tsquery) AND quote_id >= :first")
        return _read(conn.scalar(statement, {"asked": self._written(asked), "first": first}))

    def with_topics(self, conn: Connection, topics: Sequence[str]) -> Ids:
        listed = select(func.string_agg(cast(quote_topics.c.quote_id, Text), ","))
        return _read(conn.scalar(listed.where(quote_topics.c.topic_id.in_(topics))))

    def best(self, conn: Connection, asked: Asked, ids: Ids, limit: int | None) -> list[int]:
        weights = [WEIGHTS[name] / max(WEIGHTS.values()) for name in reversed(_LETTERS)]
        statement = text(
            "SELECT quote_id FROM search_rows WHERE quote_id = ANY(:ids) AND words @@ CAST(:asked AS tsquery)"
            " ORDER BY ts_rank(CAST(:weights AS float4[]), words, CAST(:asked AS tsquery), 1) DESC, quote_id DESC"
            " LIMIT :limit"
        )
        given = {"weights": weights, "asked": self._written(asked), "ids": ids.tolist(), "limit": limit}
        return list(conn.scalars(statement, given))

    def kept(self, conn: Connection, article_ids: Sequence[int]) -> dict[int, tuple[int, object]]:
        statement = text("SELECT quote_id, article_id, digest FROM search_rows WHERE article_id = ANY(:ids)")
        return {row[0]: (row[1], row[2]) for row in conn.execute(statement, {"ids": list(article_ids)})}

    def expected(self, entry: Entry) -> object:
        return hashlib.sha256("\n".join(map(str, entry)).encode()).hexdigest()

    def strangers(self, conn: Connection) -> list[int]:
        return _strangers(conn)

    def whole(self, conn: Connection) -> bool:
        return True  # one row has both

    def _vector(self, entry: Entry) -> str:
        """*entry* as PostgreSQL writes it: each word with its places, those of the short fields first."""
        places: dict[str, list[str]] = {}
        place, size = 1, 0
        clause = " ".join((entry.before, entry.quote, entry.after))
        fields = {"title": entry.title, "speaker": entry.speaker, "quote": entry.quote, "clause": clause}
        for name, words in fields.items():
            for word in words.split(" "):
                if word not in places:
                    size += len(word.encode()) + 16
                    if size > _LARGEST:
                        break
                if word and word != BREAK:
                    places.setdefault(word, []).append(f"{min(place, _LAST)}{_LETTERS[name]}")
                place += 1
            place += _GAP
        return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())

    def _written(self, asked: Asked) -> str:
        found = " & ".join(f"({' | '.join(map(self._term, group))})" for group in asked.groups)
        return " & ".join((found, *(f"!{self._term(term)}" for term in asked.without)))

    def _term(self, term: Term) -> str:
        letter = _LETTERS[term.field] if term.field else ""
        *others, last = term.words
        mark, end = f":{letter}" if letter else "", f":{'*' if term.prefix else ''}{letter}"
        words = [*(f"'{word}'{mark}" for word in others), f"'{last}'{end if len(end) > 1 else ''}"]
        return f"({' <-> '.join(words)})"
