"""Words as the tagger sees them, made by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.nlp.learned.features import COLUMNS, DEPS, Words


def words(
    text: str,
    heads: Sequence[int] | None = None,
    relations: Sequence[str] | None = None,
    *,
    paragraphs: Sequence[int] | None = None,
    sentences: Sequence[int] | None = None,
) -> Words:
    """The words of *text* that hang from *heads*, all roots where nothing is said, in one paragraph and sentence."""
    texts = text.split()
    count = len(texts)
    above = np.array(range(count) if heads is None else heads)
    lefts, rights = np.arange(count), np.arange(count) + 1
    for _ in texts:
        for i, head in enumerate(above.tolist()):
            lefts[head], rights[head] = min(lefts[head], lefts[i]), max(rights[head], rights[i])
    return Words(
        texts=texts,
        tokens=np.arange(count),
        features=np.zeros((count, COLUMNS), dtype=np.int64),
        heads=above,
        relations=np.array([DEPS.index(name) for name in relations or ["ROOT"] * count]),
        lefts=lefts,
        rights=rights,
        paragraphs=np.array(paragraphs or [0] * count),
        sentences=np.array(sentences or [0] * count),
    )
