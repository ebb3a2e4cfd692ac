"""What a trained tagger has beside its encoder: word vectors, features and the heads, in one file of NumPy's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.nlp.learned.files import HEADS


def write_heads(folder: Path, heads: dict[str, NDArray[np.generic]]) -> None:
    """Write everything but the encoder to *folder*."""
    np.savez(folder / HEADS, **heads)  # type: ignore[arg-type]  # the stubs take the names for options


def read_heads(folder: Path) -> dict[str, NDArray[np.generic]]:
    """What :func:`write_heads` wrote to *folder*."""
    with np.load(folder / HEADS) as file:
        return dict(file)
