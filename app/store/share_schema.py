"""The tables of what is shared with whom, of the browsers that came by it, and of who did what."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from app.store.columns import UtcDateTime, metadata

shares = Table(
    "shares",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", String(12), nullable=False, unique=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("role", Integer, nullable=False),
    Column("part", String(16), nullable=False),
    Column("given", JSON, nullable=False),
    Column("path", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("made", UtcDateTime, nullable=False),
    Column("expires", UtcDateTime),
    Column("revoked", UtcDateTime),
    Column("once", Integer, nullable=False, server_default="0"),
    Column("framed", Integer, nullable=False, server_default="0"),
    Column("uses", Integer, nullable=False, server_default="0"),
    Column("last_used", UtcDateTime),
    CheckConstraint("role BETWEEN 1 AND 3", name="role"),
    CheckConstraint("part IN ('library', 'list', 'quote', 'article')", name="part"),
)

share_sessions = Table(
    "share_sessions",
    metadata,
    Column("secret_hash", String(64), primary_key=True),
    Column("share_id", Integer, ForeignKey("shares.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("started", UtcDateTime, nullable=False),
    Column("ends", UtcDateTime, nullable=False),
    Index(None, "share_id"),
    Index(None, "ends"),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("did", String(200), nullable=False),
    Column("what", Text, nullable=False),
    Column("client", String(64), nullable=False),
)
