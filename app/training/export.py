"""A trained network as the files that the tagger reads: the encoder in 8-bit integers by ONNX, its heads by NumPy."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from app.nlp.learned.files import ENCODER, VOCABULARY
from app.training.heads import write_heads
from app.training.network import TaggerNetwork

_TRACED = 16
_UNCALIBRATED = (0.0, 1.0, 0.0)


class _States(nn.Module):
    def __init__(self, network: TaggerNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, vectors: Tensor) -> Tensor:
        """As :meth:`TaggerNetwork.states`, of one window without padding."""
        return self.network.states(vectors)


def export(network: TaggerNetwork, base: Path, folder: Path) -> None:
    """Write *network*, whose vocabulary is that of *base*, to *folder*; confidences are not calibrated yet."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(base / VOCABULARY, folder / VOCABULARY)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / ENCODER
        vectors = torch.zeros(1, _TRACED, network.words.embedding_dim)
        with warnings.catch_warnings():
            # The tracer's age, and shape checks that it takes for constants, say nothing to who trains: what it wrote
            # is measured on the articles held out.
            warnings.simplefilter("ignore")
            torch.onnx.export(
                _States(network).eval(),
                (vectors,),
                whole,
                input_names=["vectors"],
                output_names=["states"],
                dynamic_axes={"vectors": {1: "pieces"}, "states": {1: "pieces"}},
                opset_version=17,
                dynamo=False,
            )
        # Seven bits of eight: on processors without VNNI the sum of two products may not fit into 16 bits otherwise.
        quantize_dynamic(whole, folder / ENCODER, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    words, scales = _small(network.words.weight.detach().numpy())
    heads = {name: one.detach().numpy() for name, one in network.named_parameters() if not name.startswith(_LEFT)}
    write_heads(folder, {**heads, "words": words, "scales": scales, "calibration": np.array(_UNCALIBRATED, np.float32)})


_LEFT = ("encoder.", "words.", "flat.")


def _small(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Word vectors as 8-bit integers with one scale a word."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-12) / 127
    return np.round(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32)
