"""Articles deleted and brought back: for 30 days nothing of them is lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from app.errors import NotFound
from app.store import counts, meta
from app.store.belongings import put_rows, remove_rows, take_rows
from app.store.intake_schema import trash
from app.store.jobs import now
from app.store.rebuilding import rebuild
from app.store.schema import articles
from app.store.topic_revisions import current_revision
from app.store.topics import all_topics

KEPT = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class DeletedRow:
    """An article that was deleted; it can be brought back until *gone*."""

    slug: str
    title: str
    publisher: str | None
    deleted: dt.datetime
    gone: dt.datetime


def delete_article(conn: Connection, slug: str) -> DeletedRow:
    """Take the article *slug* away with its quotes, so that it can be brought back.

    Raises:
        NotFound: there is no such article.
    """
    meta.lock(conn)
    row = _find(conn, slug, there=True)
    conn.execute(insert(trash).values(article_id=row.id, rows=take_rows(conn, row.id), topics=current_revision(conn)))
    remove_rows(conn, row.id)
    conn.execute(update(articles).where(articles.c.id == row.id).values(deleted=now()))
    counts.take_out(conn, row.id)
    meta.bump(conn)
    return _deleted(_find(conn, slug, there=False))


def restore_article(conn: Connection, slug: str) -> bool:
    """Bring the article *slug* back as it was; whether the topics are other ones now, so that it should be read anew.

    Raises:
        NotFound: no article of this address was deleted.
    """
    meta.lock(conn)
    row = _find(conn, slug, there=False)
    kept = conn.execute(select(trash).where(trash.c.article_id == row.id)).one()
    put_rows(conn, row.id, kept.rows, {topic.id for topic in all_topics(conn)})
    conn.execute(delete(trash).where(trash.c.article_id == row.id))
    conn.execute(update(articles).where(articles.c.id == row.id).values(deleted=None))
    rebuild(conn, row.id)
    counts.put_in(conn, row.id)
    meta.bump(conn)
    return bool(kept.topics != current_revision(conn))


def list_deleted(conn: Connection, limit: int | None = 200) -> tuple[DeletedRow, ...]:
    """What can be brought back, last deleted first, *limit* of them at most."""
    found = select(articles).where(articles.c.deleted.is_not(None))
    rows = conn.execute(found.order_by(articles.c.deleted.desc(), articles.c.id.desc()).limit(limit))
    return tuple(map(_deleted, rows))


def any_deleted(conn: Connection) -> bool:
    """Whether there is something to bring back."""
    return conn.scalar(select(articles.c.id).where(articles.c.deleted.is_not(None)).limit(1)) is not None


def deleted_article(conn: Connection, slug: str) -> DeletedRow | None:
    """The deleted article that had the address *slug*, if there is one."""
    found = select(articles).where(articles.c.slug == slug, articles.c.deleted.is_not(None))
    row = conn.execute(found).one_or_none()
    return None if row is None else _deleted(row)


def purge(conn: Connection, before: dt.datetime | None = None) -> int:
    """Forget for ever what was deleted 30 days ago, or *before* a moment; how many articles."""
    meta.lock(conn)
    limit = before or now() - KEPT
    return conn.execute(delete(articles).where(articles.c.deleted < limit)).rowcount


def _find(conn: Connection, slug: str, *, there: bool) -> Any:
    deleted = articles.c.deleted.is_(None) if there else articles.c.deleted.is_not(None)
    row = conn.execute(select(articles).where(articles.c.slug == slug, deleted)).one_or_none()
    if row is None:
        raise NotFound(f"There is no article “{slug}”." if there else f"No article “{slug}” was deleted.")
    return row


def _deleted(row: Any) -> DeletedRow:
    return DeletedRow(row.slug, row.title, row.publisher, row.deleted, row.deleted + KEPT)
