"""Articles, their analysis, topics and speakers."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _library()
    _articles()
    _attributions()
    _quotes()
    _first_rows()


def _offsets(name: str, *, nullable: bool = False) -> tuple[sa.Column[int], sa.Column[int], sa.CheckConstraint]:
    start, end = f"{name}_start", f"{name}_end"
    return (
        sa.Column(start, sa.Integer, nullable=nullable),
        sa.Column(end, sa.Integer, nullable=nullable),
        sa.CheckConstraint(f"0 <= {start} AND {start} < {end}", name=name),
    )


def _span() -> tuple[sa.Column[int], sa.Column[int], sa.CheckConstraint]:
    return (
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.CheckConstraint('0 <= start AND start < "end"', name="span"),
    )


def _owner(column: str, target: str) -> sa.Column[int]:
    return sa.Column(column, sa.Integer, sa.ForeignKey(target, ondelete="CASCADE"), nullable=False)


def _topic() -> sa.Column[str]:
    return sa.Column("topic_id", sa.String(64), sa.ForeignKey("topics.id"), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _library() -> None:
    op.create_table(
        "meta",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "topics",
        sa.Column("id", sa.String(64), nullable=False),
        _number("position"),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("colour", sa.String(32), nullable=False),
        sa.Column("terms", sa.JSON, nullable=False),
        sa.Column("names", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "speakers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("slug", sa.String(100), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("members", sa.JSON, nullable=False),
        sa.UniqueConstraint("slug"),
        sa.UniqueConstraint("key", "kind"),
    )


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("slug", sa.String(100), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("date", sa.Date),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
        _number("words"),
        sa.Column("pipeline", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.UniqueConstraint("slug"),
        sa.UniqueConstraint("text_hash"),
    )
    op.create_table(
        "paragraphs",
        _owner("article_id", "articles.id"),
        _number("position"),
        *_span(),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "position"),
    )
    op.create_table(
        "paragraph_topics",
        _number("article_id"),
        _number("paragraph"),
        _topic(),
        _number("position"),
        sa.PrimaryKeyConstraint("article_id", "paragraph", "topic_id"),
        sa.ForeignKeyConstraint(
            ["article_id", "paragraph"], ["paragraphs.article_id", "paragraphs.position"], ondelete="CASCADE"
        ),
    )


def _attributions() -> None:
    op.create_table(
        "attributions",
        sa.Column("id", sa.Integer, primary_key=True),
        _owner("article_id", "articles.id"),
        _number("position"),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("speaker_id", sa.Integer, sa.ForeignKey("speakers.id")),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        *_offsets("clause"),
        *_offsets("sentence"),
        *_offsets("before", nullable=True),
        *_offsets("after", nullable=True),
        sa.UniqueConstraint("article_id", "position"),
    )
    op.create_index(None, "attributions", ["speaker_id"])
    op.create_table(
        "attribution_spans",
        _owner("attribution_id", "attributions.id"),
        sa.Column("role", sa.String(16), nullable=False),
        _number("position"),
        *_span(),
        sa.CheckConstraint("role IN ('source', 'cue', 'content')", name="role"),
        sa.PrimaryKeyConstraint("attribution_id", "role", "position"),
    )
    op.create_table(
        "attribution_topics",
        _owner("attribution_id", "attributions.id"),
        _topic(),
        _number("position"),
        sa.PrimaryKeyConstraint("attribution_id", "topic_id"),
    )


def _quotes() -> None:
    op.create_table(
        "quotes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", sa.String(12), nullable=False),
        _owner("article_id", "articles.id"),
        _owner("attribution_id", "attributions.id"),
        *_span(),
        sa.Column("kind", sa.String(16), nullable=False),
        *_offsets("window"),
        sa.CheckConstraint("kind IN ('direct', 'mixed', 'indirect')", name="kind"),
        sa.UniqueConstraint("uid"),
    )
    op.create_index(None, "quotes", ["article_id", "start"])
    op.create_index(None, "quotes", ["attribution_id"])
    op.create_table(
        "quote_topics",
        _owner("quote_id", "quotes.id"),
        _topic(),
        _number("position"),
        sa.PrimaryKeyConstraint("quote_id", "topic_id"),
    )
    op.create_index(None, "quote_topics", ["topic_id", "quote_id"])
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer, primary_key=True),
        _owner("attribution_id", "attributions.id"),
        sa.Column("quote_id", sa.Integer, sa.ForeignKey("quotes.id", ondelete="CASCADE")),
        _number("position"),
        _topic(),
        *_span(),
        sa.Column("term", sa.Text, nullable=False),
        sa.Column("rule", sa.String(32), nullable=False),
    )
    op.create_index(None, "evidence", ["attribution_id"])
    op.create_index(None, "evidence", ["quote_id"])


def _first_rows() -> None:
    op.bulk_insert(
        sa.table("meta", sa.column("name", sa.Text), sa.column("value", sa.Text)),
        [{"name": "revision", "value": "0"}],
    )
    words = ("id", "label", "description", "colour")
    columns: list[sa.ColumnClause[Any]] = [sa.column(name, sa.Text) for name in words]
    columns += [sa.column("position", sa.Integer), sa.column("terms", sa.JSON), sa.column("names", sa.JSON)]
    other = {
        "id": "other",
        "label": "Other",
        "description": "Quotes that no other topic fits.",
        "colour": "#6b7280",
        "position": 0,
        "terms": [],
        "names": [],
    }
    op.bulk_insert(sa.table("topics", *columns), [other])
