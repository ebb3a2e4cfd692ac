"""An article's analysis in place of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, update

from app.domain import Analysis, Paragraph, ParagraphKind, TextSpan
from app.errors import NotFound
from app.store import counts, meta
from app.store.belongings import remove_rows
from app.store.checks import check_analysis, check_topics
from app.store.quote_ids import text_hash
from app.store.rebuilding import analysed_anew, stood
from app.store.schema import articles, paragraphs
from app.store.topics import all_topics
from app.store.writing import write_analysis


@dataclass(frozen=True, slots=True)
class StoredText:
    """What it takes to analyse a stored article again."""

    id: int
    slug: str
    title: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    pipeline: str


@dataclass(frozen=True, slots=True)
class Found:
    """An article that has exactly a certain text; it may have been deleted."""

    id: int
    slug: str
    deleted: bool


def stored_text(conn: Connection, article_id: int) -> StoredText:
    """The text of the article with this row id, and its paragraphs without their topics.

    Raises:
        NotFound: it is not there any more.
    """
    found = select(articles.c.slug, articles.c.title, articles.c.text, articles.c.pipeline)
    row = conn.execute(found.where(articles.c.id == article_id, articles.c.deleted.is_(None))).one_or_none()
    if row is None:
        raise NotFound("This article was deleted meanwhile.")
    cut = select(paragraphs.c.start, paragraphs.c.end, paragraphs.c.kind).where(paragraphs.c.article_id == article_id)
    rows = conn.execute(cut.order_by(paragraphs.c.position))
    parts = tuple(Paragraph(TextSpan(start, end), ParagraphKind(kind)) for start, end, kind in rows)
    return StoredText(article_id, row.slug, row.title, row.text, parts, row.pipeline)


def find_text(conn: Connection, text: str) -> Found | None:
    """The article that has exactly *text*, deleted or not."""
    found = select(articles.c.id, articles.c.slug, articles.c.deleted).where(articles.c.text_hash == text_hash(text))
    row = conn.execute(found).one_or_none()
    return None if row is None else Found(row.id, row.slug, row.deleted is not None)


def replace_analysis(
    conn: Connection, article_id: int, analysis: Analysis, text: str | None = None, *, quiet: bool = False
) -> None:
    """Make *analysis* that of the article, and *text* its text where that changes too. Quotes keep their ids.

    What people corrected stays so. Where the text changes, the ids from before lead to the quotes of the same words.
    Call it in a transaction that holds the lock of :func:`app.store.meta.lock` and that the caller commits.

    Raises:
        StoreError: the analysis does not fit the text or the topics.
    """
    before: str = conn.execute(select(articles.c.text).where(articles.c.id == article_id)).scalar_one()
    now = before if text is None else text
    check_analysis(now, analysis)
    check_topics({topic.id for topic in all_topics(conn)}, analysis)
    standing = None if text is None else stood(conn, article_id, before)
    remove_rows(conn, article_id)
    values = {"pipeline": analysis.pipeline, "language": analysis.language}
    if text is not None:
        values |= {"text": text, "text_hash": text_hash(text), "words": len(text.split())}  # type: ignore[dict-item]
    conn.execute(update(articles).where(articles.c.id == article_id).values(values))
    write_analysis(conn, article_id, now, analysis)
    analysed_anew(conn, article_id, now, standing)
    counts.put_in(conn, article_id)
    meta.bump(conn, quiet=quiet)


def pipelines(conn: Connection) -> dict[str, int]:
    """How many articles each pipeline made, by its fingerprint."""
    counted = select(articles.c.pipeline, func.count()).where(articles.c.deleted.is_(None))
    rows = conn.execute(counted.group_by(articles.c.pipeline).order_by(func.count().desc())).all()
    return {row[0]: row[1] for row in rows}


def slugs_by_pipeline(conn: Connection, besides: str | None = None, only: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Slug and title of the articles made by another pipeline than *besides*; *only* those with these slugs, if any."""
    found = select(articles.c.slug, articles.c.title).where(articles.c.deleted.is_(None)).order_by(articles.c.id)
    if besides is not None:
        found = found.where(articles.c.pipeline != besides)
    rows = [(row.slug, row.title) for row in conn.execute(found)]
    wanted = set(only)
    missing = wanted - {slug for slug, _ in rows} if wanted else set()
    if missing and besides is None:
        raise NotFound(f"There is no article “{sorted(missing)[0]}”.")
    return [row for row in rows if not wanted or row[0] in wanted]
