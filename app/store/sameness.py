"""Whether two quotes are one: said in the same words, in a part of them, or nearly so."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import Enum

FEWEST_SAME = 3
"""Words from which equal quotes are one and not a phrase that everybody uses."""

FEWEST_PART = 6
"""The same for a quote that is a part of another, or nearly the same as it."""

NEARLY = 0.75
"""The share of its words, in order, that the shorter of two has in the longer from which they are nearly the same."""

RUN = 4
"""Words that two which are nearly the same have one after the other, once at least."""

Words = tuple[str, ...]


class Sameness(Enum):
    """How a quote has the words of another."""

    SAME = "same"
    PART = "part"
    NEARLY = "nearly"


def sameness(one: Words, other: Words) -> Sameness | None:
    """How two quotes have the words of each other, both folded; ``None`` where they have not. Either may come first."""
    shorter, longer = sorted((one, other), key=lambda words: (len(words), words))
    if one == other:
        return Sameness.SAME if len(one) >= FEWEST_SAME else None
    if len(shorter) < FEWEST_PART:
        return None
    if _within(shorter, longer):
        return Sameness.PART
    matcher = SequenceMatcher(None, shorter, longer, autojunk=False)
    blocks = matcher.get_matching_blocks()
    shared, run = sum(block.size for block in blocks), max(block.size for block in blocks)
    near = shared >= NEARLY * len(shorter) and run >= RUN and _spread(blocks) <= 2 * len(shorter)
    return Sameness.NEARLY if near else None


def windows(words: Words, size: int = RUN) -> list[Words]:
    """All runs of *size* words; the whole where there are fewer."""
    if len(words) <= size:
        return [words]
    return list(zip(*(words[at:] for at in range(size)), strict=False))


def _within(shorter: Words, longer: Words) -> bool:
    size, first = len(shorter), shorter[0]
    return any(longer[at] == first and longer[at : at + size] == shorter for at in range(len(longer) - size + 1))


def _spread(blocks: Sequence[tuple[int, int, int]]) -> int:
    """How far apart in the longer one the first and the last shared words stand."""
    some = [block for block in blocks if block[2]]
    return some[-1][1] + some[-1][2] - some[0][1]
