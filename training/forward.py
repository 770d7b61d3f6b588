"""One pass of the network over whole conversations: each message encoded once, the memory turn by turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import torch
from torch import Tensor

from training.data import Dialogue, Own, pad, tensors
from training.model import Reader

GLANCE_SCALE = 20.0
"""Pieces' vectors are short; what the memory glances at is scaled up, so that it learns as fast."""

MOST_MESSAGES = 32
MOST_PIECES = 3_000
"""A batch of messages holds no more pieces than this, padding counted."""

Answers = tuple[Tensor, Tensor, Tensor, Tensor]
"""Logits of labels, clause frames, frame and limits."""


@cache
def has_bf16() -> bool:
    """Whether the processor multiplies in bfloat16; where it does not, emulation is slower than float32."""
    can: dict[str, Any] = torch.cpu.get_capabilities()
    return bool(can.get("avx512_bf16") or can.get("amx_bf16"))


def answers(
    model: Reader, dialogues: Sequence[Dialogue], *, drop: float = 0.0, fast: bool | None = None
) -> Iterator[tuple[list[Own], dict[str, Tensor], Answers]]:
    """The user's messages in batches of about one length, with their tensors and the model's answers.

    ``drop`` is the share of word features that are hidden from a message; ``fast`` is whether to multiply in
    bfloat16 (default: where the processor can).
    """
    owns = [turn for one in dialogues for turn in one.turns if isinstance(turn, Own)]
    vectors: list[Tensor] = [torch.empty(0)] * len(owns)
    parts = []
    for index in _chunks([len(own.ids) for own in owns]):
        batch = tensors([owns[i] for i in index], drop)
        with torch.autocast("cpu", torch.bfloat16, enabled=has_bf16() if fast is None else fast):
            x = model.encoder(batch["ids"], batch["mask"], batch["columns"])
        x = x.float()
        pooled = model.pool(x, batch["mask"])
        for row, i in enumerate(index):
            vectors[i] = pooled[row]
        parts.append((index, batch, x, pooled))
    states = _states(model, dialogues, vectors)
    for index, batch, x, pooled in parts:
        before = torch.stack([states[i] for i in index])
        made: Answers = model.heads(x, batch["mask"], batch["columns"], batch["overlaps"], pooled, before)
        yield [owns[i] for i in index], batch, made


def _chunks(lengths: Sequence[int]) -> Iterator[list[int]]:
    found: list[int] = []
    for i in sorted(range(len(lengths)), key=lengths.__getitem__):
        if found and (len(found) >= MOST_MESSAGES or lengths[i] * (len(found) + 1) > MOST_PIECES):
            yield found
            found = []
        found.append(i)
    if found:
        yield found


def _states(model: Reader, dialogues: Sequence[Dialogue], vectors: Sequence[Tensor]) -> list[Tensor]:
    """For each message of the user the state before it: all conversations go forward together."""
    bags: list[list[int]] = []
    where: dict[tuple[int, int], int] = {}
    for i, one in enumerate(dialogues):
        for at, turn in enumerate((one.card, *one.turns), -1):
            if not isinstance(turn, Own):
                where[i, at] = len(bags)
                bags.append(turn)
    ids, mask = pad(bags)
    glanced = model.memory.bag(GLANCE_SCALE * model.encoder.pieces(ids).detach(), mask)
    begun = model.memory.begin(torch.stack([glanced[where[i, -1]] for i in range(len(dialogues))]))
    current = list(begun.unbind(0))
    number, count = {}, 0
    for i, one in enumerate(dialogues):
        for at, turn in enumerate(one.turns):
            if isinstance(turn, Own):
                number[i, at] = count
                count += 1
    states: list[Tensor] = [torch.empty(0)] * count
    for at in range(max(len(one.turns) for one in dialogues)):
        said = [i for i in range(len(dialogues)) if (i, at) in number]
        heard = [i for i in range(len(dialogues)) if (i, at) in where]
        for i in said:
            states[number[i, at]] = current[i]
        if said:
            own = torch.stack([vectors[number[i, at]] for i in said])
            after = model.memory.say(torch.stack([current[i] for i in said]), own)
            for row, i in enumerate(said):
                current[i] = after[row]
        if heard:
            other = torch.stack([glanced[where[i, at]] for i in heard])
            after = model.memory.hear(torch.stack([current[i] for i in heard]), other)
            for row, i in enumerate(heard):
                current[i] = after[row]
    return states
