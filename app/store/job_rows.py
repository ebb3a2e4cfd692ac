"""What a job is, as the store takes it in and hands it out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any


class JobKind(StrEnum):
    """What is to be done: read a document, fetch and read an address, or analyse an article again."""

    DOCUMENT = "document"
    URL = "url"
    REANALYSE = "reanalyse"


class JobStatus(StrEnum):
    """How far a job is. Queued and working are open; the others are closed, and may be queued again by a retry."""

    QUEUED = "queued"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = (JobStatus.QUEUED, JobStatus.WORKING)


class JobOutcome(StrEnum):
    """What came of a job that is done."""

    ADDED = "added"
    KNOWN = "known"
    VERSION = "version"
    RESTORED = "restored"
    UPDATED = "updated"
    SPLIT = "split"


class Priority(IntEnum):
    """Who is first: somebody who waits, then what came in bulk, then what is only done again."""

    NOW = 0
    BULK = 1
    AGAIN = 2


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job to be queued.

    Attributes:
        name: what a person knows it by: a file's name, an address, a title.
        given: what is known of the document, as plain JSON.
        data: the document, of kind ``document``.
        article: the slug of the article to analyse again.
    """

    kind: JobKind
    name: str
    url: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    data: bytes | None = None
    article: str | None = None
    priority: Priority = Priority.NOW


@dataclass(frozen=True, slots=True)
class Task:
    """A job in the hands of a worker; ``tries`` counts this time. Its lease holds as long as it is renewed."""

    id: int
    uid: str
    batch: str
    kind: JobKind
    name: str
    url: str | None
    given: dict[str, Any]
    original: str | None
    article_id: int | None
    tries: int
    priority: int
    worker: str


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as a page shows it. ``slug``, ``title`` and ``words`` are those of its article, where there is one."""

    uid: str
    batch: str
    kind: JobKind
    name: str
    url: str | None
    status: JobStatus
    outcome: JobOutcome | None
    message: str
    tries: int
    created: dt.datetime
    started: dt.datetime | None
    finished: dt.datetime | None
    slug: str | None
    title: str | None
    words: int | None = None

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.status in OPEN


@dataclass(frozen=True, slots=True)
class Progress:
    """How many jobs are how far; ``first`` is when the first was queued, ``last`` when the last one ended."""

    queued: int = 0
    working: int = 0
    done: int = 0
    failed: int = 0
    cancelled: int = 0
    first: dt.datetime | None = None
    last: dt.datetime | None = None

    @property
    def open(self) -> int:
        """Jobs that are not over."""
        return self.queued + self.working

    @property
    def total(self) -> int:
        """All jobs."""
        return self.open + self.done + self.failed + self.cancelled


@dataclass(frozen=True, slots=True)
class BatchRow:
    """Jobs that came in together; ``name`` is that of the first."""

    uid: str
    name: str
    created: dt.datetime
    progress: Progress
