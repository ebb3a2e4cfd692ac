"""The tables of how articles come in: what was given, jobs, feeds, near-copies, what was deleted."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from app.store.columns import UtcDateTime, metadata, owner


def _hash(*, nullable: bool) -> Column[str]:
    return Column("original", String(64), ForeignKey("originals.hash"), nullable=nullable, index=True)


originals = Table(
    "originals",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    owner("article_id", "articles.id", primary_key=True),
    _hash(nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("media_type", Text),
    Column("encoding", String(40)),
    Column("address", Text),
    Column("given", JSON, nullable=False, server_default="{}"),
    Column("notes", JSON, nullable=False, server_default="[]"),
    Column("garbled", Boolean, nullable=False, server_default="0"),
    Column("pieces", Text, nullable=False, server_default="[]"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", String(12), nullable=False, unique=True),
    Column("batch", String(12), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("url", Text),
    Column("given", JSON, nullable=False, server_default="{}"),
    _hash(nullable=True),
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="SET NULL"), index=True),
    Column("priority", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("outcome", String(16)),
    Column("message", Text, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("created", UtcDateTime, nullable=False),
    Column("started", UtcDateTime),
    Column("finished", UtcDateTime),
    Column("worker", String(120)),
    Column("leased", UtcDateTime),
    CheckConstraint("kind IN ('document', 'url', 'reanalyse')", name="kind"),
    CheckConstraint("status IN ('queued', 'working', 'done', 'failed', 'cancelled')", name="status"),
    Index(None, "status", "priority", "id"),
    Index(None, "batch", "finished"),
)

signatures = Table(
    "signatures",
    metadata,
    owner("article_id", "articles.id", primary_key=True),
    Column("minhash", LargeBinary, nullable=False),
)

bands = Table(
    "bands",
    metadata,
    Column("band", Integer, primary_key=True, autoincrement=False),
    Column("value", BigInteger, primary_key=True, autoincrement=False),
    owner("article_id", "articles.id", primary_key=True),
    Index(None, "article_id"),
)

versions = Table(
    "versions",
    metadata,
    owner("article_id", "articles.id", primary_key=True),
    owner("other_id", "articles.id", primary_key=True),
    Column("likeness", Float, nullable=False),
    Column("same_url", Boolean, nullable=False, server_default="0"),
    Index(None, "other_id"),
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("added", UtcDateTime, nullable=False),
    Column("every", Integer, nullable=False),
    Column("due", UtcDateTime, nullable=False, index=True),
    Column("checked", UtcDateTime),
    Column("etag", Text),
    Column("modified", Text),
    Column("error", Text),
)

feed_entries = Table(
    "feed_entries",
    metadata,
    owner("feed_id", "feeds.id", primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("seen", UtcDateTime, nullable=False),
)

trash = Table(
    "trash",
    metadata,
    owner("article_id", "articles.id", primary_key=True),
    Column("rows", LargeBinary, nullable=False),
    Column("topics", Integer, nullable=False),
)
