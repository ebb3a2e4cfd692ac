"""Counts to figures. The report has the shape of the benchmark scorer's, so that the two can be laid side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any

from app.nlp.scoring.attributions import KINDS, LEVELS, SIZES, Counts

Report = dict[str, Any]

HEADLINES = {
    "quotes iou80 f1": ("quotes", "iou80", "all", "f1"),
    "quotes iou30 f1": ("quotes", "iou30", "all", "f1"),
    "joint iou80 f1": ("joint", "iou80", "all", "f1"),
    "joint iou30 f1": ("joint", "iou30", "all", "f1"),
    "stretch long with speaker f1": ("stretch", "long", "with_speaker", "f1"),
}
"""The figures that are worth an interval, and where in a report they stand."""


def report(counts: Counts) -> Report:
    """The figures that summed *counts* give: shares from 0 to 1, ``None`` where there is nothing to divide by."""
    return {
        "articles": counts["articles",],
        "quotes": {**_contents(counts, "quotes"), "chars": {"all": _characters(counts)}},
        "joint": _contents(counts, "joint"),
        "source": {level: _sources(counts, level) for level in LEVELS},
        "cue": {
            level: {"n": counts["cue", "n", level], "overlap": _share(counts, ("cue", "overlap"), ("cue", "n"), level)}
            for level in LEVELS
        },
        "stretch": {size: _stretches(counts, size) for size in SIZES},
    }


def figure(report: Report, path: Sequence[str]) -> float:
    """The number at *path* in *report*.

    Raises:
        KeyError: there is none.
    """
    found: Any = report
    for name in path:
        found = found[name]
    return float(found)


def total(counts: Sequence[Counts]) -> Counts:
    """The sum over articles."""
    summed: Counts = Counter()
    for one in counts:
        summed.update(one)
    return summed


def intervals(counts: Sequence[Counts], rounds: int, *, seed: int = 0) -> dict[str, list[float]]:
    """95 % intervals of :data:`HEADLINES`: the bootstrap over articles, *rounds* samples of as many, with return.

    Source:
        Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13: the percentile interval.
    """
    random = Random(seed)  # noqa: S311 - resampling keeps no secret # nosec B311
    drawn = [report(total(random.choices(counts, k=len(counts)))) for _ in range(rounds)]  # nosec B311
    last = rounds - 1
    ranked = {name: sorted(figure(one, path) for one in drawn) for name, path in HEADLINES.items()}
    return {name: [found[round(0.025 * last)], found[round(0.975 * last)]] for name, found in ranked.items()}


def measures(precise: int, predicted: int, recalled: int, gold: int) -> Report:
    """Precision, recall and F1, with the counts behind them; 0 where there is nothing to divide by."""
    p = precise / predicted if predicted else 0.0
    r = recalled / gold if gold else 0.0
    return {
        "p": p,
        "r": r,
        "f1": 2 * p * r / (p + r) if p + r else 0.0,
        "pred": predicted,
        "gold": gold,
        "tp": recalled,
    }


def _contents(counts: Counts, block: str) -> Report:
    return {
        level: {
            kind: measures(
                counts[block, "precise", level, kind],
                counts["pred", kind],
                counts[block, "recalled", level, kind],
                counts["gold", kind],
            )
            for kind in KINDS
        }
        for level in LEVELS
    }


def _characters(counts: Counts) -> Report:
    both = counts["chars", "both"]
    return measures(both, counts["chars", "pred"], both, counts["chars", "gold"])


def _sources(counts: Counts, level: str) -> Report:
    named = ("source", "n")
    return {
        "n": counts["source", "n", level],
        **{how: _share(counts, ("source", how), named, level) for how in ("overlap", "exact", "name")},
        "no_source_n": counts["no source", "n", level],
        "no_source_right": _share(counts, ("no source", "right"), ("no source", "n"), level),
    }


def _stretches(counts: Counts, size: str) -> Report:
    gold, found, right = (counts["stretch", name, size] for name in ("gold", "found", "right"))
    returned = found + counts["stretch", "false", size]
    return {
        "found": measures(found, returned, found, gold),
        "with_speaker": measures(right, returned, right, gold),
        "speaker_accuracy": _share(counts, ("stretch", "right"), ("stretch", "found"), size),
        "outside": counts["stretch", "outside", size],
    }


def _share(counts: Counts, part: tuple[str, str], whole: tuple[str, str], last: str) -> float | None:
    return counts[*part, last] / counts[*whole, last] if counts[*whole, last] else None
