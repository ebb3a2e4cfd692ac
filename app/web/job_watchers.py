"""Who looks into the store for a stream, and tells only what has changed since the last look."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol

from sqlalchemy import Connection

from app.errors import NotFound
from app.present.job_words import job_sentence, pace
from app.present.templates import address
from app.store import job_lists, meta, stats
from app.store.job_rows import JobOutcome, JobRow, Progress
from app.store.job_watch import batch_exists, changed_since, open_batches
from app.store.jobs import now
from app.web import jobs
from app.web.deps import Desk

Events = list[tuple[str, Any]]
PAGE_AGE = dt.timedelta(seconds=60)
"""How old a page may be when its stream begins: what ended since is told."""

SPARE = dt.timedelta(seconds=10)
"""A moment is written in a transaction that others see a little later."""


class Watcher(Protocol):
    """Looks once more each time it is asked. ``over`` says that there is nothing left to wait for."""

    over: bool

    def look(self) -> Events:
        """What has changed since the last look, by name."""
        ...


class JobWatcher:
    """Follows one job."""

    def __init__(self, desk: Desk, uid: str) -> None:
        self.desk, self.uid, self.over = desk, uid, False
        self._told: object = None

    def look(self) -> Events:
        """The job, if it is further than before.

        Raises:
            NotFound: there is none.
        """
        with self.desk.engine.connect() as conn:
            row = job_lists.job_by_uid(conn, self.uid)
        self.over = not row.open
        told = _state(row)
        if told == self._told:
            return []
        self._told = told
        return [("job", job_event(self.desk, row))]


class BatchWatcher:
    """Follows a batch: its progress, and the lines of its jobs unless it is told that nobody shows them."""

    def __init__(self, desk: Desk, batch: str, *, lines: bool = True) -> None:
        self.desk, self.batch, self.over, self._lines = desk, batch, False, lines
        self.progress: Progress | None = None
        self._looked = now() - PAGE_AGE
        self._told: dict[str, object] = {}

    def look(self) -> Events:
        """The progress and the jobs that are further than before.

        Raises:
            NotFound: there is no such batch.
        """
        with self.desk.engine.connect() as conn:
            if self.progress is None and not batch_exists(conn, self.batch):
                raise NotFound(f"There is no batch “{self.batch}”.")
            return self.look_in(conn, job_lists.progress(conn, self.batch))

    def look_in(self, conn: Connection, found: Progress) -> Events:
        """The same, by what somebody has found on *conn*."""
        self.over = not found.open
        if found == self.progress:
            return []
        self.progress = found
        moment, self._looked = self._looked, now() - SPARE
        told: Events = [("progress", progress_event(self.desk, self.batch, found))]
        for row in changed_since(conn, self.batch, moment) if self._lines else ():
            if self._told.get(row.uid) != _state(row):
                self._told[row.uid] = _state(row)
                told.append(("job", job_event(self.desk, row)))
        return told


class LibraryWatcher:
    """Follows all that is open, and the library as it grows."""

    def __init__(self, desk: Desk, *, lines: bool) -> None:
        self.desk, self.over, self._lines = desk, False, lines
        self._batches: dict[str, BatchWatcher] = {}
        self._told: object = None

    def look(self) -> Events:
        """The batches that are further than before, and the library if anything changed."""
        with self.desk.engine.connect() as conn:
            first = self._told is None  # a page that has just queued something must not be told that all is over
            found, revision = self.desk.glance.get(lambda: (open_batches(conn), meta.revision(conn)), anew=first)
            for batch in found:
                self._batches.setdefault(batch, BatchWatcher(self.desk, batch, lines=self._lines))
            told: Events = []
            for batch, watcher in self._batches.items():
                if not watcher.over:
                    told += watcher.look_in(conn, found.get(batch) or job_lists.progress(conn, batch))
            self.over = not found
            every = [one.progress for one in self._batches.values() if one.progress]
            state = (revision, every)
            if state == self._told:
                return told
            self._told = state
            quotes = stats.library_counts(conn).quotes
        whole = jobs.total(every)
        values = {**jobs.progress_json(whole), "sentence": pace(whole).sentence}
        return [*told, ("library", {**values, "revision": revision, "quotes": quotes})]


def job_event(desk: Desk, row: JobRow) -> dict[str, Any]:
    """A job as its line shows it; ``next`` is where its reader wants to go when it is done."""
    following = None
    if row.outcome is JobOutcome.SPLIT:
        following = address(f"/batches/{row.batch}")
    elif row.slug is not None and not row.open:
        following = address(f"/articles/{row.slug}")
    html = desk.templates.get_template("fragments/job.html").render(job=row)
    values = {"uid": row.uid, "status": row.status.value, "open": row.open, "sentence": job_sentence(row)}
    return {**values, "next": following, "html": html}


def progress_event(desk: Desk, batch: str, found: Progress) -> dict[str, Any]:
    """How far a batch is, as its page shows it."""
    html = desk.templates.get_template("fragments/progress.html").render(uid=batch, progress=found, pace=pace(found))
    return {"batch": batch, **jobs.progress_json(found), "sentence": pace(found).sentence, "html": html}


def _state(row: JobRow) -> object:
    return row.status, row.outcome, row.message, row.tries, row.slug
