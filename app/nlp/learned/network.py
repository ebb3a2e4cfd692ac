"""The network at run time: the encoder by ONNX Runtime, its heads in NumPy. No PyTorch."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from app.nlp.learned.branches import REACH, branches
from app.nlp.learned.encoded import Pieces
from app.nlp.learned.features import TABLE_SIZE, Numbers, Words
from app.nlp.learned.files import ENCODER, HEADS
from app.nlp.learned.labels import LABELS

Floats = NDArray[np.float32]

_AT_ONCE = 16
"""Anchors whose neighbours are scored together, which bounds memory at some megabytes."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the encoder makes of the words of a text.

    Attributes:
        anchors: the probability that each heads a cue, ``(words,)``.
        near: each as a neighbour of an anchor, ``(words, dimensions)``.
        own: each as an anchor, ``(words, dimensions)``.
    """

    anchors: Floats
    near: Floats
    own: Floats


class Network:
    """A trained tagger from its *folder*, on *threads* threads, 0 for as many as there are cores.

    Attributes:
        calibration: see :func:`app.nlp.learned.tagger.confidence`, ``(3,)``.
        version: tells one set of weights from another.
    """

    def __init__(self, folder: Path, threads: int = 0) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.enable_cpu_mem_arena = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(folder / ENCODER, options, providers=["CPUExecutionProvider"])
        with np.load(folder / HEADS) as file:
            held = dict(file)
        self._words: NDArray[np.int8] = held["words"]
        self._scales: Floats = held["scales"]
        self._features: Floats = held["features"]
        self._anchor, self._near, self._own, self._out = (
            (held[f"{name}.weight"].T.copy(), held[f"{name}.bias"]) for name in ("anchor", "near", "own", "out")
        )
        self.calibration: Floats = held["calibration"]
        self._distance: Floats = held["distance"]
        self._branch: Floats = held["branch"]
        self.version = sha256(self._branch.tobytes() + self.calibration.tobytes()).hexdigest()[:8]

    def see(self, pieces: Pieces) -> Seen:
        """The words of one window."""
        hot = np.zeros((len(pieces.ids), TABLE_SIZE + 1), dtype=np.float32)
        np.put_along_axis(hot, pieces.rows, 1, axis=1)
        vectors = self._words[pieces.ids] * self._scales[pieces.ids, None] + hot[:, :-1] @ self._features
        (states,) = self._session.run(None, {"vectors": vectors[None]})
        words = states[0, pieces.firsts]
        anchors = sigmoid(_linear(words, self._anchor)[:, 0])
        return Seen(anchors, _linear(words, self._near), _linear(words, self._own))

    def labels(self, words: Words, seen: Seen, anchors: Numbers, bounds: Numbers) -> Floats:
        """Log probabilities of the labels of the words around each of *anchors*.

        Args:
            words: the text.
            seen: all its words.
            anchors: indices of words.
            bounds: first and one-past-last word of the window of each anchor, ``(anchors, 2)``.

        Returns:
            ``(anchors, 2 * REACH + 1, labels)``; all but the first label barred outside the bounds.
        """
        found = np.empty((len(anchors), 2 * REACH + 1, len(LABELS)), dtype=np.float32)
        for start in range(0, len(anchors), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            found[part] = self._pairs(words, seen, anchors[part], bounds[part])
        return found

    def _pairs(self, words: Words, seen: Seen, anchors: Numbers, bounds: Numbers) -> Floats:
        around = anchors[:, None] + np.arange(-REACH, REACH + 1)
        within = (around >= bounds[:, :1]) & (around < bounds[:, 1:])
        hidden = seen.near[np.clip(around, 0, len(seen.near) - 1)]
        hidden += seen.own[anchors][:, None]
        hidden += self._distance
        hidden += self._branch[np.stack([branches(words, int(anchor)) for anchor in anchors])]
        np.maximum(hidden, 0, out=hidden)
        scores = _linear(hidden, self._out)
        scores -= scores.max(axis=-1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=-1, keepdims=True))
        scores[~within] = _NOTHING
        return scores


_NOTHING = np.array([0.0] + [-1e9] * (len(LABELS) - 1), dtype=np.float32)


def sigmoid(values: Floats) -> Floats:
    """From log odds to probabilities."""
    found: Floats = (1 / (1 + np.exp(-values))).astype(np.float32)
    return found


def _linear(values: Floats, layer: tuple[Floats, Floats]) -> Floats:
    weight, bias = layer
    found: Floats = values @ weight + bias
    return found
