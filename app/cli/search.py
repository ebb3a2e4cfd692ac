"""``communique search``: the quotes that match, in a table or as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.library import opened
from app.cli.terms import DatabaseOption, one_line, say
from app.cli.topic_printing import counted, print_table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from app.store.filters import AttributionFilter
    from app.store.rows import QuoteRow

QueryArgument = Annotated[
    str,
    typer.Argument(
        metavar="QUERY", help='Words, "phrases", beginnings*, -not, OR, speaker:, topic:, title:.', show_default=False
    ),
]
TopicOption = Annotated[str | None, typer.Option("--topic", metavar="ID", help="An id or a label.", show_default=False)]
SpeakerOption = Annotated[
    str | None, typer.Option("--speaker", metavar="SLUG", help="As `speakers list` has it.", show_default=False)
]
SinceOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="Articles of this day and later.", show_default=False)
]
UntilOption = Annotated[
    str | None, typer.Option("--to", metavar="DATE", help="Articles of this day and earlier.", show_default=False)
]
LimitOption = Annotated[int, typer.Option("--limit", metavar="NUMBER", min=1, help="At most so many.")]
JsonOption = Annotated[bool, typer.Option("--json", help="A line of JSON a quote, as the pages have it.")]


def search(
    query: QueryArgument,
    topic: TopicOption = None,
    speaker: SpeakerOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    limit: LimitOption = 20,
    in_json: JsonOption = False,
    database: DatabaseOption = None,
) -> None:
    """Find quotes by the words of quote, clause, speaker and title, the best first.

    \b
    communique search "pipeline -gas speaker:putin"
    communique search '"energy partnership" OR pipe*' --topic energy --from 2022-01-01 --limit 50
    communique search "title:summit nato" --json
    """
    from app.store.attributions import list_quotes
    from app.store.cube.choosing import Order

    with opened(database) as library, library.engine.connect() as conn:
        chosen = chosen_by(conn, query, topic, speaker, since, until)
        page = list_quotes(conn, chosen, limit=limit, order=Order.RELEVANCE)
    _print(page.items, in_json=in_json)
    if not page.items:
        say("No quote matches.")
    elif page.total > len(page.items):
        say(f"These are {len(page.items):,} of {counted(page.total, 'quote')}; --limit shows more.")


def chosen_by(
    conn: Connection, query: str | None, topic: str | None, speaker: str | None, since: str | None, until: str | None
) -> AttributionFilter:
    """The filter that the options give.

    Raises:
        QueryError: the words cannot be looked for, or there is no such topic.
        BadParameter: a day is none.
    """
    from app.store.filters import AttributionFilter
    from app.store.search import Term, read_query, topic_ids

    first, last = _day(since, "--from"), _day(until, "--to")
    words = str(read_query(conn, query)) if query else None
    about = topic_ids(conn, [Term((topic,))])[0] if topic else None
    return AttributionFilter(topic=about, speaker=speaker, since=first, until=last, words=words)


def _print(rows: Sequence[QuoteRow], *, in_json: bool) -> None:
    from app.present import quote_json

    if in_json:
        for row in rows:
            print(json.dumps(quote_json.quote(row), ensure_ascii=False), flush=True)
    elif rows:
        print_table([["address", "date", "speaker", "quote", "article"], *map(_cells, rows)])


def _day(given: str | None, option: str) -> dt.date | None:
    from app.errors import IngestError
    from app.text.fields import day

    try:
        return day(given, option)[0] if given else None
    except IngestError as error:
        raise typer.BadParameter(str(error)) from error


def _cells(row: QuoteRow) -> list[str]:
    from app.present.rows import speaker_name, words_at

    who = speaker_name(row.speaker, words_at(row.clause, row.attribution.source), row.article.language)
    day = row.article.date.isoformat() if row.article.date else ""
    return [f"/quotes/{row.id}", day, one_line(who), one_line(row.text), one_line(row.article.title)]
