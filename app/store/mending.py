"""What is wrong with a library and can be made anew from what is there, made anew: each kind in one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, null, select, text, update

from app.domain import ParagraphKind
from app.store import counts, meta, search_keeping
from app.store.batches import batches
from app.store.belongings import remove_rows
from app.store.columns import metadata
from app.store.file_checks import orphaned
from app.store.intake_schema import bands, jobs, signatures, trash, versions
from app.store.job_rows import JobStatus
from app.store.jobs import now
from app.store.originals import drop_unused
from app.store.rebuilding import rebuild
from app.store.schema import articles, paragraphs
from app.store.table_checks import ENDLESS, HELD_BY_NOBODY, WITHOUT_MATTER
from app.store.troubles import Kind
from app.store.versions import bands_of

Keys = Sequence[Any]
Mender = Callable[[Connection, Keys], None]
GONE = "What this job was to read is not there any more; give it again."


def mend_kind(conn: Connection, kind: Kind, keys: Keys) -> None:
    """Make anew what is wrong of this *kind* in the places *keys*, in a transaction that the caller commits."""
    meta.lock(conn)
    MENDERS[kind](conn, keys)
    if kind is not Kind.REVISION:
        meta.bump(conn)


def _indexes(conn: Connection, keys: Keys) -> None:
    conn.execute(text("REINDEX"))


def _revision(conn: Connection, keys: Keys) -> None:
    """A number that no page can have been kept under: nothing counts as often as there are seconds."""
    for name in (meta.REVISION, meta.EDITION):
        meta.put(conn, name, str(int(time.time())))


def _orphans(conn: Connection, keys: Keys) -> None:
    """Take away what went with something that is gone, as the database would have done."""
    for table in reversed(metadata.sorted_tables):
        for key in table.foreign_key_constraints:
            if str(key.name) not in keys:
                continue
            if key.ondelete == "SET NULL":
                nothing = {element.parent.name: null() for element in key.elements}
                conn.execute(update(table).where(orphaned(table, key)).values(nothing))
            else:
                conn.execute(delete(table).where(orphaned(table, key)))


def _words(conn: Connection, keys: Keys) -> None:
    for some in batches(keys, 50):
        for row in conn.execute(select(articles.c.id, articles.c.text).where(articles.c.id.in_(some))).all():
            conn.execute(update(articles).where(articles.c.id == row.id).values(words=len(row.text.split())))


def _paragraph_kinds(conn: Connection, keys: Keys) -> None:
    """Let a paragraph of no known kind be one of the body: else the article cannot be read again."""
    unknown = paragraphs.c.kind.not_in(list(ParagraphKind))
    conn.execute(update(paragraphs).where(unknown).values(kind=ParagraphKind.BODY.value))


def _left_over(conn: Connection, keys: Keys) -> None:
    for some in batches(keys):
        found = select(articles.c.id, articles.c.deleted).where(articles.c.id.in_(some))
        for row in conn.execute(found).all():
            if row.deleted is not None:
                remove_rows(conn, row.id)
            else:
                conn.execute(delete(trash).where(trash.c.article_id == row.id))


def _signatures(conn: Connection, keys: Keys) -> None:
    """Take the damaged ones away: they are made anew with those that are missing."""
    for some in batches(keys):
        conn.execute(delete(bands).where(bands.c.article_id.in_(some)))
        conn.execute(delete(signatures).where(signatures.c.article_id.in_(some)))


def _bands(conn: Connection, keys: Keys) -> None:
    for some in batches(keys):
        conn.execute(delete(bands).where(bands.c.article_id.in_(some)))
        for key, signature in conn.execute(
            select(signatures.c.article_id, signatures.c.minhash).where(signatures.c.article_id.in_(some))
        ).all():
            rows = [{"band": at, "value": value, "article_id": key} for at, value in enumerate(bands_of(signature))]
            if rows:
                conn.execute(insert(bands), rows)


def _versions(conn: Connection, keys: Keys) -> None:
    conn.execute(delete(versions).where(versions.c.article_id == versions.c.other_id))


def _unused(conn: Connection, keys: Keys) -> None:
    drop_unused(conn)


def _jobs(conn: Connection, keys: Keys) -> None:
    conn.execute(update(jobs).where(ENDLESS).values(finished=func.coalesce(jobs.c.started, jobs.c.created)))
    free: dict[str, Any] = {"status": JobStatus.QUEUED.value, "worker": None, "leased": None}
    conn.execute(update(jobs).where(HELD_BY_NOBODY).values(free))
    failed: dict[str, Any] = {"status": JobStatus.FAILED.value, "message": GONE, "finished": now(), "leased": None}
    conn.execute(update(jobs).where(WITHOUT_MATTER).values(failed))


def _corrections(conn: Connection, keys: Keys) -> None:
    for key in keys:
        rebuild(conn, key)


def _counts(conn: Connection, keys: Keys) -> None:
    counts.rebuild(conn)


def _search(conn: Connection, keys: Keys) -> None:
    """Index the articles *keys* anew; everything where the index itself is damaged, which has no key."""
    known = [key for key in keys if isinstance(key, int)]
    if len(known) < len(keys):
        search_keeping.rebuild(conn)
    else:
        search_keeping.mend(conn, known)


MENDERS: dict[Kind, Mender] = {
    Kind.INDEX: _indexes,
    Kind.REVISION: _revision,
    Kind.ORPHAN: _orphans,
    Kind.WORDS: _words,
    Kind.PARAGRAPH: _paragraph_kinds,
    Kind.LEFT_OVER: _left_over,
    Kind.SIGNATURE: _signatures,
    Kind.BANDS: _bands,
    Kind.VERSION: _versions,
    Kind.UNUSED: _unused,
    Kind.JOB: _jobs,
    Kind.CORRECTION: _corrections,
    Kind.COUNTS: _counts,
    Kind.SEARCH: _search,
}
"""In an order in which each finds the ones before mended."""
