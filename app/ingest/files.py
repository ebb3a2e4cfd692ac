"""Files into the library, one transaction each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine

from app.domain import Analysis, AttributionKind, Topic
from app.errors import AppError, Conflict
from app.ingest.analysers import ProcessAnalyser, TextAnalyser
from app.ingest.library import SEEDED, open_library
from app.resources import resource_dir
from app.settings import Settings
from app.store import meta
from app.store.articles import add_article, find_article
from app.store.engine import writable
from app.store.topic_revisions import current_revision
from app.store.topics import all_topics
from app.text.paragraphs import split_paragraphs
from app.text.readers import read_file

ENDINGS = (".txt", ".json")
TRIES = 5
"""How often a text is analysed anew because somebody saved other topics meanwhile."""

Progress = Callable[[int, int], None]
"""Told, after each file, how many are done and how many there are."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; ``slug`` is the article's where there is one, ``message`` is for a person."""

    path: Path
    status: Literal["added", "known", "failed"]
    slug: str | None
    message: str


def ingest_files(
    paths: Iterable[Path],
    settings: Settings,
    *,
    analyser: TextAnalyser | None = None,
    on_progress: Progress | None = None,
) -> Iterator[Outcome]:
    """Take the files at *paths* in, one after the other; one that fails does not keep the others out.

    Args:
        paths: ``.txt`` and ``.json`` files.
        settings: name the library, the pipeline and the longest text.
        analyser: instead of the pipeline in a process of its own.
        on_progress: called after each file.

    Raises:
        StoreError: the library cannot be opened.
    """
    engine = open_library(settings)
    try:
        yield from _ingest(list(paths), engine, settings, analyser, on_progress)
    finally:
        engine.dispose()


def seed_library(
    settings: Settings,
    *,
    seeds: Path | None = None,
    analyser: TextAnalyser | None = None,
    on_progress: Progress | None = None,
) -> Iterator[Outcome]:
    """Take the articles of the folder *seeds* (that of the program) into a library that never had them.

    A library is seeded once: articles deleted later do not come back. After a failure it is tried again, and
    one that may only be read is left alone.

    Raises:
        StoreError: the library cannot be opened.
    """
    engine = open_library(settings)
    try:
        with engine.connect() as conn:
            if meta.get(conn, SEEDED) or not writable(engine):
                return
        failed = False
        for outcome in _ingest(_articles_in(seeds), engine, settings, analyser, on_progress):
            failed = failed or outcome.status == "failed"
            yield outcome
        if not failed:
            with engine.begin() as conn:
                meta.put(conn, SEEDED, "yes")
    finally:
        engine.dispose()


def _articles_in(seeds: Path | None) -> list[Path]:
    folder = seeds or resource_dir("seeds")
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)


def _ingest(
    paths: list[Path],
    engine: Engine,
    settings: Settings,
    analyser: TextAnalyser | None,
    on_progress: Progress | None,
) -> Iterator[Outcome]:
    if analyser is None:
        analyser = ProcessAnalyser(settings.pipeline, lambda: _topics(engine))
    try:
        for done, path in enumerate(paths, start=1):
            outcome = _outcome(path, engine, settings, analyser)
            if on_progress is not None:
                on_progress(done, len(paths))
            yield outcome
    finally:
        analyser.close()


def _outcome(path: Path, engine: Engine, settings: Settings, analyser: TextAnalyser) -> Outcome:
    try:
        return _take_in(path, engine, settings, analyser)
    except AppError as error:
        return Outcome(path, "failed", None, str(error))


def _take_in(path: Path, engine: Engine, settings: Settings, analyser: TextAnalyser) -> Outcome:
    article = read_file(path, max_characters=settings.max_characters)
    for _ in range(TRIES):
        with engine.connect() as conn:
            known = find_article(conn, article.text)
            revision = current_revision(conn)
        if known is not None:
            return _known(path, known)
        analysis = analyser.analyse(article.text, split_paragraphs(article.text), article.title)
        with engine.begin() as conn:
            meta.lock(conn)
            if current_revision(conn) == revision:
                slug, created = add_article(conn, article, analysis)
                return Outcome(path, "added", slug, _found(analysis)) if created else _known(path, slug)
    raise Conflict("The topics were changed again and again while this text was read; try again.")


def _topics(engine: Engine) -> tuple[Topic, ...]:
    with engine.connect() as conn:
        return all_topics(conn)


def _known(path: Path, slug: str) -> Outcome:
    return Outcome(path, "known", slug, f"This text is in the library as “{slug}”; nothing was changed.")


def _found(analysis: Analysis) -> str:
    indirect = sum(quote.kind is AttributionKind.INDIRECT for quote in analysis.quotes)
    quotes = len(analysis.quotes) - indirect
    if not analysis.quotes:
        return "No quotes found: the text quotes nobody in words or in marks."
    return f"{quotes:,} {'quote' if quotes == 1 else 'quotes'}, {indirect:,} indirect."
