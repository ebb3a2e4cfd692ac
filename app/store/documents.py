"""Whole articles one after another, each with its quotes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection

from app.store.articles import article_text, list_articles, matching_articles
from app.store.attributions import each_quote
from app.store.filters import AttributionFilter
from app.store.rows import ArticleText, QuoteRow


def documents(
    conn: Connection, chosen: AttributionFilter, *, together: int = 50
) -> Iterator[tuple[ArticleText, Iterator[QuoteRow]]]:
    """Every article, last added first, with the quotes of it that *chosen* lets through; under a filter those that have
    some.

    Raises:
        QueryError: the words cannot be looked for.
    """
    after: str | None = None
    while True:
        if chosen.given:
            found = matching_articles(conn, chosen, limit=together, after=after)
            slugs, after = [one.article.slug for one in found.items], found.next
        else:
            page = list_articles(conn, limit=together, after=after)
            slugs, after = [row.slug for row in page.items], page.next
        for slug in slugs:
            yield article_text(conn, slug), each_quote(conn, replace(chosen, article=slug))
        if after is None:
            return
