"""``communique ingest``: files into the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.terms import DatabaseOption, terminal

if TYPE_CHECKING:
    from app.ingest.files import Outcome

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
    from app.ingest.files import ingest_files
    from app.settings import load_settings

    settings = load_settings(database_url=database)
    failed = False
    with _bar(len(files)) as show:
        for outcome in ingest_files(files, settings):
            show(result_line(outcome))
            failed = failed or outcome.status == "failed"
    if failed:
        raise typer.Exit(1)


@contextmanager
def _bar(total: int) -> Iterator[Callable[[str], None]]:
    """A bar on standard error where that is a terminal; yields what prints a result and moves the bar on."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = terminal()
    if not console.is_interactive:
        yield partial(print, flush=True)
        return
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # Redirecting standard output would send the results to where the bar is drawn.
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as progress:
        task = progress.add_task("Reading", total=total)

        def show(line: str) -> None:
            progress.stop()  # the bar and the results may share one screen
            print(line, flush=True)
            progress.advance(task)
            progress.start()

        yield show


def result_line(outcome: Outcome) -> str:
    """The result of one file, parted by tabs: status, file, address in the dashboard, and what was found."""
    address = f"/articles/{outcome.slug}" if outcome.slug else "-"
    return "\t".join((outcome.status, str(outcome.path), address, " ".join(outcome.message.split())))
