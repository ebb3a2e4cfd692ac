"""Taggers for tests, which need no spaCy: a term counts wherever its letters stand, small or capital."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import Engine

from app.domain import Reading, TextSpan, Topic, TopicEvidence
from app.errors import AnalysisError
from app.ingest.taggers import Answer, Answering, Sheet, Tagger, topics_of
from app.store.articles import add_article
from app.store.details import EvidenceRow, row_of
from app.store.readings import unpack_readings
from tests.factories import numbered, read, summit


def fake_tagger(topics: tuple[Topic, ...]) -> Tagger:
    """A tagger by letters alone, which fails where a term meets ``RAISE``."""
    return lambda sheets: lambda: [_answer(topics, sheet) for sheet in sheets]


def no_tagger(topics: tuple[Topic, ...]) -> Tagger:
    """One that must not be asked."""

    def refuse(sheets: Sequence[Sheet]) -> Answering:
        raise AssertionError(f"asked about {len(sheets)} articles")

    return refuse


def fill(engine: Engine, *, more: int = 0) -> None:
    """The summit and *more* numbered articles, all with tokens."""
    with engine.begin() as conn:
        for article, analysis in (summit(), *(numbered(n) for n in range(more))):
            add_article(conn, article, read(article.text, analysis))


def _answer(topics: Sequence[Topic], sheet: Sheet) -> Answer:
    known = unpack_readings(sheet.readings)
    why = [tuple(_found(topics, sheet.text, known[uid])) for uid, _ in sheet.quotes]
    paragraphs = [topics_of(tuple(_found(topics, sheet.text, Reading((span,))))) for span in sheet.paragraphs]
    return Answer(tuple(why), tuple(paragraphs))


def _found(topics: Sequence[Topic], text: str, reading: Reading) -> Iterator[EvidenceRow]:
    places = []
    for topic in topics:
        for term in topic.terms:
            places += [
                (TextSpan(match.start() + span.start, match.end() + span.start), topic.id)
                for span in reading.own
                for match in re.finditer(re.escape(term), span.of(text), re.IGNORECASE)
            ]
    for span, topic_id in sorted(places):
        if "RAISE" in span.of(text):
            raise AnalysisError("The tagger failed.")
        yield row_of(TopicEvidence(topic_id, span, span.of(text), "quote", None, 0.95))
