"""What hangs on quotes in other tables, all of it in one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from sqlalchemy import (
    BindParameter,
    Connection,
    Float,
    Integer,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from app.domain import TextSpan, TopicEvidence
from app.store.batches import batches
from app.store.rows import Excerpt
from app.store.schema import (
    articles,
    attribution_spans,
    attribution_topics,
    attributions,
    evidence,
    mentions,
    quote_topics,
)

EvidenceRow = tuple[str, int, int, str, str, int | None, int | None, float]
"""Evidence as its row has it: topic, start, end, term, rule, both ends of what it refers to, score."""


@dataclass(slots=True)
class Details:
    """Spans by attribution and role; mentions and topics by attribution; topics and evidence by quote. All in order."""

    spans: dict[tuple[int, str], list[TextSpan]] = field(default_factory=lambda: defaultdict(list))
    chains: dict[int, list[Excerpt]] = field(default_factory=lambda: defaultdict(list))
    attribution_topics: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    quote_topics: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    evidence: dict[int, list[TopicEvidence]] = field(default_factory=lambda: defaultdict(list))


_QUOTES: BindParameter[int] = bindparam("quotes", expanding=True)
_ATTRIBUTIONS: BindParameter[int] = bindparam("attributions", expanding=True)
_NO_NUMBER = literal(0).label("start"), literal(0).label("stop")
_NO_WORD = literal("").label("term"), literal("").label("rule")
_NO_REFERENCE = (
    cast(null(), Integer).label("refers_start"),
    cast(null(), Integer).label("refers_end"),
    cast(null(), Float).label("score"),
)

_SPANS = select(
    literal("span").label("what"),
    attribution_spans.c.attribution_id.label("owner"),
    attribution_spans.c.position,
    attribution_spans.c.role.label("word"),
    attribution_spans.c.start,
    attribution_spans.c.end.label("stop"),
    *_NO_WORD,
    *_NO_REFERENCE,
).where(attribution_spans.c.attribution_id.in_(_ATTRIBUTIONS))

_MENTIONS = (
    select(
        literal("mention"),
        mentions.c.attribution_id,
        mentions.c.position,
        literal(""),
        mentions.c.start,
        mentions.c.end,
        func.substr(articles.c.text, mentions.c.start + 1, mentions.c.end - mentions.c.start),
        literal(""),
        *_NO_REFERENCE,
    )
    .join(attributions, attributions.c.id == mentions.c.attribution_id)
    .join(articles, articles.c.id == attributions.c.article_id)
    .where(mentions.c.attribution_id.in_(_ATTRIBUTIONS))
)

_ATTRIBUTION_TOPICS = select(
    literal("about"),
    attribution_topics.c.attribution_id,
    attribution_topics.c.position,
    attribution_topics.c.topic_id,
    *_NO_NUMBER,
    *_NO_WORD,
    *_NO_REFERENCE,
).where(attribution_topics.c.attribution_id.in_(_ATTRIBUTIONS))

_QUOTE_TOPICS = select(
    literal("topic"),
    quote_topics.c.quote_id,
    quote_topics.c.position,
    quote_topics.c.topic_id,
    *_NO_NUMBER,
    *_NO_WORD,
    *_NO_REFERENCE,
).where(quote_topics.c.quote_id.in_(_QUOTES))

_EVIDENCE = select(
    literal("evidence"),
    evidence.c.quote_id,
    evidence.c.position,
    evidence.c.topic_id,
    evidence.c.start,
    evidence.c.end,
    evidence.c.term,
    evidence.c.rule,
    evidence.c.refers_start,
    evidence.c.refers_end,
    evidence.c.score,
).where(evidence.c.quote_id.in_(_QUOTES))

_DETAILS = union_all(_SPANS, _MENTIONS, _ATTRIBUTION_TOPICS, _QUOTE_TOPICS, _EVIDENCE).order_by("position")


def read_details(conn: Connection, quotes: Sequence[int], owners: Sequence[int]) -> Details:
    """The details of the quotes and of the attributions *owners*, by row id: one statement a thousand."""
    details = Details()
    pairs = zip_longest(batches(quotes), batches(dict.fromkeys(owners)))
    for some, others in pairs:
        for row in conn.execute(_DETAILS, {"quotes": some or [], "attributions": others or []}):
            what, owner, _, word, start, end, term, rule, *reference = row
            if what == "span":
                details.spans[owner, word].append(TextSpan(start, end))
            elif what == "mention":
                details.chains[owner].append(Excerpt(TextSpan(start, end), term))
            elif what == "about":
                details.attribution_topics[owner].append(word)
            elif what == "topic":
                details.quote_topics[owner].append(word)
            else:
                details.evidence[owner].append(evidence_of((word, start, end, term, rule, *reference)))
    return details


def evidence_of(row: EvidenceRow) -> TopicEvidence:
    """The evidence in the columns of *row*."""
    topic, start, end, term, rule, refers_start, refers_end, score = row
    refers = None if refers_start is None or refers_end is None else TextSpan(refers_start, refers_end)
    return TopicEvidence(topic, TextSpan(start, end), term, rule, refers, score)


def row_of(one: TopicEvidence) -> EvidenceRow:
    """*one* as the columns of a row, from which :func:`evidence_of` makes it again."""
    refers = (one.refers.start, one.refers.end) if one.refers else (None, None)
    return (one.topic, one.span.start, one.span.end, one.term, one.rule, *refers, one.score)
