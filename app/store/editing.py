"""What a person knows better than the reader: an article's title, date and publisher, a speaker's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from app.domain import Article, DatePrecision
from app.errors import NotFound
from app.store import counts, meta
from app.store.quote_ids import text_hash
from app.store.schema import articles, speakers
from app.store.search_keeping import index_article, index_speaker


@dataclass(frozen=True, slots=True)
class ArticleFields:
    """What can be edited of an article. Its address, and its text, stay."""

    title: str
    url: str | None
    publisher: str | None
    byline: str | None
    date: dt.date | None
    date_precision: DatePrecision = DatePrecision.DAY


def fields_of(conn: Connection, slug: str) -> tuple[ArticleFields, tuple[str, ...]]:
    """The fields of the article *slug*, and the names of those that a person has set.

    Raises:
        NotFound: there is no such article.
    """
    row = _article(conn, slug)
    return _fields(row), tuple(row.edited)


def edit_article(conn: Connection, slug: str, fields: ArticleFields) -> tuple[str, ...]:
    """Give the article *slug* these fields; the names of those that are others now. A new reading leaves them alone.

    Raises:
        NotFound: there is no such article.
    """
    meta.lock(conn)
    row = _article(conn, slug)
    before, after = asdict(_fields(row)), asdict(fields)
    changed = tuple(name for name in after if after[name] != before[name])
    if changed:
        edited = sorted({*row.edited, *changed})
        conn.execute(update(articles).where(articles.c.id == row.id).values(**_columns(after), edited=edited))
        if "title" in changed:
            index_article(conn, row.id)
        counts.touch(conn, row.id)
        meta.bump(conn)
    return changed


def reread_article(conn: Connection, article_id: int, article: Article) -> None:
    """Take over what a new reading says of the article, but for what a person has set."""
    row = conn.execute(select(articles.c.edited, articles.c.title).where(articles.c.id == article_id)).one()
    read = asdict(ArticleFields(*(getattr(article, name) for name in ArticleFields.__dataclass_fields__)))
    values = {name: value for name, value in _columns(read).items() if name not in row.edited}
    known = {"declared_language": article.language, "text_hash": text_hash(article.text)}
    conn.execute(update(articles).where(articles.c.id == article_id).values(**values, **known))
    counts.touch(conn, article_id)
    if values.get("title", row.title) != row.title:
        index_article(conn, article_id)


def rename_speaker(conn: Connection, slug: str, name: str) -> str:
    """Call the speaker *slug* by *name* wherever it speaks; the name before. The machine goes on knowing it by its own.

    Raises:
        NotFound: there is no such speaker.
    """
    meta.lock(conn)
    found = select(speakers.c.id, speakers.c.name, speakers.c.machine_name).where(speakers.c.slug == slug)
    row = conn.execute(found).one_or_none()
    if row is None:
        raise NotFound(f"There is no speaker “{slug}”.")
    if name != row.name:
        machine = row.machine_name or row.name
        values = {"name": name, "machine_name": None if name == machine else machine}
        conn.execute(update(speakers).where(speakers.c.id == row.id).values(values))
        index_speaker(conn, row.id)
        meta.bump(conn)
    return str(row.name)


def _article(conn: Connection, slug: str) -> Any:
    row = conn.execute(select(articles).where(articles.c.slug == slug, articles.c.deleted.is_(None))).one_or_none()
    if row is None:
        raise NotFound(f"There is no article “{slug}”.")
    return row


def _fields(row: Any) -> ArticleFields:
    return ArticleFields(row.title, row.url, row.publisher, row.byline, row.date, DatePrecision(row.date_precision))


def _columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {**fields, "date_precision": fields["date_precision"].value}
