"""A library mended: what can be made anew is, and what has to be read again is queued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, Engine, select

from app.ingest.again import REREAD
from app.ingest.likeness import Signer, sign_missing, signature
from app.store import meta
from app.store.batches import batches
from app.store.intake_schema import jobs
from app.store.job_rows import OPEN, JobKind, NewJob, Priority
from app.store.jobs import add_jobs
from app.store.mending import MENDERS, mend_kind
from app.store.schema import articles
from app.store.troubles import Kind, Remedy

Found = Mapping[tuple[Kind, Remedy], Sequence[int | str]]
"""The keys of the troubles by kind and remedy, each once or more."""

_SAID = {
    Kind.INDEX: "The indexes were made anew.",
    Kind.REVISION: "The count of changes was set anew.",
    Kind.ORPHAN: "What belonged to nothing was taken away.",
    Kind.WORDS: "The words were counted anew.",
    Kind.LEFT_OVER: "What was left over of deleted articles was taken away.",
    Kind.SIGNATURE: "Articles were compared with the others.",
    Kind.BANDS: "What articles are found by that are like them was made anew.",
    Kind.VERSION: "Versions of themselves were taken away.",
    Kind.UNUSED: "Originals that nobody needs were taken away.",
    Kind.JOB: "Jobs were set right.",
    Kind.CORRECTION: "Corrections were applied anew.",
    Kind.COUNTS: "The quotes were counted anew.",
    Kind.SEARCH: "What quotes are found by was indexed anew.",
}
_COUNTED = (Kind.ORPHAN, Kind.LEFT_OVER)
"""Kinds that touch quotes, so that they are counted and indexed anew after them."""


def mend(engine: Engine, found: Found, *, sign: Signer = signature) -> Iterator[str]:
    """Mend what was *found*, and say what was done, a sentence each.

    Each kind is a transaction of its own, so that what was mended stays mended when this is broken off.

    Args:
        engine: a library that may be written.
        found: what is wrong and is not to be mended by a backup alone.
        sign: makes signatures.
    """
    kinds = {kind for kind, remedy in found if remedy is not Remedy.BACKUP}
    if kinds & set(_COUNTED):
        kinds |= {Kind.COUNTS, Kind.SEARCH}
    for kind in MENDERS:
        if kind in kinds:
            keys = found.get((kind, Remedy.REBUILD), ())
            with engine.begin() as conn:
                mend_kind(conn, kind, list(dict.fromkeys(keys)))
            if kind is Kind.SIGNATURE:
                sign_missing(engine, sign=sign)
            if kind in _SAID:
                yield _SAID[kind]
    rereading = _ids(found, Remedy.REREAD)
    queued = _queue(engine, rereading, reread=True) + _queue(engine, _ids(found, Remedy.ANALYSE) - rereading)
    if queued:
        many = f"{queued:,} {'article is' if queued == 1 else 'articles are'}"
        yield f"{many} queued to be analysed again, which `communique serve` does."


def _ids(found: Found, remedy: Remedy) -> set[int]:
    return {int(key) for (_, one), keys in found.items() if one is remedy for key in keys}


def _queue(engine: Engine, ids: set[int], *, reread: bool = False) -> int:
    """Queue the articles *ids*, but for those that are queued; how many were."""
    queued = 0
    with engine.begin() as conn:
        meta.lock(conn)
        for some in batches(sorted(ids)):
            new = [
                NewJob(JobKind.REANALYSE, title, given=given, article=slug, priority=Priority.AGAIN)
                for slug, title in _to_do(conn, some)
                for given in [{REREAD: True} if reread else {}]
            ]
            add_jobs(conn, new)
            queued += len(new)
    return queued


def _to_do(conn: Connection, ids: Sequence[int]) -> list[tuple[str, str]]:
    waiting = select(jobs.c.article_id).where(
        jobs.c.kind == JobKind.REANALYSE.value,
        jobs.c.status.in_([one.value for one in OPEN]),
        jobs.c.article_id.is_not(None),
    )
    found = select(articles.c.slug, articles.c.title).where(articles.c.id.in_(ids), articles.c.deleted.is_(None))
    return [(row.slug, row.title) for row in conn.execute(found.where(articles.c.id.not_in(waiting)))]
