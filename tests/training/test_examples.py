"""Labelled articles as examples, read by the pipeline that is shipped."""

from __future__ import annotations

import random

import numpy as np
import pytest

from app.nlp.learned.branches import REACH
from app.nlp.learned.files import MODEL, VOCABULARY
from app.nlp.learned.labels import CONTENT, CONTENT_BEGINS, CUE, NONE, SOURCE, SOURCE_BEGINS
from app.nlp.learned.wordpieces import WordPieces
from app.nlp.methods import Method
from app.nlp.pipeline import Analyser
from app.training.batches import IGNORED, PIECES, batches, collate, flat_labels
from app.training.examples import Example, examples_of
from tests.training.labelled import ARTICLE

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def vocabulary() -> WordPieces:
    return WordPieces(MODEL / VOCABULARY)


@pytest.fixture(scope="module")
def example(vocabulary: WordPieces) -> Example:
    [[found]] = examples_of(Analyser(Method.RULES), [ARTICLE], vocabulary)
    return found


def words(example: Example, run: tuple[int, int]) -> str:
    return " ".join(example.words.texts[slice(*run)])


def test_an_attribution_is_found_again_in_words(example: Example) -> None:
    first, second = example.targets
    assert (words(example, first.source[0]), words(example, first.cue)) == ("Ines Prado", "says")
    assert words(example, first.content[0]) == "the strait is open"
    assert words(example, second.content[0]) == "We wait"  # marks have no letters
    assert example.words.texts[second.anchor] == "said"


def test_every_word_has_pieces_and_is_in_a_unit(example: Example) -> None:
    assert all(example.pieces)
    assert [i for start, end in example.units for i in range(start, end)] == list(range(len(example.pieces)))


def test_what_is_to_be_ignored_is_no_label(example: Example) -> None:
    rain = example.words.texts.index("Rain")
    assert flat_labels(example)[rain] == IGNORED
    assert flat_labels(example)[rain - 1] == NONE


def test_a_batch_holds_the_labels_around_each_anchor(example: Example, vocabulary: WordPieces) -> None:
    [items] = batches([example], vocabulary, random.Random(1))
    batch = collate(items)
    assert batch.ids.shape == batch.mask.shape == batch.rows.shape[:2]
    assert batch.heads.sum(where=batch.heads > 0) == len(batch.anchors) == 2
    around = batch.labels[0]
    place = int(batch.anchors[0])
    assert (around[: REACH - place] == IGNORED).all()
    wanted = [SOURCE_BEGINS, SOURCE, CUE, CONTENT_BEGINS, CONTENT, CONTENT, CONTENT, NONE]
    assert around[REACH - place : REACH - place + len(wanted)].tolist() == wanted


def test_every_article_is_in_the_batches_once_and_none_is_too_large(example: Example, vocabulary: WordPieces) -> None:
    order = batches([example] * 40, vocabulary, random.Random(1))
    assert sum(len(collate(items).anchors) for items in order) == 80
    assert all(collate(items).ids.size <= PIECES for items in order)


def test_the_seed_alone_decides_the_order(example: Example, vocabulary: WordPieces) -> None:
    first, again = (batches([example] * 9, vocabulary, random.Random(3)) for _ in range(2))
    for left, right in zip(first, again, strict=True):
        assert np.array_equal(collate(left).ids, collate(right).ids)
