"""The analysis in a process of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Protocol

from app.domain import OTHER, Analysis, Paragraph, Topic
from app.errors import AnalysisError, AppError
from app.nlp import worker

Work = Callable[[str | None, tuple[Topic, ...], str, Sequence[Paragraph], str], Analysis]
"""What the process runs, given pipeline, topics, text, paragraphs and title: a function that can be imported."""


class TextAnalyser(Protocol):
    """What turns a text into an analysis; a test hands in one that needs no model."""

    def analyse(self, text: str, paragraphs: Sequence[Paragraph], title: str = "") -> Analysis:
        """What is said in *text*, whose offsets count in it as it is; a *title* may tell whose statement it is."""
        ...

    def close(self) -> None:
        """Give back what it holds; the next text may take it again."""
        ...


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


class ProcessAnalyser:
    """Runs the pipeline in another process, started by the first text: the caller never loads spaCy.

    A process that dies takes the text in hand with it; the next text gets a new one.
    """

    def __init__(self, pipeline: str | None, topics: Sequence[Topic], *, work: Work = worker.analyse) -> None:
        self.pipeline = pipeline
        self.work = work
        self.topics = tuple(topic for topic in topics if topic.id != OTHER)
        self._pool: _Pool | None = None

    def analyse(self, text: str, paragraphs: Sequence[Paragraph], title: str = "") -> Analysis:
        """What the pipeline says of *text*.

        Raises:
            AnalysisError: the pipeline is missing, failed on this text, or its process died.
        """
        future = self._submit(text, paragraphs, title)
        error = future.exception()
        if error is None:
            return future.result()
        if isinstance(error, AppError):
            raise error
        if isinstance(error, BrokenProcessPool):
            self.close()
            raise AnalysisError(
                "The process that analyses was ended, perhaps for want of memory; nothing of this text is kept."
            ) from error
        raise AnalysisError(f"The analysis failed on this text ({type(error).__name__}: {error}).") from error

    def close(self) -> None:
        """End the process at once, if there is one."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.end()

    def _submit(self, text: str, paragraphs: Sequence[Paragraph], title: str) -> Future[Analysis]:
        def submit() -> Future[Analysis]:
            self._pool = self._pool or _Pool.start()
            return self._pool.executor.submit(self.work, self.pipeline, self.topics, text, tuple(paragraphs), title)

        try:
            return submit()
        except BrokenProcessPool:  # it died between two texts: this one lost nothing
            self.close()
            return submit()
