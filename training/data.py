"""From labelled conversations to tensors."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from discretion.guard import Guard
from discretion.guard._view import View
from discretion.guard.reader import LABELS
from discretion.guard.reader._earlier import OVERLAPS, Earlier
from discretion.guard.reader._features import FEATURES, Features, checksum, features
from discretion.text import Message
from training.corpus import FLAGS, FRAMES, Chat, Turn

LONGEST = 160
GLANCE = 64


@dataclass(slots=True)
class Own:
    """One message of the user, ready: pieces, features, targets."""

    ids: list[int]
    row: list[int]
    columns: np.ndarray[Any, Any]
    overlaps: np.ndarray[Any, Any]
    labels: list[int]
    clause: list[int]
    frame: int
    flags: list[float]
    turn: Turn
    features: Features


@dataclass(slots=True)
class Dialogue:
    """One conversation, ready: the card's pieces, then each turn, ours or a bag of pieces."""

    id: str
    card: list[int]
    turns: list[Own | list[int]]


@cache
def guard() -> Guard:
    return Guard(rules_only=True)


def label_words(turn: Turn, spans: Sequence[tuple[int, int]]) -> list[int]:
    rows = [0] * len(spans)
    for label in turn.labels:
        inside = [i for i, (a, b) in enumerate(spans) if a < label.end and b > label.start]
        for at, i in enumerate(inside):
            rows[i] = LABELS.index(f"{'I' if at else 'B'}-{label.kind}")
    return rows


def prepare(chat: Chat, tokenizer: Tokenizer) -> Dialogue:
    earlier = Earlier()
    earlier.enter(chat.persona)
    turns: list[Own | list[int]] = []
    for turn in chat.turns:
        if turn.frame is None:
            turns.append(tokenizer.encode(turn.text, add_special_tokens=False).ids[:GLANCE])
            earlier.hear(turn.text)
            continue
        made = features(View(turn.text), guard().scan(Message(turn.text)).hits)
        labels = label_words(turn, made.spans)
        keys = [checksum(word) for word in made.words]
        overlaps = earlier.columns(keys)
        encoded = tokenizer.encode(list(made.words), is_pretokenized=True)
        ids, row = encoded.ids[:LONGEST], [-1 if w is None else w for w in encoded.word_ids][:LONGEST]
        action = made.columns[:, FEATURES.index("mark action")]
        clause = []
        for i, label in enumerate(labels):
            frame = turn.frame
            if label:
                inside = next(x.frame for x in turn.labels if x.end > made.spans[i][0])
                clause.append(FRAMES.index(inside))
            elif frame == "self" and action[i]:
                clause.append(-100)
            else:
                clause.append(FRAMES.index(frame))
        turns.append(
            Own(ids, row, made.columns, overlaps, labels, clause, FRAMES.index(turn.frame),
                [float(f in turn.flags) for f in FLAGS], turn, made)
        )  # fmt: skip
        facts = [i for i, label in enumerate(labels) if label]
        names = [i for i in facts if LABELS[labels[i]].endswith("name")]
        earlier.say(keys, life=turn.frame == "self", facts=facts, names=names)
    return Dialogue(chat.id, tokenizer.encode(chat.persona, add_special_tokens=False).ids[:GLANCE], turns)


def pad(rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(1, max(len(r) for r in rows))
    ids = torch.zeros((len(rows), longest), dtype=torch.long)
    mask = torch.zeros((len(rows), longest), dtype=torch.long)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = torch.tensor(row, dtype=torch.long)
        mask[at, : len(row)] = 1
    return ids, mask


def tensors(owns: Sequence[Own], drop: float = 0.0) -> dict[str, torch.Tensor]:
    ids, mask = pad([o.ids for o in owns])
    batch, length = ids.shape
    columns = torch.zeros((batch, length, len(FEATURES)))
    overlaps = torch.zeros((batch, length, len(OVERLAPS)))
    labels = torch.full((batch, length), -100)
    clause = torch.full((batch, length), -100)
    for b, own in enumerate(owns):
        last = -1
        row = np.array(own.row)
        held = np.nonzero(row >= 0)[0]
        columns[b, held] = torch.from_numpy(own.columns[row[held]].astype(np.float32))
        overlaps[b, held] = torch.from_numpy(own.overlaps[row[held]])
        for t in held:
            if own.row[t] != last:
                last = own.row[t]
                labels[b, t] = own.labels[last]
                clause[b, t] = own.clause[last]
    if drop:
        columns *= (torch.rand(batch, 1, columns.shape[2]) > drop).float()
    return {
        "ids": ids, "mask": mask, "columns": columns, "overlaps": overlaps, "labels": labels,
        "clause": clause, "frame": torch.tensor([o.frame for o in owns]),
        "flags": torch.tensor([o.flags for o in owns]),
    }  # fmt: skip


def batches(dialogues: Sequence[Dialogue], size: int, rng: random.Random) -> list[list[Dialogue]]:
    order = list(dialogues)
    rng.shuffle(order)
    found: list[list[Dialogue]] = [[]]
    for d in order:
        if sum(sum(isinstance(t, Own) for t in x.turns) for x in found[-1]) >= size:
            found.append([])
        found[-1].append(d)
    return found
