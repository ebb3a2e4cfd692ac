"""The tables. Offsets are whole numbers that count code points; a span is two of them, half-open.

A change here needs a migration beside it: a test compares the two on every database we support.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMES)


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware moment in UTC on both sides; SQLite itself keeps no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """The moment in UTC."""
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """The moment in UTC, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def _offsets(name: str, *, nullable: bool = False) -> tuple[Column[int], Column[int], CheckConstraint]:
    start, end = f"{name}_start", f"{name}_end"
    return (
        Column(start, Integer, nullable=nullable),
        Column(end, Integer, nullable=nullable),
        CheckConstraint(f"0 <= {start} AND {start} < {end}", name=name),
    )


def _span() -> tuple[Column[int], Column[int], CheckConstraint]:
    return (
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        CheckConstraint('0 <= start AND start < "end"', name="span"),
    )


def _owner(column: str, target: str, *, primary_key: bool = False) -> Column[int]:
    key = ForeignKey(target, ondelete="CASCADE")
    return Column(column, Integer, key, primary_key=primary_key, nullable=False, autoincrement=False)


def _topic(*, primary_key: bool = False) -> Column[str]:
    return Column("topic_id", String(64), ForeignKey("topics.id"), primary_key=primary_key, nullable=False)


def _position() -> Column[int]:
    return Column("position", Integer, nullable=False)


def _words(name: str) -> Column[list[str]]:
    return Column(name, JSON, nullable=False, server_default="[]")


meta = Table("meta", metadata, Column("name", String(64), primary_key=True), Column("value", Text, nullable=False))

topics = Table(
    "topics",
    metadata,
    Column("id", String(64), primary_key=True),
    _position(),
    Column("label", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("colour", String(32), nullable=False),
    Column("terms", JSON, nullable=False),
    Column("names", JSON, nullable=False),
    _words("entities"),
    _words("excluded"),
    _words("mentions"),
    _words("voices"),
    _words("patterns"),
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
    Column("added", UtcDateTime, nullable=False),
    Column("words", Integer, nullable=False),
    Column("pipeline", Text, nullable=False),
    Column("language", String(8)),
    Column("text", Text, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    _owner("article_id", "articles.id", primary_key=True),
    Column("tokens", Text, nullable=False),
    Column("quotes", Text, nullable=False),
)

paragraphs = Table(
    "paragraphs",
    metadata,
    _owner("article_id", "articles.id", primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    *_span(),
    Column("kind", String(16), nullable=False),
)

paragraph_topics = Table(
    "paragraph_topics",
    metadata,
    Column("article_id", Integer, primary_key=True, autoincrement=False),
    Column("paragraph", Integer, primary_key=True, autoincrement=False),
    _topic(primary_key=True),
    _position(),
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
    UniqueConstraint("key", "kind"),
)

attributions = Table(
    "attributions",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner("article_id", "articles.id"),
    _position(),
    Column("kind", String(16), nullable=False),
    Column("speaker_id", Integer, ForeignKey("speakers.id"), index=True),
    Column("rule", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("confidence", Float),
    *_offsets("clause"),
    *_offsets("sentence"),
    *_offsets("before", nullable=True),
    *_offsets("after", nullable=True),
    UniqueConstraint("article_id", "position"),
)

attribution_spans = Table(
    "attribution_spans",
    metadata,
    _owner("attribution_id", "attributions.id", primary_key=True),
    Column("role", String(16), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    *_span(),
    CheckConstraint("role IN ('source', 'cue', 'content')", name="role"),
)

mentions = Table(
    "mentions",
    metadata,
    _owner("attribution_id", "attributions.id", primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    *_span(),
)

attribution_topics = Table(
    "attribution_topics",
    metadata,
    _owner("attribution_id", "attributions.id", primary_key=True),
    _topic(primary_key=True),
    _position(),
)

quotes = Table(
    "quotes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", String(12), nullable=False, unique=True),
    _owner("article_id", "articles.id"),
    _owner("attribution_id", "attributions.id"),
    *_span(),
    Column("kind", String(16), nullable=False),
    *_offsets("window"),
    CheckConstraint("kind IN ('direct', 'mixed', 'indirect')", name="kind"),
    Index(None, "article_id", "start"),
    Index(None, "attribution_id"),
)

quote_topics = Table(
    "quote_topics",
    metadata,
    _owner("quote_id", "quotes.id", primary_key=True),
    _topic(primary_key=True),
    _position(),
    Index(None, "topic_id", "quote_id"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner("attribution_id", "attributions.id"),
    Column("quote_id", Integer, ForeignKey("quotes.id", ondelete="CASCADE"), index=True),
    _position(),
    _topic(),
    *_span(),
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
