"""What a change of topics would do to the quotes of a library, without doing it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine

from app.codebook import check_book
from app.domain import OTHER, Topic, TopicEvidence
from app.ingest.book import warmed
from app.ingest.retagging import Change, retag
from app.ingest.taggers import TaggerFactory
from app.settings import Settings
from app.store.attributions import quotes_by_key
from app.store.details import EvidenceRow, evidence_of
from app.store.rows import QuoteRow
from app.store.tagged import Tags, quotes_about
from app.store.topics import all_topics

Why = dict[int, tuple[EvidenceRow, ...]]


@dataclass(frozen=True, slots=True)
class Moved:
    """A quote that would come or go, and the evidence that brings it, or that it has now."""

    quote: QuoteRow
    evidence: tuple[TopicEvidence, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The quotes that would get topics that they have not, those that would lose some, and how many of each.

    ``staying_count`` counts those that have one now and lose none.
    """

    entering: tuple[Moved, ...]
    leaving: tuple[Moved, ...]
    entering_count: int
    leaving_count: int
    staying_count: int


@dataclass(slots=True)
class _Moves:
    entering: Why = field(default_factory=dict)
    leaving: Why = field(default_factory=dict)

    def take(self, before: Tags, after: Tags, only: str | None) -> None:
        for key, topics in after.quotes.items():
            now = before.quotes.get(key, ())
            if new := _wanted(set(topics) - set(now), only):
                self.entering[key] = _about(new, after.quote_evidence.get(key, ()))
            if gone := _wanted(set(now) - set(topics), only):
                self.leaving[key] = _about(gone, before.quote_evidence.get(key, ()))


def preview_topics(
    engine: Engine,
    settings: Settings,
    topics: Sequence[Topic],
    *,
    only: str | None = None,
    most: int = 20,
    tagger: TaggerFactory | None = None,
) -> Preview:
    """What :func:`app.ingest.topics.save_topics` would do with *topics*; nothing is written.

    Args:
        engine: the library.
        settings: those in force.
        topics: the whole code book as it would be.
        only: count and show the quotes that come to or leave this topic; else those of any topic but "other".
        most: quotes shown of each side, newest article first; the counts are of all.
        tagger: who judges, if not the process kept for it.

    Raises:
        CodeBookError: the topics cannot stand together.
        AnalysisError: a pattern cannot be used, or the process that judges died.
    """
    book = tuple(topic for topic in topics if topic.id != OTHER)
    check_book(book)
    judge = warmed(engine, book, tagger)
    moves = _Moves()
    with engine.connect() as conn:
        *before, _ = all_topics(conn)
        change = Change(tuple(before), book)
        for part in retag(conn, change, judge):
            moves.take(part.stored.tags, part.after, only)
        having = quotes_about(conn, [only] if only else [topic.id for topic in before])
        return Preview(
            _shown(conn, moves.entering, most),
            _shown(conn, moves.leaving, most),
            len(moves.entering),
            len(moves.leaving),
            having - len(moves.leaving),
        )


def _wanted(topics: Collection[str], only: str | None) -> Collection[str]:
    return [topic for topic in topics if topic == only or (only is None and topic != OTHER)]


def _about(topics: Collection[str], evidence: Sequence[EvidenceRow]) -> tuple[EvidenceRow, ...]:
    return tuple(one for one in evidence if one[0] in topics)


def _shown(conn: Connection, moved: Why, most: int) -> tuple[Moved, ...]:
    rows = quotes_by_key(conn, moved, most)
    return tuple(Moved(row, tuple(map(evidence_of, moved[key]))) for key, row in rows.items())
