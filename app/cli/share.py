"""``communique share``: links by which others see a part of the library on a server that runs with ``--share``."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.library import opened
from app.cli.search import SinceOption, SpeakerOption, TopicOption, UntilOption, chosen_by
from app.cli.terms import DatabaseOption, one_line, say
from app.cli.topic_printing import print_table

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.present.share_targets import Target
    from app.store.filters import AttributionFilter
    from app.store.shares import Share

EXAMPLES = """\b
communique share link --topic energy --days 7 --note "the desk in Brussels"
communique share link --role corrector --never
communique share list
communique share revoke 3f9c21ab77de
communique share owner
"""
ROLES = ("reader", "corrector", "owner")
share = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")

ArticleOption = Annotated[
    str | None, typer.Option("--article", metavar="SLUG", help="One article with its text.", show_default=False)
]
QuoteOption = Annotated[str | None, typer.Option("--quote", metavar="ID", help="One quote.", show_default=False)]
QueryOption = Annotated[
    str | None, typer.Option("--query", metavar="QUERY", help="As `search` takes it.", show_default=False)
]
RoleOption = Annotated[
    str,
    typer.Option("--role", metavar="|".join(ROLES), help="What they may do; owner is for programs of yours."),
]
DaysOption = Annotated[int, typer.Option("--days", metavar="NUMBER", min=1, max=3650, help="How long it works.")]
NeverOption = Annotated[bool, typer.Option("--never", help="It works until it is taken back.")]
NoteOption = Annotated[str, typer.Option("--note", metavar="TEXT", help="For you alone: whom it is for.")]
BaseUrlOption = Annotated[
    str | None,
    typer.Option("--base-url", metavar="URL", help="The address that the server has for others.", show_default=False),
]
PortOption = Annotated[
    int | None, typer.Option("--port", metavar="NUMBER", help="Its port, where it has no such address.")
]


@share.callback(epilog=EXAMPLES)
def about() -> None:
    """Make, list and take back share links.

    They work while `communique serve --share` runs on the same library. A link is printed once: only its hash is kept.
    """


@share.command()
def link(
    topic: TopicOption = None,
    speaker: SpeakerOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    query: QueryOption = None,
    article: ArticleOption = None,
    quote: QuoteOption = None,
    role: RoleOption = "reader",
    days: DaysOption = 30,
    never: NeverOption = False,
    note: NoteOption = "",
    base_url: BaseUrlOption = None,
    port: PortOption = None,
    database: DatabaseOption = None,
) -> None:
    """Make a link to a quote, an article, the quotes of a filter, or else the whole library."""
    from app.domain import Role
    from app.present.qr import qr_terminal
    from app.store import audit
    from app.store.jobs import now
    from app.store.shares import NewShare, make_share

    if role not in ROLES:
        raise typer.BadParameter(f"It is one of {', '.join(ROLES)}.", param_hint="--role")
    asked = (topic, speaker, since, until, query)
    if sum([any(asked), article is not None, quote is not None]) > 1:
        raise typer.BadParameter("Name a quote, or an article, or a filter.", param_hint="--quote, --article")
    origin = _origin(base_url, port)
    with opened(database) as library:
        with library.engine.connect() as conn:
            target = _target(conn, chosen_by(conn, query, topic, speaker, since, until), article, quote)
        expires = None if never else now() + dt.timedelta(days=days)
        wanted = NewShare(Role[role.upper()], target.part, target.given, target.path, target.title, note, expires)
        with library.engine.begin() as conn:
            uid, token = make_share(conn, wanted)
            audit.note(conn, "command line", "shared", f"link {uid}: {target.title}, {role}")
    say(f"{one_line(target.title)}: {role}, {'until it is taken back' if never else f'for {days} days'}; link {uid}.")
    say(qr_terminal(f"{origin}/s/{token}"))
    print(f"{origin}/s/{token}", flush=True)


@share.command("list")
def list_links(
    in_json: Annotated[bool, typer.Option("--json", help="A line of JSON a link.")] = False,
    database: DatabaseOption = None,
) -> None:
    """List all links, the last first."""
    from app.present.share_json import share_json
    from app.store.jobs import now
    from app.store.shares import list_shares

    with opened(database) as library, library.engine.connect() as conn:
        every = list_shares(conn)
    if in_json:
        for one in every:
            print(json.dumps(share_json(one), ensure_ascii=False), flush=True)
    elif every:
        cells = [
            [one.uid, one.role.name.lower(), _state(one, now()), str(one.uses), one_line(one.title)] for one in every
        ]
        print_table([["link", "role", "works", "opened", "what"], *cells])
    else:
        say("No link was made yet.")


@share.command()
def revoke(
    uid: Annotated[str, typer.Argument(metavar="LINK", help="As `share list` has it.", show_default=False)],
    database: DatabaseOption = None,
) -> None:
    """Take a link back: whoever came by it sees nothing any more."""
    from app.store import audit
    from app.store import shares as store

    with opened(database) as library, library.engine.begin() as conn:
        gone = store.revoke(conn, uid)
        audit.note(conn, "command line", "took back", f"link {gone.uid}: {gone.title}")
    say(f"Taken back: {one_line(gone.title)}.")


@share.command()
def owner(base_url: BaseUrlOption = None, port: PortOption = None, database: DatabaseOption = None) -> None:
    """Print a link that makes the first browser that opens it an owner's. It works once, and for an hour."""
    from app.cli.invitation import owner_link

    origin = _origin(base_url, port)
    with opened(database) as library:
        print(owner_link(library.engine, origin), flush=True)


@share.command()
def log(
    limit: Annotated[int, typer.Option("--limit", metavar="NUMBER", min=1, help="At most so many lines.")] = 50,
    database: DatabaseOption = None,
) -> None:
    """Print who did what, the last first."""
    from app.store.audit import lines

    with opened(database) as library, library.engine.connect() as conn:
        every = lines(conn, limit=limit)
    cells = [[f"{one.at:%Y-%m-%d %H:%M}", *map(one_line, (one.who, one.did, one.what, one.client))] for one in every]
    print_table([["when", "who", "did", "what", "from"], *cells])


def _origin(base_url: str | None, port: int | None) -> str:
    """Where others reach the server, as far as this command can know.

    Raises:
        AppError: *base_url* is none.
    """
    from app.settings import load_settings
    from app.web.addresses import network_origins

    settings = load_settings(base_url=base_url, port=port, share=True)
    return network_origins(settings, settings.port)[0]


def _target(conn: Connection, chosen: AttributionFilter, article: str | None, quote: str | None) -> Target:
    from app.present.share_targets import LIBRARY, article_target, list_target, quote_target
    from app.present.templates import labels
    from app.store.topics import all_topics

    if quote is not None:
        return quote_target(conn, quote)
    if article is not None:
        return article_target(conn, article)
    if chosen.given:
        return list_target(conn, labels(all_topics(conn)), chosen)
    return LIBRARY


def _cells(one: Share, at: dt.datetime) -> list[str]:
    return [one.uid, one.role.name.lower(), _state(one, at), str(one.uses), one_line(one.title)]


def _state(one: Share, at: dt.datetime) -> str:
    if one.revoked:
        return f"taken back {one.revoked:%Y-%m-%d}"
    if one.expires is None:
        return "yes"
    return f"until {one.expires:%Y-%m-%d}" if at < one.expires else f"ended {one.expires:%Y-%m-%d}"
