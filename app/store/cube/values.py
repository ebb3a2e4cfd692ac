"""The columns: what filters and counts ask of a quote, as numbers. They never change; newer ones take their place."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]
    Mask = NDArray[np.bool_]

T = TypeVar("T", bound="NDArray[Any]")
MOST_KEPT, MOST_BYTES = 256, 96 << 20
"""Masks and orders kept of one cube; of a million quotes they have one to eight megabytes each."""

SPARSE = 50
"""Where row ids have grown to so many times the quotes, a place is sought and not looked up in a table."""


@dataclass(frozen=True)
class Columns:
    """One entry a quote, newest article first and in the order of its text.

    Attributes:
        key: the quote's row id.
        article: its article's row id.
        speaker: its speaker's row id, 0 for nobody.
        kind, band: the place in ``AttributionKind`` and in ``Band``.
        corrected: 1 where a person has set something.
        publisher, language: the place in the lists of the cube.
        day: the date as an ordinal, 0 for none.
        topics: bits, 64 a row; the topic at place *n* of the cube's list is bit ``n % 64`` of row ``n // 64``.
    """

    key: Numbers
    article: Numbers
    speaker: Numbers
    kind: Numbers
    band: Numbers
    corrected: Numbers
    publisher: Numbers
    language: Numbers
    day: Numbers
    topics: tuple[Numbers, ...]


@dataclass(frozen=True)
class Cube:
    """All quotes of the library as of *revision*.

    Attributes:
        topics, publishers, languages: what the numbers in the columns stand for.
    """

    revision: int
    columns: Columns
    topics: Sequence[str]
    publishers: Sequence[str]
    languages: Sequence[str]
    _kept: OrderedDict[object, Any] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def __len__(self) -> int:
        return len(self.columns.key)

    def apart(self) -> Cube:
        """The same that keeps nothing of what others ask, for who may not see what they see."""
        return replace(self, _kept=OrderedDict(), _lock=Lock())

    def kept(self, name: object, make: Callable[[], T]) -> T:
        """The array that *make* returns, made once for each *name*; what nobody asked for the longest is forgotten."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                found: T = self._kept[name]
                return found
        made = make()
        with self._lock:
            self._kept[name] = made
            taken = sum(one.nbytes for one in self._kept.values())
            while len(self._kept) > 1 and (len(self._kept) > MOST_KEPT or taken > MOST_BYTES):
                _, gone = self._kept.popitem(last=False)
                taken -= gone.nbytes
        return made

    def has_topic(self, topic: str) -> Mask:
        """Which quotes have *topic*."""
        return self.kept(("topic", topic), lambda: _has_bit(self, topic))

    def places(self, keys: Numbers) -> Numbers:
        """Where the quotes with the row ids *keys* stand; those that are not there are left out."""
        import numpy as np  # noqa: PLC0415 - only who filters pays for it

        if not len(self):
            return np.empty(0, np.int64)
        highest = int(self.columns.key.max())
        if highest > SPARSE * len(self):
            return self._places_sought(keys)
        table = self.kept("by key", lambda: _table(self.columns.key, highest))
        found: Numbers = table[keys[keys <= highest]]
        return found[found >= 0]

    def _places_sought(self, keys: Numbers) -> Numbers:
        import numpy as np  # noqa: PLC0415

        order = self.kept("by key", lambda: np.argsort(self.columns.key, kind="stable"))
        ascending = self.columns.key[order]
        at = np.minimum(np.searchsorted(ascending, keys), len(order) - 1)
        found: Numbers = order[at[ascending[at] == keys]]
        return found


def _table(keys: Numbers, highest: int) -> Numbers:
    import numpy as np  # noqa: PLC0415

    table = np.full(highest + 1, -1, np.int32)
    table[keys] = np.arange(len(keys), dtype=np.int32)
    return table


def _has_bit(cube: Cube, topic: str) -> Mask:
    import numpy as np  # noqa: PLC0415

    if topic not in cube.topics:
        return np.zeros(len(cube), np.bool_)
    place = cube.topics.index(topic)
    bits: Mask = (cube.columns.topics[place // 64] & np.uint64(1 << place % 64)) != 0
    return bits
