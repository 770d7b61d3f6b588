"""The training loop: conversations in, weights out, progress on the way."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training.data import Dialogue, Own, batches
from training.forward import Answers, answers
from training.model import Reader

Epoch = Callable[[int], Sequence[Dialogue]]
"""The training conversations of an epoch: some of them told in another way each time."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. Rates are AdamW's, for the encoder and for what is new; ``size`` is messages a step.

    ``parts`` weighs the losses of labels, clause frames, frame and limits; ``hide`` is the share of word
    features hidden from a message; ``limit_weight`` what a missed limit counts against a false one.
    """

    epochs: int = 8
    seed: int = 0
    size: int = 32
    rate: float = 2.5e-4
    new_rate: float = 2e-3
    warm_up: float = 0.06
    hide: float = 0.05
    parts: tuple[float, float, float, float] = (1.0, 0.3, 1.0, 0.5)
    limit_weight: float = 6.0


LABELS_A_MESSAGE = 5.0
"""What the labels' summed loss is divided by, so that a long message does not drown the others."""


class Average:
    """A running mean of the weights; it judges better than the last step's and costs one pass over them."""

    def __init__(self, model: Reader) -> None:
        self._held = {name: p.detach().clone() for name, p in model.named_parameters() if p.requires_grad}
        self._steps = 0

    def update(self, model: Reader) -> None:
        """Take in the weights after a step."""
        self._steps += 1
        share = 1.0 - min(0.998, (1 + self._steps) / (10 + self._steps))
        with torch.no_grad():
            for name, weight in model.named_parameters():
                if name in self._held:
                    self._held[name].lerp_(weight, share)

    def swap(self, model: Reader) -> None:
        """Exchange the model's weights with the mean; a second call puts them back."""
        with torch.no_grad():
            for name, weight in model.named_parameters():
                if name in self._held:
                    now = weight.detach().clone()
                    weight.copy_(self._held[name])
                    self._held[name] = now


def train(
    model: Reader, epoch_of: Epoch, plan: Plan, checkpoint: Path, say: Callable[[str], None]
) -> Iterator[int]:
    """Train ``model``; yields each epoch's number with the mean weights in place and saved."""
    rng = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    # The pieces' table is over half of the weights, and a corpus of this size would only bend what it saw.
    model.encoder.pieces.weight.requires_grad_(False)
    optimiser = torch.optim.AdamW(_groups(model, plan), weight_decay=0.01)
    first = epoch_of(0)
    steps = plan.epochs * len(batches(first, plan.size, random.Random(plan.seed)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps, plan.warm_up))
    mean = Average(model)
    for epoch in range(plan.epochs):
        dialogues = first if epoch == 0 else epoch_of(epoch)
        began, told, total, seen = time.monotonic(), 0, 0.0, 0
        model.train()
        for group in batches(dialogues, plan.size, rng):
            loss, count = _loss(model, group, plan)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            mean.update(model)
            total += float(loss.detach()) * count
            seen += count
            if seen - told >= 2_000:
                told = seen
                say(f"  epoch {epoch + 1}: {seen} messages, {seen / (time.monotonic() - began):.0f}/s")
        mean.swap(model)
        torch.save(model.state_dict(), checkpoint)
        took = time.monotonic() - began
        say(f"epoch {epoch + 1}/{plan.epochs}: loss {total / max(1, seen):.3f}, {seen / took:.0f}/s")
        yield epoch
        if epoch < plan.epochs - 1:
            mean.swap(model)


def _groups(model: Reader, plan: Plan) -> list[dict[str, object]]:
    old: list[object] = []
    new: list[object] = []
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            (old if name.startswith("encoder.") and "features" not in name else new).append(weight)
    return [{"params": old, "lr": plan.rate}, {"params": new, "lr": plan.new_rate}]


def _rate(step: int, steps: int, warm_up: float) -> float:
    return min(1.0, (step + 1) / (warm_up * steps)) * max(0.02, 1 - step / (steps * 1.02))


def _loss(model: Reader, group: Sequence[Dialogue], plan: Plan) -> tuple[Tensor, int]:
    count = sum(isinstance(turn, Own) for one in group for turn in one.turns)
    parts = [loss_of(batch, made, plan) for _, batch, made in answers(model, group, drop=plan.hide)]
    return torch.stack(parts).sum() / count, count


def loss_of(batch: dict[str, Tensor], made: Answers, plan: Plan) -> Tensor:
    """The summed loss of a batch of messages."""
    labels, clauses, frame, limits = made
    weight = torch.full((limits.shape[1],), plan.limit_weight)
    losses = (
        functional.cross_entropy(labels.transpose(1, 2), batch["labels"], ignore_index=-100, reduction="sum")
        / LABELS_A_MESSAGE,
        functional.cross_entropy(clauses.transpose(1, 2), batch["clause"], ignore_index=-100, reduction="sum")
        / LABELS_A_MESSAGE,
        functional.cross_entropy(frame, batch["frame"], reduction="sum", label_smoothing=0.05),
        functional.binary_cross_entropy_with_logits(
            limits, batch["flags"], pos_weight=weight, reduction="none"
        ).sum(),
    )
    return torch.stack([share * loss for share, loss in zip(plan.parts, losses, strict=True)]).sum()
