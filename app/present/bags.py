"""How much of their words two paragraphs share, where a word that stands in many of them says little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import sqrt

AROUND = 40
"""Paragraphs before and after one that it is held against."""

MOST_HELD = 300_000
"""Pairs that are held against each other in this way, so that no text makes it slow."""


def words_of(key: str) -> Iterable[str]:
    """The words of a paragraph's key, without its marks."""
    return (word for word in key.split(" ") if word[:1].isalnum())


def weights_of(keys: Iterable[str]) -> dict[str, float]:
    """What a word says about which paragraph it is: that of a phrase which many have, little.

    A word that each of two texts has once counts 1, one that each has a hundred times counts a tenth of it.
    """
    counted = Counter(word for key in keys for word in words_of(key))
    return {word: min(1.0, sqrt(2 / count)) for word, count in counted.items()}


@dataclass(slots=True)
class Bag:
    """The words of a paragraph, and what they weigh together."""

    words: Counter[str]
    weights: dict[str, float]
    total: float = field(init=False)

    def __post_init__(self) -> None:
        self.total = self.weigh(self.words)

    def weigh(self, words: Counter[str]) -> float:
        """What *words* weigh."""
        return sum(count * self.weights[word] for word, count in words.items())

    def alike(self, other: Bag) -> float:
        """Twice what both share by what both have, from 0 to 1."""
        total = self.total + other.total
        return 2 * self.weigh(self.words & other.words) / total if total else 0.0

    def share(self, other: Bag) -> float:
        """The same where each word counts as one."""
        total = self.words.total() + other.words.total()
        return 2 * (self.words & other.words).total() / total if total else 0.0

    def within(self, other: Bag, beside: Bag) -> float:
        """The share of it that *other* has besides what it has of *beside*, from 0 to 1."""
        return self.weigh(self.words & (other.words - beside.words)) / self.total if self.total else 0.0


class Bags:
    """The bags of the places on both sides that are in no match so far."""

    def __init__(self, old: Sequence[str], new: Sequence[str], left: Collection[int], there: Collection[int]) -> None:
        self._keys = old, new
        self._weights = weights_of((*old, *new))
        self._known: tuple[dict[int, Bag], dict[int, Bag]] = ({}, {})
        self.old = {at: self._bag(0, at) for at in left}
        self.new = {at: self._bag(1, at) for at in there}
        self.free_old, self.free_new = set(left), set(there)
        self._held = 0

    def _bag(self, side: int, at: int) -> Bag:
        if at not in self._known[side]:
            self._known[side][at] = Bag(Counter(words_of(self._keys[side][at])), self._weights)
        return self._known[side][at]

    def stand_out(self, at: int, to: int, similarity: float) -> bool:
        """Whether neither the old one at *at* nor the new one at *to* is as like, by *similarity*, to others around.

        What such share are phrases of the whole text. Those right beside are left out: they may be a part of it. Once
        :data:`MOST_HELD` were held against each other, nothing stands out any more.
        """
        old, new = self.old[at], self.new[to]
        others = chain(
            (old.alike(self._bag(1, place)) for place in self._around(1, to)),
            (new.alike(self._bag(0, place)) for place in self._around(0, at)),
        )
        for other in others:
            self._held += 1
            if other > similarity or self._held > MOST_HELD:
                return False
        return True

    def _around(self, side: int, at: int) -> list[int]:
        places = range(max(0, at - AROUND), min(len(self._keys[side]), at + AROUND + 1))
        return [place for place in places if abs(place - at) > 1]
