"""``communique export``: quotes as a file, the same as the pages' "Download" gives."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.copies import STANDARD, OverwriteOption
from app.cli.library import opened
from app.cli.search import SinceOption, SpeakerOption, TopicOption, UntilOption, chosen_by
from app.cli.terms import DatabaseOption, say
from app.cli.topic_printing import counted
from app.errors import AppError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.store.filters import AttributionFilter

ENDINGS = "csv, xlsx, jsonl, jsonld or schema.jsonld; of articles jsonl or brat.zip"
TargetArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help=f"Where to; its ending says what: {ENDINGS}. - for standard output.")
]
QueryOption = Annotated[
    str | None, typer.Option("--query", metavar="QUERY", help="As `search` takes it.", show_default=False)
]
FormatOption = Annotated[
    str | None, typer.Option("--format", metavar="ENDING", help=f"{ENDINGS}, whatever FILE is called.")
]
ArticlesOption = Annotated[bool, typer.Option("--articles", help="The articles, with their texts and quotes.")]


def export(
    target: TargetArgument,
    query: QueryOption = None,
    topic: TopicOption = None,
    speaker: SpeakerOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    kind: FormatOption = None,
    whole: ArticlesOption = False,
    overwrite: OverwriteOption = False,
    database: DatabaseOption = None,
) -> None:
    """Take quotes out as a file: for spreadsheets, for programs, as W3C Web Annotations.

    With --articles it is the articles themselves, with their texts and quotes; `ingest` reads them back.

    \b
    communique export quotes.xlsx
    communique export energy.csv --topic energy --from 2023-01-01
    communique export library.jsonl --articles
    communique export - --format jsonl --query "pipeline -gas" | jq .text
    """
    from app.present.exports.formats import ARTICLE_FORMATS
    from app.store.documents import documents

    ending = _checked(target, kind, whole=whole, overwrite=overwrite)
    with opened(database) as library, library.engine.connect() as conn:
        chosen = chosen_by(conn, query, topic, speaker, since, until)
        if whole:
            _write(target, ARTICLE_FORMATS[ending].write(documents(conn, chosen)))
        else:
            _write_quotes(conn, target, ending, chosen)


def _checked(target: Path, kind: str | None, *, whole: bool, overwrite: bool) -> str:
    """The ending that says what is written.

    Raises:
        BadParameter: nothing is written so.
        AppError: *target* is there already, or is a terminal.
    """
    from app.present.exports.formats import ARTICLE_FORMATS, FORMATS

    kinds = ARTICLE_FORMATS if whole else FORMATS
    ending = kind or max((one for one in kinds if target.name.lower().endswith(f".{one}")), key=len, default="")
    if ending not in kinds:
        what = "articles" if whole else "quotes"
        raise typer.BadParameter(f"Say by the name of FILE or by --format how {what} are written: {', '.join(kinds)}.")
    if target != STANDARD and target.exists() and not overwrite:
        raise AppError(f"{target} is there already; --overwrite writes over it.")
    if target == STANDARD and sys.stdout.isatty() and ending in ("xlsx", "brat.zip"):
        raise AppError("This is no text; send it into a file or another program.")
    return ending


def _write_quotes(conn: Connection, target: Path, ending: str, chosen: AttributionFilter) -> None:
    from app.present.exports.about import About
    from app.present.exports.formats import FORMATS
    from app.present.templates import labels
    from app.store.attributions import each_quote
    from app.store.cube.choosing import Order, choose
    from app.store.topics import all_topics

    kind, count = FORMATS[ending], len(choose(conn, chosen))
    kind.check_room(count)
    about = About.of(chosen, Order.NEWEST, count, labels(all_topics(conn)))
    _write(target, kind.write(about, each_quote(conn, chosen)))
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
