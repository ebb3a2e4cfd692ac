"""From the probabilities of labels to attributions in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.nlp.learned.branches import REACH
from app.nlp.learned.features import Numbers
from app.nlp.learned.labels import (
    BARRED,
    CONTENT,
    CONTENT_BEGINS,
    CUE,
    NONE,
    SOURCE,
    SOURCE_BEGINS,
    TRANSITIONS,
)
from app.nlp.learned.network import Floats

Words = tuple[int, int]
"""First and one-past-last word."""

SAME = 0.5
"""Share of words that two contents have in common, of those in either, from which on they are the same one."""


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution by the words of a text.

    Attributes:
        anchor: the word that heads the cue.
        probability: that it heads one.
        certainty: mean log probability of the labels of source, cue and content.
        source: its words, if it names one.
        cue: its words, the anchor among them.
        content: the words of each piece.
    """

    anchor: int
    probability: float
    certainty: float
    source: Words | None
    cue: Words
    content: tuple[Words, ...]


def best_paths(scores: Floats) -> Numbers:
    """The best allowed labels of each row, by the algorithm of Viterbi.

    Args:
        scores: log probabilities, ``(rows, words, labels)``.

    Returns:
        labels, ``(rows, words)``.
    """
    rows, length, _ = scores.shape
    best = scores[:, 0].copy()
    best[:, [SOURCE, CONTENT]] = BARRED
    came = np.zeros((length, *best.shape), dtype=np.int8)
    for i in range(1, length):
        options = best[:, :, None] + TRANSITIONS
        came[i] = options.argmax(axis=1)
        best = options.max(axis=1) + scores[:, i]
    labels = np.empty((rows, length), dtype=np.int64)
    labels[:, -1] = best.argmax(axis=1)
    each = np.arange(rows)
    for i in range(length - 1, 0, -1):
        labels[:, i - 1] = came[i, each, labels[:, i]]
    return labels


def decode(anchors: Numbers, probabilities: Floats, scores: Floats) -> list[Found]:
    """The attributions of *anchors*, in their order; of two with the same content, the surer.

    Args:
        anchors: indices of words.
        probabilities: of each, that it heads a cue.
        scores: log probabilities of the labels around each, ``(anchors, 2 * REACH + 1, labels)``.
    """
    if not len(anchors):
        return []
    paths = best_paths(scores)
    found = [
        one
        for row, anchor in enumerate(anchors.tolist())
        if (one := _found(anchor, float(probabilities[row]), scores[row], paths[row])) is not None
    ]
    return _surest(found)


def _found(anchor: int, probability: float, scores: Floats, path: Numbers) -> Found | None:
    content = _runs(path, CONTENT_BEGINS, CONTENT)
    if not content:
        return None
    sources = _runs(path, SOURCE_BEGINS, SOURCE)
    source = max(sources, key=lambda run: _weight(scores, path, run), default=None)
    cue = _around(path)
    labelled = path != NONE
    certainty = float(scores[labelled, path[labelled]].mean())
    first = anchor - REACH

    def moved(run: Words) -> Words:
        return run[0] + first, run[1] + first

    return Found(
        anchor, probability, certainty, moved(source) if source else None, moved(cue), tuple(map(moved, content))
    )


def _runs(path: Numbers, begins: int, further: int) -> list[Words]:
    found: list[Words] = []
    for start in np.flatnonzero(path == begins).tolist():
        end = start + 1
        while end < len(path) and path[end] == further:
            end += 1
        found.append((start, end))
    return found


def _around(path: Numbers) -> Words:
    start, end = REACH, REACH + 1
    while start > 0 and path[start - 1] == CUE:
        start -= 1
    while end < len(path) and path[end] == CUE:
        end += 1
    return start, end


def _weight(scores: Floats, path: Numbers, run: Words) -> float:
    """How much likelier *run* is than nothing there."""
    places = np.arange(*run)
    return float((scores[places, path[places]] - scores[places, NONE]).sum())


def _surest(found: list[Found]) -> list[Found]:
    """*found* without those whose content a surer one has too."""
    kept: list[Found] = []
    owner: dict[int, list[int]] = {}
    for one in sorted(found, key=lambda one: -one.probability):
        words = {i for run in one.content for i in range(*run)}
        shared: dict[int, int] = {}
        for i in words:
            for number in owner.get(i, ()):
                shared[number] = shared.get(number, 0) + 1
        sizes = {number: sum(end - start for start, end in kept[number].content) for number in shared}
        if any(count > SAME * (len(words) + sizes[number] - count) for number, count in shared.items()):
            continue
        for i in words:
            owner.setdefault(i, []).append(len(kept))
        kept.append(one)
    return sorted(kept, key=lambda one: one.anchor)
