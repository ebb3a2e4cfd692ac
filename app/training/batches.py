"""Examples in batches of about the same number of word pieces, as arrays."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.nlp.learned.branches import REACH, branches
from app.nlp.learned.encoded import Pieces, pieces_of
from app.nlp.learned.features import COLUMNS, TABLE_SIZE, Numbers
from app.nlp.learned.labels import CONTENT_BEGINS, CUE, NONE, SOURCE_BEGINS
from app.nlp.learned.windows import WINDOW, Window, windows_of
from app.nlp.learned.wordpieces import WordPieces
from app.training.examples import Example, Target

IGNORED = -100
"""The label of what counts for nothing, as PyTorch's losses have it."""

PIECES = 16 * WINDOW
"""Word pieces in a batch at most, padding with them."""

SIZES = (WINDOW // 2, 3 * WINDOW // 4, WINDOW, WINDOW)
"""How long the windows are: not always the longest, so that short texts are nothing new."""

FLAT = 7
"""Labels of a word whatever the anchor: none, then source, content and cue, each as it begins and goes on."""

_SHUFFLED = 320


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side, padded.

    Attributes:
        ids: of word pieces, ``(windows, pieces)``.
        mask: whether there is one, the same shape.
        rows: of the table of features, ``(windows, pieces, COLUMNS)``.
        firsts: the first piece of each word, ``(windows, words)``.
        flat: the label of each word whatever the anchor, or :data:`IGNORED`, ``(windows, words)``.
        heads: whether each heads a cue, or :data:`IGNORED`, ``(windows, words)``.
        owners: the window of each anchor, ``(anchors,)``.
        anchors: its word there, ``(anchors,)``.
        branches: of the words around it, ``(anchors, 2 * REACH + 1)``.
        labels: of the same words, or :data:`IGNORED` outside the window.
    """

    ids: Numbers
    mask: Numbers
    rows: Numbers
    firsts: Numbers
    flat: Numbers
    heads: Numbers
    owners: Numbers
    anchors: Numbers
    branches: Numbers
    labels: Numbers


@dataclass(frozen=True, slots=True)
class Item:
    """A window of an example."""

    example: Example
    window: Window
    pieces: Pieces


def batches(examples: Sequence[Example], vocabulary: WordPieces, chance: random.Random) -> list[list[Item]]:
    """All of *examples* once, cut into windows anew each time, windows of like lengths together, in random order."""
    items = [
        Item(example, window, pieces_of(example.words, window, example.pieces, vocabulary))
        for example in examples
        for window in _windows(example, chance)
    ]
    chance.shuffle(items)
    parts = (items[start : start + _SHUFFLED] for start in range(0, len(items), _SHUFFLED))
    found = [batch for part in parts for batch in _filled(part)]
    chance.shuffle(found)
    return found


def _windows(example: Example, chance: random.Random) -> Iterator[Window]:
    size = chance.choice(SIZES)
    return windows_of(example.units, list(map(len, example.pieces)), size, chance.randrange(size))


def _filled(items: Sequence[Item]) -> Iterator[list[Item]]:
    held: list[Item] = []
    for item in sorted(items, key=lambda one: len(one.pieces.ids)):
        if held and len(item.pieces.ids) * (len(held) + 1) > PIECES:
            yield held
            held = []
        held.append(item)
    if held:
        yield held


def collate(items: Sequence[Item]) -> Batch:
    """*items* side by side."""
    count = len(items)
    pieces = max(len(one.pieces.ids) for one in items)
    words = max(len(one.pieces.firsts) for one in items)
    made = Batch(
        ids=np.zeros((count, pieces), dtype=np.int64),
        mask=np.zeros((count, pieces), dtype=np.int64),
        rows=np.full((count, pieces, COLUMNS), TABLE_SIZE),
        firsts=np.zeros((count, words), dtype=np.int64),
        flat=np.full((count, words), IGNORED),
        heads=np.full((count, words), IGNORED),
        **_anchored(items),
    )
    for number, one in enumerate(items):
        length, held = len(one.pieces.ids), len(one.pieces.firsts)
        made.ids[number, :length] = one.pieces.ids
        made.mask[number, :length] = 1
        made.rows[number, :length] = one.pieces.rows
        made.firsts[number, :held] = one.pieces.firsts
        made.flat[number, :held] = flat_labels(one.example)[one.window.start : one.window.end]
        made.heads[number, :held] = _heads(one.example)[one.window.start : one.window.end]
    return made


def _anchored(items: Sequence[Item]) -> dict[str, Numbers]:
    found = [
        (
            number,
            target.anchor - one.window.start,
            branches(one.example.words, target.anchor),
            _labels(target, one.window),
        )
        for number, one in enumerate(items)
        for target in one.example.targets
        if one.window.start <= target.anchor < one.window.end
    ]
    width = 2 * REACH + 1
    return {
        "owners": np.array([one[0] for one in found], dtype=np.int64),
        "anchors": np.array([one[1] for one in found], dtype=np.int64),
        "branches": np.array([one[2] for one in found], dtype=np.int64).reshape(-1, width),
        "labels": np.array([one[3] for one in found], dtype=np.int64).reshape(-1, width),
    }


def _labels(target: Target, window: Window) -> Numbers:
    """The labels of the words around *target*'s anchor; what lies outside the window counts for nothing."""
    first = target.anchor - REACH
    labels = np.full(2 * REACH + 1, IGNORED)
    labels[max(window.start - first, 0) : max(window.end - first, 0)] = NONE

    def lay(start: int, end: int, begins: int, further: int) -> None:
        low, high = max(start, window.start, first), min(end, window.end, first + len(labels))
        if low < high:
            labels[low - first : high - first] = further
            labels[low - first] = begins

    for run in target.content:
        lay(*run, CONTENT_BEGINS, CONTENT_BEGINS + 1)
    for run in target.source:
        lay(*run, SOURCE_BEGINS, SOURCE_BEGINS + 1)
    lay(*target.cue, CUE, CUE)
    return labels


def flat_labels(example: Example) -> Numbers:
    """For each word whether it belongs to a source, content or cue of any anchor; a cue wins, then a source."""
    labels = np.zeros(len(example.pieces), dtype=np.int64)
    parts: list[tuple[tuple[int, int], int]] = [(run, 3) for one in example.targets for run in one.content]
    for one in example.targets:
        parts += [(run, 1) for run in one.source]
        parts.append((one.cue, 5))
    for (start, end), begins in parts:
        labels[start:end] = begins + 1
        labels[start] = begins
    labels[example.ignored] = IGNORED
    return labels


def _heads(example: Example) -> Numbers:
    labels: NDArray[np.int64] = np.zeros(len(example.pieces), dtype=np.int64)
    labels[[one.anchor for one in example.targets]] = 1
    labels[example.ignored] = IGNORED
    return labels
