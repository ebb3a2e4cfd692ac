"""A process that works jobs off, one after the other. Whoever starts it rings when there are some."""

from __future__ import annotations

import contextlib
import gc
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from app.domain import OTHER, Analysis, Paragraph, Topic
from app.errors import AnalysisError, AppError
from app.ingest.analysers import Work
from app.nlp import worker as analysis
from app.settings import Settings
from app.store import jobs
from app.store.engine import open_engine
from app.store.topics import all_topics

if TYPE_CHECKING:
    from app.ingest.taking import Shop

LEASE_SECONDS = 30.0
NICENESS = 19
"""Below those who answer people."""

PATIENCE_SECONDS = 1.0
"""Between two tries where the library cannot be written."""

WARM, WORK, END = b"warm", b"work", b"end"
"""What the bell says: get ready, look for jobs, end when there are none."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What a worker is started with; one that is *crowded* has others beside it, and keeps to one core."""

    settings: Settings
    name: str
    work: Work
    idle_seconds: float
    crowded: bool


class Analysts:
    """Analyses in this very process, by the library's topics as they are at each text."""

    def __init__(self, engine: Engine, pipeline: str | None, work: Work) -> None:
        self._engine, self._pipeline, self._work = engine, pipeline, work
        self._loaded = False

    def analyse(self, text: str, paragraphs: Sequence[Paragraph], title: str = "") -> Analysis:
        """What the pipeline says of *text*.

        Raises:
            AnalysisError: the pipeline is missing or failed on this text.
        """
        try:
            found = self._work(self._pipeline, self._topics(), text, tuple(paragraphs), title)
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RuntimeError) as error:
            raise AnalysisError(f"The analysis failed on this text ({type(error).__name__}: {error}).") from error
        self._settle()
        return found

    def warm(self) -> None:
        """Load what the first text would wait for; where that fails, the first text says so."""
        with contextlib.suppress(AppError):
            self._work(self._pipeline, self._topics(), "Warm.", (), "")
            self._settle()

    def _settle(self) -> None:
        """Let the collector pass over what was loaded and stays: it takes 3 % of the time to look at it again."""
        if not self._loaded:
            gc.collect()
            gc.freeze()
            self._loaded = True

    def close(self) -> None:
        """Nothing: it ends with the process."""

    def _topics(self) -> tuple[Topic, ...]:
        with self._engine.connect() as conn:
            return tuple(topic for topic in all_topics(conn) if topic.id != OTHER)


def run(orders: Orders, lifeline: Pipe, bell: Pipe) -> None:
    """Work jobs off until the other end of *lifeline* closes, or nothing has come for a while.

    The libraries for matrices are told to use one thread, before they are loaded: those of two workers on two cores
    would wait for one another, and together be hardly quicker than one (2,800 words a second instead of 4,600).
    """
    for library in ("OMP", "OPENBLAS", "MKL", "BLIS"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    if orders.crowded:
        os.environ[analysis.THREADS] = "1"
    # Not above: who starts workers imports this module too, and a server should be quick to start.
    from app.ingest.taking import Shop  # noqa: PLC0415

    analysis.begin(lifeline)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    engine = open_engine(orders.settings.database_url)
    analysts = Analysts(engine, orders.settings.pipeline, orders.work)
    shop = Shop(engine, orders.settings, analysts)
    while (said := _heard(bell, orders.idle_seconds)) != END:
        if said == WARM:
            analysts.warm()
        while _next(shop, orders.name):
            pass
        gc.collect()


def _heard(bell: Pipe, seconds: float) -> bytes:
    """What the bell says next, the last word of what it said meanwhile; :data:`END` after a long silence."""
    try:
        if not bell.poll(seconds):
            return END
        said = bell.recv_bytes()
        while bell.poll(0):
            later = bell.recv_bytes()
            said = said if later == WORK else later
    except EOFError:  # who rang is gone
        return END
    return said


def _next(shop: Shop, name: str) -> bool:
    """Do one job; whether there was one."""
    try:
        with shop.engine.begin() as conn:
            task = jobs.claim(conn, name, _lease())
    except AppError:  # it is busy, or the disk is full: the bell rings again
        time.sleep(PATIENCE_SECONDS)
        return False
    if task is None:
        return False
    from app.ingest.tasks import do  # noqa: PLC0415

    do(shop, task)
    return True


def _lease() -> jobs.Lease:
    return jobs.Lease(seconds=LEASE_SECONDS)
