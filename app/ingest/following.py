"""Batches of jobs followed to their end: which have ended since one last asked, and how many are still to come."""

from __future__ import annotations

import datetime as dt
import time

from sqlalchemy import Engine

from app.store.job_lists import ended_since, open_batches, progress
from app.store.job_rows import JobRow, Progress
from app.store.jobs import now

_SPARE = dt.timedelta(seconds=15)
"""An end may be written, and seen so much later."""

_SHARE = 20
"""Counting is given a twentieth of the time, since it takes the longer the more jobs there are."""


class Follower:
    """Tells of the jobs of some batches, each once, as they end; memory does not grow with their number."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._batches: list[str] = []
        self._since = now()
        self._told: dict[str, dt.datetime] = {}
        self._progress = Progress()
        self._again = 0.0
        self._before = 0

    def add(self, batch: str) -> None:
        """Follow *batch* too, which was begun after this was."""
        if batch not in self._batches:
            self._batches.append(batch)
        self._again = 0.0

    def add_open(self) -> int:
        """Follow whatever is open in the library; how many jobs that is."""
        with self._engine.connect() as conn:
            every = open_batches(conn)
            count = progress(conn, every).open
            more = [batch for batch in every if batch not in self._batches]
            found = progress(conn, more)
            self._told |= {job.uid: self._since for job in ended_since(conn, more, self._since - _SPARE)}
        self._batches += more
        self._before += found.total - found.open
        self._again = 0.0
        return count

    @property
    def batches(self) -> frozenset[str]:
        """Those that are followed."""
        return frozenset(self._batches)

    def ended(self) -> list[JobRow]:
        """The jobs that ended since this was last asked, in that order."""
        if not self._batches:
            return []
        with self._engine.connect() as conn:
            found = ended_since(conn, self._batches, self._since - _SPARE)
        new = [job for job in found if job.uid not in self._told]
        self._told |= {job.uid: job.finished for job in new if job.finished}
        self._since = max([self._since, *(job.finished for job in new if job.finished)])
        self._told = {uid: ended for uid, ended in self._told.items() if ended >= self._since - 2 * _SPARE}
        return new

    def counts(self) -> tuple[int, int]:
        """How many jobs are over and how many there are, as of a moment ago; without those that were over before."""
        start = time.monotonic()
        if start >= self._again:
            with self._engine.connect() as conn:
                self._progress = progress(conn, self._batches)
            end = time.monotonic()
            self._again = end + (end - start) * _SHARE
        total = self._progress.total
        return total - self._progress.open - self._before, total - self._before
