"""What the commands share: the options that mean the same everywhere, and the way to speak to a person."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

MOVING = dict.fromkeys((*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "�")
"""What moves a cursor or turns the writing round: control characters, and those of Unicode for both directions."""

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="PATH|URL",
        help="The library: a path to an SQLite file, or an SQLAlchemy URL. "
        "Otherwise COMMUNIQUE_DATABASE_URL, otherwise a file in your data folder.",
        show_default=False,
    ),
]
PipelineOption = Annotated[
    str | None,
    typer.Option(
        "--pipeline",
        metavar="NAME|PATH",
        help="rules, learned, or a spaCy pipeline, or both as in rules:NAME. Otherwise COMMUNIQUE_PIPELINE, "
        "otherwise the learned tagger on the best English pipeline installed.",
        show_default=False,
    ),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print what failed and nothing else.")]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="NUMBER",
        min=1,
        max=64,
        help="Processes that read and analyse. Otherwise COMMUNIQUE_WORKERS, otherwise one a core, four at most.",
        show_default=False,
    ),
]


def say(message: str) -> None:
    """Tell the person at the terminal; results alone go to standard output."""
    print(message, file=sys.stderr, flush=True)


def one_line(text: str | None) -> str:
    """*text*, which a stranger may have written, as it may be printed: in one line, without what moves a cursor."""
    return " ".join((text or "").split()).translate(MOVING)


def terminal() -> Console:
    """The console for progress bars, on standard error."""
    from rich.console import Console

    return Console(stderr=True)
