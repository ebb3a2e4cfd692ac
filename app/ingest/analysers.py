"""The analysis in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from app.domain import OTHER, Analysis, Paragraph, Topic
from app.errors import AnalysisError, AppError
from app.ingest.likeness import signature
from app.ingest.processes import WorkerProcess
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


class ProcessAnalyser:
    """Runs the pipeline in another process, started by the first text: the caller never loads spaCy.

    A process that dies takes the text in hand with it; the next text gets a new one. Topics given as a function are
    asked for at each text, since people change them meanwhile.
    """

    def __init__(
        self,
        pipeline: str | None,
        topics: Sequence[Topic] | Callable[[], Sequence[Topic]],
        *,
        work: Work = worker.analyse,
    ) -> None:
        self.pipeline = pipeline
        self.work = work
        self._topics = topics
        self._process = WorkerProcess()

    def analyse(self, text: str, paragraphs: Sequence[Paragraph], title: str = "") -> Analysis:
        """What the pipeline says of *text*.

        Raises:
            AnalysisError: the pipeline is missing, failed on this text, or its process died.
        """
        future = self._process.submit(self.work, self.pipeline, self.topics, text, tuple(paragraphs), title)
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

    def sign(self, text: str) -> bytes:
        """The signature of *text*, made in the same process.

        Raises:
            AnalysisError: the process died.
        """
        try:
            return self._process.submit(signature, text).result()
        except BrokenProcessPool as error:
            self.close()
            raise AnalysisError("The process that compares texts was ended, perhaps for want of memory.") from error

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The topics that the next text is judged by."""
        given = self._topics() if callable(self._topics) else self._topics
        return tuple(topic for topic in given if topic.id != OTHER)

    def close(self) -> None:
        """End the process at once, if there is one."""
        self._process.close()
