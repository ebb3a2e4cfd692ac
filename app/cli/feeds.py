"""``communique feed``: what is looked at again and again for new articles."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.library import opened
from app.cli.terms import DatabaseOption, one_line, say
from app.cli.topic_printing import counted, print_table

if TYPE_CHECKING:
    from app.ingest.feeds import Polled
    from app.store.feeds import FeedRow

EXAMPLES = """\b
communique feed add https://www.example.org/news/rss.xml --every 60
communique feed list
communique feed poll
"""
READ_BY = "read by a server that runs on the library, or by `communique jobs work`"

feed = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")

WhichArgument = Annotated[
    str, typer.Argument(metavar="FEED", help="Its number, as `feed list` has it, or its address.", show_default=False)
]


@feed.callback(epilog=EXAMPLES)
def about() -> None:
    """Look at RSS, Atom and JSON feeds for new articles, each taken in once.

    While `communique serve` runs, feeds are looked at by themselves; `communique feed poll` does it without.
    """


@feed.command()
def add(
    url: Annotated[
        str, typer.Argument(metavar="URL", help="Of a feed, or of a page that names one.", show_default=False)
    ],
    every: Annotated[
        int, typer.Option("--every", metavar="MINUTES", min=5, max=10_080, help="Between two looks.")
    ] = 30,
    latest: Annotated[
        int, typer.Option("--latest", metavar="NUMBER", min=0, help="How many of its entries to take in now.")
    ] = 10,
    database: DatabaseOption = None,
) -> None:
    """Look at a feed from now on. Its newest entries are taken in, older ones are not."""
    from app.ingest.feeds import add_feed

    with opened(database) as library:
        row = add_feed(library.engine, url, every=every, latest=latest)
    queued = min(latest, row.entries)
    print(f"{row.id}\t{one_line(row.title)}\t{row.url}", flush=True)
    say(f"It has {counted(row.entries, 'entry', 'entries')}; {queued} of them are queued, to be {READ_BY}.")


@feed.command("list")
def list_feeds(database: DatabaseOption = None) -> None:
    """List the feeds: number, title, address, how often and when next, how many entries were seen, what is wrong."""
    from app.store import feeds

    with opened(database) as library, library.engine.connect() as conn:
        rows = feeds.list_feeds(conn)
    if not rows:
        say("No feeds are looked at; `communique feed add URL` adds one.")
        return
    head = ["feed", "title", "address", "every", "next", "entries", "trouble"]
    print_table([head, *map(_row, rows)], right=(0, 3, 5))


@feed.command()
def poll(
    which: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FEED]…", help="Numbers or addresses; else all feeds.", show_default=False),
    ] = None,
    due: Annotated[bool, typer.Option("--due", help="Only those whose time has come.")] = False,
    database: DatabaseOption = None,
) -> None:
    """Look at feeds now, and queue what is new. The exit status is 1 when one could not be read."""
    from app.ingest.feeds import poll_feed
    from app.store.feeds import due_feeds
    from app.store.feeds import list_feeds as all_feeds

    failed, queued = False, 0
    with opened(database) as library:
        with library.engine.connect() as conn:
            rows, ready = all_feeds(conn), due_feeds(conn)
        chosen = [_find(rows, name) for name in which] if which else list(rows)
        for row in chosen:
            if not due or row.id in ready:
                polled = poll_feed(library.engine, row.id)
                failed, queued = failed or polled.error is not None, queued + polled.queued
                print(_polled(row, polled), flush=True)
    if queued:
        say(f"{counted(queued, 'document')} queued, to be {READ_BY}.")
    if failed:
        raise typer.Exit(1)


@feed.command()
def remove(which: WhichArgument, database: DatabaseOption = None) -> None:
    """Look at a feed no more. What came from it stays in the library."""
    from app.store import feeds, meta

    with opened(database) as library, library.engine.begin() as conn:
        meta.lock(conn)
        row = _find(feeds.list_feeds(conn), which)
        feeds.remove_feed(conn, row.id)
    say(f"{one_line(row.title)} is looked at no more.")


def _find(rows: tuple[FeedRow, ...], name: str) -> FeedRow:
    from app.errors import NotFound

    for row in rows:
        if name in {str(row.id), row.url}:
            return row
    raise NotFound(f"There is no feed “{name}”; `communique feed list` lists them.")


def _row(row: FeedRow) -> list[str]:
    due = "now" if row.due <= dt.datetime.now(dt.UTC) else row.due.astimezone().strftime("%Y-%m-%d %H:%M")
    return [str(row.id), one_line(row.title), row.url, f"{row.every} min", due, f"{row.entries:,}", one_line(row.error)]


def _polled(row: FeedRow, polled: Polled) -> str:
    what = one_line(polled.error) if polled.error else f"{polled.queued:,} new"
    return f"{row.id}\t{'failed' if polled.error else 'ok'}\t{one_line(row.title)}\t{what}"
