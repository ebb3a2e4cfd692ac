"""More kinds of words for topics, what evidence refers to, and what it takes to judge stored texts anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("entities", "excluded", "mentions", "voices", "patterns"):
        op.add_column("topics", sa.Column(name, sa.JSON, nullable=False, server_default="[]"))
    _evidence()
    op.create_table(
        "topic_revisions",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("saved", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("restores", sa.Integer),
        sa.Column("topics", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "dismissed_suggestions", sa.Column("key", sa.String(200), nullable=False), sa.PrimaryKeyConstraint("key")
    )
    op.create_table(
        "readings",
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
        sa.Column("tokens", sa.Text, nullable=False),
        sa.Column("quotes", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("article_id"),
    )


def _evidence() -> None:
    op.add_column("evidence", sa.Column("refers_start", sa.Integer))
    # Written out, since SQLite takes a check only with the column that comes with it.
    op.execute(
        "ALTER TABLE evidence ADD COLUMN refers_end INTEGER CONSTRAINT ck_evidence_refers CHECK ("
        "(refers_start IS NULL) = (refers_end IS NULL)"
        " AND (refers_start IS NULL OR 0 <= refers_start AND refers_start < refers_end))"
    )
    op.add_column("evidence", sa.Column("score", sa.Float, nullable=False, server_default="1"))
