"""The training loop."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, fields
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812 - as everyone calls it
from torch import Tensor

from app.nlp.learned.features import TABLE_SIZE
from app.nlp.learned.wordpieces import WordPieces
from app.training.batches import FLAT, IGNORED, Batch, batches, collate
from app.training.examples import Example
from app.training.network import TaggerNetwork


@dataclass(frozen=True, slots=True)
class Settings:
    """What a training run is made with; the defaults are those of the weights that are shipped.

    Attributes:
        epochs: times that every article is read.
        rate: the highest learning rate of the encoder; it rises to this and falls to nothing in a straight line.
        head_rate: the same for everything else.
        decay: of weights, as AdamW has it.
        warmup: the share of steps in which the rate rises.
        hidden: the share of features and of anchors' branches that are left out, so that words alone must do.
        averaged: how much of the running mean of the weights is kept at each step; the mean is what is shipped.
        seed: of every random choice.
    """

    epochs: int = 10
    rate: float = 3e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    warmup: float = 0.06
    hidden: float = 0.1
    averaged: float = 0.998
    seed: int = 1


Told = Callable[[int, int, int, float], object]
"""Called after each step with the epoch, the step in it, how many it has, and the mean loss so far."""

_ANCHORS_WEIGH = 10.0
_LABELS_WEIGH = 1 / 30
"""So that the three losses are of one size at the start of training."""


def fit(
    base: Path, examples: Sequence[Example], vocabulary: WordPieces, settings: Settings, told: Told
) -> TaggerNetwork:
    """A network trained on *examples*, on a GPU where there is one, in ``bfloat16`` where the encoder is concerned."""
    torch.manual_seed(settings.seed)
    chance = random.Random(settings.seed)  # noqa: S311 - nothing secret # nosec B311
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = TaggerNetwork(base).to(device).train()
    mean = deepcopy(network).eval()
    steps = 0
    optimiser = schedule = None
    for epoch in range(settings.epochs):
        order = batches(examples, vocabulary, chance)
        if optimiser is None or schedule is None:
            optimiser, schedule = _optimiser(network, settings, settings.epochs * len(order))
        total = 0.0
        for number, items in enumerate(order, start=1):
            loss = _loss(network, _tensors(collate(items), device), settings.hidden)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            steps += 1
            _average(mean, network, min(settings.averaged, (steps + 1) / (steps + 10)))
            total += loss.item()
            told(epoch, number, len(order), total / number)
    return mean.cpu()


def _optimiser(
    network: TaggerNetwork, settings: Settings, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    slow = [one for one in network.encoder.parameters() if one.requires_grad]
    known = {id(one) for one in network.encoder.parameters()}
    fast = [one for one in network.parameters() if id(one) not in known]
    groups = [{"params": slow, "lr": settings.rate}, {"params": fast, "lr": settings.head_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=settings.decay)
    rising = max(settings.warmup * steps, 1)

    def share(step: int) -> float:
        return step / rising if step < rising else max(1 - (step - rising) / (steps - rising + 1), 0.0)

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, share)


def _tensors(batch: Batch, device: torch.device) -> dict[str, Tensor]:
    return {field.name: torch.from_numpy(getattr(batch, field.name)).to(device) for field in fields(batch)}


def _loss(network: TaggerNetwork, batch: dict[str, Tensor], hidden: float) -> Tensor:
    rows = _without(batch["rows"], hidden, TABLE_SIZE)
    with torch.autocast(rows.device.type, dtype=torch.bfloat16):
        states = network.encode(batch["ids"], batch["mask"], rows, batch["firsts"])
    states = network.dropout(states.float())
    flat = F.cross_entropy(network.flat(states).reshape(-1, FLAT), batch["flat"].reshape(-1), ignore_index=IGNORED)
    heads = network.anchor(states).squeeze(-1)
    counted = batch["heads"] != IGNORED
    loss = flat + _ANCHORS_WEIGH * F.binary_cross_entropy_with_logits(heads[counted], batch["heads"][counted].float())
    if len(batch["anchors"]):
        kept = (torch.rand(len(batch["branches"]), 1, device=rows.device) >= hidden).long()
        scores = network.labels(states, batch["owners"], batch["anchors"], batch["branches"] * kept)
        wrong = F.cross_entropy(scores.flatten(0, 1), batch["labels"].flatten(), ignore_index=IGNORED, reduction="sum")
        loss = loss + _LABELS_WEIGH * wrong / len(batch["anchors"])
    return loss


def _without(rows: Tensor, share: float, nothing: int) -> Tensor:
    return torch.where(torch.rand(rows.shape, device=rows.device) < share, nothing, rows)


@torch.no_grad()
def _average(mean: TaggerNetwork, network: TaggerNetwork, kept: float) -> None:
    held, new = (list(_trained(one)) for one in (mean, network))
    torch._foreach_lerp_(held, new, 1 - kept)


def _trained(network: TaggerNetwork) -> Iterator[Tensor]:
    return (one for one in network.parameters() if one.requires_grad)
