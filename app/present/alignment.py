"""Which members of one sequence stand for which of another, in order: unique ones first, then what is between them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SMALL = 10_000
"""Pairs in a gap without a unique member that are looked at one by one."""

MOST = 2_000_000
"""The same over all gaps, so that no text makes this slow; what is left then counts as another."""

Pair = tuple[int, int]
Gap = tuple[int, int, int, int]


@dataclass(slots=True)
class _Effort:
    left: int = MOST

    def spend(self, pairs: int) -> bool:
        allowed = pairs <= min(SMALL, self.left)
        self.left -= pairs if allowed else 0
        return allowed


def align(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Pairs of places with equal members, increasing on both sides.

    Members that both have exactly once anchor the others (Cohen's patience diff); between two anchors it goes on
    in the same way, and where there are none :mod:`difflib` has a look if the gap is small. Its time grows little
    faster than the sequences.
    """
    effort, found = _Effort(), list[Pair]()
    gaps: list[Gap] = [(0, len(old), 0, len(new))]
    while gaps:
        gap, ends = _trimmed(old, new, gaps.pop())
        found += ends
        if gap[0] < gap[1] and gap[2] < gap[3]:
            anchors = _anchors(old, new, gap)
            if anchors:
                found += anchors
                gaps += _between(gap, anchors)
            elif effort.spend((gap[1] - gap[0]) * (gap[3] - gap[2])):
                found += _closely(old, new, gap)
    return sorted(found)


def rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest choice of *pairs* that rises on both sides; no two of them share a first place."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    ordered = sorted(pairs)
    for index, (_, place) in enumerate(ordered):
        length = bisect_left(ends, place)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        at[length : length + 1] = [index]
    chosen, index = list[Pair](), at[-1] if at else -1
    while index >= 0:
        chosen.append(ordered[index])
        index = before[index]
    return chosen[::-1]


def _trimmed(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap) -> tuple[Gap, list[Pair]]:
    """The gap without the equal members at its two ends, and these."""
    start, end, first, last = gap
    found = []
    while start < end and first < last and old[start] == new[first]:
        found.append((start, first))
        start, first = start + 1, first + 1
    while start < end and first < last and old[end - 1] == new[last - 1]:
        end, last = end - 1, last - 1
        found.append((end, last))
    return (start, end, first, last), found


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap) -> list[Pair]:
    there = _once(new, gap[2], gap[3])
    return rising([(at, there[member]) for member, at in _once(old, gap[0], gap[1]).items() if member in there])


def _once(members: Sequence[Hashable], start: int, end: int) -> dict[Hashable, int]:
    counts = Counter(members[start:end])
    return {members[at]: at for at in range(start, end) if counts[members[at]] == 1}


def _between(gap: Gap, anchors: Sequence[Pair]) -> Iterator[Gap]:
    start, first = gap[0], gap[2]
    for at, there in (*anchors, (gap[1], gap[3])):
        yield start, at, first, there
        start, first = at + 1, there + 1


def _closely(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap) -> Iterator[Pair]:
    start, end, first, last = gap
    matcher = SequenceMatcher(None, old[start:end], new[first:last], autojunk=False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            yield start + block.a + step, first + block.b + step
