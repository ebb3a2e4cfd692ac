"""``communique evaluate``: how good a pipeline is, on labelled articles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.terms import DatabaseOption, PipelineOption, terminal

if TYPE_CHECKING:
    from app.cli.evaluation import Evaluation

PathArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="PATH",
        help='Lines of {"id", "text", "attributions"} (.jsonl), or a folder of such files and of gold/ and articles/.',
        show_default=False,
    ),
]
JsonOption = Annotated[
    Path | None, typer.Option("--json", metavar="FILE", help="Also write all figures there.", show_default=False)
]
BootstrapOption = Annotated[
    int, typer.Option("--bootstrap", metavar="N", min=0, help="Add 95 % intervals from N samples of the articles.")
]
CalibrationOption = Annotated[
    bool, typer.Option("--calibration", help="Also say what a confidence is worth, bin by bin.")
]
CorrectionsOption = Annotated[
    bool, typer.Option("--corrections", help="Instead: how often it was right on a library, by what people corrected.")
]


def evaluate(
    path: PathArgument = None,
    pipeline: PipelineOption = None,
    json_file: JsonOption = None,
    bootstrap: BootstrapOption = 0,
    calibration: CalibrationOption = False,
    corrections: CorrectionsOption = False,
    database: DatabaseOption = None,
) -> None:
    """Measure the pipeline on labelled articles, by the definitions of the benchmarks, or by what people corrected.

    Labelled articles need no library, corrections need no model.

    \b
    communique evaluate dev.jsonl --bootstrap 1000
    communique evaluate labelled/ --pipeline rules --json figures.json
    communique evaluate --corrections
    """
    if corrections is (path is not None):
        raise typer.BadParameter("Name labelled articles, or ask for --corrections; one of the two.")
    if path is None:
        from app.cli.correction_figures import print_accuracy

        print_accuracy(database, json_file)
        return
    from app.cli.evaluation import evaluate_corpus
    from app.cli.labelled import read_corpora
    from app.cli.score_tables import page, tables
    from app.codebook import read_codebook
    from app.nlp.pipeline import Analyser
    from app.resources import resource_dir
    from app.settings import load_settings

    settings = load_settings(pipeline=pipeline)
    corpora = read_corpora(path, max_characters=settings.max_characters)
    analyser = Analyser(settings.pipeline, read_codebook(resource_dir("seeds") / "topics.toml"))
    console = page()
    console.print(analyser.fingerprint)
    found = []
    for corpus in corpora:
        with _bar(len(corpus.articles)) as done:
            found.append(evaluate_corpus(analyser, corpus, bootstrap=bootstrap, done=done))
        for part in tables(found[-1], confidence=calibration):
            console.print(part)
            console.print()
    if json_file is not None:
        _write(json_file, analyser.fingerprint, found)


@contextmanager
def _bar(total: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error where that is a terminal; yields what moves it on by one."""
    from rich.progress import Progress

    console = terminal()
    with Progress(console=console, transient=True, disable=not console.is_interactive) as progress:
        task = progress.add_task("Reading", total=total)
        yield lambda: progress.advance(task)


def _write(path: Path, pipeline: str, found: list[Evaluation]) -> None:
    figures = {"pipeline": pipeline, "corpora": [asdict(one) for one in found]}
    path.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
