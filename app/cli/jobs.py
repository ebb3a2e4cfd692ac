"""``communique jobs``: what is queued, what came of it, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.library import opened
from app.cli.terms import DatabaseOption, PipelineOption, QuietOption, WorkersOption, one_line, say
from app.cli.topic_printing import counted, print_table
from app.store.job_rows import JobStatus

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.store.job_rows import JobRow

EXAMPLES = """\b
communique jobs list --status failed
communique jobs retry --failed
communique jobs work
"""

jobs = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")

UidsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="UID…", help="As `jobs list` names them.", show_default=False)
]
BatchOption = Annotated[
    str | None, typer.Option("--batch", metavar="UID", help="Those that came in together.", show_default=False)
]


@jobs.callback(epilog=EXAMPLES)
def about() -> None:
    """See what is queued and what came of it; try again what failed, cancel what is not wanted.

    A server works jobs off, and so do `communique ingest` and `communique jobs work`.
    """


@jobs.command("list")
def list_jobs(
    status: Annotated[
        JobStatus | None, typer.Option("--status", help="Only those that are so far.", show_default=False)
    ] = None,
    batch: BatchOption = None,
    limit: Annotated[int, typer.Option("--limit", metavar="NUMBER", min=1, help="At most so many.")] = 50,
    database: DatabaseOption = None,
) -> None:
    """List the jobs, last queued first: uid, batch, status, name, address, message."""
    from app.store import job_lists

    with opened(database) as library, library.engine.connect() as conn:
        page = job_lists.list_jobs(conn, batch=batch, status=status, limit=limit)
    if not page.total:
        say("There are no such jobs.")
        return
    print_table([["uid", "batch", "status", "name", "address", "message"], *map(_row, page.items)])
    if page.total > len(page.items):
        say(f"These are {len(page.items):,} of {page.total:,}; --limit shows more.")


@jobs.command()
def retry(
    uids: UidsArgument = None,
    failed: Annotated[bool, typer.Option("--failed", help="All that failed.")] = False,
    batch: BatchOption = None,
    database: DatabaseOption = None,
) -> None:
    """Queue jobs again that failed or were cancelled."""
    from app.store import job_lists

    if bool(uids) == failed or (batch and not failed):
        raise typer.BadParameter("Name jobs by their uids, or say --failed, with --batch or without.")

    def again(conn: Connection) -> int:
        for uid in uids or ():
            job_lists.retry(conn, uid)
        return job_lists.retry_failed(conn, batch) if failed else len(uids or ())

    _change(database, again, "queued again")


@jobs.command()
def cancel(uids: UidsArgument = None, batch: BatchOption = None, database: DatabaseOption = None) -> None:
    """Stop jobs; what is worked on is thrown away."""
    from app.store import job_lists

    if bool(uids) == bool(batch):
        raise typer.BadParameter("Name jobs by their uids, or say --batch.")

    def stop(conn: Connection) -> int:
        for uid in uids or ():
            job_lists.cancel(conn, uid)
        return job_lists.cancel_batch(conn, batch) if batch else len(uids or ())

    _change(database, stop, "cancelled")


@jobs.command()
def forget(
    before: Annotated[
        int, typer.Option("--before", metavar="DAYS", min=0, help="Those that ended more than so many days ago.")
    ] = 30,
    database: DatabaseOption = None,
) -> None:
    """Take jobs off the list that were done or cancelled long ago. Their articles stay; failed jobs stay too."""
    import datetime as dt

    from app.store import job_lists
    from app.store.jobs import now

    _change(database, lambda conn: job_lists.forget_jobs(conn, now() - dt.timedelta(days=before)), "forgotten")


@jobs.command()
def work(
    quiet: QuietOption = False,
    workers: WorkersOption = None,
    pipeline: PipelineOption = None,
    database: DatabaseOption = None,
) -> None:
    """Work off whatever waits, until nothing does. Prints the same lines as ingest.

    The exit status is 1 when a document failed.
    """
    from app.cli.working import Working

    with opened(database, workers=workers, pipeline=pipeline) as library:
        with Working(library, quiet=quiet) as working:
            while working.follow_open():
                working.wait()
            working.summary()
        if working.failed:
            raise typer.Exit(1)


def _change(database: str | None, change: Callable[[Connection], int], done: str) -> None:
    from app.store import meta

    with opened(database) as library, library.engine.begin() as conn:
        meta.lock(conn)
        count = change(conn)
    say(f"{counted(count, 'job')} {done}.")


def _row(job: JobRow) -> list[str]:
    status = job.outcome.value if job.outcome else job.status.value
    address = f"/articles/{job.slug}" if job.slug else "-"
    return [job.uid, job.batch, status, one_line(job.name), address, one_line(job.message)]
