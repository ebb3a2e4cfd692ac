"""``communique articles``: what is in the library, put right, taken out and brought back."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.library import opened
from app.cli.terms import DatabaseOption, one_line, say
from app.cli.topic_printing import counted, print_table

if TYPE_CHECKING:
    import datetime as dt

    from app.domain import DatePrecision

EXAMPLES = """\b
communique articles list
communique articles edit joint-statement --date 2023-03-21 --publisher "The Example"
communique articles delete joint-statement
communique articles restore joint-statement
communique articles original joint-statement statement.pdf
"""

articles = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")

SlugArgument = Annotated[
    str, typer.Argument(metavar="SLUG", help="The end of its address, as `articles list` has it.", show_default=False)
]
SlugsArgument = Annotated[
    list[str],
    typer.Argument(metavar="SLUG…", help="As `articles list` has them.", show_default=False),
]
LimitOption = Annotated[int, typer.Option("--limit", metavar="NUMBER", min=1, help="At most so many.")]


@articles.callback(epilog=EXAMPLES)
def about() -> None:
    """List the articles, put right what was read wrongly of one, delete and bring back, get originals."""


@articles.command("list")
def list_articles(limit: LimitOption = 50, database: DatabaseOption = None) -> None:
    """List the articles, last added first: slug, date, publisher, words, quotes, indirect ones, title."""
    from app.store import articles as store

    with opened(database) as library, library.engine.connect() as conn:
        page = store.list_articles(conn, limit=limit)
    rows = [["slug", "date", "publisher", "words", "quotes", "indirect", "title"]]
    for row in page.items:
        date = _shown(row.date, row.date_precision)
        numbers = [f"{number:,}" for number in (row.words, row.quotes, row.indirect)]
        rows.append([row.slug, date, one_line(row.publisher), *numbers, one_line(row.title)])
    print_table(rows, right=(3, 4, 5))
    if page.total > len(page.items):
        say(f"These are {len(page.items):,} of {page.total:,}; --limit shows more.")


@articles.command()
def edit(
    slug: SlugArgument,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", show_default=False)] = None,
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="2023-03-21, 2023-03 or 2023.", show_default=False),
    ] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", metavar="TEXT", show_default=False)] = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="Where it was published.", show_default=False)
    ] = None,
    byline: Annotated[
        str | None, typer.Option("--byline", metavar="TEXT", help="Who wrote it.", show_default=False)
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Change what is known of an article; an empty text takes a field away. Its address and its text stay.

    \b
    communique articles edit joint-statement --title "Joint statement" --date 2023-03
    communique articles edit joint-statement --byline ""
    """
    from app.store.editing import edit_article, fields_of

    given = {"title": title, "date": date, "publisher": publisher, "url": url, "byline": byline}
    if all(value is None for value in given.values()):
        raise typer.BadParameter("Say what to change: --title, --date, --publisher, --url or --byline.")
    new = _fields(given)
    with opened(database) as library, library.engine.begin() as conn:
        before, _ = fields_of(conn, slug)
        changed = edit_article(conn, slug, replace(before, **new))
    names = sorted({name.removesuffix("_precision") for name in changed})
    say(f"Changed the {' and the '.join(names)} of {slug}." if names else "Nothing is different.")


@articles.command()
def delete(slugs: SlugsArgument, database: DatabaseOption = None) -> None:
    """Delete articles with their quotes. For 30 days they can be brought back."""
    from app.store.deleting import delete_article

    with opened(database) as library, library.engine.begin() as conn:
        gone = [delete_article(conn, slug) for slug in dict.fromkeys(slugs)]
    for row in gone:
        say(f"{row.slug}: deleted; `communique articles restore {row.slug}` brings it back until {row.gone:%Y-%m-%d}.")


@articles.command()
def restore(slugs: SlugsArgument, database: DatabaseOption = None) -> None:
    """Bring deleted articles back as they were."""
    from app.ingest.intake import queue_reanalysis
    from app.store.deleting import restore_article

    with opened(database) as library:
        with library.engine.begin() as conn:
            stale = [slug for slug in dict.fromkeys(slugs) if restore_article(conn, slug)]
        if stale:
            queue_reanalysis(library.engine, only=stale)
    say(f"{counted(len(dict.fromkeys(slugs)), 'article')} brought back.")
    if stale:
        say(
            f"The topics are others now, so {counted(len(stale), 'article')} will be analysed again, "
            "by a server that runs on the library or by `communique jobs work`."
        )


@articles.command()
def deleted(database: DatabaseOption = None) -> None:
    """List what was deleted and can be brought back: slug, deleted, until when, title."""
    from app.store.deleting import list_deleted

    with opened(database) as library, library.engine.connect() as conn:
        rows = list_deleted(conn)
    if not rows:
        say("Nothing can be brought back.")
        return
    days = [[row.slug, f"{row.deleted:%Y-%m-%d}", f"{row.gone:%Y-%m-%d}", one_line(row.title)] for row in rows]
    print_table([["slug", "deleted", "until", "title"], *days])


@articles.command()
def original(
    slug: SlugArgument,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="Otherwise standard output.", show_default=False),
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Write the document that an article was read from, byte for byte as it was given."""
    from app.errors import NotFound
    from app.store import originals, provenance
    from app.store.articles import article_text

    with opened(database) as library, library.engine.connect() as conn:
        article_text(conn, slug)
        source = provenance.source_of(conn, slug)
        if source is None:
            raise NotFound("An older version took this article in, which kept no originals.")
        data = originals.original(conn, source.original)
    if file is not None:
        file.write_bytes(data)
        say(f"{file}: {counted(len(data), 'byte')} of {source.kind}, given as {one_line(source.name) or 'a text'}.")
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.flush()


def _fields(given: dict[str, str | None]) -> dict[str, Any]:
    """The fields that are *given*, as an article has them."""
    from app.errors import IngestError
    from app.text.fields import address, day, line

    new: dict[str, Any] = {}
    try:
        for name in (name for name, value in given.items() if value is not None):
            text = line(given, name)
            if name == "date":
                new["date"], new["date_precision"] = day(text)
            else:
                new[name] = address(text) if name == "url" else text or None
    except IngestError as error:
        raise typer.BadParameter(str(error)) from error
    if "title" in new and not new["title"]:
        raise typer.BadParameter("An article has a title.")
    return new


def _shown(date: dt.date | None, precision: DatePrecision) -> str:
    """The date, as much of it as is known."""
    return date.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision.value]] if date else ""
