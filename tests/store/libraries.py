"""A library with something in every table, whole; and ways to break it that no program of ours has."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, select, text

from app.domain import DocumentKind, SourcePiece, TextSpan
from app.ingest.changes import SetEdges
from app.ingest.correcting import correct
from app.settings import Settings
from app.store import meta
from app.store.articles import add_article
from app.store.attributions import list_quotes
from app.store.columns import metadata
from app.store.deleting import delete_article
from app.store.engine import open_engine
from app.store.filters import AttributionFilter
from app.store.job_rows import JobKind, JobOutcome, JobStatus, NewJob
from app.store.jobs import Lease, add_jobs, claim, finish
from app.store.originals import keep_original
from app.store.provenance import Source, put_source
from app.store.quote_ids import text_hash
from app.store.restoring import Prepared, prepared, replace_library
from app.store.schema import articles
from app.store.versions import PERMUTATIONS, put_signature
from tests.factories import numbered, read, summit


def fill(engine: Engine, more: int = 2) -> None:
    """The summit, *more* numbered articles with originals, one corrected, one that was deleted, jobs of every kind."""
    with engine.begin() as conn:
        article, analysis = summit()
        add_article(conn, article, read(article.text, analysis))
        _sign(conn, article.text, b"\1\2\3\4" * PERMUTATIONS)
        for number in range(more):
            article, analysis = numbered(number)
            add_article(conn, article, read(article.text, analysis))
            _sign(conn, article.text, b"")
            pieces = (SourcePiece(TextSpan(0, 6), TextSpan(0, 6)), SourcePiece(TextSpan(6, 12), TextSpan(6, 12)))
            digest = keep_original(conn, article.text.encode())
            key = conn.scalars(select(articles.c.id).where(articles.c.text_hash == text_hash(article.text))).one()
            put_source(conn, key, Source(digest, f"{number}.txt", DocumentKind.TEXT, pieces=pieces))
        article, analysis = numbered(77)
        slug, _ = add_article(conn, article, read(article.text, analysis))
        _sign(conn, article.text, b"")
        delete_article(conn, slug)
        add_jobs(conn, [NewJob(JobKind.DOCUMENT, "done.txt", data=b"done")])
        task = claim(conn, "here:1:0", Lease(seconds=60))
        assert task is not None
        finish(conn, task, JobStatus.DONE, "1 quote.", outcome=JobOutcome.ADDED, article_id=1, keep=False)
        conn.execute(text("DELETE FROM originals WHERE hash = :hash"), {"hash": task.original})
        given = [
            NewJob(JobKind.DOCUMENT, "wait.txt", data=b"waits"),
            NewJob(JobKind.URL, "https://example.org/a", "https://example.org/a"),
            NewJob(JobKind.REANALYSE, "Again", article="leaders-meet-in-beijing"),
        ]
        add_jobs(conn, given)
        assert claim(conn, "here:1:1", Lease(seconds=60)) is not None
        meta.bump(conn)
    _correct(engine, "1.0 are here")


def _correct(engine: Engine, words: str) -> None:
    """Move the edges of a quote, where there is one with these words, so that its address is another too."""
    with engine.connect() as conn:
        found = [row for row in list_quotes(conn, AttributionFilter()).items if row.text.endswith(f" {words}")]
    for row in found:
        span = TextSpan(row.span.end - len(words), row.span.end)
        correct(engine, Settings(), SetEdges(row.id, span), by="Anna Berg")


def _sign(conn, body: str, signature: bytes) -> None:  # type: ignore[no-untyped-def]
    key = conn.scalars(select(articles.c.id).where(articles.c.text_hash == text_hash(body))).one()
    put_signature(conn, key, signature)


def break_it(engine: Engine, *statements: str) -> None:
    """Run *statements* as somebody would who has the file in their hands: no key and no check stands in the way."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(engine.url.database or "")) as conn:
            conn.execute("PRAGMA ignore_check_constraints = ON")
            for statement in statements:
                conn.execute(statement)
            conn.commit()
        return
    with engine.begin() as other:
        other.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            other.execute(text(statement))


def tables_of(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, in an order of its own; without what counts the changes."""
    with engine.connect() as conn:
        found = {
            name: sorted((tuple(row) for row in conn.execute(table.select())), key=repr)
            for name, table in metadata.tables.items()
        }
    found["meta"] = [row for row in found["meta"] if row[0] not in (meta.REVISION, meta.EDITION)]
    return found


def opened(path: Path) -> Engine:
    """The library at *path*; the caller disposes of it."""
    return open_engine(f"sqlite:///{path}")


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What is in the library at *path*, which is whole."""
    engine = opened(path)
    try:
        with engine.connect() as conn:
            assert conn.scalar(text("PRAGMA integrity_check")) == "ok"
        return tables_of(engine)
    finally:
        engine.dispose()


def restore(backup: Path, library: Path, keep: Path | None = None) -> Prepared:
    """Bring *backup* back as *library*."""
    with prepared(backup, library) as new:
        replace_library(library, new.path, keep)
    return new


def but_jobs(found: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """All of it but the jobs, which are open again."""
    return {name: rows for name, rows in found.items() if name != "jobs"}
