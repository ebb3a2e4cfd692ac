"""The one door from the pages to where topics are kept; what is behind it is loaded when somebody goes through."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from app.domain import OTHER, Topic
from app.errors import NotFound
from app.store.dismissed import dismiss, restore
from app.store.topic_revisions import before_last
from app.web.deps import Desk

if TYPE_CHECKING:
    from app.ingest.suggestions import Suggestion
    from app.ingest.topics import Preview, Saved


def chosen(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """*topics* without "other", which is built in."""
    return tuple(topic for topic in topics if topic.id != OTHER)


def put_in(topics: Iterable[Topic], one: Topic) -> tuple[Topic, ...]:
    """*topics* with *one* in the place of the topic of its id, or behind the others."""
    kept = chosen(topics)
    if all(topic.id != one.id for topic in kept):
        return (*kept, one)
    return tuple(one if topic.id == one.id else topic for topic in kept)


def save(desk: Desk, topics: Iterable[Topic], *, based_on: int | None, note: str) -> Saved:
    """Make *topics* those of the library, and judge every quote by them.

    Raises:
        Conflict: the topics are no longer those of the revision *based_on*.
    """
    from app.ingest.topics import save_topics  # noqa: PLC0415

    return save_topics(desk.engine, desk.settings, chosen(topics), based_on=based_on, note=note)


def undo(desk: Desk) -> Saved:
    """Bring back the topics before the last change.

    Raises:
        NotFound: there is no change that could be undone.
    """
    from app.ingest.topics import undo_topics  # noqa: PLC0415

    return undo_topics(desk.engine, desk.settings)


def can_undo(conn: Connection) -> bool:
    """Whether a change is left that could be taken back."""
    try:
        before_last(conn)
    except NotFound:
        return False
    return True


def preview(desk: Desk, topics: Iterable[Topic], only: str) -> Preview:
    """Which quotes the topic *only* would gain and lose if the topics were *topics*."""
    from app.ingest.topics import preview_topics  # noqa: PLC0415

    return preview_topics(desk.engine, desk.settings, chosen(topics), only=only)


def suggestions(conn: Connection) -> list[Suggestion]:
    """The topics that the quotes in "other" suggest, the strongest first."""
    from app.ingest.suggestions import suggestions as suggested  # noqa: PLC0415

    return suggested(conn)


def put_away(desk: Desk, key: str, *, again: bool = False) -> None:
    """Show the suggestion *key* no more, or *again*."""
    with desk.engine.begin() as conn:
        (restore if again else dismiss)(conn, key)
