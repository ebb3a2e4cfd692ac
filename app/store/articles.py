"""Articles: put in whole, listed newest first, read back to the letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, and_, func, insert, select

from app.domain import Analysis, Article, DatePrecision, Paragraph, ParagraphKind, TextSpan
from app.errors import NotFound, StoreError
from app.store import counts, meta
from app.store.checks import check_analysis, check_limit, check_topics
from app.store.count_schema import ALL, count_articles, count_topics
from app.store.cube import counting
from app.store.filters import AttributionFilter
from app.store.names import free_slugs, slug_of
from app.store.quote_ids import text_hash
from app.store.rows import ArticleMatch, ArticleRow, ArticleText, Page
from app.store.schema import articles, paragraph_topics, paragraphs
from app.store.topics import all_topics
from app.store.writing import write_analysis

ADDRESSES = frozenset(("deleted",))
"""Slugs that would hide a page under ``/articles``."""


def find_article(conn: Connection, text: str) -> str | None:
    """The slug of the article that has exactly *text*, or ``None``."""
    return conn.scalar(select(articles.c.slug).where(articles.c.text_hash == text_hash(text)))


def add_article(
    conn: Connection, article: Article, analysis: Analysis, *, added: dt.datetime | None = None, quiet: bool = False
) -> tuple[str, bool]:
    """Store *article* with all of *analysis*, or nothing of either.

    Call it first in a transaction: it waits until no other process writes.

    Args:
        conn: in a transaction that the caller commits.
        article: as it was read.
        analysis: of exactly ``article.text``.
        added: when, if not now; aware.
        quiet: whether pages may show it a little later, as :func:`app.store.meta.bump` has it.

    Returns:
        The article's slug, and whether it is new. An article with the same text is left as it was.

    Raises:
        StoreError: the analysis does not fit the text or the topics, or the database counts characters in another way.
    """
    check_analysis(article.text, analysis)
    with conn.begin_nested():
        meta.lock(conn)
        known = find_article(conn, article.text)
        if known is not None:
            return known, False
        check_topics({topic.id for topic in all_topics(conn)}, analysis)
        slug = _free_slug(conn, article.title)
        article_id = _insert(conn, slug, article, analysis, added or dt.datetime.now(dt.UTC))
        write_analysis(conn, article_id, article.text, analysis)
        counts.put_in(conn, article_id)
        meta.bump(conn, quiet=quiet)
    return slug, True


def list_articles(conn: Connection, *, limit: int = 20, after: str | None = None) -> Page[ArticleRow]:
    """The articles, last added first; *after* is the ``next`` of the page before.

    Raises:
        NotFound: no article has *after* as its slug.
        StoreError: *limit* is below 1.
    """
    check_limit(limit)
    total = conn.scalar(select(count_topics.c.articles).where(count_topics.c.topic_id == ALL)) or 0
    statement = _rows().where(articles.c.deleted.is_(None)).order_by(articles.c.id.desc()).limit(limit + 1)
    if after is not None:
        statement = statement.where(articles.c.id < _by_slug(conn, select(articles.c.id), after).id)
    rows = [_row(row) for row in conn.execute(statement)]
    following = rows[limit - 1].slug if len(rows) > limit else None
    return Page(total, tuple(rows[:limit]), following)


def matching_articles(
    conn: Connection, chosen: AttributionFilter, *, limit: int = 20, after: str | None = None
) -> Page[ArticleMatch]:
    """The articles with quotes that *chosen* lets through, last added first; *after* as :func:`list_articles` has it.

    Raises:
        NotFound: no article has *after* as its slug.
        StoreError: *limit* is below 1.
        QueryError: the words of *chosen* cannot be looked for.
    """
    check_limit(limit)
    before = None if after is None else _by_slug(conn, select(articles.c.id), after).id
    numbers = counting.article_numbers(conn, chosen, limit + 1, before)
    shown = dict(list(numbers.items())[:limit])
    there = _rows().add_columns(articles.c.id).where(articles.c.id.in_(shown), articles.c.deleted.is_(None))
    found = {row.id: _row(row) for row in conn.execute(there)}
    items = tuple(ArticleMatch(found[key], *counts) for key, counts in shown.items() if key in found)
    following = items[-1].article.slug if items and len(numbers) > limit else None
    return Page(counting.count_articles(conn, chosen), items, following)


def article_row(conn: Connection, slug: str) -> ArticleRow:
    """The article *slug* without its text.

    Raises:
        NotFound: no article has this slug.
    """
    return _row(_by_slug(conn, _rows().where(articles.c.deleted.is_(None)), slug))


def article_text(conn: Connection, slug: str) -> ArticleText:
    """The article *slug* with its text and paragraphs.

    Raises:
        NotFound: no article has this slug.
    """
    there = _rows().add_columns(articles.c.id, articles.c.text).where(articles.c.deleted.is_(None))
    row = _by_slug(conn, there, slug)
    return ArticleText(_row(row), row.text, _paragraphs(conn, row.id))


def when_added(conn: Connection, slugs: Collection[str]) -> dict[str, dt.datetime]:
    """When the articles *slugs* came in."""
    rows = conn.execute(select(articles.c.slug, articles.c.added).where(articles.c.slug.in_(slugs)))
    return {row.slug: row.added for row in rows}


def _free_slug(conn: Connection, title: str) -> str:
    def taken_among(slugs: Collection[str]) -> Collection[str]:
        return conn.scalars(select(articles.c.slug).where(articles.c.slug.in_(slugs))).all()

    def taken_like(base: str) -> Collection[str]:
        return conn.scalars(select(articles.c.slug).where(articles.c.slug.startswith(f"{base}-"))).all()

    [slug] = free_slugs([slug_of(title, otherwise="article")], taken_among, taken_like, reserved=ADDRESSES)
    return slug


def _insert(conn: Connection, slug: str, article: Article, analysis: Analysis, added: dt.datetime) -> int:
    values = {
        "slug": slug,
        "text_hash": text_hash(article.text),
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "date": article.date,
        "date_precision": article.date_precision.value,
        "byline": article.byline,
        "declared_language": article.language,
        "added": added,
        "words": len(article.text.split()),
        "pipeline": analysis.pipeline,
        "language": analysis.language,
        "text": article.text,
    }
    row = conn.execute(
        insert(articles).values(values).returning(articles.c.id, func.length(articles.c.text).label("length"))
    ).one()
    if row.length != len(article.text):
        raise StoreError(
            f"The database counts {row.length} characters in a text of {len(article.text)}; "
            "use one whose encoding is UTF-8, and texts without NUL characters."
        )
    return int(row.id)


def _rows() -> Select[Any]:
    counted = and_(count_articles.c.topic_id == ALL, count_articles.c.article_id == articles.c.id)
    quotes = count_articles.c.direct + count_articles.c.mixed
    return select(
        articles.c.slug,
        articles.c.title,
        articles.c.url,
        articles.c.publisher,
        articles.c.date,
        articles.c.added,
        articles.c.words,
        articles.c.pipeline,
        func.coalesce(quotes, 0).label("quotes"),
        func.coalesce(count_articles.c.indirect, 0).label("indirect"),
        articles.c.language,
        articles.c.date_precision,
        articles.c.byline,
    ).outerjoin_from(articles, count_articles, counted)


def _row(row: Any) -> ArticleRow:
    known = {name: getattr(row, name) for name in ArticleRow.__dataclass_fields__}
    return ArticleRow(**{**known, "date_precision": DatePrecision(row.date_precision)})


def _by_slug(conn: Connection, statement: Select[Any], slug: str) -> Any:
    row = conn.execute(statement.where(articles.c.slug == slug)).one_or_none()
    if row is None:
        raise NotFound(f"There is no article “{slug}”.")
    return row


def _paragraphs(conn: Connection, article_id: int) -> tuple[Paragraph, ...]:
    topics: dict[int, list[str]] = {}
    found = select(paragraph_topics.c.paragraph, paragraph_topics.c.topic_id)
    found = found.where(paragraph_topics.c.article_id == article_id)
    for paragraph, topic in conn.execute(found.order_by(paragraph_topics.c.paragraph, paragraph_topics.c.position)):
        topics.setdefault(paragraph, []).append(topic)
    rows = select(paragraphs.c.position, paragraphs.c.start, paragraphs.c.end, paragraphs.c.kind)
    rows = rows.where(paragraphs.c.article_id == article_id).order_by(paragraphs.c.position)
    return tuple(
        Paragraph(TextSpan(start, end), ParagraphKind(kind), tuple(topics.get(position, ())))
        for position, start, end, kind in conn.execute(rows)
    )
