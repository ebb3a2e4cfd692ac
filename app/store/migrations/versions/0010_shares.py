"""What is shared with whom, and who did what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _shares()
    op.create_table(
        "share_sessions",
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("share_id", sa.Integer, sa.ForeignKey("shares.id", ondelete="CASCADE"), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("secret_hash", "share_id"),
    )
    for column in ("share_id", "ends"):
        op.create_index(None, "share_sessions", [column])
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("did", sa.String(200), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("client", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )


def _shares() -> None:
    op.create_table(
        "shares",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("uid", sa.String(12), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("role", sa.Integer, nullable=False),
        sa.Column("part", sa.String(16), nullable=False),
        sa.Column("given", sa.JSON, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True)),
        sa.Column("revoked", sa.DateTime(timezone=True)),
        sa.Column("once", sa.Integer, nullable=False, server_default="0"),
        sa.Column("framed", sa.Integer, nullable=False, server_default="0"),
        sa.Column("uses", sa.Integer, nullable=False, server_default="0"),
        sa.Column("last_used", sa.DateTime(timezone=True)),
        sa.CheckConstraint("role BETWEEN 1 AND 3", name="role"),
        sa.CheckConstraint("part IN ('library', 'list', 'quote', 'article')", name="part"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
        sa.UniqueConstraint("token_hash"),
    )
