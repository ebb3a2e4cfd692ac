"""Articles with every row that hangs on them, some at a time, as they stand in the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select

from app.store.correction_schema import corrections, machine_analyses
from app.store.intake_schema import bands, signatures, sources, trash
from app.store.schema import (
    articles,
    attribution_spans,
    attribution_topics,
    attributions,
    evidence,
    mentions,
    paragraph_topics,
    paragraphs,
    quote_topics,
    quotes,
    readings,
    speakers,
)

MOST, MOST_CHARACTERS = 50, 500_000
"""Articles in a batch, and characters of their texts; an article alone may have more."""

Row = Any
_OWN = (paragraphs, paragraph_topics, readings, sources, signatures, trash, machine_analyses, corrections)
_SAID = (attribution_spans, mentions, attribution_topics)


@dataclass(slots=True)
class Whole:
    """An article and the rows of every table that name it, by the table's name."""

    article: Row
    rows: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def of(self, table: Table) -> list[Row]:
        """Its rows of *table*, in order."""
        return self.rows[table.name]

    def one(self, table: Table) -> Row | None:
        """Its row of *table*, which has one at most."""
        rows = self.rows[table.name]
        return rows[0] if rows else None


def groups(conn: Connection, after: int) -> list[list[int]]:
    """The row ids of the next few hundred articles behind *after*, in batches that fit into memory."""
    found = select(articles.c.id, func.length(articles.c.text)).where(articles.c.id > after)
    made: list[list[int]] = []
    held = 0
    for key, length in conn.execute(found.order_by(articles.c.id).limit(10 * MOST)):
        held += length
        if not made or len(made[-1]) == MOST or held > MOST_CHARACTERS:
            made.append([])
            held = length
        made[-1].append(key)
    return made


def whole_articles(conn: Connection, ids: Sequence[int]) -> list[Whole]:
    """The articles with these row ids, with all that hangs on them."""
    found = {row.id: Whole(row) for row in conn.execute(select(articles).where(articles.c.id.in_(ids)))}
    for table in _OWN:
        for row in conn.execute(select(table).where(table.c.article_id.in_(ids))).all():
            found[row.article_id].of(table).append(row)
    for row in conn.execute(
        select(bands.c.article_id, bands.c.band, bands.c.value).where(bands.c.article_id.in_(ids))
    ).all():
        found[row.article_id].of(bands).append(row)
    for name, rows in _analysed(conn, ids):
        for row in rows.all():
            found[row[0]].rows[name].append(row)
    for whole in found.values():
        whole.of(paragraphs).sort(key=lambda row: row.position)
    return [found[key] for key in ids if key in found]


def _analysed(conn: Connection, ids: Sequence[int]) -> Iterator[tuple[str, Any]]:
    """The rows of the analysis by table; the first column of each is the article's id."""
    said = attributions.c.article_id
    wanted = said.in_(ids)
    for table, statement in (
        (attributions, _joined(attributions, said, speakers.c.id.label("known_speaker"))),
        *(
            (table, select(said, table).join(attributions, attributions.c.id == table.c.attribution_id))
            for table in _SAID
        ),
        (evidence, select(said, evidence).join(attributions, attributions.c.id == evidence.c.attribution_id)),
    ):
        yield table.name, conn.execute(statement.where(wanted))
    quoted = quotes.c.article_id
    yield quotes.name, conn.execute(select(quoted.label("of"), quotes).where(quoted.in_(ids)).order_by(quotes.c.id))
    topics = select(quoted, quote_topics).join(quotes, quotes.c.id == quote_topics.c.quote_id)
    yield quote_topics.name, conn.execute(topics.where(quoted.in_(ids)))


def _joined(table: Table, of: Any, more: Any) -> Select[Any]:
    return select(of.label("of"), table, more).outerjoin(speakers, speakers.c.id == table.c.speaker_id)
