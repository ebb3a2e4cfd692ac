"""The topics of a library, for people to change: saved as a whole, tried before that, undone after it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from app.codebook import check_book
from app.domain import OTHER, Topic
from app.errors import Conflict
from app.ingest.book import Saved, put_book, warmed
from app.ingest.preview import Moved, Preview, preview_topics
from app.ingest.taggers import TaggerFactory
from app.settings import Settings
from app.store import meta
from app.store.topic_revisions import TopicRevision, before_last, current_revision, topics_history

__all__ = [
    "Moved",
    "Preview",
    "Saved",
    "TopicRevision",
    "current_revision",
    "preview_topics",
    "save_topics",
    "topics_history",
    "undo_topics",
]


def save_topics(
    engine: Engine,
    settings: Settings,
    topics: Sequence[Topic],
    *,
    based_on: int | None,
    note: str = "",
    tagger: TaggerFactory | None = None,
) -> Saved:
    """Make *topics* those of the library, in their order, and judge everything in it by them: all of it or nothing.

    Topics left out are removed; a quote that has none left becomes "other". A save that changes nothing adds no
    revision.

    Args:
        engine: a library that may be written.
        settings: those in force.
        topics: the whole code book; "other" may be in it and is built in anyhow.
        based_on: the revision that the change was made on; ``None`` does not ask.
        note: what was changed, for the people who read the history.
        tagger: who judges, if not the process kept for it.

    Raises:
        Conflict: somebody saved since *based_on*.
        CodeBookError: the topics cannot stand together.
        AnalysisError: a pattern cannot be used, or the process that judges died.
    """
    book = tuple(topic for topic in topics if topic.id != OTHER)
    check_book(book)
    judge = warmed(engine, book, tagger)
    with engine.begin() as conn:
        meta.lock(conn)
        _refuse_outdated(current_revision(conn), based_on)
        return put_book(conn, book, judge, note=note)


def undo_topics(engine: Engine, settings: Settings, *, tagger: TaggerFactory | None = None) -> Saved:
    """Go back to the code book before the last save that is not undone yet, as a new revision.

    Raises:
        NotFound: there is nothing to undo.
        Conflict: somebody saved at the same moment.
        AnalysisError: the process that judges died.
    """
    with engine.connect() as conn:
        based_on, wanted = current_revision(conn), before_last(conn)
    judge = warmed(engine, wanted.topics, tagger)
    with engine.begin() as conn:
        meta.lock(conn)
        _refuse_outdated(current_revision(conn), based_on)
        note = f"Undone: the topics are those of revision {wanted.number} again."
        return put_book(conn, wanted.topics, judge, note=note, restores=wanted.number)


def _refuse_outdated(current: int, based_on: int | None) -> None:
    if based_on is not None and based_on != current:
        raise Conflict(
            f"The topics were changed by somebody else meanwhile: they are at revision {current}, "
            f"and this change was made on revision {based_on}. Nothing was saved."
        )
