"""Where every quote stands, and whether any topic fits it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.domain import OTHER, TextSpan
from app.store.schema import quote_topics, quotes


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """The quote *id* and its span in the article; ``other`` where no topic fits it."""

    id: str
    span: TextSpan
    other: bool


def quote_places(conn: Connection) -> dict[int, list[QuotePlace]]:
    """The quotes of every article by its row, in the order of the text."""
    others = set(conn.scalars(select(quote_topics.c.quote_id).where(quote_topics.c.topic_id == OTHER)))
    columns = (quotes.c.article_id, quotes.c.id, quotes.c.uid, quotes.c.start, quotes.c.end)
    found: defaultdict[int, list[QuotePlace]] = defaultdict(list)
    for article, key, uid, start, end in conn.execute(select(*columns).order_by(quotes.c.id)).all():
        found[article].append(QuotePlace(uid, TextSpan(start, end), key in others))
    return dict(found)
