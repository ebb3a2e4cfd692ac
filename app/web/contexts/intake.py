"""Where documents come in, and how far their reading is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.present.job_words import Pace
from app.store.feeds import FeedRow
from app.store.job_rows import BatchRow, JobRow, JobStatus, Progress
from app.store.rows import Page
from app.web.contexts.site import Site


@dataclass(frozen=True, slots=True)
class AddPage:
    """``/add``: paste a text, choose files, or name addresses.

    Attributes:
        typed: what stands in the fields.
        errors: what is wrong, by field.
        too_long: whether the bookmarklet left the chosen words out, since an address cannot hold them.
    """

    site: Site
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    too_long: bool = False


@dataclass(frozen=True, slots=True)
class StatusChoice:
    """One value of the filter by status, with how many jobs have it."""

    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class BatchLine:
    """Jobs that came in together, with how far they are; ``more`` counts those besides the first."""

    batch: BatchRow
    pace: Pace
    more: int


@dataclass(frozen=True, slots=True)
class JobsPage:
    """``/jobs``: what is being read, and what was.

    Attributes:
        progress, pace: of all jobs that are not over, with those that came in with them.
        batches: what came in together, the last first; none on later pages and under a filter.
        choices: the filter by status.
        status: the status in force.
        jobs: a page of jobs.
        failed: how many jobs have failed in all.
        next_url, first_url: the page after this one, and the first one where this is not it.
    """

    site: Site
    progress: Progress
    pace: Pace
    batches: tuple[BatchLine, ...]
    choices: tuple[StatusChoice, ...]
    status: JobStatus | None
    jobs: Page[JobRow]
    failed: int
    next_url: str | None
    first_url: str | None


@dataclass(frozen=True, slots=True)
class BatchPage:
    """``/batches/{uid}``: documents that came in together. The fields are those of ``/jobs``."""

    site: Site
    uid: str
    progress: Progress
    pace: Pace
    choices: tuple[StatusChoice, ...]
    status: JobStatus | None
    jobs: Page[JobRow]
    next_url: str | None
    first_url: str | None


@dataclass(frozen=True, slots=True)
class JobPage:
    """``/jobs/{uid}``: one document on its way into the library.

    ``then`` says whether a browser goes on to the article by itself; ``alone`` whether nothing else came in with it.
    """

    site: Site
    job: JobRow
    then: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class FeedsPage:
    """``/feeds``: what is looked at again and again.

    Attributes:
        feeds: each with when it was last looked at and why that failed.
        typed, errors: the form's fields, and what is wrong with them.
        paces: how often a feed can be looked at: minutes, and in words.
        told: what was just done.
    """

    site: Site
    feeds: tuple[FeedRow, ...]
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    paces: tuple[tuple[str, str], ...]
    told: str
