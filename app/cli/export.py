"""``communique export``: quotes as a file, the same as the pages' "Download" gives."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.copies import STANDARD, OverwriteOption
from app.cli.folder import write_folder
from app.cli.library import opened
from app.cli.search import SinceOption, SpeakerOption, TopicOption, UntilOption, chosen_by
from app.cli.terms import DatabaseOption, say
from app.cli.topic_printing import counted
from app.errors import AppError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.store.filters import AttributionFilter

ENDINGS = "html, csv, xlsx, jsonl, jsonld or schema.jsonld; of articles jsonl or brat.zip"
TargetArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FILE]",
        help=f"Where to; its ending says what: {ENDINGS}. - for standard output.",
        show_default=False,
    ),
]
PageOption = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", help="One page that needs no network, whatever FILE is called."),
]
FolderOption = Annotated[
    Path | None, typer.Option("--static", metavar="DIR", help="A folder of pages for any web host.")
]
ArticleOption = Annotated[
    str | None,
    typer.Option("--article", metavar="SLUG", help="One article, as its address has it.", show_default=False),
]
QueryOption = Annotated[
    str | None, typer.Option("--query", metavar="QUERY", help="As `search` takes it.", show_default=False)
]
FormatOption = Annotated[
    str | None, typer.Option("--format", metavar="ENDING", help=f"{ENDINGS}, whatever FILE is called.")
]
ArticlesOption = Annotated[bool, typer.Option("--articles", help="The articles, with their texts and quotes.")]


def export(
    target: TargetArgument = None,
    html: PageOption = None,
    static: FolderOption = None,
    query: QueryOption = None,
    topic: TopicOption = None,
    speaker: SpeakerOption = None,
    article: ArticleOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    kind: FormatOption = None,
    whole: ArticlesOption = False,
    overwrite: OverwriteOption = False,
    database: DatabaseOption = None,
) -> None:
    """Take quotes out: as one page, as a folder of pages, for spreadsheets, for programs, as W3C Web Annotations.

    With --articles it is the articles themselves, with their texts and quotes; `ingest` reads them back.

    \b
    communique export --html energy.html --topic energy
    communique export --static public
    communique export quotes.xlsx
    communique export energy.csv --topic energy --from 2023-01-01
    communique export library.jsonl --articles
    communique export - --format jsonl --query "pipeline -gas" | jq .text
    """
    if sum(one is not None for one in (target, html, static)) != 1:
        raise typer.BadParameter("Name one place to write to: FILE, --html FILE or --static DIR.")
    if whole and (html or static):
        raise typer.BadParameter("--articles is for FILE alone.")
    ending = ""
    if html is not None:
        target, kind = html, "html"
    if target is not None:
        ending = _checked(target, kind, whole=whole, overwrite=overwrite)
    with opened(database) as library, library.engine.connect() as conn:
        chosen = in_article(conn, chosen_by(conn, query, topic, speaker, since, until), article)
        if static is not None:
            write_folder(library, conn, static, chosen)
        elif target is not None and whole:
            _write_articles(conn, target, ending, chosen)
        elif target is not None:
            _write_quotes(conn, target, ending, chosen)


def in_article(conn: Connection, chosen: AttributionFilter, slug: str | None) -> AttributionFilter:
    """*chosen* in the article *slug* alone, if it is given.

    Raises:
        NotFound: no article has this slug.
    """
    from app.store.articles import article_row

    return chosen if slug is None else replace(chosen, article=article_row(conn, slug).slug)


def _checked(target: Path, kind: str | None, *, whole: bool, overwrite: bool) -> str:
    """The ending that says what is written.

    Raises:
        BadParameter: nothing is written so.
        AppError: *target* is there already, or is a terminal.
    """
    from app.present.exports.formats import ARTICLE_FORMATS, FORMATS
    from app.present.standalone.kind import ENDING

    kinds = tuple(ARTICLE_FORMATS) if whole else (ENDING, *FORMATS)
    ending = kind or max((one for one in kinds if target.name.lower().endswith(f".{one}")), key=len, default="")
    if ending not in kinds:
        what = "articles" if whole else "quotes"
        raise typer.BadParameter(f"Say by the name of FILE or by --format how {what} are written: {', '.join(kinds)}.")
    if target != STANDARD and target.exists() and not overwrite:
        raise AppError(f"{target} is there already; --overwrite writes over it.")
    if target == STANDARD and sys.stdout.isatty() and ending in ("xlsx", "brat.zip", ENDING):
        raise AppError("This is nothing to read in a terminal; send it into a file or another program.")
    return ending


def _write_articles(conn: Connection, target: Path, ending: str, chosen: AttributionFilter) -> None:
    from app.present.exports.formats import ARTICLE_FORMATS
    from app.store.documents import documents

    _write(target, ARTICLE_FORMATS[ending].write(documents(conn, chosen)))


def _write_quotes(conn: Connection, target: Path, ending: str, chosen: AttributionFilter) -> None:
    from app.present.exports.about import About
    from app.present.exports.formats import FORMATS
    from app.present.standalone import kind as one_page
    from app.present.templates import labels
    from app.store.attributions import each_quote
    from app.store.cube.choosing import Order, choose
    from app.store.topics import all_topics

    topics, count = all_topics(conn), len(choose(conn, chosen))
    about = About.of(chosen, Order.NEWEST, count, labels(topics))
    if ending == one_page.ENDING:
        from app.present.standalone.page import write
        from app.present.standalone.shell import Workshop

        one_page.check_room(count)
        _write(target, write(conn, Workshop.here(), about, chosen, Order.NEWEST, topics))
    else:
        FORMATS[ending].check_room(count)
        _write(target, FORMATS[ending].write(about, each_quote(conn, chosen)))
    say(f"{counted(count, 'quote')}.")


def _write(target: Path, pieces: Iterable[bytes]) -> None:
    """Write *pieces* to *target*, which is as it was until all of them are there."""
    if target == STANDARD:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise AppError(f"{target} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
        Path(name).chmod(0o644)
        os.replace(name, target)
    except OSError as error:
        raise AppError(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        Path(name).unlink(missing_ok=True)
