"""The network as it is trained: BERT with features added to its word vectors, and heads for anchors and labels."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812 - as everyone calls it
from torch import Tensor, nn
from transformers import BertModel

from app.nlp.learned.branches import BRANCHES, REACH
from app.nlp.learned.features import TABLE_SIZE
from app.nlp.learned.labels import LABELS
from app.training.batches import FLAT

DIMENSIONS = 128
"""Of what a word and an anchor are compared by."""

_DROPOUT = 0.1


class TaggerNetwork(nn.Module):
    """Starts from the BERT in the folder *base*.

    Its word vectors stay as they came. Features start at zero, so that training begins from what BERT knows.
    Attention weights are not dropped: with dropout on them an epoch took three times as long on a CPU.
    """

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(  # nosec B615 # a folder of this machine, which has no revision
            base,
            local_files_only=True,
            add_pooling_layer=False,
            attn_implementation="sdpa",
            hidden_dropout_prob=_DROPOUT,
            attention_probs_dropout_prob=0.0,
        )
        self.words = self.encoder.embeddings.word_embeddings
        self.words.weight.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.features = nn.Parameter(torch.zeros(TABLE_SIZE, width))
        self.dropout = nn.Dropout(_DROPOUT)
        self.flat = nn.Linear(width, FLAT)
        self.anchor = nn.Linear(width, 1)
        self.near = nn.Linear(width, DIMENSIONS)
        self.own = nn.Linear(width, DIMENSIONS)
        self.distance = nn.Parameter(torch.randn(2 * REACH + 1, DIMENSIONS) * _DROPOUT)
        self.branch = nn.Parameter(torch.randn(BRANCHES, DIMENSIONS) * _DROPOUT)
        self.out = nn.Linear(DIMENSIONS, len(LABELS))

    def encode(self, ids: Tensor, mask: Tensor, rows: Tensor, firsts: Tensor) -> Tensor:
        """States of words, ``(windows, words, width)``; the shapes of :class:`~app.training.batches.Batch`."""
        # One-hot rows times a small table: gathering from it has a slow gradient.
        hot = torch.zeros(*ids.shape, TABLE_SIZE + 1, device=ids.device).scatter_(2, rows, 1.0)
        vectors = self.words(ids) + hot[..., :TABLE_SIZE] @ self.features
        states = self.states(vectors, mask)
        return torch.gather(states, 1, firsts.unsqueeze(-1).expand(-1, -1, states.size(-1)))

    def states(self, vectors: Tensor, mask: Tensor | None = None) -> Tensor:
        """States of word pieces from their vectors, ``(windows, pieces, width)``."""
        found: Tensor = self.encoder(inputs_embeds=vectors, attention_mask=mask).last_hidden_state
        return found

    def labels(self, states: Tensor, owners: Tensor, anchors: Tensor, branches: Tensor) -> Tensor:
        """Scores of the labels of the words around each anchor, ``(anchors, 2 * REACH + 1, labels)``."""
        around = anchors.unsqueeze(1) + torch.arange(-REACH, REACH + 1, device=anchors.device)
        around = around.clamp(0, states.size(1) - 1)
        near = self.near(states)[owners.unsqueeze(1), around]
        own = self.own(states)[owners, anchors].unsqueeze(1)
        hot = F.one_hot(branches, BRANCHES).to(near.dtype)
        scores: Tensor = self.out(F.relu(near + own + self.distance + hot @ self.branch))
        return scores
