"""The library as the other rooms get it: open, at the schema and with the topics of this program."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from sqlalchemy import Engine

from app.codebook import read_codebook
from app.domain import Topic
from app.resources import resource_dir
from app.settings import Settings, default_database
from app.store import meta
from app.store.engine import open_engine, writable
from app.store.schema_version import ensure_schema
from app.store.topic_revisions import pack_topics, unpack_topics
from app.store.topics import all_topics, with_left_out

CODE_BOOK = "code book"
LAST_BOOK = "code book as taken over"
SEEDED = "seeded"
"""Kept in the library once the seeds were read, so that deleted ones do not come back."""


def open_library(settings: Settings, *, code_book: Path | None = None) -> Engine:
    """The library of *settings*, made where it is missing, with the schema and the code book of this program.

    One that may only be read opens as it is, when its schema is current. A code book is taken over once, and again
    when it changes: topics that somebody changed or removed in the library stay as they are, what is stored is judged
    by the others, and it can be undone as every change of topics.

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
    # Needed once for each code book, and a good part of a start.
    from app.ingest.book import put_book  # noqa: PLC0415
    from app.ingest.taggers import ProcessTagger  # noqa: PLC0415

    book = read_codebook(code_book)
    with closing(ProcessTagger()) as tagger, engine.begin() as conn:
        meta.lock(conn)
        *before, _ = all_topics(conn)
        last = unpack_topics(meta.get(conn, LAST_BOOK) or "[]")
        *wanted, _ = with_left_out(_unless_changed(book, last, before), before)
        put_book(conn, tuple(wanted), tagger(tuple(wanted)), note="Taken over from the code book of the program.")
        meta.put(conn, CODE_BOOK, digest)
        meta.put(conn, LAST_BOOK, pack_topics(book))


def _unless_changed(book: Sequence[Topic], last: Sequence[Topic], now: Sequence[Topic]) -> list[Topic]:
    """*book*, but for the topics that somebody changed or removed *now* since the book was as in *last*."""
    if not last:
        return list(book)
    taken, mine = ({topic.id: topic for topic in some} for some in (last, now))
    chosen = [topic if taken.get(topic.id) == mine.get(topic.id) else mine.get(topic.id) for topic in book]
    return [topic for topic in chosen if topic is not None]
