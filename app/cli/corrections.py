"""``communique corrections``: what people corrected, undone and exported."""

from __future__ import annotations

import json
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.library import opened
from app.cli.terms import DatabaseOption, one_line, say
from app.cli.topic_printing import counted, print_table

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.store.rows import QuoteRow

EXAMPLES = """\b
communique corrections list
communique corrections undo 12 --by "Anna Berg"
communique corrections export judged/
communique evaluate judged/
"""

corrections = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")

NumberArgument = Annotated[int, typer.Argument(metavar="NUMBER", help="As `list` has it.", show_default=False)]
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who undoes it; else your login.", show_default=False)
]


@corrections.callback(epilog=EXAMPLES)
def about() -> None:
    """See what people corrected, undo it, and export it as labelled data."""


@corrections.command("list")
def list_corrections(
    article: Annotated[
        str | None, typer.Option("--article", metavar="SLUG", help="Only those of an article.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="NUMBER", min=1, help="At most so many.")] = 50,
    database: DatabaseOption = None,
) -> None:
    """List the corrections, the last first: number, when, who, action, state, article, quote, what, note."""
    from app.present.correction_words import correction_words
    from app.store.corrections import history
    from app.store.topics import all_topics

    with opened(database) as library, library.engine.connect() as conn:
        page = history(conn, article=article, limit=limit)
        labels = {topic.id: topic.label for topic in all_topics(conn)}
    if not page.total:
        say("Nobody has corrected anything.")
        return
    rows = [["number", "when (UTC)", "who", "action", "state", "article", "quote", "what", "note"]]
    for one in page.items:
        state = "undone" if not one.in_force else "holds" if one.placed else "not placed"
        who, what, note = map(one_line, (one.by, correction_words(one, labels), one.note))
        place = (one.article_slug or "-", one.quote_id or "-")
        rows.append([str(one.number), f"{one.at:%Y-%m-%d %H:%M}", who, one.action.value, state, *place, what, note])
    print_table(rows, right=(0,))
    if page.total > len(page.items):
        say(f"These are {len(page.items):,} of {page.total:,}; --limit shows more.")


@corrections.command()
def undo(number: NumberArgument, by: ByOption = None, database: DatabaseOption = None) -> None:
    """Take a correction back; all others stay. Of two speakers made one, this makes two again."""
    from app.ingest.correcting import undo as undo_correction

    with opened(database) as library:
        undo_correction(library.engine, library.settings, number, by=by or getuser())
    say(f"Correction {number} is undone; `communique corrections redo {number}` lets it hold again.")


@corrections.command()
def redo(number: NumberArgument, by: ByOption = None, database: DatabaseOption = None) -> None:
    """Let a correction hold again that was undone."""
    from app.ingest.correcting import redo as redo_correction

    with opened(database) as library:
        redo_correction(library.engine, library.settings, number, by=by or getuser())
    say(f"Correction {number} holds again.")


@corrections.command()
def export(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A folder that is new or empty.", show_default=False)
    ],
    database: DatabaseOption = None,
) -> None:
    """Write what people judged as labelled articles, `gold/` beside `articles/`, for `communique evaluate`."""
    from app.errors import IngestError

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise IngestError(f"{folder} is there already and is not an empty folder; name another.")
    with opened(database) as library, library.engine.connect() as conn:
        found = list(_labelled(conn))
    if not found:
        say("Nobody has judged a whole quote yet; nothing was written. Confirm what is right, or reject what is none.")
        raise typer.Exit(1)
    for name in ("gold", "articles"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for gold, article in found:
        for name, record in (("gold", gold), ("articles", article)):
            words = json.dumps(record, indent=1, ensure_ascii=False) + "\n"
            (folder / name / f"{gold['article']}.json").write_text(words, encoding="utf-8")
    quotes = sum(len(gold["quotes"]) for gold, _ in found)
    say(f"{counted(quotes, 'judged quote')} of {counted(len(found), 'article')} written to {folder}.")


def _labelled(conn: Connection) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    from app.domain import TextSpan
    from app.present.gold import article_of_gold, gold_of
    from app.store.accuracy import judged_articles
    from app.store.articles import article_text
    from app.store.judging import SPURIOUS

    found = []
    for slug, judged in judged_articles(conn).items():
        article = article_text(conn, slug)
        rejected = [TextSpan(one["start"], one["end"]) for one in judged if one["how"] == SPURIOUS]
        gold = gold_of(article, _quotes(conn, slug), rejected)
        if gold is not None:
            found.append((gold, article_of_gold(article)))
    return found


def _quotes(conn: Connection, slug: str) -> list[QuoteRow]:
    from app.store.attributions import list_quotes
    from app.store.filters import AttributionFilter

    rows: list[QuoteRow] = []
    after = None
    while True:
        page = list_quotes(conn, AttributionFilter(article=slug), limit=500, after=after)
        rows += page.items
        after = page.next
        if after is None:
            return rows
