"""The whole library looked at: every row against the others, in flat memory, while others write to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, func, select

from app.errors import StoreError
from app.store import search_keeping
from app.store.article_checks import check_article
from app.store.correction_checks import check_corrections
from app.store.file_checks import check_file, check_owners
from app.store.intake_schema import originals
from app.store.rebuilding import known_now
from app.store.schema import articles
from app.store.table_checks import TABLE_CHECKS, check_originals
from app.store.troubles import Kind, Trouble, Troubles, trouble
from app.store.whole import groups, whole_articles

Progress = Callable[[int, int], None]
"""Told how many articles and originals have been looked at, and of how many."""

DAMAGED = (StoreError, ValueError, TypeError, KeyError, OverflowError)
"""What reading a row raises whose bytes are no text, no JSON, no moment or no number."""


def check_library(conn: Connection, progress: Progress | None = None) -> Troubles:
    """Everything that is wrong with the library, as it is found.

    Articles and originals are read in batches, an article always as it is at one moment. Where *conn* is not in a
    transaction, each batch is one of its own, so that a library in use is hindered for a moment at most; where it is,
    that one is used and left open.
    """
    yield from _guarded(conn, check_file(conn), "the file", Kind.FILE)
    yield from _guarded(conn, check_owners(conn), "the file")
    count = _Count(conn, progress)
    yield from _articles(conn, count)
    with reading(conn):
        known = list(conn.scalars(select(originals.c.hash).order_by(originals.c.hash)))
    for digest in known:
        with reading(conn):
            found = list(_guarded(conn, check_originals(conn, [digest]), originals.name))
        yield from found
        count.on(1)
    for name, check in TABLE_CHECKS:
        yield from _guarded(conn, check(conn), name)


@contextmanager
def reading(conn: Connection) -> Iterator[None]:
    """A transaction that sees one moment and ends here; nothing where *conn* is in one already."""
    if conn.in_transaction():
        yield
        return
    if conn.dialect.name == "postgresql":
        conn.execution_options(isolation_level="REPEATABLE READ")
    with conn.begin() as transaction:
        yield
        transaction.rollback()


class _Count:
    """How far the checkup is."""

    def __init__(self, conn: Connection, progress: Progress | None) -> None:
        self._progress, self._done = progress, 0
        with reading(conn):
            many = [conn.scalar(select(func.count()).select_from(table)) or 0 for table in (articles, originals)]
        self._total = sum(many)
        self.on(0)

    def on(self, done: int) -> None:
        """So many more."""
        self._done += done
        if self._progress is not None:
            self._progress(self._done, max(self._total, self._done))


def _articles(conn: Connection, count: _Count) -> Troubles:
    after = 0
    while True:
        with reading(conn):
            waiting = groups(conn, after)
        if not waiting:
            return
        for ids in waiting:
            with reading(conn):
                found = _batch(conn, ids)
            yield from found
            after = ids[-1]
            count.on(len(ids))


def _batch(conn: Connection, ids: Sequence[int]) -> list[Trouble]:
    """The troubles of a batch; where one cannot be read, of each article by itself."""
    try:
        known = known_now(conn)
        found = []
        for whole in whole_articles(conn, ids):
            found += [*check_article(whole, known.topics), *check_corrections(whole, known)]
        return found + list(_check_words(conn, ids))
    except DAMAGED as error:
        if len(ids) > 1:
            return [found for key in ids for found in _batch(conn, [key])]
        slug = conn.scalar(select(articles.c.slug).where(articles.c.id == ids[0])) or str(ids[0])
        return [trouble(Kind.UNREADABLE, slug, f"Not all of “{slug}” can be read: {_reason(error)}", ids[0])]


def _check_words(conn: Connection, ids: Sequence[int]) -> Troubles:
    wrong = search_keeping.wrong(conn, ids)
    for row in conn.execute(select(articles.c.id, articles.c.slug).where(articles.c.id.in_(wrong))):
        yield trouble(Kind.SEARCH, row.slug, f"Quotes of “{row.slug}” are not found by their words.", row.id)


def _guarded(conn: Connection, found: Troubles, where: str, kind: Kind = Kind.UNREADABLE) -> Troubles:
    """What is *found*, in a transaction; that it cannot be looked for is a trouble too."""
    try:
        with reading(conn):
            every = list(found)
    except DAMAGED as error:
        every = [trouble(kind, where, f"Not all of {where} can be read: {_reason(error)}")]
    yield from every


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".") + "."
