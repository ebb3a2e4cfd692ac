"""The library as the other rooms get it: open, at the schema and with the topics of this program."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack, closing
from pathlib import Path

from sqlalchemy import Engine

from app.codebook import read_codebook
from app.ingest.book import put_book
from app.ingest.taggers import ProcessTagger
from app.resources import resource_dir
from app.settings import Settings, default_database
from app.store import meta
from app.store.engine import open_engine, writable
from app.store.schema_version import ensure_schema
from app.store.topics import all_topics, with_left_out

CODE_BOOK = "code book"
SEEDED = "seeded"
"""Kept in the library once the seeds were read, so that deleted ones do not come back."""


def open_library(settings: Settings, *, code_book: Path | None = None) -> Engine:
    """The library of *settings*, made where it is missing, with the schema and the code book of this program.

    One that may only be read opens as it is, when its schema is current. A code book is taken over once: topics
    changed in the library since then stay changed until the book itself changes.

    Args:
        settings: name the library.
        code_book: instead of the one in ``seeds``.

    Raises:
        StoreError: it cannot be opened, or needs a change and may not be written.
        SchemaOutOfDate: a newer version of the program made it.
        AppError: the code book cannot be used.
    """
    _make_default_folder(settings)
    engine = open_engine(settings.database_url)
    with ExitStack() as stack:
        stack.callback(engine.dispose)
        ensure_schema(engine)
        if writable(engine):
            _take_over(engine, code_book or resource_dir("seeds") / "topics.toml")
        stack.pop_all()
    return engine


def _make_default_folder(settings: Settings) -> None:
    # Nobody chose this folder, so nobody is to make it; a folder that somebody named may be a slip.
    default = default_database()
    if settings.database_url == Settings(database_url=default).database_url:
        Path(default).parent.mkdir(parents=True, exist_ok=True)


def _take_over(engine: Engine, code_book: Path) -> None:
    digest = hashlib.sha256(code_book.read_bytes()).hexdigest()
    with engine.connect() as conn:
        if meta.get(conn, CODE_BOOK) == digest:
            return
    topics = read_codebook(code_book)
    with closing(ProcessTagger()) as tagger, engine.begin() as conn:
        meta.lock(conn)
        *before, _ = all_topics(conn)
        *wanted, _ = with_left_out(topics, before)
        put_book(conn, tuple(wanted), tagger(tuple(wanted)), note="Taken over from the code book of the program.")
        meta.put(conn, CODE_BOOK, digest)
