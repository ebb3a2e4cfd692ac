"""Who judges topics anew: a process kept warm for it, or this one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache

from app.domain import OTHER, Reading, TextSpan, Topic, TopicEvidence
from app.errors import AnalysisError, AppError
from app.ingest.processes import WorkerProcess
from app.nlp import worker
from app.store.details import EvidenceRow, row_of
from app.store.readings import unpack_readings, unpack_tokens


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is judged of one article: its text, tokens and readings as packed, its quotes by id, its paragraphs."""

    text: str
    tokens: str
    readings: str
    quotes: tuple[tuple[str, TextSpan], ...]
    paragraphs: tuple[TextSpan, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Why each quote of a sheet has its topics, and the topics of each paragraph, in their order.

    Evidence is as its row has it: plain values go from process to process in a third of the time.
    """

    quotes: tuple[tuple[EvidenceRow, ...], ...]
    paragraphs: tuple[tuple[str, ...], ...]


Answering = Callable[[], list[Answer]]
"""Waits for the answers; it raises :class:`AnalysisError` where there are none."""

Tagger = Callable[[Sequence[Sheet]], Answering]
"""Takes sheets and goes on at once, where another process judges them."""

TaggerFactory = Callable[[tuple[Topic, ...]], Tagger]
"""What makes the tagger of some topics; it costs nothing until the first sheets."""


def topics_of(evidence: Iterable[EvidenceRow]) -> tuple[str, ...]:
    """The topics that *evidence* speaks for, each once, in its order; ``("other",)`` where there are none."""
    return tuple(dict.fromkeys(topic for topic, *_ in evidence)) or (OTHER,)


def judge(topics: tuple[Topic, ...], sheets: Sequence[Sheet]) -> list[Answer]:
    """The answers to *sheets* by *topics*; this loads spaCy.

    Raises:
        AnalysisError: a topic has a pattern that cannot be used.
    """
    found = worker.tag(topics, [(one.text, unpack_tokens(one.text, one.tokens), _readings(one)) for one in sheets])
    return [_answer(sheet, why) for sheet, why in zip(sheets, found, strict=True)]


def tag_here(topics: tuple[Topic, ...]) -> Tagger:
    """A tagger that loads spaCy into this process, for a command that ends soon."""
    return lambda sheets: lambda: judge(topics, sheets)


class ProcessTagger:
    """Makes taggers that judge in another process, which is started once and kept warm until it is closed."""

    def __init__(self) -> None:
        self._process = WorkerProcess()

    def __call__(self, topics: tuple[Topic, ...]) -> Tagger:
        """The tagger of *topics*."""
        return lambda sheets: self._answering(self._process.submit(judge, topics, sheets))

    def close(self) -> None:
        """End the process at once, if there is one."""
        self._process.close()

    def _answering(self, future: Future[list[Answer]]) -> Answering:
        def answers() -> list[Answer]:
            error = future.exception()
            if error is None:
                return future.result()
            if isinstance(error, AppError):
                raise error
            if isinstance(error, BrokenProcessPool):
                self.close()
                raise AnalysisError("The process that judges topics was ended; nothing was changed.") from error
            raise AnalysisError(f"The topics cannot be judged ({type(error).__name__}: {error}).") from error

        return answers


@cache
def shared_tagger() -> ProcessTagger:
    """The one that serves wherever no other is named; its process ends with this one."""
    return ProcessTagger()


def _readings(sheet: Sheet) -> list[Reading]:
    known = unpack_readings(sheet.readings)
    own = [known.get(uid) or Reading((span,)) for uid, span in sheet.quotes]
    return own + [Reading((span,)) for span in sheet.paragraphs]


def _answer(sheet: Sheet, why: Sequence[tuple[TopicEvidence, ...]]) -> Answer:
    rows = [tuple(map(row_of, one)) for one in why]
    count = len(sheet.quotes)
    return Answer(tuple(rows[:count]), tuple(map(topics_of, rows[count:])))
