"""When an article changed last, so that the quotes kept in memory are brought up to date article by article."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("articles", sa.Column("changed", sa.Integer, nullable=False, server_default="0"))
    op.create_index("ix_articles_changed", "articles", ["changed"])
