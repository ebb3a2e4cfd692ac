"""``communique speakers``: who speaks in the library, and by which name."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.library import opened
from app.cli.terms import DatabaseOption, one_line, say
from app.cli.topic_printing import print_table

EXAMPLES = """\b
communique speakers list
communique speakers rename vladimir-putin "President Putin"
"""

speakers = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")


@speakers.callback(epilog=EXAMPLES)
def about() -> None:
    """See who speaks in the library, and give a speaker another name."""


@speakers.command("list")
def list_speakers(database: DatabaseOption = None) -> None:
    """List the speakers, those with the most quotes first: slug, kind, quotes, indirect ones, name."""
    from app.store.filters import AttributionFilter
    from app.store.stats import speaker_counts

    with opened(database) as library, library.engine.connect() as conn:
        counts = speaker_counts(conn, AttributionFilter())
    rows = [["slug", "kind", "quotes", "indirect", "name"]]
    for count in counts:
        slug, kind, name = ("-", "-", "nobody by name")
        if count.speaker is not None:
            slug, kind, name = count.speaker.slug, count.speaker.kind.value, one_line(count.speaker.name)
        rows.append([slug, kind, f"{count.quotes:,}", f"{count.indirect:,}", name])
    print_table(rows, right=(2, 3))


@speakers.command()
def rename(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="As `speakers list` has it.", show_default=False)],
    name: Annotated[str, typer.Argument(metavar="NAME", help="What to call the speaker.", show_default=False)],
    database: DatabaseOption = None,
) -> None:
    """Call a speaker by another name wherever it speaks; what is read later keeps to it."""
    from app.errors import IngestError
    from app.store.editing import rename_speaker
    from app.text.fields import line

    try:
        wanted = line({"name": name}, "name")
    except IngestError as error:
        raise typer.BadParameter(str(error)) from error
    if not wanted:
        raise typer.BadParameter("A speaker has a name.")
    with opened(database) as library, library.engine.begin() as conn:
        before = rename_speaker(conn, slug, wanted)
    say(f"{one_line(before)} is {wanted} now." if before != wanted else "That is the name already.")
