"""The work of a save: other topics into the library, and everything in it judged by them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from app.domain import Topic
from app.ingest.recorrecting import put_recorrected
from app.ingest.retagging import Change, retag
from app.ingest.taggers import Tagger, TaggerFactory, shared_tagger
from app.store import counts, meta
from app.store.correction_words import Known
from app.store.merging import merge_map
from app.store.tagged import articles_without_readings, has_readings
from app.store.tagging import write_tags
from app.store.topic_revisions import add_revision, current_revision
from app.store.topics import all_topics, put_topics, remove_topics, with_left_out


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did.

    Attributes:
        revision: the number of the code book now.
        quotes: how many quotes have other topics than before.
        skipped: articles stored by a version that kept no tokens; they only lost topics that are no more.
    """

    revision: int
    quotes: int
    skipped: int


def put_book(
    conn: Connection, book: tuple[Topic, ...], tagger: Tagger, *, note: str, restores: int | None = None
) -> Saved:
    """Do the work of a save in a transaction that holds the lock and that the caller commits."""
    skipped = articles_without_readings(conn)
    *before, _ = all_topics(conn)
    if tuple(before) == book and restores is None:
        return Saved(current_revision(conn), 0, skipped)
    change = Change(tuple(before), book)
    put_topics(conn, with_left_out(book, before))
    quotes = 0
    for part in retag(conn, change, tagger):
        moved = part.moved
        quotes += len(moved)
        if part.recorrected is not None:
            put_recorrected(conn, part.recorrected, Known(change.known, merge_map(conn)))
            continue
        write_tags(conn, part.stored, part.after)
        read = part.stored.quotes.items()
        counts.put_in(conn, *(article for article, some in read if any(one.id in moved for one in some)))
    remove_topics(conn, change.removed)
    number = add_revision(conn, before, book, note, restores=restores)
    meta.bump(conn)
    return Saved(number, quotes, skipped)


def warmed(engine: Engine, book: tuple[Topic, ...], factory: TaggerFactory | None) -> Tagger:
    """The tagger of *book*, ready to judge if there is anything to judge: nobody waits for it behind the lock."""
    tagger = (factory or shared_tagger())(book)
    with engine.connect() as conn:
        *before, _ = all_topics(conn)
        needed = not Change(tuple(before), book).reach.nothing and has_readings(conn)
    if needed:
        tagger([])()
    return tagger
