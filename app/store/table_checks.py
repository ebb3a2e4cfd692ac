"""Whether the tables beside the articles hold together: originals, jobs, versions, counts, the revision."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from app.store import counts, meta, search_index
from app.store.intake_schema import jobs, originals, sources, versions
from app.store.job_rows import OPEN, JobKind, JobStatus
from app.store.schema import articles
from app.store.troubles import Kind, Trouble, Troubles, trouble

Check = Callable[[Connection], Iterator[Trouble]]

_OPEN = jobs.c.status.in_([one.value for one in OPEN])
_PIECE = 1 << 20

ENDLESS = and_(~_OPEN, jobs.c.finished.is_(None))
HELD_BY_NOBODY = and_(jobs.c.status == JobStatus.WORKING.value, or_(jobs.c.worker.is_(None), jobs.c.leased.is_(None)))
WITHOUT_MATTER = and_(
    _OPEN,
    or_(
        and_(jobs.c.kind == JobKind.DOCUMENT.value, jobs.c.original.is_(None)),
        and_(jobs.c.kind == JobKind.URL.value, jobs.c.url.is_(None)),
        and_(jobs.c.kind == JobKind.REANALYSE.value, jobs.c.article_id.is_(None)),
    ),
)


def unused() -> ColumnElement[bool]:
    """The condition that no article and no job needs an original."""
    needed = select(sources.c.original).union(select(jobs.c.original).where(jobs.c.original.is_not(None)))
    return originals.c.hash.not_in(needed)


def check_originals(conn: Connection, digests: Sequence[str]) -> Troubles:
    """Whether the originals *digests* are what was given; they are unpacked one at a time, a piece at a time."""
    for digest in digests:
        found = select(originals.c.size, originals.c.data, articles.c.slug, articles.c.id)
        found = found.outerjoin(sources, sources.c.original == originals.c.hash)
        found = found.outerjoin(articles, articles.c.id == sources.c.article_id)
        row = conn.execute(found.where(originals.c.hash == digest).order_by(articles.c.id).limit(1)).one_or_none()
        if row is not None and _hash_of(row.data) != (digest, row.size):
            named = f"The original of “{row.slug}”" if row.slug else f"The original {digest[:12]} of a job"
            yield trouble(Kind.ORIGINAL, row.slug or originals.name, f"{named} is damaged.", digest)


def _hash_of(packed: bytes) -> tuple[str, int]:
    unpacking, digest, size = zlib.decompressobj(), hashlib.sha256(), 0
    try:
        piece = unpacking.decompress(packed, _PIECE)
        while piece:
            digest.update(piece)
            size += len(piece)
            piece = unpacking.decompress(unpacking.unconsumed_tail, _PIECE)
    except zlib.error:
        return "", 0
    return (digest.hexdigest(), size) if unpacking.eof else ("", 0)


def _check_unused(conn: Connection) -> Troubles:
    for row in conn.execute(select(originals.c.hash, originals.c.size).where(unused())):
        what = f"The original {row.hash[:12]} of {row.size:,} bytes is needed by no article and no job."
        yield trouble(Kind.UNUSED, originals.name, what, row.hash)


def _check_jobs(conn: Connection) -> Troubles:
    for condition, problem in (
        (ENDLESS, "is over, but nobody knows since when"),
        (HELD_BY_NOBODY, "is being worked on by nobody"),
        (WITHOUT_MATTER, "waits for a document that is not there"),
    ):
        for row in conn.execute(select(jobs.c.id, jobs.c.name).where(condition).order_by(jobs.c.id)):
            yield trouble(Kind.JOB, jobs.name, f"The job {row.id} for “{row.name}” {problem}.", row.id)


def _check_versions(conn: Connection) -> Troubles:
    mine = select(articles.c.slug, articles.c.id).join(versions, versions.c.article_id == articles.c.id)
    for row in conn.execute(mine.where(versions.c.article_id == versions.c.other_id)):
        yield trouble(Kind.VERSION, row.slug, f"“{row.slug}” is said to be a version of itself.", row.id)


def _check_counts(conn: Connection) -> Troubles:
    for sentence in counts.wrong(conn):
        yield trouble(Kind.COUNTS, "counts", f"{sentence.rstrip('.')}.")


def _check_search(conn: Connection) -> Troubles:
    for key in search_index.index_of(conn).strangers(conn):
        yield trouble(Kind.SEARCH, "search", f"Quotes of the article {key} are found, which is not there.")
    if not search_index.index_of(conn).whole(conn):
        yield trouble(Kind.SEARCH, "search", "The index of words does not fit the words that it was made of.")


def _check_revision(conn: Connection) -> Troubles:
    kept = {name: meta.get(conn, name) for name in (meta.REVISION, meta.EDITION)}
    revision, edition = kept[meta.REVISION] or "", kept[meta.EDITION] or "0"
    if not (revision.isdecimal() and edition.isdecimal() and int(edition) <= int(revision)):
        what = "Pages cannot tell how often the library has changed."
        yield trouble(Kind.REVISION, "meta", what)


TABLE_CHECKS: tuple[tuple[str, Check], ...] = (
    (originals.name, _check_unused),
    (jobs.name, _check_jobs),
    (versions.name, _check_versions),
    ("counts", _check_counts),
    ("search", _check_search),
    ("meta", _check_revision),
)
"""Each is one transaction."""
