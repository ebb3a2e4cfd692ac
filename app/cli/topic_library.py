"""The library's topics as the commands hold them: opened with their revision, saved against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.cli.terms import say
from app.cli.topic_printing import counted
from app.domain import OTHER, Topic

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from app.ingest.topics import Saved
    from app.settings import Settings


@dataclass(frozen=True, slots=True)
class TopicLibrary:
    """An open library with its topics, "other" left out, as they were after the save *revision*."""

    engine: Engine
    settings: Settings
    topics: tuple[Topic, ...]
    revision: int

    def save(self, topics: Sequence[Topic], note: str) -> None:
        """Make *topics* the library's, and print how many quotes that changed.

        Raises:
            Conflict: somebody saved since the library was opened; the message says which topics are others now.
        """
        from app.errors import Conflict
        from app.ingest.topics import save_topics

        if tuple(topics) == self.topics:
            say("Nothing is different, so nothing was saved.")
            return
        try:
            saved = save_topics(self.engine, self.settings, topics, based_on=self.revision, note=note)
        except Conflict as error:
            raise Conflict(f"{error} {self._meanwhile()}") from error
        report(saved)

    def _meanwhile(self) -> str:
        with self.engine.connect() as conn:
            now = dict(_by_id(conn))
        before = {topic.id: topic for topic in self.topics}
        others = [name for name in {**before, **now} if before.get(name) != now.get(name)]
        return f"Others now: {', '.join(others) or 'none'}. Look at them, and run the command again."


def _by_id(conn: Connection) -> Iterator[tuple[str, Topic]]:
    from app.store.topics import all_topics

    yield from ((topic.id, topic) for topic in all_topics(conn) if topic.id != OTHER)


@contextmanager
def opened(database: str | None, pipeline: str | None = None) -> Iterator[TopicLibrary]:
    """The library that is named, closed again at the end."""
    from app.ingest.library import open_library
    from app.settings import load_settings
    from app.store.topic_revisions import current_revision

    settings = load_settings(database_url=database, pipeline=pipeline)
    engine = open_library(settings)
    try:
        with engine.connect() as conn:
            revision = current_revision(conn)
            topics = tuple(topic for _, topic in _by_id(conn))
        yield TopicLibrary(engine, settings, topics, revision)
    finally:
        engine.dispose()


def report(saved: Saved) -> None:
    """Print what a save did, in one line; what it could not do goes to the person."""
    print(f"Revision {saved.revision}: the topics of {counted(saved.quotes, 'quote')} changed.", flush=True)
    if saved.skipped:
        say(f"{counted(saved.skipped, 'article')} analysed by an older version kept the topics from then.")
