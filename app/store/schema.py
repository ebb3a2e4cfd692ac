"""The tables of what was read. Offsets are whole numbers that count code points; a span is two of them, half-open.

Those of how it came in are in :mod:`app.store.intake_schema`, the counts in :mod:`app.store.count_schema`, people's
corrections in :mod:`app.store.correction_schema`, what is shared in :mod:`app.store.share_schema`. A change needs a
migration beside it: a test compares the two on every database we support. ``ix_articles_deleted`` stands in migration
0005 alone: it covers the deleted articles, since SQLite would take an index of all for the best way to those that are
not. So do, in 0009, ``ix_quotes_corrected`` and ``ix_attributions_merged_from``.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

import app.store.correction_schema
import app.store.count_schema
import app.store.intake_schema
import app.store.share_schema  # noqa: F401 - so that whoever knows one table knows all
from app.store.columns import UtcDateTime, metadata, offsets, owner, position, span, topic, words

meta = Table("meta", metadata, Column("name", String(64), primary_key=True), Column("value", Text, nullable=False))

topics = Table(
    "topics",
    metadata,
    Column("id", String(64), primary_key=True),
    position(),
    Column("label", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("colour", String(32), nullable=False),
    Column("terms", JSON, nullable=False),
    Column("names", JSON, nullable=False),
    words("entities"),
    words("excluded"),
    words("mentions"),
    words("voices"),
    words("patterns"),
)

topic_revisions = Table(
    "topic_revisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("saved", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
    Column("restores", Integer),
    Column("topics", JSON, nullable=False),
)

dismissed_suggestions = Table(
    "dismissed_suggestions", metadata, Column("key", String(200), primary_key=True, nullable=False)
)

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(100), nullable=False, unique=True),
    Column("text_hash", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("url", Text),
    Column("publisher", Text),
    Column("date", Date),
    Column("date_precision", String(8), nullable=False, server_default="day"),
    Column("byline", Text),
    Column("declared_language", String(16)),
    Column("added", UtcDateTime, nullable=False),
    Column("words", Integer, nullable=False),
    Column("pipeline", Text, nullable=False),
    Column("language", String(8)),
    Column("edited", JSON, nullable=False, server_default="[]"),
    Column("deleted", UtcDateTime),
    Column("text", Text, nullable=False),
    Column("changed", Integer, nullable=False, server_default="0"),
    Index(None, "url"),
    Index(None, "changed"),
)

readings = Table(
    "readings",
    metadata,
    owner("article_id", "articles.id", primary_key=True),
    Column("tokens", Text, nullable=False),
    Column("quotes", Text, nullable=False),
)

paragraphs = Table(
    "paragraphs",
    metadata,
    owner("article_id", "articles.id", primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    *span(),
    Column("kind", String(16), nullable=False),
)

paragraph_topics = Table(
    "paragraph_topics",
    metadata,
    Column("article_id", Integer, primary_key=True, autoincrement=False),
    Column("paragraph", Integer, primary_key=True, autoincrement=False),
    topic(primary_key=True),
    position(),
    ForeignKeyConstraint(
        ["article_id", "paragraph"], ["paragraphs.article_id", "paragraphs.position"], ondelete="CASCADE"
    ),
)

speakers = Table(
    "speakers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(100), nullable=False, unique=True),
    Column("key", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("members", JSON, nullable=False),
    Column("machine_name", Text),
    UniqueConstraint("key", "kind"),
)

attributions = Table(
    "attributions",
    metadata,
    Column("id", Integer, primary_key=True),
    owner("article_id", "articles.id"),
    position(),
    Column("kind", String(16), nullable=False),
    Column("speaker_id", Integer, ForeignKey("speakers.id"), index=True),
    Column("rule", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("confidence", Float),
    Column("merged_from", Integer),
    *offsets("clause"),
    *offsets("sentence"),
    *offsets("before", nullable=True),
    *offsets("after", nullable=True),
    UniqueConstraint("article_id", "position"),
)

attribution_spans = Table(
    "attribution_spans",
    metadata,
    owner("attribution_id", "attributions.id", primary_key=True),
    Column("role", String(16), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    *span(),
    CheckConstraint("role IN ('source', 'cue', 'content')", name="role"),
)

mentions = Table(
    "mentions",
    metadata,
    owner("attribution_id", "attributions.id", primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    *span(),
)

attribution_topics = Table(
    "attribution_topics",
    metadata,
    owner("attribution_id", "attributions.id", primary_key=True),
    topic(primary_key=True),
    position(),
)

quotes = Table(
    "quotes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", String(12), nullable=False, unique=True),
    owner("article_id", "articles.id"),
    owner("attribution_id", "attributions.id"),
    *span(),
    Column("kind", String(16), nullable=False),
    *offsets("window"),
    Column("corrected", String(64), nullable=False, server_default=""),
    CheckConstraint("kind IN ('direct', 'mixed', 'indirect')", name="kind"),
    Index(None, "article_id", "start"),
    Index(None, "attribution_id"),
)

quote_topics = Table(
    "quote_topics",
    metadata,
    owner("quote_id", "quotes.id", primary_key=True),
    topic(primary_key=True),
    position(),
    Index(None, "topic_id", "quote_id"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Integer, primary_key=True),
    owner("attribution_id", "attributions.id"),
    Column("quote_id", Integer, ForeignKey("quotes.id", ondelete="CASCADE"), index=True),
    position(),
    topic(),
    *span(),
    Column("term", Text, nullable=False),
    Column("rule", String(32), nullable=False),
    Column("refers_start", Integer),
    Column("refers_end", Integer),
    Column("score", Float, nullable=False, server_default="1"),
    CheckConstraint(
        "(refers_start IS NULL) = (refers_end IS NULL)"
        " AND (refers_start IS NULL OR 0 <= refers_start AND refers_start < refers_end)",
        name="refers",
    ),
    Index(None, "attribution_id"),
)
