"""One process beside this one that does what would load spaCy here."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Lock
from typing import ParamSpec, TypeVar

from app.nlp import worker

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class _Pool:
    """One process and the pipe whose closing ends it."""

    executor: ProcessPoolExecutor
    lifeline: Connection
    far_end: Connection

    @classmethod
    def start(cls) -> _Pool:
        context = multiprocessing.get_context("spawn")
        far_end, lifeline = context.Pipe(duplex=False)
        executor = ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=worker.begin, initargs=(far_end,))
        return cls(executor, lifeline, far_end)

    def end(self) -> None:
        self.lifeline.close()
        self.far_end.close()
        self.executor.shutdown(cancel_futures=True)


class WorkerProcess:
    """Runs functions one after the other in another process, which the first of them starts.

    One that dies takes the call in hand with it; the next call gets a new one.
    """

    def __init__(self) -> None:
        self._pool: _Pool | None = None
        self._starting = Lock()

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have *work*, a function that can be imported, run with what is given."""
        with deaf():
            try:
                return self._running().executor.submit(work, *args, **kwargs)
            except BrokenProcessPool:  # it died between two calls: this one lost nothing
                self.close()
                return self._running().executor.submit(work, *args, **kwargs)

    def close(self) -> None:
        """End the process at once, if there is one."""
        with self._starting:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.end()

    def _running(self) -> _Pool:
        with self._starting:
            self._pool = self._pool or _Pool.start()
            return self._pool


@contextmanager
def deaf() -> Iterator[None]:
    """Processes started meanwhile do not hear Ctrl-C: before they could say so, each would end in a traceback."""
    if os.name != "posix":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
