"""What is done for each kind of job, and how it ends."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from itertools import chain

from sqlalchemy import Connection

from app.domain import DocumentKind
from app.errors import AppError, NotFound
from app.ingest.again import take_again
from app.ingest.given import pack_given, unpack_given
from app.ingest.limits import READING_SECONDS, deadline, memory
from app.ingest.taking import LostError, Shop, Taken, take_in
from app.store import jobs, meta
from app.store.job_rows import JobKind, JobOutcome, JobStatus, NewJob, Priority, Task
from app.store.originals import original
from app.text.given import Given
from app.text.kinds import kind_of
from app.text.reading import documents_in

PATIENCE_SECONDS = 2.0
MANY = frozenset({DocumentKind.JSON, DocumentKind.JSON_LINES, DocumentKind.CSV})
"""Kinds that may hold more than one document."""


def do(shop: Shop, task: Task) -> None:
    """Do *task* and say in the library how it ended; one that is not the worker's any more leaves nothing behind."""
    try:
        {JobKind.DOCUMENT: _document, JobKind.URL: _url, JobKind.REANALYSE: _again}[task.kind](shop, task)
    except LostError:
        with shop.engine.begin() as conn:
            jobs.give_up(conn, task)
    except AppError as error:
        _fail(shop, task, str(error))


def _fail(shop: Shop, task: Task, message: str) -> None:
    """Say so, as soon as the library can be written: until then the job is held and nothing else is begun."""
    while True:
        try:
            with shop.engine.begin() as conn:
                if not jobs.finish(conn, task, JobStatus.FAILED, message):
                    jobs.give_up(conn, task)
            return
        except AppError:
            time.sleep(PATIENCE_SECONDS)


def _document(shop: Shop, task: Task) -> None:
    if task.original is None:
        raise NotFound("The document of this job is not kept any more; give it again.")
    with shop.engine.connect() as conn:
        data = original(conn, task.original)
    _read(shop, task, data, unpack_given(task.given))


def _url(shop: Shop, task: Task) -> None:
    from app.text.fetch import fetch  # noqa: PLC0415 - most jobs need no network

    found = fetch(task.url or "")
    given = unpack_given(task.given)
    given = replace(given, media_type=found.media_type, charset=found.charset, url=given.url or found.url)
    _read(shop, task, found.data, given, address=found.url)


def _read(shop: Shop, task: Task, data: bytes, given: Given, *, address: str | None = None) -> None:
    if not _split(shop, task, data, given):
        take_in(shop, data, given, partial(_done, task), address=address, quiet=_more(shop, task))


def _more(shop: Shop, task: Task) -> bool:
    with shop.engine.connect() as conn:
        return jobs.any_open(conn, besides=task.id)


def _done(task: Task, conn: Connection, taken: Taken) -> bool:
    return jobs.finish(
        conn, task, JobStatus.DONE, taken.message, outcome=taken.outcome, article_id=taken.article_id, keep=False
    )


def _split(shop: Shop, task: Task, data: bytes, given: Given) -> bool:
    """Queue each document of a file that holds many; whether it is such a file."""
    with deadline(READING_SECONDS), memory():
        if kind_of(data, given) not in MANY:
            return False
        documents = documents_in(data, given)
        first = next(documents, None)
        second = next(documents, None)
        if first is None or (second is None and first[0] == data):
            return False
        every = chain([first], [] if second is None else [second], documents)
        queued = (_part(one, found) for one, found in every)
        with shop.engine.begin() as conn:
            meta.lock(conn)
            _, uids = jobs.add_jobs(conn, queued, task.batch)
            message = f"Split into {len(uids):,} {'document' if len(uids) == 1 else 'documents'}."
            if not jobs.finish(conn, task, JobStatus.DONE, message, outcome=JobOutcome.SPLIT, keep=False):
                raise LostError
    return True


def _part(data: bytes, given: Given) -> NewJob:
    return NewJob(JobKind.DOCUMENT, given.name, given=pack_given(given), data=data, priority=Priority.BULK)


def _again(shop: Shop, task: Task) -> None:
    take_again(shop, task, partial(_done, task), quiet=_more(shop, task))
