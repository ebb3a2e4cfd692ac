"""Corrections, and what the machine said before them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("quotes", sa.Column("corrected", sa.String(64), nullable=False, server_default=""))
    op.add_column("attributions", sa.Column("merged_from", sa.Integer))
    _of_some("quotes", "corrected", "corrected <> ''")
    _of_some("attributions", "merged_from", "merged_from IS NOT NULL")
    op.create_table(
        "corrections",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id", ondelete="CASCADE")),
        sa.Column("quote_uid", sa.String(12)),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("anchor", sa.JSON),
        sa.Column("snapshot", sa.JSON),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("undone", sa.DateTime(timezone=True)),
        sa.Column("undone_by", sa.Text),
        sa.Column("placed", sa.Boolean, nullable=False, server_default="1"),
        sa.CheckConstraint(
            "action IN ('speaker', 'topics', 'kind', 'edges', 'reject', 'add', 'confirm', 'merge')", name="action"
        ),
        sa.PrimaryKeyConstraint("number"),
    )
    for columns in (["article_id", "number"], ["quote_uid"], ["action"]):
        op.create_index(None, "corrections", columns)
    op.create_table(
        "machine_analyses",
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
        sa.Column("rows", sa.LargeBinary, nullable=False),
        sa.Column("judged", sa.JSON, nullable=False, server_default="[]"),
        sa.PrimaryKeyConstraint("article_id"),
    )
    op.create_table(
        "former_quotes",
        sa.Column("uid", sa.String(12), nullable=False),
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
        sa.Column("now", sa.String(12), nullable=False),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_index(None, "former_quotes", ["article_id"])


def _of_some(table: str, column: str, which: str) -> None:
    where = sa.text(which)
    op.create_index(None, table, [column], sqlite_where=where, postgresql_where=where)
