"""From the store to the page of two versions, and the same as JSON."""

from __future__ import annotations

from sqlalchemy import Connection

from app.errors import NotFound
from app.present.differences import Change, compare
from app.present.version_parts import reading
from app.present.wording import key_of
from app.store import articles, attributions
from app.store.filters import AttributionFilter
from app.store.rows import ArticleText, QuoteRow
from app.store.versions import moment, versions_of
from app.web import schemas
from app.web.contexts import Site, VersionsPage

WHOLE_ARTICLE = 100_000


def versions(conn: Connection, site: Site, slug: str, other: str) -> VersionsPage:
    """The context of ``/articles/{slug}/versions/{other}``; any two articles can be compared, in either order.

    Raises:
        NotFound: one of them is not there, or both are the same.
    """
    if slug == other:
        raise NotFound("An article does not differ from itself.")
    both = articles.article_text(conn, slug), articles.article_text(conn, other)
    earlier, later = sorted(both, key=lambda one: moment(one.row.date, one.row.added))
    comparison = compare(_paragraphs(earlier), _paragraphs(later))
    link = next((row for row in versions_of(conn, slug) if row.slug == other), None)
    quotes = [_quotes(conn, one) for one in (earlier, later)]
    return VersionsPage(
        site=site,
        earlier=earlier.row,
        later=later.row,
        link=link,
        percent=link.percent if link and link.likeness else round(100 * comparison.alike),
        comparison=comparison,
        reading=reading(comparison),
        earlier_only=_only(*quotes),
        later_only=_only(*quotes[::-1]),
    )


def as_json(page: VersionsPage) -> schemas.Json:
    """``/articles/{slug}/versions/{other}.json``: all that differs; places are those of the articles' paragraphs."""
    comparison = page.comparison
    return {
        "earlier": schemas.article(page.earlier),
        "later": schemas.article(page.later),
        "likeness": round(page.link.likeness, 3) if page.link else None,
        "same_url": bool(page.link and page.link.same_url),
        "alike": round(comparison.alike, 3),
        "paragraphs": comparison.counts,
        "words": comparison.words,
        "whole": comparison.whole,
        "changes": [_change(one) for one in comparison.changes],
        "quotes": {
            "earlier_only": schemas.whole(schemas.quote(row) for row in page.earlier_only),
            "later_only": schemas.whole(schemas.quote(row) for row in page.later_only),
        },
    }


def _change(change: Change) -> schemas.Json:
    """Words stand with those that differ; the others are in the articles."""
    found: schemas.Json = {"kind": change.kind, "earlier": list(change.old), "later": list(change.new)}
    if change.kind != "kept":
        found["pieces"] = [{"what": one.what, "earlier": one.old, "later": one.new} for one in change.pieces]
    return found


def _paragraphs(article: ArticleText) -> list[str]:
    return [paragraph.span.of(article.text) for paragraph in article.paragraphs]


def _quotes(conn: Connection, article: ArticleText) -> tuple[QuoteRow, ...]:
    chosen = AttributionFilter(article=article.row.slug)
    return attributions.list_quotes(conn, chosen, limit=WHOLE_ARTICLE).items


def _only(quotes: tuple[QuoteRow, ...], others: tuple[QuoteRow, ...]) -> tuple[QuoteRow, ...]:
    """Those of *quotes* whose words none of *others* has."""
    there = {_words(quote) for quote in others}
    return tuple(quote for quote in quotes if _words(quote) not in there)


def _words(quote: QuoteRow) -> str:
    # The comma that American style sets inside the marks is not part of what was said.
    return key_of(quote.text).rstrip(" .,!?;:")
