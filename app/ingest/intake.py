"""The doors of the library: what comes in becomes jobs, at once, and nothing else is done here."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from app.ingest.given import pack_given
from app.store import meta
from app.store.job_lists import StoppingError, retry
from app.store.job_rows import JobKind, JobRow, NewJob, Priority
from app.store.jobs import add_jobs
from app.store.reanalysing import slugs_by_pipeline
from app.text.fetch import check_url
from app.text.given import Given

STOPPING_SECONDS = 6.0
"""A worker gets two to stop with a job that was cancelled; then it is ended, and that is seen within another."""

PASTED = "text/plain; pasted"
"""The media type of what somebody pasted."""


@dataclass(frozen=True, slots=True)
class Queued:
    """Jobs that were queued together: their batch, and their uids in order."""

    batch: str
    jobs: tuple[str, ...]


def queue_text(engine: Engine, text: str, given: Given) -> Queued:
    """Queue a *text* that somebody pasted."""
    return queue_documents(engine, [(text.encode(), replace(given, media_type=given.media_type or PASTED))])


def queue_documents(
    engine: Engine,
    documents: Iterable[tuple[bytes, Given]],
    *,
    batch: str | None = None,
    priority: Priority = Priority.NOW,
) -> Queued:
    """Queue *documents*, read as they are needed: all of them or none.

    Args:
        engine: a library that may be written.
        documents: bytes with what is known of them.
        batch: one that exists already, if not a new one.
        priority: whether somebody waits.

    Raises:
        StoreError: the library cannot be written.
    """
    named = (
        NewJob(JobKind.DOCUMENT, _name(given), given=pack_given(given), data=data, priority=priority)
        for data, given in documents
    )
    return _queue(engine, named, batch)


def queue_urls(
    engine: Engine,
    urls: Sequence[str],
    given: Given | None = None,
    *,
    batch: str | None = None,
    priority: Priority = Priority.NOW,
) -> Queued:
    """Queue the pages at *urls*, to be fetched.

    Raises:
        IngestError: one of them is no address that can be fetched.
        StoreError: the library cannot be written.
    """
    checked = [check_url(url) for url in urls]
    packed = pack_given(given or Given())
    return _queue(engine, (NewJob(JobKind.URL, url, url, packed, priority=priority) for url in checked), batch)


def queue_reanalysis(
    engine: Engine, *, only: Sequence[str] = (), besides: str | None = None, priority: Priority = Priority.AGAIN
) -> Queued:
    """Queue articles to be analysed again.

    Args:
        engine: a library that may be written.
        only: slugs; else all articles.
        besides: leaves out those that the pipeline of this fingerprint made.
        priority: whether somebody waits.

    Raises:
        NotFound: one of *only* is no article.
    """
    with engine.connect() as conn:
        chosen = slugs_by_pipeline(conn, besides, only)
    again = (NewJob(JobKind.REANALYSE, title, article=slug, priority=priority) for slug, title in chosen)
    return _queue(engine, again, None)


def _queue(engine: Engine, new: Iterable[NewJob], batch: str | None) -> Queued:
    with engine.begin() as conn:
        meta.lock(conn)
        found, uids = add_jobs(conn, new, batch)
    return Queued(found, tuple(uids))


def _name(given: Given) -> str:
    return given.name or given.title or given.url or "Pasted text"


def try_again(engine: Engine, uid: str) -> JobRow:
    """Queue the job *uid* again; where it was just cancelled, once its worker has stopped with it.

    Raises:
        NotFound: there is none.
        Conflict: it neither failed nor was cancelled, or its worker does not stop.
    """
    end = time.monotonic() + STOPPING_SECONDS
    while True:
        try:
            with engine.begin() as conn:
                meta.lock(conn)
                return retry(conn, uid)
        except StoppingError:
            if time.monotonic() > end:
                raise
        time.sleep(0.1)
