from itertools import pairwise, product

import numpy as np
import pytest

from app.nlp.learned.branches import REACH
from app.nlp.learned.decoding import best_paths, decode
from app.nlp.learned.labels import (
    CONTENT,
    CONTENT_BEGINS,
    CUE,
    LABELS,
    NONE,
    SOURCE,
    SOURCE_BEGINS,
    TRANSITIONS,
)
from app.nlp.learned.network import Floats

WIDTH = 2 * REACH + 1


def scores(labels: dict[int, int], sure: float = 5.0) -> Floats:
    """Scores around one anchor, of which the words *labels* (by their distance) are likely so labelled."""
    found = np.full((WIDTH, len(LABELS)), -sure, dtype=np.float32)
    found[:, NONE] = 0
    for distance, label in labels.items():
        found[distance + REACH, NONE] = -sure
        found[distance + REACH, label] = 0
    return found


def test_the_best_path_is_the_best_of_all_that_are_allowed() -> None:
    chance = np.random.default_rng(7)
    given = chance.normal(size=(1, 4, len(LABELS))).astype(np.float32)

    def worth(path: tuple[int, ...]) -> float:
        if path[0] in (SOURCE, CONTENT):
            return -np.inf
        steps = sum(float(TRANSITIONS[a, b]) for a, b in pairwise(path))
        return steps + sum(float(given[0, i, label]) for i, label in enumerate(path))

    assert tuple(best_paths(given)[0].tolist()) == max(product(range(len(LABELS)), repeat=4), key=worth)


def test_a_further_word_without_a_first_one_is_not_allowed() -> None:
    given = np.full((1, 3, len(LABELS)), -1.0, dtype=np.float32)
    given[0, :, CONTENT] = 0
    assert best_paths(given)[0].tolist() == [CONTENT_BEGINS, CONTENT, CONTENT]


def test_an_attribution_has_the_words_of_its_parts() -> None:
    labels = {-2: SOURCE_BEGINS, -1: SOURCE, 0: CUE, 1: CUE, 2: CONTENT_BEGINS, 3: CONTENT, 6: CONTENT_BEGINS}
    (one,) = decode(np.array([10]), np.array([0.9], np.float32), scores(labels)[None])
    assert (one.source, one.cue, one.content) == ((8, 10), (10, 12), ((12, 14), (16, 17)))
    assert one.anchor == 10
    assert one.probability == pytest.approx(0.9)


def test_of_two_sources_the_likelier_is_taken() -> None:
    found = scores({-3: SOURCE_BEGINS, 3: SOURCE_BEGINS, 5: CONTENT_BEGINS})
    found[REACH - 3, NONE] = -0.1
    (one,) = decode(np.array([10]), np.array([0.9], np.float32), found[None])
    assert one.source == (13, 14)


def test_without_content_nothing_is_attributed() -> None:
    assert decode(np.array([10]), np.array([0.9], np.float32), scores({0: CUE})[None]) == []
    assert decode(np.array([], np.int64), np.array([], np.float32), np.zeros((0, WIDTH, len(LABELS)), np.float32)) == []


def test_of_two_with_the_same_content_the_surer_stays() -> None:
    first = scores({2: CONTENT_BEGINS, 3: CONTENT})
    second = scores({1: CONTENT_BEGINS, 2: CONTENT})
    (one,) = decode(np.array([10, 11]), np.array([0.5, 0.8], np.float32), np.stack([first, second]))
    assert one.anchor == 11


def test_a_report_within_a_report_stays_beside_it() -> None:
    outer = scores({1: CONTENT_BEGINS, **dict.fromkeys(range(2, 9), CONTENT)})
    inner = scores({1: CONTENT_BEGINS, 2: CONTENT})
    found = decode(np.array([10, 13]), np.array([0.9, 0.8], np.float32), np.stack([outer, inner]))
    assert [one.anchor for one in found] == [10, 13]
