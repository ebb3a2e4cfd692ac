"""What a library needs while it is served: feeds looked at, what is too old forgotten, what is missing made."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from concurrent.futures import TimeoutError as TookTooLong

from sqlalchemy import Engine

from app.errors import AppError
from app.ingest import feeds
from app.ingest.feeds import Polled
from app.ingest.likeness import sign_missing
from app.ingest.processes import WorkerProcess
from app.settings import Settings
from app.store import meta
from app.store.deleting import purge
from app.store.engine import open_engine
from app.store.feeds import due_feeds
from app.store.job_lists import forget_jobs
from app.store.jobs import any_open, now
from app.store.originals import drop_unused
from app.store.versions import unsigned

ROUND_SECONDS = 60.0
DAY_SECONDS = 86_400.0
POLL_SECONDS = 90.0
"""For one feed: to fetch it takes 20 at most, to start a process some."""

SIGNING_SECONDS = 3_600.0
REMEMBERED = dt.timedelta(days=30)
"""For which a job that is done is shown."""


class Upkeep:
    """Keeps a library up, in a thread of its own; what loads much, or reads what strangers wrote, in a process.

    Args:
        engine: a library that may be written.
        settings: name the library for the process.
        ring: called when jobs were queued.
        round_seconds: between two looks for what is to be done.
    """

    def __init__(
        self, engine: Engine, settings: Settings, ring: Callable[[], None], *, round_seconds: float = ROUND_SECONDS
    ) -> None:
        self._engine, self._url, self._ring = engine, settings.database_url, ring
        self._seconds = round_seconds
        self._ending = threading.Event()
        self._process = WorkerProcess()
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)
        self._swept: float | None = None

    def start(self) -> None:
        """Begin, after a moment: whoever starts a server wants to see a page first."""
        self._thread.start()

    def close(self) -> None:
        """End at once; what was begun is undone."""
        self._ending.set()
        self._process.close()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        self._ending.wait(min(self._seconds, ROUND_SECONDS / 4))
        while not self._ending.is_set():
            for chore in (self._poll, self._sweep, self._sign):
                if not self._ending.is_set():
                    self._try(chore)
            self._process.close()
            self._ending.wait(self._seconds)

    def _try(self, chore: Callable[[], None]) -> None:
        try:
            chore()
        except AppError:  # the library is busy, or its disk is full: the next round tries again
            return

    def _poll(self) -> None:
        with self._engine.connect() as conn:
            if not due_feeds(conn):
                return
        for _, polled in feeds.poll_due(self._engine, poll=self._poll_one):
            if polled.queued:
                self._ring()
            if self._ending.is_set():
                return

    def _poll_one(self, engine: Engine, feed_id: int) -> Polled:
        """Look at a feed in the process, whatever becomes of that."""
        future = self._process.submit(poll_there, self._url, feed_id)
        try:
            error = future.exception(POLL_SECONDS)
        except TookTooLong:
            self._process.close()
            return feeds.poll_failed(engine, feed_id, "Reading this feed takes too long.")
        if error is None:
            return future.result()
        if isinstance(error, AppError):
            raise error
        self._process.close()
        if self._ending.is_set():
            return Polled(0)
        return feeds.poll_failed(engine, feed_id, f"This feed cannot be read ({type(error).__name__}).")

    def _sweep(self) -> None:
        """Once a day, forget for ever what was deleted long ago, and what nobody needs."""
        if self._swept is not None and time.monotonic() - self._swept < DAY_SECONDS:
            return
        for forget in (purge, lambda conn: forget_jobs(conn, now() - REMEMBERED), drop_unused):
            with self._engine.begin() as conn:
                meta.lock(conn)
                forget(conn)
        self._swept = time.monotonic()

    def _sign(self) -> None:
        """Sign what an older version stored, while nothing else is to be done."""
        with self._engine.connect() as conn:
            if any_open(conn) or not unsigned(conn, limit=1):
                return
        future = self._process.submit(sign_there, self._url)
        try:
            future.exception(SIGNING_SECONDS)
        except TookTooLong:
            self._process.close()


def poll_there(url: str, feed_id: int) -> Polled:
    """Look at a feed of the library *url*, in the process that this runs in."""
    engine = open_engine(url)
    try:
        return feeds.poll_feed(engine, feed_id)
    finally:
        engine.dispose()


def sign_there(url: str) -> int:
    """Sign what is not signed in the library *url*; how many articles."""
    engine = open_engine(url)
    try:
        return sign_missing(engine)
    finally:
        engine.dispose()
