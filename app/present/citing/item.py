"""The article of a quote as CSL-JSON, from which every style and every other format is made.

Source:
    Citation Style Language 1.0.2, and its JSON schema for items.
"""

from __future__ import annotations

import re
from typing import Any

from app.domain import DatePrecision
from app.present.citing.line import citation
from app.present.templates import web_address
from app.store.rows import ArticleRow, QuoteRow

Json = dict[str, Any]
MOST_WORDS = 5
"""A byline of more words between its commas names no person."""
_BETWEEN = re.compile(r"\s*(?:[,;]|\band\b|&)\s*")
_BY = re.compile(r"^(?:by|von|par|por|di)\s+", re.IGNORECASE)


def csl_item(article: ArticleRow, quote: QuoteRow) -> Json:
    """The *article* that *quote* is from, with the quote as its note; what is not known is left out."""
    kind = "article-newspaper" if article.publisher else "webpage" if article.url else "document"
    found: Json = {"id": article.slug, "type": kind, "title": article.title}
    if article.publisher:
        found["container-title"] = article.publisher
    if authors := names(article.byline or ""):
        found["author"] = authors
    if article.date:
        parts = [article.date.year, article.date.month, article.date.day]
        known = {DatePrecision.YEAR: 1, DatePrecision.MONTH: 2, DatePrecision.DAY: 3}[article.date_precision]
        found["issued"] = {"date-parts": [parts[:known]]}
    if web_address(article.url):
        found["URL"] = article.url
        found["accessed"] = {"date-parts": [[article.added.year, article.added.month, article.added.day]]}
    if article.language:
        found["language"] = article.language
    return {**found, "note": citation(quote)}


def names(byline: str) -> list[Json]:
    """The people in *byline*, family names apart; what is no name of a person stands as a whole.

    >>> names("By Simone McCarthy and Ludwig van Beethoven, Reuters")
    [{'given': 'Simone', 'family': 'McCarthy'}, {'given': 'Ludwig', 'family': 'van Beethoven'}, {'literal': 'Reuters'}]
    """
    pieces = _BETWEEN.split(_BY.sub("", " ".join(byline.split())))
    return [_name(piece) for piece in pieces if piece]


def _name(piece: str) -> Json:
    words = piece.split()
    if not 1 < len(words) <= MOST_WORDS or any(char.isdigit() or char in "@/|" for char in piece):
        return {"literal": piece}
    # A particle in small letters begins the family name.
    first = next((place for place, word in enumerate(words[1:], 1) if word.islower()), len(words) - 1)
    return {"given": " ".join(words[:first]), "family": " ".join(words[first:])}
