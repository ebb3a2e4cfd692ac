"""The one door from the pages to the queue; what is behind it is loaded when somebody goes through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.errors import IngestError
from app.store import meta
from app.store.job_rows import JobKind, JobRow, NewJob
from app.store.jobs import add_jobs
from app.text.given import Given
from app.web.deps import Desk

if TYPE_CHECKING:
    from app.ingest.intake import Queued

MOST_AT_ONCE = 100
LONGEST_ADDRESS = 2_000


def texts(desk: Desk, text: str, given: Given) -> Queued:
    """Queue a *text* that somebody pasted.

    Raises:
        IngestError: it is empty.
    """
    from app.ingest.intake import queue_text  # noqa: PLC0415

    if not text.strip():
        raise IngestError("There is no text in it.")
    return _told(desk, queue_text(desk.engine, text, given))


def documents(desk: Desk, given: Sequence[tuple[bytes, Given]], batch: str | None = None) -> Queued:
    """Queue documents, to *batch* where there is one.

    Raises:
        IngestError: all of them are empty.
    """
    from app.ingest.intake import queue_documents  # noqa: PLC0415

    if not any(data for data, _ in given):
        name = given[0][1].name if given else ""
        raise IngestError(f"“{name}” is empty." if len(given) == 1 and name else "There is nothing in it.")
    return _told(desk, queue_documents(desk.engine, given, batch=batch))


def addresses(desk: Desk, urls: Sequence[str], given: Given | None = None) -> Queued:
    """Queue pages, to be fetched.

    Raises:
        IngestError: one of them is no address that can be fetched.
    """
    from app.ingest.intake import queue_urls  # noqa: PLC0415

    return _told(desk, queue_urls(desk.engine, urls, given))


def mixed(desk: Desk, items: Sequence[tuple[str | None, Given]], batch: str | None = None) -> Queued:
    """Queue texts, and pages to be fetched where there is no text: all of them or none."""
    from app.ingest.given import pack_given  # noqa: PLC0415
    from app.ingest.intake import PASTED, Queued  # noqa: PLC0415

    def job(text: str | None, given: Given) -> NewJob:
        if text is None:
            url = given.url or ""
            return NewJob(JobKind.URL, url, url, pack_given(replace(given, url=None)))
        name = given.name or given.title or given.url or "Pasted text"
        packed = pack_given(replace(given, media_type=PASTED))
        return NewJob(JobKind.DOCUMENT, name, given=packed, data=text.encode("utf-8", "replace"))

    with desk.engine.begin() as conn:
        meta.lock(conn)
        batch, uids = add_jobs(conn, [job(text, given) for text, given in items], batch)
    return _told(desk, Queued(batch, tuple(uids)))


def checked_address(url: str) -> str:
    """*url* as it would be fetched.

    Raises:
        IngestError: it cannot be; the message says why.
    """
    from app.text.fetch import check_url  # noqa: PLC0415

    if len(url) > LONGEST_ADDRESS:
        raise IngestError(f"An address of more than {LONGEST_ADDRESS:,} characters is not fetched.")
    return check_url(url)


def again(desk: Desk, slug: str, title: str, **how: bool) -> str:
    """Queue the article *slug* to be analysed again, or with *how* to be read from its original again; the job's uid.

    Raises:
        NotFound: there is no such article.
    """
    with desk.engine.begin() as conn:
        meta.lock(conn)
        _, uids = add_jobs(conn, [NewJob(JobKind.REANALYSE, title, article=slug, given=how)])
    ring(desk)
    return uids[0]


def try_again(desk: Desk, uid: str) -> JobRow:
    """Queue the job *uid* again, at the latest some seconds after it was cancelled.

    Raises:
        NotFound: there is none.
        Conflict: it neither failed nor was cancelled.
    """
    from app.ingest import intake  # noqa: PLC0415

    found = intake.try_again(desk.engine, uid)
    ring(desk)
    return found


def ring(desk: Desk) -> None:
    """Tell the workers, where there are some, that there is something to do."""
    if desk.workforce is not None:
        desk.workforce.ring()


def _told(desk: Desk, queued: Queued) -> Queued:
    ring(desk)
    return queued


def lines_of(text: str) -> list[str]:
    """The addresses in *text*, one a line, each once."""
    found: Iterable[str] = (line.strip() for line in text.splitlines())
    return list(dict.fromkeys(line for line in found if line))
