"""Which paragraph of one text is which of another: the same, the same put together otherwise, moved, or reworded."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.present.alignment import align, rising
from app.present.bags import Bag, Bags

REWORDED = 0.35
"""Share of their words, by weight, that two paragraphs have in common from which one is the other, reworded."""

MOVED = 0.5
"""The same for two that stand in different places."""

SHARED = 0.4
"""Share of their words, one like the other, that both have in common at least: a number alone makes no paragraph."""

PLAIN = 0.8
"""From here on nothing else is asked."""

STANDS_OUT = 0.1
"""By how much two must be more alike than either is to the paragraphs around the other."""

TAKEN_IN = 0.6
"""Share of the words of a paragraph, by weight, from which another that was reworded has taken it in."""

MOST_JOINED = 4
"""Paragraphs that the other text may have as one."""

_RARE = 8
_VOTES = 4
_SMALL_GAP = 30
_FEWEST = 5

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
    for step in (_joined, _swapped, _equal):
        found += step(table, *_left(table, found))
    bags = Bags(old, new, *_left(table, found))
    found += [_with_taken_in(bags, match) for match in list(_similar(table, bags))]
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


def _left(table: _Table, found: Iterable[Match]) -> tuple[list[int], list[int]]:
    """The places on both sides that are in no match."""
    some = list(found)
    taken_old = {at for match in some for at in match.old}
    taken_new = {there for match in some for there in match.new}
    left = [at for at in range(len(table.old)) if at not in taken_old]
    return left, [there for there in range(len(table.new)) if there not in taken_new]


def _similar(table: _Table, bags: Bags) -> Iterator[Match]:
    """The most similar first; compared are those that share their rarer words, and those of one small gap."""
    found = []
    for at, to in set(_close(table, bags.old, bags.new)):
        one, other = bags.old[at], bags.new[to]
        similarity = one.alike(other)
        least = REWORDED if table.same_gap(at, to) else MOVED
        if similarity < least or one.share(other) < SHARED:
            continue
        if similarity >= PLAIN or bags.stand_out(at, to, similarity - STANDS_OUT):
            found.append((similarity, at, to))
    for _, at, to in sorted(found, key=lambda one: (-one[0], abs(one[1] - one[2]), one[1:])):
        if at in bags.free_old and to in bags.free_new:
            bags.free_old.remove(at)
            bags.free_new.remove(to)
            yield Match("reworded" if table.same_gap(at, to) else "moved", (at,), (to,))


def _close(table: _Table, old: dict[int, Bag], new: dict[int, Bag]) -> Iterator[tuple[int, int]]:
    index: dict[str, list[int]] = defaultdict(list)
    gaps: dict[int, list[int]] = defaultdict(list)
    for to, bag in new.items():
        gaps[bisect_left(table.new_anchors, to)].append(to)
        for word in bag.words:
            index[word].append(to)
    for at, bag in old.items():
        shared = (index[word] for word in bag.words if len(index.get(word, ())) <= _RARE)
        votes = Counter(to for places in shared for to in places)
        yield from ((at, to) for to, _ in votes.most_common(_VOTES))
        beside = gaps.get(bisect_left(table.old_anchors, at), ())
        yield from ((at, to) for to in beside if len(beside) <= _SMALL_GAP)


def _with_taken_in(bags: Bags, match: Match) -> Match:
    """*match* with the paragraph beside it that the other side has in this one, in other words maybe."""
    [at], [to] = match.old, match.new
    for beside in (at + 1, at - 1):
        if _taken_in(bags.old, bags.free_old, beside, bags.new[to], bags.old[at]):
            return Match(match.kind, tuple(sorted((at, beside))), match.new)
    for beside in (to + 1, to - 1):
        if _taken_in(bags.new, bags.free_new, beside, bags.old[at], bags.new[to]):
            return Match(match.kind, match.old, tuple(sorted((to, beside))))
    return match


def _taken_in(side: dict[int, Bag], free: set[int], place: int, by: Bag, beside: Bag) -> bool:
    if place not in free or side[place].words.total() < _FEWEST or side[place].within(by, beside) < TAKEN_IN:
        return False
    free.remove(place)
    return True


def _crossing_moved(found: list[Match]) -> list[Match]:
    """The same matches; those in place that cross too many others have moved as well."""
    inside = {(one.old[0], one.new[0]): one for one in found if one.kind != "moved"}
    chain = set(rising(list(inside)))
    return [
        one if one.kind == "moved" or (one.old[0], one.new[0]) in chain else Match("moved", one.old, one.new)
        for one in found
    ]
