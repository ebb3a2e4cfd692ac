"""Stretches that a person selects, and what topics they are on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, select

from app.domain import OTHER, Reading, TextSpan
from app.errors import Conflict, NotFound
from app.ingest.changes import CorrectionError
from app.ingest.taggers import Sheet, TaggerFactory, shared_tagger
from app.store.cutting import sentences_around
from app.store.making import evidence_kept
from app.store.readings import pack_readings
from app.store.schema import articles, paragraphs, readings
from app.store.topics import all_topics
from app.store.writing import evidence_columns

LONGEST = 20_000
FRAGMENT = 8
"""Words below which a stretch within a sentence is a fragment, which takes its topics from its sentence too."""


@dataclass(frozen=True, slots=True)
class Readable:
    """As much of an article as it takes to judge a stretch of it; ``tokens`` is ``None`` where none were kept."""

    id: int
    text: str
    tokens: str | None
    paragraphs: tuple[TextSpan, ...]


def readable(conn: Connection, slug: str) -> Readable:
    """The article *slug*.

    Raises:
        NotFound: there is none.
    """
    found = select(articles.c.id, articles.c.text, readings.c.tokens).outerjoin(readings)
    row = conn.execute(found.where(articles.c.slug == slug, articles.c.deleted.is_(None))).one_or_none()
    if row is None:
        raise NotFound(f"There is no article “{slug}”.")
    cut = select(paragraphs.c.start, paragraphs.c.end).where(paragraphs.c.article_id == row.id)
    spans = tuple(TextSpan(*ends) for ends in conn.execute(cut.order_by(paragraphs.c.position)))
    return Readable(row.id, row.text, row.tokens, spans)


def checked_span(text: str, span: TextSpan, words: str | None) -> TextSpan:
    """*span* without the blanks at its ends.

    Raises:
        CorrectionError: there is nothing in it, or it reaches past the end, or is endless.
        Conflict: other *words* stand there.
    """
    if span.end > len(text):
        raise CorrectionError(f"The selection ends at {span.end:,}, past the end of the text at {len(text):,}.")
    if words is not None and " ".join(span.of(text).split()) != " ".join(words.split()):
        raise Conflict("The text is another now, and other words stand there; select them again.")
    chosen = span.of(text)
    start = span.start + len(chosen) - len(chosen.lstrip())
    trimmed = TextSpan(start, max(start, start + len(chosen.strip())))
    if trimmed.start == trimmed.end:
        raise CorrectionError("Nothing is selected: a quote has at least one word.")
    if trimmed.end - trimmed.start > LONGEST:
        raise CorrectionError(f"A quote of more than {LONGEST:,} characters makes no sense.")
    return trimmed


def reading_of(text: str, span: TextSpan, cut: Sequence[TextSpan]) -> Reading:
    """What the topics of a stretch are judged by that no pipeline read: its words, and of a fragment its sentence."""
    whole, _, _ = sentences_around(text, span, cut)
    fragment = len(span.of(text).split()) < FRAGMENT and whole != span
    return Reading(own=(span,), clause=(whole,) if fragment else ())


def judged_span(engine: Engine, page: Readable, span: TextSpan, tagger: TaggerFactory | None) -> list[dict[str, Any]]:
    """Why the stretch *span* has its topics, with places counted from its start; nothing where it has none.

    Raises:
        AnalysisError: the topics cannot be judged.
    """
    if page.tokens is None:
        return []
    with engine.connect() as conn:
        book = tuple(topic for topic in all_topics(conn) if topic.id != OTHER)
    packed = pack_readings({"": reading_of(page.text, span, page.paragraphs)})
    sheet = Sheet(page.text, page.tokens, packed, (("", span),), ())
    [answer] = (tagger or shared_tagger())(book)([sheet])()
    return [evidence_kept(page.text, span.start, evidence_columns(row)) for row in answer.quotes[0]]
