"""``communique doctor``: what is there, what is wrong, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from app.cli.terms import DatabaseOption, PipelineOption

if TYPE_CHECKING:
    from app.cli.checks import Finding


def doctor(database: DatabaseOption = None, pipeline: PipelineOption = None) -> None:
    """Look at the model, the database, the versions and the charts. Changes nothing; takes some seconds.

    The exit status is 1 when something is wrong; the line after it says how to mend it.

    \b
    communique doctor
    communique doctor --database ~/summits.sqlite
    """
    wrong = 0
    for finding in _findings(database, pipeline):
        print(f"{'ok  ' if finding.good else 'BAD '} {finding.name:<9} {finding.state}", flush=True)
        if not finding.good:
            wrong += 1
            if finding.mend:
                print(f"{'':<14} {finding.mend}", flush=True)
    if wrong:
        raise typer.Exit(1)


def _findings(database: str | None, pipeline: str | None) -> Iterator[Finding]:
    from app.cli import checks
    from app.settings import load_settings

    settings = load_settings(database_url=database, pipeline=pipeline)
    yield from checks.versions()
    yield from checks.library(settings)
    yield from checks.charts()
    yield from checks.model(settings)
