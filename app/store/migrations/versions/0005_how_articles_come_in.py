"""What was given, the jobs that read it, feeds, near-copies, what was deleted, and more that is known of an article."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _articles()
    op.add_column("speakers", sa.Column("machine_name", sa.Text))
    _originals()
    _jobs()
    _copies()
    _feeds()
    op.create_table(
        "trash",
        _owner("article_id", "articles.id"),
        sa.Column("rows", sa.LargeBinary, nullable=False),
        sa.Column("topics", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("article_id"),
    )


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _owner(column: str, target: str) -> sa.Column[int]:
    return sa.Column(column, sa.Integer, sa.ForeignKey(target, ondelete="CASCADE"), nullable=False)


def _original(*, nullable: bool) -> sa.Column[str]:
    return sa.Column("original", sa.String(64), sa.ForeignKey("originals.hash"), nullable=nullable)


def _articles() -> None:
    op.add_column("articles", sa.Column("date_precision", sa.String(8), nullable=False, server_default="day"))
    op.add_column("articles", sa.Column("byline", sa.Text))
    op.add_column("articles", sa.Column("declared_language", sa.String(16)))
    op.add_column("articles", sa.Column("edited", sa.JSON, nullable=False, server_default="[]"))
    op.add_column("articles", _moment("deleted"))
    where = sa.text("deleted IS NOT NULL")
    op.create_index(None, "articles", ["deleted"], sqlite_where=where, postgresql_where=where)
    op.create_index(None, "articles", ["url"])


def _originals() -> None:
    op.create_table(
        "originals",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_table(
        "sources",
        _owner("article_id", "articles.id"),
        _original(nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("media_type", sa.Text),
        sa.Column("encoding", sa.String(40)),
        sa.Column("address", sa.Text),
        sa.Column("given", sa.JSON, nullable=False, server_default="{}"),
        sa.Column("notes", sa.JSON, nullable=False, server_default="[]"),
        sa.Column("garbled", sa.Boolean, nullable=False, server_default="0"),
        sa.Column("pieces", sa.Text, nullable=False, server_default="[]"),
        sa.PrimaryKeyConstraint("article_id"),
    )
    op.create_index(None, "sources", ["original"])


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", sa.String(12), nullable=False),
        sa.Column("batch", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("given", sa.JSON, nullable=False, server_default="{}"),
        _original(nullable=True),
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id", ondelete="SET NULL")),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16)),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        _moment("created", nullable=False),
        _moment("started"),
        _moment("finished"),
        sa.Column("worker", sa.String(120)),
        _moment("leased"),
        sa.CheckConstraint("kind IN ('document', 'url', 'reanalyse')", name="kind"),
        sa.CheckConstraint("status IN ('queued', 'working', 'done', 'failed', 'cancelled')", name="status"),
        sa.UniqueConstraint("uid"),
    )
    for columns in (["batch", "finished"], ["original"], ["article_id"], ["status", "priority", "id"]):
        op.create_index(None, "jobs", columns)


def _copies() -> None:
    op.create_table(
        "signatures",
        _owner("article_id", "articles.id"),
        sa.Column("minhash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("article_id"),
    )
    op.create_table(
        "bands",
        sa.Column("band", sa.Integer, nullable=False),
        sa.Column("value", sa.BigInteger, nullable=False),
        _owner("article_id", "articles.id"),
        sa.PrimaryKeyConstraint("band", "value", "article_id"),
    )
    op.create_index(None, "bands", ["article_id"])
    op.create_table(
        "versions",
        _owner("article_id", "articles.id"),
        _owner("other_id", "articles.id"),
        sa.Column("likeness", sa.Float, nullable=False),
        sa.Column("same_url", sa.Boolean, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("article_id", "other_id"),
    )
    op.create_index(None, "versions", ["other_id"])


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        _moment("added", nullable=False),
        sa.Column("every", sa.Integer, nullable=False),
        _moment("due", nullable=False),
        _moment("checked"),
        sa.Column("etag", sa.Text),
        sa.Column("modified", sa.Text),
        sa.Column("error", sa.Text),
        sa.UniqueConstraint("url"),
    )
    op.create_index(None, "feeds", ["due"])
    op.create_table(
        "feed_entries",
        _owner("feed_id", "feeds.id"),
        sa.Column("key", sa.String(200), nullable=False),
        _moment("seen", nullable=False),
        sa.PrimaryKeyConstraint("feed_id", "key"),
    )
