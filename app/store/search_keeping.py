"""Keeps the index of words in step with the quotes: whoever writes them says here of which article or speaker.

Call it in the transaction that changes them, behind :func:`app.store.meta.lock`, when the new rows are there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from app.store.batches import batches
from app.store.schema import articles, attribution_spans, attributions, quotes, speakers
from app.store.search_index import BREAK, Entry, index_of
from app.store.search_words import folded_words

SOME = 50
"""Articles whose texts are held at once."""

_ROWS = (
    select(
        quotes.c.id,
        quotes.c.article_id,
        quotes.c.start,
        quotes.c.end,
        attributions.c.id.label("said"),
        attributions.c.clause_start,
        attributions.c.clause_end,
        speakers.c.name,
        speakers.c.members,
    )
    .select_from(quotes)
    .join(attributions, attributions.c.id == quotes.c.attribution_id)
    .outerjoin(speakers, speakers.c.id == attributions.c.speaker_id)
    .order_by(quotes.c.id)
)
_SOURCES = (
    select(attribution_spans.c.attribution_id, attribution_spans.c.start, attribution_spans.c.end)
    .join(attributions, attributions.c.id == attribution_spans.c.attribution_id)
    .where(attribution_spans.c.role == "source")
    .order_by(attribution_spans.c.attribution_id, attribution_spans.c.position)
)


def index_article(conn: Connection, article_id: int) -> None:
    """Make the quotes of the article findable by their words as they are now, in place of those before."""
    index = index_of(conn)
    index.remove(conn, [article_id])
    index.put(conn, entries_of(conn, [article_id]))


def unindex_article(conn: Connection, article_id: int) -> None:
    """Let no quote of the article be found any more, whether or not it is still there."""
    index_of(conn).remove(conn, [article_id])


def index_speaker(conn: Connection, speaker_id: int) -> None:
    """Make all quotes of the speaker findable by the name and members that it has now."""
    theirs = attributions.c.speaker_id == speaker_id
    of = select(attributions.c.article_id).distinct().where(theirs).order_by(attributions.c.article_id)
    index = index_of(conn)
    for some in batches(conn.scalars(of).all(), SOME):
        entries = entries_of(conn, some, theirs)
        index.remove_quotes(conn, [one.quote_id for one in entries])
        index.put(conn, entries)


def rebuild(conn: Connection) -> None:
    """Index everything anew."""
    index = index_of(conn)
    index.clear(conn)
    for some in _all_articles(conn):
        index.put(conn, entries_of(conn, some))


def _all_articles(conn: Connection) -> Iterator[Sequence[int]]:
    after, near = 0, select(articles.c.id).order_by(articles.c.id).limit(SOME)
    while some := conn.scalars(near.where(articles.c.id > after)).all():
        yield some
        after = some[-1]


def wrong(conn: Connection, article_ids: Sequence[int]) -> list[int]:
    """Which of these articles have quotes that are not found by their words, or are found by others, by row id."""
    index = index_of(conn)
    right: dict[int, object] = {}
    of: dict[int, int] = {}
    for entry in entries_of(conn, article_ids):
        right[entry.quote_id], of[entry.quote_id] = index.expected(entry), entry.article_id
    kept = index.kept(conn, article_ids)
    differing = (key for key in {**right, **kept} if right.get(key) != kept.get(key, (0, None))[1])
    return sorted({of.get(key) or kept[key][0] for key in differing})


def mend(conn: Connection, article_ids: Sequence[int]) -> None:
    """Index what :func:`wrong` found anew; without any, look for it."""
    for key in article_ids or [key for some in _all_articles(conn) for key in wrong(conn, some)]:
        index_article(conn, key)


def entries_of(conn: Connection, article_ids: Sequence[int], *where: ColumnElement[bool]) -> list[Entry]:
    """The words of all quotes of these articles, or of those of them that are chosen."""
    rows = conn.execute(_ROWS.where(quotes.c.article_id.in_(article_ids), *where)).all()
    if not rows:
        return []
    found = select(articles.c.id, articles.c.title, articles.c.text).where(articles.c.id.in_(article_ids))
    texts = {row.id: row for row in conn.execute(found)}
    sources: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for said, start, end in conn.execute(_SOURCES.where(attributions.c.article_id.in_(article_ids), *where)):
        sources[said].append((start, end))
    titles = {key: _joined(row.title) for key, row in texts.items()}
    return [_entry(row, texts[row.article_id].text, titles[row.article_id], sources[row.said]) for row in rows]


def _entry(row: Any, text: str, title: str, sources: Iterable[tuple[int, int]]) -> Entry:
    begin, end = min(row.clause_start, row.start), max(row.clause_end, row.end)
    parts = ((begin, row.start), (row.start, row.end), (row.end, end))
    before, quote, after = (_joined(text[first:last]) for first, last in parts)
    names = [row.name or "", *(row.members or ()), *(text[first:last] for first, last in sources)]
    known = dict.fromkeys(filter(None, map(_joined, names)))
    return Entry(row.id, row.article_id, before, quote, after, f" {BREAK} ".join(known), title)


def _joined(text: str) -> str:
    return " ".join(folded_words(text))
