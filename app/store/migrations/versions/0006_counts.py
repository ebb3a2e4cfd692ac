"""Counts kept in tables, so that no page has to count."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CELL = """
    count(CASE WHEN q.kind = 'direct' THEN 1 END), count(CASE WHEN q.kind = 'mixed' THEN 1 END),
    count(CASE WHEN q.kind = 'indirect' THEN 1 END)
    FROM quotes q JOIN attributions a ON a.id = q.attribution_id
"""
FILLED = (
    f"""INSERT INTO count_cells (topic_id, speaker_id, article_id, direct, mixed, indirect)
    SELECT t.topic_id, coalesce(a.speaker_id, 0), q.article_id, {CELL} JOIN quote_topics t ON t.quote_id = q.id
    GROUP BY t.topic_id, coalesce(a.speaker_id, 0), q.article_id""",
    f"""INSERT INTO count_cells (topic_id, speaker_id, article_id, direct, mixed, indirect)
    SELECT '', coalesce(a.speaker_id, 0), q.article_id, {CELL}
    GROUP BY coalesce(a.speaker_id, 0), q.article_id""",
    """INSERT INTO count_articles (topic_id, article_id, direct, mixed, indirect)
    SELECT topic_id, article_id, sum(direct), sum(mixed), sum(indirect) FROM count_cells
    GROUP BY topic_id, article_id""",
    """INSERT INTO count_articles (topic_id, article_id, direct, mixed, indirect)
    SELECT '', id, 0, 0, 0 FROM articles WHERE deleted IS NULL
    AND id NOT IN (SELECT article_id FROM count_cells WHERE topic_id = '')""",
    """INSERT INTO count_speakers (topic_id, speaker_id, direct, mixed, indirect, quotes)
    SELECT topic_id, speaker_id, sum(direct), sum(mixed), sum(indirect), sum(direct + mixed) FROM count_cells
    GROUP BY topic_id, speaker_id""",
    """INSERT INTO count_topics (topic_id, articles, direct, mixed, indirect,
    speakers, direct_speakers, mixed_speakers, indirect_speakers)
    SELECT t.topic_id, t.articles, t.direct, t.mixed, t.indirect, coalesce(s.speakers, 0), coalesce(s.direct, 0),
    coalesce(s.mixed, 0), coalesce(s.indirect, 0)
    FROM (SELECT topic_id, count(*) AS articles, sum(direct) AS direct, sum(mixed) AS mixed, sum(indirect) AS indirect
          FROM count_articles GROUP BY topic_id) t
    LEFT JOIN (SELECT topic_id, count(*) AS speakers, count(CASE WHEN direct > 0 THEN 1 END) AS direct,
          count(CASE WHEN mixed > 0 THEN 1 END) AS mixed, count(CASE WHEN indirect > 0 THEN 1 END) AS indirect
          FROM count_speakers GROUP BY topic_id) s ON s.topic_id = t.topic_id""",
)


def upgrade() -> None:
    _make("count_cells", ("speaker_id", "article_id"), ("direct", "mixed", "indirect"))
    op.create_index(None, "count_cells", ["article_id"])
    _make("count_speakers", ("speaker_id",), ("direct", "mixed", "indirect", "quotes"))
    op.create_index(None, "count_speakers", ["topic_id", "quotes", "indirect", "speaker_id"])
    for kind in ("direct", "mixed", "indirect"):
        op.create_index(None, "count_speakers", ["topic_id", kind, "speaker_id"])
    _make("count_articles", ("article_id",), ("direct", "mixed", "indirect"))
    speakers = ("speakers", "direct_speakers", "mixed_speakers", "indirect_speakers")
    _make("count_topics", (), ("articles", "direct", "mixed", "indirect", *speakers))
    for statement in FILLED:
        op.execute(statement)


def _make(name: str, keys: tuple[str, ...], numbers: tuple[str, ...]) -> None:
    op.create_table(
        name,
        sa.Column("topic_id", sa.String(64), nullable=False),
        *(sa.Column(key, sa.Integer, nullable=False, autoincrement=False) for key in keys),
        *(sa.Column(number, sa.Integer, nullable=False) for number in numbers),
        sa.PrimaryKeyConstraint("topic_id", *keys),
        sqlite_with_rowid=False,
    )
