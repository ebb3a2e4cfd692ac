"""Where the weights of the learned tagger are, and which files they are made of."""

from __future__ import annotations

from pathlib import Path

MODEL = Path(__file__).parent / "model"
"""The weights that are shipped."""

ENCODER, HEADS, VOCABULARY = "encoder.onnx", "heads.npz", "tokenizer.json"


def missing(folder: Path) -> list[str]:
    """The files that *folder* lacks to be a trained tagger."""
    return [name for name in (ENCODER, HEADS, VOCABULARY) if not (folder / name).is_file()]
