"""Whether a confidence means what it says: of those at .9, about nine in ten should be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The attributions whose confidence lies from *low* up to *high*: how many, how sure, and the share right."""

    low: float
    high: float
    n: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The bins that hold any, from the least sure on, and the expected calibration error over all of them."""

    bins: tuple[Bin, ...]
    error: float
    n: int


def calibration(judged: Iterable[tuple[float, bool]], *, bins: int = BINS) -> Calibration:
    """Sort *judged*, pairs of a confidence from 0 to 1 and whether it was right, into equal *bins*.

    Source:
        Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI 2015:
        the expected calibration error, the mean gap between confidence and share right, weighted by size.
    """
    sorted_in: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        sorted_in.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, right))
    found = tuple(_bin(number, bins, held) for number, held in sorted(sorted_in.items()))
    n = sum(one.n for one in found)
    gap = sum(one.n * abs(one.confidence - one.right) for one in found)
    return Calibration(found, gap / n if n else 0.0, n)


def _bin(number: int, bins: int, held: list[tuple[float, bool]]) -> Bin:
    sure = sum(confidence for confidence, _ in held) / len(held)
    right = sum(right for _, right in held) / len(held)
    return Bin(number / bins, (number + 1) / bins, len(held), sure, right)
