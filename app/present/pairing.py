"""Which paragraph of one text is which of another: the same, the same put together otherwise, moved, or reworded."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.present.alignment import align, rising

REWORDED = 0.5
"""Share of their words that two paragraphs have in common from which one is the other, reworded."""

MOVED = 0.7
"""The same for two that stand in different places."""

MOST_JOINED = 4
"""Paragraphs that the other text may have as one."""

_RARE = 8
_VOTES = 4
_SMALL_GAP = 30

Places = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Places of the old text that stand for places of the new one; several where the other has them as one."""

    kind: Literal["kept", "moved", "reworded"]
    old: Places
    new: Places


def matches(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """The paragraphs that are in both, by their keys; each place is in one match at most.

    Those that are ``kept`` and ``reworded`` rise on both sides; who crosses them has ``moved``.
    """
    kept = align(old, new)
    found = [Match("kept", (at,), (there,)) for at, there in kept]
    table = _Table(old, new, [at for at, _ in kept], [there for _, there in kept])
    for step in (_joined, _swapped, _equal, _similar):
        taken_old = {at for match in found for at in match.old}
        taken_new = {there for match in found for there in match.new}
        left = [at for at in range(len(old)) if at not in taken_old]
        there = [at for at in range(len(new)) if at not in taken_new]
        found += step(table, left, there)
    return _crossing_moved(found)


@dataclass(frozen=True, slots=True)
class _Table:
    """The keys of both texts, and the places of the pairs that part them into gaps."""

    old: Sequence[str]
    new: Sequence[str]
    old_anchors: list[int]
    new_anchors: list[int]

    def same_gap(self, at: int, there: int) -> bool:
        return bisect_left(self.old_anchors, at) == bisect_left(self.new_anchors, there)


def _joined(table: _Table, left: list[int], there: list[int]) -> Iterator[Match]:
    for many, one in _runs(table.old, left, table.new, there):
        if table.same_gap(many[0], one):
            yield Match("kept", many, (one,))


def _swapped(table: _Table, left: list[int], there: list[int]) -> Iterator[Match]:
    for many, one in _runs(table.new, there, table.old, left):
        if table.same_gap(one, many[0]):
            yield Match("kept", (one,), many)


def _runs(
    keys: Sequence[str], left: list[int], others: Sequence[str], there: list[int]
) -> Iterator[tuple[Places, int]]:
    """Places among *left* that follow each other and are together one of *there*."""
    wanted = {others[at]: at for at in there}
    free, end = set(left), -1
    for start in left:
        key = keys[start]
        for stop in range(start + 1, start + MOST_JOINED):
            if start <= end or stop not in free:
                break
            key = f"{key} {keys[stop]}"
            if key in wanted:
                end = stop
                yield tuple(range(start, stop + 1)), wanted.pop(key)


def _equal(table: _Table, left: list[int], there: list[int]) -> Iterator[Match]:
    waiting: dict[str, list[int]] = defaultdict(list)
    for at in reversed(there):
        waiting[table.new[at]].append(at)
    for at in left:
        if waiting.get(table.old[at]):
            to = waiting[table.old[at]].pop()
            yield Match("kept" if table.same_gap(at, to) else "moved", (at,), (to,))


def _similar(table: _Table, left: list[int], there: list[int]) -> Iterator[Match]:
    """The most similar first; compared are those that share their rarer words, and those of one small gap."""
    old = {at: Counter(_words(table.old[at])) for at in left}
    new = {at: Counter(_words(table.new[at])) for at in there}
    pairs = set(_close(table, old, new))
    found = []
    for at, to in pairs:
        similarity = _alike(old[at], new[to])
        if similarity >= (REWORDED if table.same_gap(at, to) else MOVED):
            found.append((similarity, at, to))
    taken: tuple[set[int], set[int]] = set(), set()
    for _, at, to in sorted(found, key=lambda one: (-one[0], abs(one[1] - one[2]), one[1:])):
        if at not in taken[0] and to not in taken[1]:
            taken[0].add(at)
            taken[1].add(to)
            yield Match("reworded" if table.same_gap(at, to) else "moved", (at,), (to,))


def _close(table: _Table, old: dict[int, Counter[str]], new: dict[int, Counter[str]]) -> Iterator[tuple[int, int]]:
    index: dict[str, list[int]] = defaultdict(list)
    gaps: dict[int, list[int]] = defaultdict(list)
    for to, bag in new.items():
        gaps[bisect_left(table.new_anchors, to)].append(to)
        for word in bag:
            index[word].append(to)
    for at, bag in old.items():
        shared = (index[word] for word in bag if len(index.get(word, ())) <= _RARE)
        votes = Counter(to for places in shared for to in places)
        yield from ((at, to) for to, _ in votes.most_common(_VOTES))
        beside = gaps.get(bisect_left(table.old_anchors, at), ())
        yield from ((at, to) for to in beside if len(beside) <= _SMALL_GAP)


def _words(key: str) -> Iterable[str]:
    return (word for word in key.split(" ") if word[:1].isalnum())


def _alike(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _crossing_moved(found: list[Match]) -> list[Match]:
    """The same matches; those in place that cross too many others have moved as well."""
    inside = {(one.old[0], one.new[0]): one for one in found if one.kind != "moved"}
    chain = set(rising(list(inside)))
    return [
        one if one.kind == "moved" or (one.old[0], one.new[0]) in chain else Match("moved", one.old, one.new)
        for one in found
    ]
