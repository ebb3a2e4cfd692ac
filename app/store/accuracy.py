"""How often the machine is right on this library, by what people said of its quotes.

It is counted over the quotes that people judged: those they corrected, confirmed, added or rejected. Where people only
speak up when something is wrong, these shares are lower than those of all quotes; confirming what is right mends that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt

from sqlalchemy import Connection, select

from app.domain import OTHER, AttributionKind
from app.store.correction_schema import machine_analyses
from app.store.judging import FOUND, MISSED, SPURIOUS, Judged
from app.store.merging import Merged, merge_map
from app.store.rows import SpeakerRow
from app.store.schema import articles, speakers
from app.store.speakers import COLUMNS, speaker_of
from app.store.topics import all_topics

ENOUGH = 20
"""Judged quotes below which a share says nothing."""

_Z = 1.959964
"""Of a normal distribution, 95 % lie so many standard deviations around the mean."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many were right."""

    right: int = 0
    of: int = 0

    @property
    def value(self) -> float | None:
        """From 0 to 1; ``None`` of none."""
        return self.right / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share lies 95 times of 100.

        Source:
            E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927).
        """
        if not self.of:
            return 0.0, 1.0
        share, weight = self.right / self.of, _Z**2 / self.of
        middle = (share + weight / 2) / (1 + weight)
        reach = sqrt(share * (1 - share) * weight + weight**2 / 4) / (1 + weight)
        low = 0.0 if self.right == 0 else max(0.0, middle - reach)
        return low, 1.0 if self.right == self.of else min(1.0, middle + reach)


@dataclass(frozen=True, slots=True)
class TopicAccuracy:
    """Of the quotes that the machine put under a topic, those that belong there; of these, how many it put there."""

    topic: str
    precision: Share
    recall: Share


@dataclass(frozen=True, slots=True)
class SpeakerAccuracy:
    """Of the quotes that a speaker said (``None``: that name nobody), how many the machine gave to it."""

    speaker: SpeakerRow | None
    right: Share


@dataclass(frozen=True, slots=True)
class KindAccuracy:
    """Of the quotes of a kind: whether they were found, and their speakers and topics right."""

    kind: AttributionKind
    found: Share
    speaker: Share
    topics: Share


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How often the machine was right on what people judged.

    Attributes:
        quotes: how many they judged.
        precision: of the quotes that the machine found, those that are some.
        recall: of those that there are, the ones that it found.
        edges, speaker, kind, topics: of those found and judged so, the ones that were right; topics as a whole.
    """

    quotes: int
    precision: Share
    recall: Share
    edges: Share
    speaker: Share
    kind: Share
    topics: Share
    by_topic: tuple[TopicAccuracy, ...]
    by_speaker: tuple[SpeakerAccuracy, ...]
    by_kind: tuple[KindAccuracy, ...]


def accuracy(conn: Connection, *, enough: int = ENOUGH) -> Accuracy | None:
    """How often the machine was right; ``None`` where people judged fewer than *enough* quotes."""
    there = select(machine_analyses.c.judged).join(articles, articles.c.id == machine_analyses.c.article_id)
    records: list[Judged] = [one for some in conn.scalars(there.where(articles.c.deleted.is_(None))) for one in some]
    if len(records) < max(1, enough):
        return None
    merged = merge_map(conn)
    how = Counter(one["how"] for one in records)
    return Accuracy(
        quotes=len(records),
        precision=Share(how[FOUND], how[FOUND] + how[SPURIOUS]),
        recall=Share(how[FOUND], how[FOUND] + how[MISSED]),
        edges=_share(one["edges"] for one in records if "edges" in one),
        speaker=_share(_speakers(records, merged)),
        kind=_share(_same(records, "kind")),
        topics=_share(_tagged(records)),
        by_topic=tuple(_by_topic(conn, records)),
        by_speaker=tuple(_by_speaker(conn, records, merged)),
        by_kind=tuple(_by_kind(records, merged)),
    )


def _share(answers: Iterable[bool]) -> Share:
    given = list(answers)
    return Share(sum(given), len(given))


def _same(records: Iterable[Judged], name: str) -> Iterator[bool]:
    return (one[name][0] == one[name][1] for one in records if name in one)


def _tagged(records: Iterable[Judged]) -> Iterator[bool]:
    return (set(one["topics"][0]) == set(one["topics"][1]) for one in records if "topics" in one)


def _speakers(records: Iterable[Judged], merged: Merged) -> Iterator[bool]:
    return (_one(one["speaker"][0], merged) == _one(one["speaker"][1], merged) for one in records if "speaker" in one)


def _one(key: int | None, merged: Merged) -> int | None:
    return None if key is None else merged.get(key, key)


def _by_topic(conn: Connection, records: Iterable[Judged]) -> Iterator[TopicAccuracy]:
    given: Counter[tuple[str, str]] = Counter()
    for one in records:
        if "topics" in one:
            machine, right = map(set, one["topics"])
            for how, some in (("hit", machine & right), ("false", machine - right), ("missed", right - machine)):
                given.update((how, topic) for topic in some)
    for topic in all_topics(conn):
        hit, false, missed = (given[how, topic.id] for how in ("hit", "false", "missed"))
        if hit + false + missed and topic.id != OTHER:
            yield TopicAccuracy(topic.id, Share(hit, hit + false), Share(hit, hit + missed))


def _by_speaker(conn: Connection, records: Iterable[Judged], merged: Merged) -> Iterator[SpeakerAccuracy]:
    answers: defaultdict[int | None, list[bool]] = defaultdict(list)
    for one in records:
        if "speaker" in one:
            machine, right = (_one(key, merged) for key in one["speaker"])
            answers[right].append(machine == right)
    found = select(*COLUMNS, speakers.c.id).where(speakers.c.id.in_([key for key in answers if key is not None]))
    rows = {row.id: speaker_of(row) for row in conn.execute(found)}
    for key, given in sorted(answers.items(), key=lambda pair: (-len(pair[1]), pair[0] or 0)):
        yield SpeakerAccuracy(None if key is None else rows.get(key), _share(given))


def _by_kind(records: Iterable[Judged], merged: Merged) -> Iterator[KindAccuracy]:
    by_kind: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in records:
        by_kind[one["as"]].append(one)
    for kind in AttributionKind:
        some = by_kind[kind.value]
        if some:
            there = [one["how"] == FOUND for one in some if one["how"] != SPURIOUS]
            yield KindAccuracy(kind, _share(there), _share(_speakers(some, merged)), _share(_tagged(some)))


def judged_articles(conn: Connection) -> dict[str, list[Judged]]:
    """What people judged, by the address of its article; those of deleted articles are left out."""
    found = select(articles.c.slug, machine_analyses.c.judged).join_from(
        machine_analyses, articles, articles.c.id == machine_analyses.c.article_id
    )
    rows = conn.execute(found.where(articles.c.deleted.is_(None)).order_by(articles.c.id))
    return {row.slug: row.judged for row in rows if row.judged}
