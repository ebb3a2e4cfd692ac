"""The tables of counts, kept in step with the quotes by :mod:`app.store.counts` so that no page has to count.

In each of them the topic :data:`ALL` stands for the whole library, where a quote with two topics counts once, and the
speaker :data:`NOBODY` for the quotes that name nobody. No foreign keys: what they hold can be made anew at any time.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from app.store.columns import metadata

ALL = ""
NOBODY = 0


def _topic() -> Column[str]:
    return Column("topic_id", String(64), primary_key=True)


def _key(name: str) -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _kinds() -> tuple[Column[int], Column[int], Column[int]]:
    return _number("direct"), _number("mixed"), _number("indirect")


count_cells = Table(
    "count_cells",
    metadata,
    _topic(),
    _key("speaker_id"),
    _key("article_id"),
    *_kinds(),
    Index(None, "article_id"),
    sqlite_with_rowid=False,
)
"""By topic, speaker and article; the other tables are sums of this one. Without a quote there is no row."""

count_speakers = Table(
    "count_speakers",
    metadata,
    _topic(),
    _key("speaker_id"),
    *_kinds(),
    _number("quotes"),
    Index(None, "topic_id", "quotes", "indirect", "speaker_id"),
    Index(None, "topic_id", "direct", "speaker_id"),
    Index(None, "topic_id", "mixed", "speaker_id"),
    Index(None, "topic_id", "indirect", "speaker_id"),
    sqlite_with_rowid=False,
)
"""By topic and speaker, each index an order with the most first; ``quotes`` are those in marks."""

count_articles = Table("count_articles", metadata, _topic(), _key("article_id"), *_kinds(), sqlite_with_rowid=False)
"""By topic and article; under :data:`ALL` every article has a row that is counted, also without a quote."""

count_topics = Table(
    "count_topics",
    metadata,
    _topic(),
    _number("articles"),
    *_kinds(),
    _number("speakers"),
    _number("direct_speakers"),
    _number("mixed_speakers"),
    _number("indirect_speakers"),
    sqlite_with_rowid=False,
)
"""By topic: its quotes, and how many articles and speakers (nobody among them) have some, of each kind too."""
