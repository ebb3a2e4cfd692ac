"""The workers of a library: started when there are jobs, watched while they work, replaced when they die."""

from __future__ import annotations

import multiprocessing
import os
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection as Pipe
from multiprocessing.context import SpawnProcess

from sqlalchemy import Engine

from app.errors import AppError
from app.ingest import worker
from app.ingest.analysers import Work
from app.ingest.limits import TOO_LONG
from app.ingest.processes import deaf
from app.nlp import worker as analysis
from app.settings import Settings
from app.store import jobs

TICK_SECONDS = 0.2
WATCH_SECONDS = 1.0
"""Between two looks for jobs that others have queued."""

RENEW_SECONDS = worker.LEASE_SECONDS / 4
MERCY_SECONDS = 2.0
"""What a worker gets to stop with a job that was cancelled before it is ended."""

IDLE_SECONDS = 600.0
DIED = "This document ended the program that reads it, twice, perhaps for want of memory. It was set aside."
TOOK_TOO_LONG = "Reading this document took longer than a minute and was stopped."


@dataclass(slots=True)
class _Worker:
    """A worker process with the pipes that ring it and that end it."""

    name: str
    process: SpawnProcess
    bell: Pipe
    lifeline: Pipe
    ends: tuple[Pipe, Pipe]
    cancelled: float | None = None

    def ring(self, word: bytes) -> None:
        try:
            self.bell.send_bytes(word)
        except OSError:  # it has just ended; the next round sees that
            return

    def close(self) -> None:
        for end in (self.lifeline, self.bell, *self.ends):
            end.close()


@dataclass(slots=True)
class _Clock:
    """When things were last done that are not done every round."""

    last: dict[str, float] = field(default_factory=dict)

    def due(self, what: str, every: float) -> bool:
        moment = time.monotonic()
        if moment - self.last.get(what, -every) < every:
            return False
        self.last[what] = moment
        return True


