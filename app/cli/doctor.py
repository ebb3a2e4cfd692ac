"""``communique doctor``: what is there, what is wrong, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.terms import DatabaseOption, PipelineOption

if TYPE_CHECKING:
    from app.cli.checks import Finding


QuickOption = Annotated[bool, typer.Option("--quick", help="Do not look at all that is in the library.")]
MendOption = Annotated[
    bool, typer.Option("--mend", help="Make anew what can be, and have the rest analysed again; then look again.")
]


def doctor(
    database: DatabaseOption = None,
    pipeline: PipelineOption = None,
    quick: QuickOption = False,
    mend: MendOption = False,
) -> None:
    """Look at the model, the versions, the charts, and at the whole library, which may be in use. Changes nothing.

    Every quote is held against its text: 100,000 take half a minute. With --mend, what is wrong is mended as
    far as that can be done from what is there. The exit status is 1 when something is wrong; the line after it says
    how to mend it.

    \b
    communique doctor
    communique doctor --quick --database ~/summits.sqlite
    communique doctor --mend
    """
    wrong = 0
    for finding in _findings(database, pipeline, quick=quick and not mend, mend=mend):
        print(f"{'ok  ' if finding.good else 'BAD '} {finding.name:<9} {finding.state}", flush=True)
        if not finding.good:
            wrong += 1
            if finding.mend:
                print(f"{'':<14} {finding.mend}", flush=True)
    if wrong:
        raise typer.Exit(1)


def _findings(database: str | None, pipeline: str | None, *, quick: bool, mend: bool) -> Iterator[Finding]:
    from app.cli import checks, checkup
    from app.settings import load_settings

    settings = load_settings(database_url=database, pipeline=pipeline)
    yield from checks.versions()
    yield from checks.library(settings)
    if not quick:
        yield from checkup.contents(settings, mend=mend)
    yield from checks.charts()
    yield from checks.model(settings)
