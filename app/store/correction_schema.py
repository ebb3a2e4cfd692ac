"""The tables of what people corrected, and of what the machine had said of those articles."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from app.store.columns import UtcDateTime, metadata, owner

corrections = Table(
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE")),
    Column("quote_uid", String(12), index=True),
    Column("action", String(16), nullable=False, index=True),
    Column("value", JSON, nullable=False),
    Column("anchor", JSON(none_as_null=True)),
    Column("snapshot", JSON(none_as_null=True)),
    Column("made_by", Text, nullable=False),
    Column("made", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
    Column("undone", UtcDateTime),
    Column("undone_by", Text),
    Column("placed", Boolean, nullable=False, server_default="1"),
    CheckConstraint(
        "action IN ('speaker', 'topics', 'kind', 'edges', 'reject', 'add', 'confirm', 'merge')", name="action"
    ),
    Index(None, "article_id", "number"),
)
"""In the order in which they are applied; those of the whole library have no article."""

machine_analyses = Table(
    "machine_analyses",
    metadata,
    owner("article_id", "articles.id", primary_key=True),
    Column("rows", LargeBinary, nullable=False),
    Column("judged", JSON, nullable=False, server_default="[]"),
)
"""What the machine says of each article that was ever corrected, packed by :mod:`app.store.belongings`.

``judged`` sets it beside what people said, as :mod:`app.store.judging` has it.
"""

former_quotes = Table(
    "former_quotes",
    metadata,
    Column("uid", String(12), primary_key=True),
    Column("article_id", Integer, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("now", String(12), nullable=False),
)
"""Addresses that quotes had before a person moved their edges, or before their text was read again."""
