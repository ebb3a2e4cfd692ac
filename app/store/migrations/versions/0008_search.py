"""The index that search goes by, empty; it is filled when all migrations are done, by the words of that time."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SQLITE = (
    """CREATE TABLE search_rows (
    quote_id INTEGER NOT NULL, article_id INTEGER NOT NULL, before TEXT NOT NULL, quote TEXT NOT NULL,
    after TEXT NOT NULL, speaker TEXT NOT NULL, CONSTRAINT pk_search_rows PRIMARY KEY (quote_id))""",
    """CREATE TABLE search_titles (
    article_id INTEGER NOT NULL, words TEXT NOT NULL, CONSTRAINT pk_search_titles PRIMARY KEY (article_id))""",
    "CREATE INDEX ix_search_rows_article_id ON search_rows (article_id)",
    """CREATE VIEW search_texts AS
    SELECT quote_id, quote, before || ' ' || quote || ' ' || after AS clause, speaker, words AS title
    FROM search_rows JOIN search_titles USING (article_id)""",
    """CREATE VIRTUAL TABLE search_index USING fts5(
    quote, clause, speaker, title, content='search_texts', content_rowid='quote_id', tokenize='ascii')""",
)
POSTGRESQL = (
    """CREATE TABLE search_rows (
    quote_id INTEGER NOT NULL, article_id INTEGER NOT NULL, words TSVECTOR NOT NULL, digest VARCHAR(64) NOT NULL,
    CONSTRAINT pk_search_rows PRIMARY KEY (quote_id))""",
    "CREATE INDEX ix_search_rows_article_id ON search_rows (article_id)",
    "CREATE INDEX ix_search_rows_words ON search_rows USING gin (words)",
)


def upgrade() -> None:
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)
    op.execute("INSERT INTO meta (name, value) VALUES ('search', 'to be filled')")
