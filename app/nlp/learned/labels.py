"""What a word can be to an anchor, the word that heads a cue."""

from __future__ import annotations

import numpy as np

LABELS = ("none", "source begins", "source", "content begins", "content", "cue")
NONE, SOURCE_BEGINS, SOURCE, CONTENT_BEGINS, CONTENT, CUE = range(len(LABELS))

BARRED = np.float32(-1e9)


def _transitions() -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    allowed = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for begins, further in ((SOURCE_BEGINS, SOURCE), (CONTENT_BEGINS, CONTENT)):
        allowed[:, further] = BARRED
        allowed[[begins, further], further] = 0
    return allowed


TRANSITIONS = _transitions()
"""Added to the score of a label by the label before it: a further word needs a first one or another further one."""
