"""Whether anything in the library has the value that a filter asks for: a mistyped one is told from an empty answer."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, select

from app.store.cube.choosing import choose
from app.store.filters import UNNAMED, AttributionFilter, language_shown, publisher_shown
from app.store.schema import articles, quotes, speakers


def has_speaker(conn: Connection, slug: str) -> bool:
    """Whether a speaker has this slug; the quotes that name nobody have theirs."""
    found = select(speakers.c.id).where(speakers.c.slug == slug)
    return slug == UNNAMED or conn.scalar(found) is not None


def has_quote(conn: Connection, uid: str) -> bool:
    """Whether a quote has this id, so that a page of a list can begin behind it."""
    return conn.scalar(select(quotes.c.id).where(quotes.c.uid == uid)) is not None


def has_article(conn: Connection, slug: str) -> bool:
    """Whether an article has this slug and is not deleted."""
    return _any_article(conn, articles.c.slug == slug)


def has_publisher(conn: Connection, name: str) -> bool:
    """Whether an article is of this publisher."""
    return _any_article(conn, publisher_shown == name)


def has_language(conn: Connection, code: str) -> bool:
    """Whether an article is in this language, as it says itself or as it was found."""
    return _any_article(conn, language_shown == code)


def _any_article(conn: Connection, condition: ColumnElement[bool]) -> bool:
    return conn.scalar(select(articles.c.id).where(condition, articles.c.deleted.is_(None)).limit(1)) is not None


def quote_among(conn: Connection, uid: str, chosen: AttributionFilter) -> bool:
    """Whether the quote *uid* is one of those that *chosen* lets through.

    Raises:
        QueryError: the words of *chosen* cannot be looked for.
    """
    import numpy as np  # noqa: PLC0415 - only who asks under a filter pays for it

    key = conn.scalar(select(quotes.c.id).where(quotes.c.uid == uid))
    if key is None:
        return False
    choice = choose(conn, chosen)
    return bool(np.isin(choice.cube.places(np.array([key])), choice.places).any())
