"""What one article's attributions count for, against those that people marked in it.

Definitions of the PolNeAR benchmark's scorer, made anew: contents are paired one to one by the letters they share,
``joint`` also asks for the source, and ``stretch`` asks of each run between quotation marks who is given as its
speaker.

Source:
    Newell, Margolin and Ruths, "An Attribution Relations Corpus for Political News", LREC 2018.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain import AttributionKind
from app.nlp.scoring.letters import LetteredText, Span, overlap

LEVELS = {"exact": 1.0, "iou80": 0.8, "iou30": 0.3}
KINDS = ("all", *(kind.value for kind in AttributionKind))
SIZES = ("any", "long")

_IN_GOLD, _OUTSIDE, _FOUND = 0.8, 0.2, 0.5
_LONG = 5
"""Words from which a stretch is a long one."""
_NAME = re.compile(r"\b[A-Z](?:[\w’'.-]*\w)")

Counts = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Spans:
    """One attribution as spans of its text: pieces of each part in order, of which source and cue may be none.

    ``speaker`` is a resolved name, ``confidence`` how sure the pipeline is; only a prediction has them.
    """

    content: Sequence[Span]
    source: Sequence[Span] = ()
    cue: Sequence[Span] = ()
    speaker: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """A text with the attributions that people marked in it; predictions in *ignore* count for nothing."""

    id: str
    text: str
    attributions: Sequence[Spans]
    ignore: Sequence[Span] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Lettered:
    content: int
    source: int
    cue: int
    kind: str
    names: frozenset[str]
    confidence: float | None


@dataclass(frozen=True, slots=True)
class _Pair:
    gold: _Lettered
    found: _Lettered
    overlap: float

    @property
    def source_right(self) -> bool:
        return _source_right(self.gold, self.found)


def count_article(article: LabelledArticle, found: Iterable[Spans]) -> Counts:
    """Everything that the figures need of *article*, of which the pipeline says *found*."""
    text = LetteredText(article.text)
    ignored = text.letters(article.ignore)
    gold = [_lettered(text, one) for one in article.attributions]
    predicted = [one for one in (_lettered(text, one) for one in found) if _counts(one, ignored)]
    counts: Counts = Counter({("articles",): 1})
    for side, attributions in (("gold", gold), ("pred", predicted)):
        for one in attributions:
            counts.update([(side, "all"), (side, one.kind)])
    for pair in _paired(gold, predicted):
        _count_pair(counts, pair)
    _count_characters(counts, gold, predicted)
    _count_stretches(counts, text, ignored, gold, predicted)
    return counts


def judged(article: LabelledArticle, found: Sequence[Spans]) -> list[tuple[float, bool]]:
    """For each of *found* that has a confidence and counts: that, and whether it is right."""
    verdicts = zip(found, rightness(article, found), strict=True)
    return [(one.confidence, right) for one, right in verdicts if one.confidence is not None and right is not None]


def rightness(article: LabelledArticle, found: Iterable[Spans]) -> list[bool | None]:
    """For each of *found* whether it is right (content by iou30, and source); ``None`` where it counts for nothing."""
    text = LetteredText(article.text)
    ignored = text.letters(article.ignore)
    gold = [_lettered(text, one) for one in article.attributions]
    predicted = [_lettered(text, one) for one in found]
    counted = [one for one in predicted if _counts(one, ignored)]
    right = {id(pair.found) for pair in _paired(gold, counted) if pair.source_right}
    return [id(one) in right if _counts(one, ignored) else None for one in predicted]


def _counts(one: _Lettered, ignored: int) -> bool:
    return one.content != 0 and not _mostly(one.content, ignored)


def _lettered(text: LetteredText, one: Spans) -> _Lettered:
    content = text.letters(one.content)
    named = [text.text[start:end] for start, end in one.source]
    names = frozenset(_NAME.findall(" ".join([*named, one.speaker])))
    source, cue = text.letters(one.source), text.letters(one.cue)
    return _Lettered(content, source, cue, text.kind(content).value, names, one.confidence)


def _mostly(part: int, whole: int) -> bool:
    return 2 * (part & whole).bit_count() > part.bit_count()


def _paired(gold: Sequence[_Lettered], found: Sequence[_Lettered]) -> Iterator[_Pair]:
    """Gold and found, one to one, highest overlap first; a draw goes to the one that stands earlier."""
    near = (
        (overlap(one.content, other.content), g, f)
        for g, one in enumerate(gold)
        for f, other in enumerate(found)
        if one.content & other.content
    )
    ranked = sorted((-share, g, f) for share, g, f in near if share >= LEVELS["iou30"])
    left, free = set(range(len(gold))), set(range(len(found)))
    for share, g, f in ranked:
        if g in left and f in free:
            left.remove(g)
            free.remove(f)
            yield _Pair(gold[g], found[f], -share)


def _source_right(gold: _Lettered, found: _Lettered) -> bool:
    return bool(gold.source & found.source) if gold.source else not found.source


def _count_pair(counts: Counts, pair: _Pair) -> None:
    gold, found, right = pair.gold, pair.found, pair.source_right
    for level in (level for level, least in LEVELS.items() if pair.overlap >= least):
        for side, kind in (("recalled", gold.kind), ("precise", found.kind)):
            for name in ("all", kind):
                counts["quotes", side, level, name] += 1
                counts["joint", side, level, name] += right
        if gold.source:
            counts["source", "n", level] += 1
            counts["source", "overlap", level] += right
            counts["source", "exact", level] += gold.source == found.source
            counts["source", "name", level] += right or not gold.names.isdisjoint(found.names)
        else:
            counts["no source", "n", level] += 1
            counts["no source", "right", level] += right
        if gold.cue:
            counts["cue", "n", level] += 1
            counts["cue", "overlap", level] += bool(gold.cue & found.cue)


def _count_characters(counts: Counts, gold: Iterable[_Lettered], found: Iterable[_Lettered]) -> None:
    wanted = given = 0
    for one in gold:
        wanted |= one.content
    for one in found:
        given |= one.content
    for name, letters in (("gold", wanted), ("pred", given), ("both", wanted & given)):
        counts["chars", name] += letters.bit_count()


def _count_stretches(
    counts: Counts, text: LetteredText, ignored: int, gold: Sequence[_Lettered], found: Sequence[_Lettered]
) -> None:
    for start, end in text.runs:
        run = text.letters([(start, end)])
        if _mostly(run, ignored):
            continue
        share, owner = _owner(run, gold)
        reach, finder = _owner(run, found)
        for size in SIZES if len(text.text[start:end].split()) >= _LONG else SIZES[:1]:
            if owner is not None and share >= _IN_GOLD:
                counts["stretch", "gold", size] += 1
                if finder is not None and reach >= _FOUND:
                    counts["stretch", "found", size] += 1
                    counts["stretch", "right", size] += _source_right(owner, finder)
            elif share <= _OUTSIDE:
                counts["stretch", "outside", size] += 1
                counts["stretch", "false", size] += reach >= _FOUND


def _owner(run: int, attributions: Iterable[_Lettered]) -> tuple[float, _Lettered | None]:
    """Which of *attributions* covers most of *run*, and what share of it; the first of several."""
    most, owner = 0, None
    for one in attributions:
        shared = (run & one.content).bit_count()
        if shared > most:
            most, owner = shared, one
    return most / run.bit_count(), owner
