"""Quotes as rows of a table, for CSV and for Excel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.present.exports.about import About
from app.present.rows import words_at
from app.present.templates import address
from app.store.rows import QuoteRow

Cell = str | int | float | None
JOINED = "; "
"""Stands between several values in one cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, and how wide it is in Excel, in characters."""

    name: str
    width: int = 14


COLUMNS = (
    Column("id"),
    Column("quote", 60),
    Column("kind", 10),
    Column("speaker", 28),
    Column("speaker_kind", 12),
    Column("source", 24),
    Column("cue", 14),
    Column("topics", 20),
    Column("topic_ids", 20),
    Column("confidence", 10),
    Column("corrected", 12),
    Column("clause", 60),
    Column("sentence", 60),
    Column("article", 40),
    Column("publisher", 20),
    Column("date", 12),
    Column("date_precision", 12),
    Column("url", 30),
    Column("language", 9),
    Column("start", 8),
    Column("end", 8),
    Column("article_id", 24),
    Column("address", 24),
)
"""``start`` and ``end`` count code points of the article's text, half-open; ``confidence`` is a share of 1."""


def cells(quote: QuoteRow, about: About) -> Iterator[Cell]:
    """The values of *quote* in the order of :data:`COLUMNS`; ``None`` where nothing is known."""
    speaker, said, article = quote.speaker, quote.attribution, quote.article
    yield from (quote.id, quote.text, quote.kind.value)
    yield from (speaker.name, speaker.kind.value) if speaker else (None, None)
    yield words_at(quote.clause, said.source) or None
    yield words_at(quote.clause, said.cue) or None
    yield JOINED.join(about.labels.get(topic, topic) for topic in quote.topics)
    yield JOINED.join(quote.topics)
    yield None if said.confidence is None else round(said.confidence, 3)
    yield JOINED.join(quote.corrected) or None
    yield from (quote.clause.text, quote.sentence.text)
    yield from (article.title, article.publisher)
    yield from (article.date.isoformat(), article.date_precision.value) if article.date else (None, None)
    yield from (article.url, article.language, quote.span.start, quote.span.end)
    yield from (article.slug, address(f"/quotes/{quote.id}"))
