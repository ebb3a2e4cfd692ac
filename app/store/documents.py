"""Whole articles one after another, each with its quotes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Connection

from app.store.articles import article_text, list_articles
from app.store.attributions import each_quote
from app.store.filters import AttributionFilter
from app.store.known import has_article
from app.store.rows import ArticleText, QuoteRow

Quotes = tuple[QuoteRow, ...]


def documents(
    conn: Connection, chosen: AttributionFilter, *, together: int = 50
) -> Iterator[tuple[ArticleText, Quotes]]:
    """Every article, last added first, with the quotes of it that *chosen* lets through; under a filter those that have
    some.

    Raises:
        QueryError: the words cannot be looked for.
    """
    # Quotes come in the order of the articles, so that they are chosen once for all of them.
    by_article = groupby(each_quote(conn, chosen), lambda quote: quote.article.slug)
    quoted = ((slug, tuple(quotes)) for slug, quotes in by_article)
    found = quoted if chosen.given else _with_the_others(conn, quoted, together)
    for slug, quotes in found:
        yield article_text(conn, slug), quotes


def _with_the_others(
    conn: Connection, quoted: Iterator[tuple[str, Quotes]], together: int
) -> Iterator[tuple[str, Quotes]]:
    """*quoted* with the articles between them that have no quote."""
    ahead = next(quoted, None)
    after: str | None = None
    while True:
        page = list_articles(conn, limit=together, after=after)
        here: dict[str, Quotes] = {row.slug: () for row in page.items}
        # One that was deleted meanwhile is on no page.
        while ahead is not None and (ahead[0] in here or not has_article(conn, ahead[0])):
            if ahead[0] in here:
                here[ahead[0]] = ahead[1]
            ahead = next(quoted, None)
        yield from here.items()
        after = page.next
        if after is None:
            return
