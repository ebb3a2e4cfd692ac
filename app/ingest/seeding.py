"""The seed articles into a library that is new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine

from app.domain import Topic
from app.errors import AppError, IngestError
from app.ingest.analysers import ProcessAnalyser, TextAnalyser
from app.ingest.finding import why_not
from app.ingest.library import SEEDED, open_library
from app.ingest.taking import Shop, Taken, take_in
from app.resources import resource_dir
from app.settings import Settings
from app.store import meta
from app.store.engine import writable
from app.store.topics import all_topics
from app.text.given import Given

ENDINGS = (".txt", ".json")


@dataclass(frozen=True, slots=True)
class Seeded:
    """What became of one seed; ``slug`` is the article's where there is one, ``message`` is for a person."""

    path: Path
    status: Literal["added", "version", "known", "restored", "failed"]
    slug: str | None
    message: str


def seed_library(
    settings: Settings, *, seeds: Path | None = None, analyser: TextAnalyser | None = None
) -> Iterator[Seeded]:
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
        for seeded in _seed(_articles_in(seeds), engine, settings, analyser):
            failed = failed or seeded.status == "failed"
            yield seeded
        if not failed:
            with engine.begin() as conn:
                meta.put(conn, SEEDED, "yes")
    finally:
        engine.dispose()


def _articles_in(seeds: Path | None) -> list[Path]:
    folder = seeds or resource_dir("seeds")
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)


def _seed(paths: list[Path], engine: Engine, settings: Settings, analyser: TextAnalyser | None) -> Iterator[Seeded]:
    shop = Shop(engine, settings, analyser) if analyser else _shop(engine, settings)
    try:
        for path in paths:
            yield _seeded(shop, path)
    finally:
        shop.analyser.close()


def _shop(engine: Engine, settings: Settings) -> Shop:
    """Analyses and signs in a process of its own: this one may be a server, which is to stay small."""
    analyser = ProcessAnalyser(settings.pipeline, lambda: _topics(engine))
    return Shop(engine, settings, analyser, sign=analyser.sign)


def _seeded(shop: Shop, path: Path) -> Seeded:
    try:
        taken = take_in(shop, _bytes(path), Given(name=path.name), _stands)
    except AppError as error:
        return Seeded(path, "failed", None, str(error))
    return Seeded(path, taken.outcome.value, taken.slug, taken.message)  # type: ignore[arg-type]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise IngestError(why_not(error)) from error


def _stands(conn: Connection, taken: Taken) -> bool:
    return True


def _topics(engine: Engine) -> tuple[Topic, ...]:
    with engine.connect() as conn:
        return all_topics(conn)
