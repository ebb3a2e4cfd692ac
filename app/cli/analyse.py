"""``communique analyse``: articles in, one JSON line each out; no database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.terms import PipelineOption, say

FilesArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE…",
        help='Articles of any kind, or lines of {"id": …, "text": …} (.jsonl, or - for a pipe).',
        show_default=False,
    ),
]


def analyse(files: FilesArgument, pipeline: PipelineOption = None) -> None:
    """Write what was found in each article as one line of JSON. Needs no database.

    Reads text, Markdown, HTML, PDF, DOCX, mail, JSON, JSON Lines and CSV. Offsets count in the text as it was read.

    A document that cannot be read is named on standard error, the others go on, and the exit status is 1.

    \b
    communique analyse article.txt | jq '.quotes[] | {speaker, text}'
    communique analyse statement.pdf page.html table.csv
    communique analyse articles.jsonl > found.jsonl
    zcat articles.jsonl.gz | communique analyse -
    """
    from app.cli.documents import Problem, read_documents
    from app.codebook import read_codebook
    from app.errors import AnalysisError
    from app.nlp.pipeline import Analyser
    from app.present.analysis_json import analysis_record
    from app.resources import resource_dir
    from app.settings import load_settings

    settings = load_settings(pipeline=pipeline)
    analyser = Analyser(settings.pipeline, read_codebook(resource_dir("seeds") / "topics.toml"))
    failures = 0
    for document in read_documents(files, max_characters=settings.max_characters):
        if isinstance(document, Problem):
            failures += 1
            say(f"{document.place}: {document.reason}")
            continue
        try:
            analysis = analyser.analyse(document.text, document.paragraphs, document.title)
        except AnalysisError as error:
            failures += 1
            say(f"{document.place}: {error}")
            continue
        _write(analysis_record(document.id, document.text, analysis))
    if failures:
        raise typer.Exit(1)


def _write(record: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
    sys.stdout.flush()
