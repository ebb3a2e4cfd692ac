"""Analyses for tests: every “…” is a direct quote. The words of a text say how the analysis goes wrong."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from app.domain import Analysis, Paragraph, TextSpan, Topic
from app.errors import AnalysisError
from app.ingest.limits import TOO_LONG
from tests.factories import make_analysis, person, say

QUOTED = re.compile("“([^”]+)”")


def analyse(
    pipeline: str | None, topics: Sequence[Topic], text: str, paragraphs: Sequence[Paragraph], title: str = ""
) -> Analysis:
    """The analysis of *text*; its fingerprint is the process that made it."""
    if "DIE" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "RAISE" in text:
        raise KeyError("a bug")
    if "REFUSE" in text:
        raise AnalysisError("There is no pipeline.")
    if "TOO LONG" in text:
        os._exit(TOO_LONG)
    if "SLEEP" in text:
        mark = Path(text.split()[1])
        again = mark.exists() and text.endswith("once")
        mark.write_text(str(os.getpid()), encoding="utf-8")
        time.sleep(0 if again else 60)
    spans = [TextSpan(*match.span(1)) for match in QUOTED.finditer(text)]
    said = [say(text, span, speaker=person("Ann")) for span in spans]
    return make_analysis(text, *said, pipeline=str(os.getpid()))


class FakeAnalyser:
    """The same in this process; counts what it was asked."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.closed = False

    def analyse(self, text: str, paragraphs: Sequence[Paragraph], title: str = "") -> Analysis:
        """The analysis of *text*."""
        self.texts.append(text)
        return analyse(None, (), text, paragraphs, title)

    def close(self) -> None:
        """Remember that it was asked to."""
        self.closed = True
