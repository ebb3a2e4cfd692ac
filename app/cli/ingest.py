"""``communique ingest``: whatever an analyst has, into the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.library import Library, opened
from app.cli.terms import DatabaseOption, PipelineOption, QuietOption, WorkersOption, say
from app.cli.topic_printing import counted
from app.cli.working import Working

if TYPE_CHECKING:
    from app.ingest.delivery import Delivered
    from app.ingest.finding import Found, LeftOut
    from app.text.given import Given

SHOWN_NAMES = 3

WordsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH|URL|-…",
        help="Files of any kind, folders, patterns in quotation marks, addresses; - is standard input.",
        show_default=False,
    ),
]
TitleOption = Annotated[
    str | None, typer.Option("--title", metavar="TEXT", help="Of the one document.", show_default=False)
]
UrlOption = Annotated[
    str | None, typer.Option("--url", metavar="URL", help="Where the one document was published.", show_default=False)
]
PublisherOption = Annotated[
    str | None, typer.Option("--publisher", metavar="TEXT", help="Of the one document.", show_default=False)
]
DateOption = Annotated[
    str | None,
    typer.Option(
        "--date", metavar="DATE", help="Of the one document: 2023-03-21, 2023-03 or 2023.", show_default=False
    ),
]
NoWaitOption = Annotated[
    bool, typer.Option("--no-wait", help="Only queue; a server, or the next ingest, reads the documents.")
]


def ingest(
    words: WordsArgument,
    title: TitleOption = None,
    url: UrlOption = None,
    publisher: PublisherOption = None,
    date: DateOption = None,
    quiet: QuietOption = False,
    no_wait: NoWaitOption = False,
    workers: WorkersOption = None,
    pipeline: PipelineOption = None,
    database: DatabaseOption = None,
) -> None:
    """Take articles into the library: text, Markdown, HTML, PDF, DOCX, mail, JSON, JSON Lines, CSV; files and pages.

    Prints a line a document as it ends, parted by tabs: added, version (of one that is there), known (nothing
    changed), restored, failed or cancelled; its name; its address; what was found or the reason.
    The exit status is 1 when one failed. Ctrl-C stops it; what is left goes on with the next ingest or serve.

    \b
    communique ingest summit.pdf statement.docx page.html
    communique ingest articles/ 'saved/**/*.eml' many.jsonl
    communique ingest https://www.example.org/joint-statement --publisher "The Example"
    zcat articles.jsonl.gz | communique ingest -
    """
    from app.ingest.delivery import deliver
    from app.ingest.finding import find

    given = _given(title, url, publisher, date)
    if given is not None:
        _check_one(words)
    with opened(database, pipeline=pipeline, workers=workers) as library:
        found = find(words, besides=library.files)
        delivered = deliver(library.engine, _of_one(found) if given else found, given)
        failed = _only_queue(delivered, quiet) if no_wait else _work(library, delivered, quiet)
    if failed:
        raise typer.Exit(1)


def _given(title: str | None, url: str | None, publisher: str | None, date: str | None) -> Given | None:
    from app.errors import IngestError
    from app.text.fields import address, day, line
    from app.text.given import Given

    texts = {"title": title, "url": url, "publisher": publisher, "date": date}
    if not any(texts.values()):
        return None
    try:
        known = {name: line(texts, name) or None for name in texts}
        when, precision = day(known["date"] or "")
        return Given(
            title=known["title"],
            url=address(known["url"] or ""),
            publisher=known["publisher"],
            date=when,
            date_precision=precision,
        )
    except IngestError as error:
        raise typer.BadParameter(str(error)) from error


def _check_one(words: list[str]) -> None:
    if len(words) != 1:
        raise typer.BadParameter("--title, --url, --publisher and --date are for one document; name only that.")


def _of_one(found: Iterable[Found]) -> Iterator[Found]:
    """*found*, as long as it is a single document."""
    from app.ingest.finding import LeftOut

    for number, one in enumerate(one for one in found if not isinstance(one, LeftOut)):
        if number:
            raise typer.BadParameter("--title, --url, --publisher and --date are for one document, not for a folder.")
        yield one


def _work(library: Library, delivered: Iterable[Delivered], quiet: bool) -> bool:
    with Working(library, quiet=quiet) as working:
        working.take_over()
        for some in delivered:
            working.fail((one.place, one.reason) for one in some.unread)
            for one in some.left_out:
                working.say(_left_out(one))
            working.follow(some.batch, some.places)
        working.wait()
        working.summary()
    return working.failed


def _only_queue(delivered: Iterable[Delivered], quiet: bool) -> bool:
    from app.cli.working import line

    queued, batch, failed = 0, "", False
    for some in delivered:
        queued, batch = queued + some.jobs, some.batch
        for bad in some.unread:
            failed = True
            print(line("failed", bad.place, None, bad.reason), flush=True)
        for one in () if quiet else some.left_out:
            say(_left_out(one))
    if not quiet:
        say(
            f"Queued {counted(queued, 'document')} as batch {batch}, to be read by a server that runs on the library, "
            "or by `communique jobs work`."
        )
    return failed


def _left_out(one: LeftOut) -> str:
    names = ", ".join(one.names[:SHOWN_NAMES])
    more = f", … ({len(one.names):,} in all)" if len(one.names) > SHOWN_NAMES else ""
    return f"{one.folder}: left out what {one.reason}: {names}{more}."
