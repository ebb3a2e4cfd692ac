"""How far the reading is, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.present.numbers import plural
from app.store.job_rows import JobKind, JobOutcome, JobRow, JobStatus, Progress

STATE_WORDS = {
    JobStatus.QUEUED: "waiting",
    JobStatus.WORKING: "being read",
    JobStatus.DONE: "read",
    JobStatus.FAILED: "failed",
    JobStatus.CANCELLED: "cancelled",
}
_FEWEST = 3
"""Jobs that must be over before a rate is told."""


def job_title(row: JobRow) -> str:
    """What a person knows the job by: the article's title where there is an article, else what was given."""
    return row.title or row.name


def job_sentence(row: JobRow) -> str:
    """How far one job is, as a sentence."""
    match row.status:
        case JobStatus.QUEUED:
            return "Waiting for its turn."
        case JobStatus.WORKING:
            return {
                JobKind.DOCUMENT: "Being read.",
                JobKind.URL: "Being fetched and read.",
                JobKind.REANALYSE: "Being read again.",
            }[row.kind]
        case JobStatus.DONE if row.slug is None and row.outcome is not JobOutcome.SPLIT:
            return f"{row.message} Its article was deleted since."
        case JobStatus.DONE if row.outcome is JobOutcome.KNOWN:
            return "It was in the library already; nothing was changed."
        case _:
            return row.message or f"It is {STATE_WORDS[row.status]}."


@dataclass(frozen=True, slots=True)
class Pace:
    """How far some jobs are: ``over`` of ``total``, in a sentence, with how fast and how long still.

    ``rate`` and ``left`` are empty where there is too little to tell them by.
    """

    over: int
    total: int
    sentence: str
    rate: str
    left: str


def pace(progress: Progress, now: dt.datetime | None = None) -> Pace:
    """*progress* in words."""
    over = progress.total - progress.open
    return Pace(over, progress.total, _sentence(progress, over), *_speed(progress, now or dt.datetime.now(dt.UTC)))


def _sentence(progress: Progress, over: int) -> str:
    if not progress.total:
        return "Nothing is being read."
    read = f"{progress.done} of {plural(progress.total, 'document')} read"
    if not progress.open and progress.done == progress.total:
        read = f"{plural(progress.total, 'document')} read" if progress.total > 1 else "Read"
    parts = [read]
    parts += [f"{progress.failed} failed"] if progress.failed else []
    parts += [f"{progress.cancelled} cancelled"] if progress.cancelled else []
    return ", ".join(parts) + "."


def _speed(progress: Progress, now: dt.datetime) -> tuple[str, str]:
    over = progress.done + progress.failed
    if progress.first is None or over < _FEWEST:
        return "", ""
    end = now if progress.open else progress.last or now
    minutes = max((end - progress.first).total_seconds(), 0.5) / 60
    rate = over / minutes
    told = f"{rate:,.0f} a minute" if rate >= 1 else f"{rate * 60:,.0f} an hour"
    return told, duration(progress.open / rate * 60) + " left" if progress.open else ""


def duration(seconds: float) -> str:
    """About how long *seconds* are: ``less than 10 seconds``, ``about 40 seconds``, ``about 3 minutes``."""
    if seconds < 10:
        return "less than 10 seconds"
    if seconds < 90:
        return f"about {round(seconds, -1):.0f} seconds"
    if seconds < 5_400:
        return f"about {round(seconds / 60)} minutes"
    return f"about {round(seconds / 3_600)} hours"
