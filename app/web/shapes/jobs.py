"""Documents that come in, the jobs that read them, feeds, and the service itself."""

from __future__ import annotations

from typing import Annotated, Any, NotRequired

from pydantic import Field, with_config
from typing_extensions import TypedDict

from app.store.job_rows import JobKind, JobOutcome, JobStatus
from app.web.shapes.given import GIVEN
from app.web.shapes.lists import Paged


@with_config(GIVEN)
class GivenDocument(TypedDict):
    """A document to be read: its text, or the address that it is fetched from."""

    text: NotRequired[str | None]
    url: NotRequired[str | None]
    """Where it was published; it is fetched from there where there is no text."""
    title: NotRequired[str | None]
    publisher: NotRequired[str | None]
    date: NotRequired[str | None]
    """Written 2023-03-21, 2023-03 or 2023."""
    name: NotRequired[str | None]
    """The name of the file, which tells what it is."""


GivenDocuments = GivenDocument | Annotated[list[GivenDocument], Field(min_length=1, max_length=100)]


class QueuedJob(TypedDict):
    """A job that was queued."""

    uid: str
    url: str
    """Its page here."""
    status: str


class Accepted(TypedDict):
    """The documents are queued; the Location of the answer is where to see how far they are."""

    batch: str
    jobs: list[QueuedJob]


class JobArticle(TypedDict):
    """The article that a job led to."""

    slug: str
    title: str | None
    address: str


class Job(TypedDict):
    """A document on its way into the library, or one that is read again."""

    uid: str
    address: str
    batch: str
    kind: JobKind
    name: str
    url: str | None
    status: JobStatus
    outcome: JobOutcome | None
    message: str
    """What went wrong, or what else is to be said."""
    tries: int
    created: str
    started: str | None
    finished: str | None
    article: JobArticle | None


class Progress(TypedDict):
    """How many jobs are how far."""

    total: int
    open: int
    queued: int
    working: int
    done: int
    failed: int
    cancelled: int


class Jobs(Paged):
    """A page of jobs, the last first."""

    items: list[Job]
    progress: Progress


class Feed(TypedDict):
    """A feed that is looked at while this serves."""

    id: int
    url: str
    title: str
    every: int
    """Minutes between two looks."""
    error: str | None
    """Why the last look failed."""
    entries: int
    """How many of its entries are known."""
    added: str
    due: str
    checked: str | None


class Feeds(Paged):
    """All feeds."""

    items: list[Feed]


class Key(TypedDict):
    """Keys that do the same, and what."""

    keys: list[str]
    does: str


class Keys(TypedDict):
    """What single keys do on the pages."""

    keys: list[Key]


class Health(TypedDict):
    """The service answers, and so does its database."""

    status: str
    version: NotRequired[str]
    """This, and the revision, only for whoever may see the whole library."""
    revision: NotRequired[int]
    """How often the library has changed."""


class Figure(TypedDict):
    """A figure as Plotly takes it."""

    data: list[dict[str, Any]]
    layout: dict[str, Any]


class Charts(TypedDict):
    """The charts of a page as Plotly figures by their keys, with the configuration that all have."""

    config: dict[str, Any]
    charts: dict[str, Figure]


class Problem(TypedDict):
    """What went wrong (RFC 9457)."""

    type: str
    """Always about:blank: what is meant is said by the status."""
    title: str
    status: int
    detail: str
    """A sentence for the person who has to mend it."""
    field: NotRequired[str]
    """The parameter or the field that is wrong."""


class Disagreed(Problem):
    """Somebody else corrected the same thing first."""

    other: NotRequired[dict[str, Any]]
    """What they said, as a correction."""