class Workforce:
    """Works the jobs of a library off in processes of their own.

    Args:
        engine: the library, open.
        settings: name the library and the pipeline for the workers, and how many they are.
        work: what analyses; a test hands in what needs no model.
        idle_seconds: after which a worker without work gives its memory back.
        bulk: whether many documents are to come, so that each worker is better off with a core of its own. Else the
            first, which reads what somebody waits for, uses them all where it can.

    Attributes:
        trouble: why the library could not be written when it was last tried; ``None`` where it could.
    """

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        *,
        work: Work = analysis.analyse,
        idle_seconds: float = IDLE_SECONDS,
        bulk: bool = False,
    ) -> None:
        self.engine, self.settings, self.work, self.idle_seconds = engine, settings, work, idle_seconds
        self.size = settings.workers or default_size()
        self._bulk = bulk and self.size > 1
        self._workers: list[_Worker] = []
        self._bell = threading.Event()
        self._ending = threading.Event()
        self._lock = threading.RLock()
        self._clock = _Clock()
        self._numbers = iter(range(10**9))
        self._thread: threading.Thread | None = None
        self.trouble: str | None = None
        self._here = f"{socket.gethostname()}:{os.getpid()}"

    def start(self) -> None:
        """Begin to watch the queue, in a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="workforce", daemon=True)
        self._thread.start()

    def ring(self) -> None:
        """Say that jobs were queued; returns at once."""
        with self._lock:
            for one in self._workers:
                one.ring(worker.WORK)
        self._clock.last.pop("watch", None)
        self._bell.set()

    def warm(self) -> None:
        """Have a worker ready with its pipeline loaded; returns at once."""
        with self._lock:
            if not self._workers and not self._ending.is_set():
                self._hire().ring(worker.WARM)

    def pids(self) -> list[int]:
        """The processes that there are now."""
        with self._lock:
            return [one.process.pid for one in self._workers if one.process.pid and one.process.is_alive()]

    def close(self) -> None:
        """End the workers at once and give their jobs back."""
        self._ending.set()
        self._bell.set()
        if self._thread is not None:
            self._thread.join()
        with self._lock:
            gone, self._workers = self._workers, []
        for one in gone:
            one.close()
        for one in gone:
            one.process.join(5)
            one.process.kill()
        # Where the library cannot be written, the next start finds that they have no worker any more.
        with suppress(AppError):
            self._hand_back(gone)

    def _hand_back(self, gone: list[_Worker]) -> None:
        if gone:
            with self.engine.begin() as conn:
                jobs.hand_back(conn, [one.name for one in gone])

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                self._round()
                self.trouble = None
            except AppError as error:  # the library is busy or its disk is full: later, perhaps, it is not
                self.trouble = str(error)
                self._ending.wait(WATCH_SECONDS)
            self._bell.wait(TICK_SECONDS)
            self._bell.clear()

    def _round(self) -> None:
        self._bury()
        if self._clock.due("release", worker.LEASE_SECONDS / 3):
            self._release_lost()
        if self._workers and self._clock.due("renew", RENEW_SECONDS):
            with self.engine.begin() as conn:
                jobs.renew(conn, [one.name for one in self._workers], jobs.Lease(seconds=worker.LEASE_SECONDS))
        if self._workers and self._clock.due("cancelled", WATCH_SECONDS):
            self._end_cancelled()
        if self._clock.due("watch", WATCH_SECONDS):
            self._employ()

    def _employ(self) -> None:
        """As many workers as there are jobs, up to the size; all are told."""
        with self.engine.connect() as conn:
            waiting = jobs.waiting(conn, self.size)
        if not waiting:
            return
        with self._lock:
            while len(self._workers) < min(self.size, waiting) and not self._ending.is_set():
                self._hire()
            for one in self._workers:
                one.ring(worker.WORK)

    def _hire(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        far_lifeline, lifeline = context.Pipe(duplex=False)
        far_bell, bell = context.Pipe(duplex=False)
        name = f"{self._here}:{next(self._numbers)}"
        orders = worker.Orders(self.settings, name, self.work, self.idle_seconds, bool(self._workers) or self._bulk)
        process = context.Process(target=worker.run, args=(orders, far_lifeline, far_bell), name=name, daemon=True)
        with deaf():
            process.start()
        hired = _Worker(name, process, bell, lifeline, (far_lifeline, far_bell))
        self._workers.append(hired)
        return hired

    def _bury(self) -> None:
        """Take the jobs of those who died back: queued again, or failed."""
        with self._lock:
            dead = [one for one in self._workers if not one.process.is_alive()]
            self._workers = [one for one in self._workers if one not in dead]
        for one in dead:
            one.close()
            too_long = one.process.exitcode == TOO_LONG
            with self.engine.begin() as conn:
                jobs.release(conn, [one.name], TOOK_TOO_LONG if too_long else DIED, fail=too_long)
            self._clock.last.pop("watch", None)

    def _release_lost(self) -> None:
        """Take back what the workers of a program held that was killed, here or elsewhere."""
        mine = {one.name for one in self._workers}
        with self.engine.connect() as conn:
            others = jobs.workers_at_work(conn) - mine
        lost = [name for name in others if self._is_dead(name)]
        if others:
            with self.engine.begin() as conn:
                jobs.hand_back(conn, lost)

    def _is_dead(self, name: str) -> bool:
        """Whether *name* surely works no more: its program ran here and runs no more, or was this one."""
        host, pid, _ = name.rsplit(":", 2)
        if host != socket.gethostname() or os.name != "posix":
            return False
        if int(pid) == os.getpid():
            return True
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False

    def _end_cancelled(self) -> None:
        """End the workers that go on with a job that somebody cancelled."""
        with self.engine.connect() as conn:
            stuck = set(jobs.cancelled_at_work(conn, [one.name for one in self._workers]))
        for one in self._workers:
            if one.name not in stuck:
                one.cancelled = None
            elif one.cancelled is None:
                one.cancelled = time.monotonic()
            elif time.monotonic() - one.cancelled > MERCY_SECONDS:
                one.process.kill()


def default_size() -> int:
    """A worker a core, four at most: each holds a pipeline in memory."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, 4)
