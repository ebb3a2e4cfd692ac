"""``communique reanalyse``: articles read anew by the pipeline of today."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.library import Library, opened
from app.cli.terms import DatabaseOption, PipelineOption, QuietOption, WorkersOption, say
from app.cli.topic_printing import counted, print_table

SlugsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SLUG…", help="The ends of the articles' addresses, as `articles list` has them.", show_default=False
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="All articles.")]
OlderOption = Annotated[bool, typer.Option("--older", help="Those that another pipeline made than the present one.")]


def reanalyse(
    slugs: SlugsArgument = None,
    every: AllOption = False,
    older: OlderOption = False,
    quiet: QuietOption = False,
    workers: WorkersOption = None,
    pipeline: PipelineOption = None,
    database: DatabaseOption = None,
) -> None:
    """Analyse articles again: quotes keep their addresses, and what a person changed stays.

    Without anything, says how many articles each pipeline made. Prints the same lines as ingest.

    \b
    communique reanalyse
    communique reanalyse joint-statement
    communique reanalyse --older
    """
    if bool(slugs) + every + older > 1:
        raise typer.BadParameter("Name articles, or say --all, or --older; one of these.")
    with opened(database, workers=workers, pipeline=pipeline) as library:
        if not slugs and not every and not older:
            _print_pipelines(library)
            return
        failed = _work(library, slugs or [], _fingerprint(library) if older else None, quiet)
    if failed:
        raise typer.Exit(1)


def _fingerprint(library: Library) -> str:
    from app.nlp.pipeline import Analyser

    return Analyser(library.settings.pipeline).fingerprint


def _print_pipelines(library: Library) -> None:
    from app.store.reanalysing import pipelines

    with library.engine.connect() as conn:
        counts = pipelines(conn)
    if not counts:
        say("There are no articles yet.")
        return
    print_table([["articles", "pipeline"], *([f"{count:,}", name] for name, count in counts.items())], right=(0,))
    say(f"{counted(sum(counts.values()), 'article')}; --older takes those that another pipeline made, --all takes all.")


def _work(library: Library, only: list[str], besides: str | None, quiet: bool) -> bool:
    from app.cli.working import Working
    from app.ingest.intake import queue_reanalysis

    with Working(library, quiet=quiet) as working:
        working.take_over()
        queued = queue_reanalysis(library.engine, only=only, besides=besides)
        if not queued.jobs:
            working.say("There is nothing to analyse again.")
            return False
        working.follow(queued.batch)
        working.wait()
        working.summary()
    return working.failed
