"""A text as the encoder takes it in: word pieces with their features, window by window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.nlp.learned.features import TABLE_SIZE, Numbers, Words
from app.nlp.learned.windows import Window
from app.nlp.learned.wordpieces import WordPieces


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a window.

    Attributes:
        ids: numbers in the vocabulary, ``(pieces,)``.
        rows: rows of the table of features, ``(pieces, COLUMNS)``; ``TABLE_SIZE`` stands for none.
        firsts: where each word of the window begins, ``(words,)``.
    """

    ids: Numbers
    rows: Numbers
    firsts: Numbers


def pieces_of(words: Words, window: Window, pieces: Sequence[tuple[int, ...]], vocabulary: WordPieces) -> Pieces:
    """The pieces of *window* between a start mark and a separator, with a separator before each further unit.

    Args:
        words: the text.
        window: the part of it.
        pieces: those of every word of the text.
        vocabulary: where the marks' numbers are.
    """
    ids, owners, firsts = [vocabulary.start], [-1], []
    further = set(window.units[1:])
    for i in range(window.start, window.end):
        if i in further:
            ids.append(vocabulary.separator)
            owners.append(-1)
        firsts.append(len(ids))
        ids += pieces[i]
        owners += [i] * len(pieces[i])
    ids.append(vocabulary.separator)
    owners.append(-1)
    owned = np.array(owners)
    rows = np.where(owned[:, None] >= 0, words.features[owned], TABLE_SIZE)
    return Pieces(np.array(ids), rows, np.array(firsts))
