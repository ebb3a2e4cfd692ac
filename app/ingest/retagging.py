"""The library judged anew by other topics: article by article, as far as the change can reach."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain import OTHER, Topic
from app.ingest.reach import Reach, reach
from app.ingest.recorrecting import Recorrected, recorrect
from app.ingest.taggers import Answer, Answering, Sheet, Tagger, topics_of
from app.store.correction_words import Known
from app.store.details import EvidenceRow
from app.store.merging import merge_map
from app.store.rebuilding import corrected_articles
from app.store.tagged import PackedArticle, Tagged, Tags, articles_about, packed_articles, read_tagged

BATCH = 50
AHEAD = 2
"""Batches in the other process's hands while this one writes."""


@dataclass(frozen=True, slots=True)
class Change:
    """From one code book to another, both without "other"."""

    before: tuple[Topic, ...]
    after: tuple[Topic, ...]

    @property
    def reach(self) -> Reach:
        """Which articles it can reach."""
        return reach(self.before, self.after)

    @property
    def known(self) -> frozenset[str]:
        """The ids of all topics after it."""
        return frozenset((OTHER, *(topic.id for topic in self.after)))

    @property
    def removed(self) -> frozenset[str]:
        """The ids of the topics that are no more."""
        return frozenset(topic.id for topic in self.before) - {topic.id for topic in self.after}


@dataclass(frozen=True, slots=True)
class Retagged:
    """Some articles as they are stored and the tags that they would have; ``after`` leaves out what stays.

    A corrected one comes alone, with what the machine says of it as ``recorrected``.
    """

    stored: Tagged
    after: Tags
    recorrected: Recorrected | None = None

    @property
    def moved(self) -> set[int]:
        """The quotes, by row, that get other topics."""
        before = self.stored.tags.quotes
        return {key for key, topics in self.after.quotes.items() if set(topics) != set(before.get(key, ()))}


def retag(conn: Connection, change: Change, tagger: Tagger) -> Iterator[Retagged]:
    """What *change* makes of the articles of the library, some at a time; nothing is written.

    Articles stored without tokens only lose the topics that are no more.

    Raises:
        AnalysisError: the topics cannot be judged.
    """
    about = articles_about(conn, change.removed)
    reached, waiting = change.reach, deque[tuple[Tagged, list[PackedArticle], Answering]]()
    known = Known(change.known, merge_map(conn))
    for some in packed_articles(conn, BATCH):
        corrected = corrected_articles(conn, [one.id for one in some])
        for one in (one for one in some if one.id in corrected):
            if change.removed or reached.reaches(one.text, one.tokens or ""):
                made, stored, after = recorrect(conn, one.id, known, tagger)
                yield Retagged(stored, after, made)
        batch = [one for one in some if one.id not in corrected]
        whole = [one for one in batch if one.tokens is not None]
        judged = [one for one in whole if one.id in about or reached.reaches(one.text, one.tokens or "")]
        old = [one.id for one in batch if one.tokens is None and one.id in about]
        if old:
            stored = read_tagged(conn, old)
            yield Retagged(stored, _without(stored.tags, change.removed))
        if judged:
            stored = read_tagged(conn, [one.id for one in judged])
            waiting.append((stored, judged, tagger([_sheet(one, stored) for one in judged])))
        while len(waiting) > AHEAD:
            yield _answered(*waiting.popleft())
    while waiting:
        yield _answered(*waiting.popleft())


def _sheet(article: PackedArticle, stored: Tagged) -> Sheet:
    return Sheet(
        article.text,
        article.tokens or "",
        article.readings or "{}",
        tuple((quote.uid, quote.span) for quote in stored.quotes[article.id]),
        tuple(span for _, span in stored.paragraphs[article.id]),
    )


def _answered(stored: Tagged, articles: Sequence[PackedArticle], answering: Answering) -> Retagged:
    after = Tags()
    for article, answer in zip(articles, answering(), strict=True):
        _take(after, stored, article.id, answer)
    return Retagged(stored, after)


def _take(after: Tags, stored: Tagged, article: int, answer: Answer) -> None:
    said: dict[int, list[EvidenceRow]] = {key: [] for key in stored.attributions[article]}
    for quote, why in zip(stored.quotes[article], answer.quotes, strict=True):
        after.quote_evidence[quote.id] = why
        after.quotes[quote.id] = topics_of(why)
        said[quote.attribution] += why
    for key, evidence in said.items():
        after.attribution_evidence[key] = tuple(dict.fromkeys(evidence))
        after.attributions[key] = topics_of(evidence)
    for (place, _), topics in zip(stored.paragraphs[article], answer.paragraphs, strict=True):
        after.paragraphs[article, place] = topics


def _without(tags: Tags, removed: frozenset[str]) -> Tags:
    def left(topics: Iterable[str]) -> tuple[str, ...]:
        return tuple(topic for topic in topics if topic not in removed) or (OTHER,)

    def kept(evidence: Iterable[EvidenceRow]) -> tuple[EvidenceRow, ...]:
        return tuple(one for one in evidence if one[0] not in removed)

    return Tags(
        quotes={key: left(topics) for key, topics in tags.quotes.items()},
        attributions={key: left(topics) for key, topics in tags.attributions.items()},
        paragraphs={key: left(topics) for key, topics in tags.paragraphs.items()},
        quote_evidence={key: kept(why) for key, why in tags.quote_evidence.items()},
        attribution_evidence={key: kept(why) for key, why in tags.attribution_evidence.items()},
    )
