"""``communique ingest``: files into the library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.terms import DatabaseOption, terminal

if TYPE_CHECKING:
    from app.ingest import Outcome

FilesArgument = Annotated[
    list[Path],
    typer.Argument(metavar="FILE…", help="Articles as .txt or .json files in UTF-8.", show_default=False),
]


def ingest(files: FilesArgument, database: DatabaseOption = None) -> None:
    """Take articles into the library: text files, or JSON with title, text, url, publisher and date.

    Prints a line a file, parted by tabs: added, known (nothing changed) or failed; the file; its address;
    what was found or the reason.
    The exit status is 1 when a file failed.

    \b
    communique ingest summit.txt statement.json
    communique ingest --database ~/summits.sqlite articles/*.txt
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from app.ingest import ingest_files
    from app.settings import load_settings

    settings = load_settings(database_url=database)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    failed = False
    # Redirecting standard output would send the results to where the bar is drawn.
    with Progress(*columns, console=terminal(), transient=True, redirect_stdout=False) as progress:
        task = progress.add_task("Reading", total=len(files))
        for outcome in ingest_files(files, settings):
            progress.stop()  # the bar and the results may share one screen
            print(result_line(outcome), flush=True)
            progress.start()
            progress.advance(task)
            failed = failed or outcome.status == "failed"
    if failed:
        raise typer.Exit(1)


def result_line(outcome: Outcome) -> str:
    """The result of one file, parted by tabs: status, file, address in the dashboard, and what was found."""
    address = f"/articles/{outcome.slug}" if outcome.slug else "-"
    return "\t".join((outcome.status, str(outcome.path), address, " ".join(outcome.message.split())))
