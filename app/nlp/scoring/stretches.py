"""Quoted stretches with their speakers and topics, and paragraphs with their topics, against labelled ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain import OTHER
from app.nlp.scoring.names import SAME, name_score
from app.nlp.scoring.report import measures

KNOWN_TOPICS = ("energy", "nato", "ukraine", "us")
"""Topics that come first in a report, in this order; others follow by name, and :data:`~app.domain.OTHER` last."""

_MATCHED, _IGNORED = 0.5, 0.3
_EDGES = " \t\r\n\u00a0\u200b.,;:\"'“”‘’«»„″"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A quoted stretch, or a paragraph of which only span and topics count. No topics are as good as *other*."""

    start: int
    end: int
    topics: Sequence[str] = ()
    speaker: str | None = None
    also: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class LabelledStretches:
    """What people marked in one text: quotes, stretches that may be returned or not, and paragraphs, if any."""

    id: str
    text: str
    quotes: Sequence[Stretch]
    ignore: Sequence[Stretch] = ()
    paragraphs: Sequence[Stretch] = ()


@dataclass(slots=True)
class Tally:
    """Sums over articles: quotes found, speakers right, and per topic what was found, invented and missed."""

    quotes: Counter[str] = field(default_factory=Counter)
    speaker: float = 0.0
    topics: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)

    def add(self, article: LabelledStretches, quotes: Sequence[Stretch], paragraphs: Sequence[Stretch]) -> None:
        """Count what the pipeline says of *article*: its *quotes* and its *paragraphs*."""
        pairs = dict(_pairs(article, quotes))
        matched = set(pairs.values())
        extra = [one for n, one in enumerate(quotes) if n not in matched and not _ignored(article, one)]
        self.quotes.update(gold=len(article.quotes), predicted=len(pairs) + len(extra), matched=len(pairs))
        for number, gold in enumerate(article.quotes):
            if number not in pairs:
                self._count("topics_end_to_end", gold, None)
                continue
            found = quotes[pairs[number]]
            score = name_score(found.speaker, gold.speaker or "", gold.also)
            self.speaker += score
            self.quotes.update(full_name=score == SAME, exact=_trimmed(article, gold) == _trimmed(article, found))
            self._count("topics_end_to_end", gold, found)
            self._count("topics_on_matched", gold, found)
        for one in extra:
            self._count("topics_end_to_end", None, one)
        for paragraph in article.paragraphs:
            self._count("paragraph_topics", paragraph, _nearest(paragraph, paragraphs))

    def _count(self, table: str, gold: Stretch | None, found: Stretch | None) -> None:
        wanted, given = (set(one.topics or (OTHER,)) if one else set() for one in (gold, found))
        counts = self.topics.setdefault(table, Counter())
        for how, topics in (("hit", wanted & given), ("false", given - wanted), ("missed", wanted - given)):
            counts.update((how, topic) for topic in topics)


def stretch_report(tally: Tally) -> dict[str, Any]:
    """The figures of *tally*: shares from 0 to 1, tables that nothing was counted in left out."""
    hits, gold, predicted = (tally.quotes[name] for name in ("matched", "gold", "predicted"))
    found = measures(hits, predicted, hits, gold)
    return {
        "quotes": {
            **dict(zip(("precision", "recall", "f1"), (found["p"], found["r"], found["f1"]), strict=True)),
            "gold": gold,
            "predicted": predicted,
            "matched": hits,
            "exact_of_matched": tally.quotes["exact"] / hits if hits else 0.0,
        },
        "speaker": {
            "accuracy_of_matched": tally.speaker / hits if hits else 0.0,
            "full_name_of_matched": tally.quotes["full_name"] / hits if hits else 0.0,
            "accuracy_of_gold": tally.speaker / gold if gold else 0.0,
        },
        **{name: _topic_figures(counts) for name, counts in sorted(tally.topics.items())},
    }


def _topic_figures(counts: Counter[tuple[str, str]]) -> dict[str, Any]:
    named = {topic for _, topic in counts}
    order = [topic for topic in KNOWN_TOPICS if topic in named]
    order += sorted(named - {*KNOWN_TOPICS, OTHER})
    order += [OTHER] if OTHER in named else []
    rows = {topic: _measured(counts, [topic]) for topic in order}
    judged = [topic for topic in order if topic != OTHER]
    return {
        "per_topic": rows,
        "micro_f1": _measured(counts, order)["f1"],
        "micro_f1_without_other": _measured(counts, judged)["f1"],
        "macro_f1": sum(rows[topic]["f1"] for topic in order) / len(order),
        "macro_f1_without_other": sum(rows[topic]["f1"] for topic in judged) / max(1, len(judged)),
    }


def _measured(counts: Counter[tuple[str, str]], topics: Iterable[str]) -> dict[str, Any]:
    hit, false, missed = (sum(counts[how, topic] for topic in topics) for how in ("hit", "false", "missed"))
    found = measures(hit, hit + false, hit, hit + missed)
    return {"precision": found["p"], "recall": found["r"], "f1": found["f1"], "support": hit + missed}


def _pairs(article: LabelledStretches, found: Sequence[Stretch]) -> Iterator[tuple[int, int]]:
    """Gold and found that overlap by at least half of their union, one to one, highest overlap first."""
    wanted = [_trimmed(article, one) for one in article.quotes]
    given = [_trimmed(article, one) for one in found]
    shares = ((_share(one, other), g, f) for g, one in enumerate(wanted) for f, other in enumerate(given))
    taken_gold, taken_found = set(), set()
    for _, g, f in sorted((-share, g, f) for share, g, f in shares if share >= _MATCHED):
        if g not in taken_gold and f not in taken_found:
            taken_gold.add(g)
            taken_found.add(f)
            yield g, f


def _ignored(article: LabelledStretches, found: Stretch) -> bool:
    place = _trimmed(article, found)
    return any(_share(place, _trimmed(article, one)) > _IGNORED for one in article.ignore)


def _nearest(gold: Stretch, found: Sequence[Stretch]) -> Stretch | None:
    """The paragraph that overlaps *gold* most, if by half of their union."""
    shares = [(_share((gold.start, gold.end), (one.start, one.end)), one) for one in found]
    most = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return most[1] if most[0] >= _MATCHED else None


def _trimmed(article: LabelledStretches, one: Stretch) -> tuple[int, int]:
    """*one* without blanks and marks at its ends."""
    words = article.text[one.start : one.end]
    start = one.start + len(words) - len(words.lstrip(_EDGES))
    return start, max(start, one.start + len(words.rstrip(_EDGES)))


def _share(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Intersection over union of two spans."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / (max(one[1], other[1]) - min(one[0], other[0])) if common > 0 else 0.0
