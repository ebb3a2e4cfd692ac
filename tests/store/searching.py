"""A search that reads every quote and compares its words one by one: what the index is held to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.store.names import fold_name
from app.store.schema import articles, attribution_spans, attributions, quote_topics, quotes, speakers, topics
from app.store.search import matching, parse
from app.store.search_query import Query, Term
from app.store.search_words import folded_words

Words = Sequence[str]


@dataclass(frozen=True)
class Seen:
    """A quote as it is searched: its topics, and the texts of each field."""

    topics: frozenset[str]
    fields: dict[str, list[tuple[str, ...]]]


def every_quote(conn: Connection) -> dict[int, Seen]:
    """All quotes of the articles that are there, read from the rows."""
    texts = {row.id: row for row in conn.execute(select(articles).where(articles.c.deleted.is_(None)))}
    said = {row.id: row for row in conn.execute(select(attributions))}
    named = {row.id: row for row in conn.execute(select(speakers))}
    labels = {row.id: row.label for row in conn.execute(select(topics))}
    spans = conn.execute(select(attribution_spans).where(attribution_spans.c.role == "source")).all()
    about = conn.execute(select(quote_topics)).all()
    found = {}
    for row in conn.execute(select(quotes)):
        article, owner = texts[row.article_id], said[row.attribution_id]
        text = article.text
        inside = text[owner.clause_start : row.start], text[row.start : row.end], text[row.end : owner.clause_end]
        names = [text[one.start : one.end] for one in spans if one.attribution_id == owner.id]
        if owner.speaker_id is not None:
            names += [named[owner.speaker_id].name, *named[owner.speaker_id].members]
        fields = {
            "quote": [folded_words(text[row.start : row.end])],
            "clause": [tuple(word for part in inside for word in folded_words(part))],
            "speaker": [folded_words(name) for name in names],
            "title": [folded_words(article.title)],
        }
        mine = {one.topic_id for one in about if one.quote_id == row.id}
        found[row.id] = Seen(frozenset(fold_name(name) for key in mine for name in (key, labels[key])), fields)
    return found


def matches(query: Query, seen: Seen) -> bool:
    """Whether *query* matches the quote."""
    groups = (*query.wanted, *query.topics)
    others = (*query.unwanted, *query.other_topics)
    return all(any(_has(term, seen) for term in group) for group in groups) and not any(_has(x, seen) for x in others)


def _has(term: Term, seen: Seen) -> bool:
    if term.field == "topic":
        return fold_name(term.words[0]) in seen.topics
    fields = [term.field] if term.field else list(seen.fields)
    return any(_stands_in(term, words) for field in fields for words in seen.fields[field])


def _stands_in(term: Term, words: Words) -> bool:
    *others, last = term.words
    for start in range(len(words) - len(others)):
        here = words[start + len(others)]
        if list(words[start : start + len(others)]) == others and (
            here.startswith(last) if term.prefix else here == last
        ):
            return True
    return False


def found_by(conn: Connection, query: str) -> list[str]:
    """The words of the quotes that *query* finds, in the order that they were added."""
    ids = matching(conn, parse(query)).tolist()
    texts = {row.id: row.text for row in conn.execute(select(articles))}
    rows = {row.id: row for row in conn.execute(select(quotes))}
    return [texts[rows[key].article_id][rows[key].start : rows[key].end] for key in ids]
