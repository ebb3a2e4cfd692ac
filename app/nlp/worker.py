"""What runs in the process that analyses or judges topics anew. Importing this loads no model and no spaCy."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Sequence
from functools import lru_cache
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from app.domain import Analysis, Paragraph, Reading, Tokens, Topic, TopicEvidence

if TYPE_CHECKING:
    from app.nlp.pipeline import Analyser
    from app.nlp.retagging import TopicTagger


THREADS = "COMMUNIQUE_TAGGER_THREADS"
"""Said in the environment of a process that works beside others: threads of the learned tagger."""


def begin(lifeline: Connection) -> None:
    """Make this process end when the other end of *lifeline* is closed; Ctrl-C is the other process's to heed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()


def analyse(
    pipeline: str | None, topics: tuple[Topic, ...], text: str, paragraphs: Sequence[Paragraph], title: str = ""
) -> Analysis:
    """What *pipeline* says of *text* under *title*; it is loaded on the first call and kept, whatever the topics.

    Raises:
        AnalysisError: the pipeline is missing or cannot be used.
    """
    analyser = _analyser(pipeline)
    analyser.tagger = _tagger(topics)
    return analyser.analyse(text, paragraphs, title)


def tag(
    topics: tuple[Topic, ...], batch: Sequence[tuple[str, Tokens, Sequence[Reading]]]
) -> list[list[tuple[TopicEvidence, ...]]]:
    """Why each reading of each text in *batch* has the topics it has; no pipeline is loaded.

    Raises:
        AnalysisError: a topic has a pattern that cannot be used.
    """
    tagger = _tagger(topics)
    return [tagger.evidence(text, tokens, readings) for text, tokens, readings in batch]


@lru_cache(maxsize=1)
def _tagger(topics: tuple[Topic, ...]) -> TopicTagger:
    from app.nlp.retagging import TopicTagger  # noqa: PLC0415 - loads spaCy

    return TopicTagger(topics)


@lru_cache(maxsize=1)
def _analyser(pipeline: str | None) -> Analyser:
    from app.nlp.pipeline import Analyser  # noqa: PLC0415 - loads spaCy

    return Analyser(pipeline, threads=int(os.environ.get(THREADS, "0")))


def _end_with(lifeline: Connection) -> None:
    # A killed parent says nothing, and a worker waiting for its next text would wait for ever.
    wait([lifeline])
    os._exit(0)
