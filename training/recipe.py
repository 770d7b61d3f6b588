"""The steps of ``python -m training``: read, prepare, train, export, choose, compare, write down."""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from benchmarks.chats import held_out_chats
from tokenizers import Tokenizer

from discretion.encoder import FOLDER, Encoder
from discretion.guard.reader import LABELS
from discretion.guard.reader._earlier import OVERLAPS
from discretion.guard.reader._features import FEATURES
from discretion.records import Kind
from training import card, choose, corpus, reference
from training.augment import augmented
from training.bases import BASES, start
from training.corpus import Chat
from training.data import Dialogue, Own, prepare
from training.export import export, put_manifest
from training.fit import Plan, train
from training.forward import answers, has_bf16
from training.model import Reader, Shape
from training.watch import watched

CACHE = Path(__file__).parents[1] / ".cache" / "training"
ENOUGH_ALIKE = 0.995
"""The share of words on which the exported model must agree with the trained one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line."""

    base: str
    plan: Plan
    share: float
    augment: float
    checkpoint: Path | None
    note: str
    out: Path
    rounding: str
    most: int | None
    threads: int


def run(asked: Asked) -> dict[str, Any]:
    """The whole recipe; returns the numbers that it writes for the model card."""
    began = time.monotonic()

    def say(line: str) -> None:
        print(f"[{(time.monotonic() - began) / 60:5.1f} min] {line}", flush=True)

    torch.set_num_threads(asked.threads)
    base = BASES[asked.base]
    tokenizer = Tokenizer.from_file(str(base.tokenizer_file))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    chats = corpus.read()
    learned, held_out = corpus.split(chats)
    learned = some(learned, asked.share)[: asked.most]
    held_out = held_out[: asked.most]
    say(f"{len(chats)} conversations: {len(learned)} to learn from, {len(held_out)} held out")
    validation = [prepare(chat, tokenizer) for chat in held_out]
    shape = Shape(len(FEATURES), len(OVERLAPS), len(LABELS), vocabulary=base.vocabulary)
    model = start(base, shape, CACHE)
    CACHE.mkdir(parents=True, exist_ok=True)
    checkpoint = asked.checkpoint or CACHE / f"{asked.base}-{asked.share}-{asked.plan.seed}.pt"
    trained: dict[str, Any] = {}
    if asked.checkpoint:
        model.load_state_dict(torch.load(checkpoint, weights_only=True))
        say(f"weights from {checkpoint.name}")
    else:
        prepared = [prepare(chat, tokenizer) for chat in learned]
        lines = sum(isinstance(turn, Own) for one in prepared for turn in one.turns)
        say(f"prepared {lines} messages of the user; bfloat16: {'yes' if has_bf16() else 'no'}")
        started = time.monotonic()
        epochs = told_anew(learned, prepared, tokenizer, asked)
        for _ in train(model, epochs, asked.plan, checkpoint, say):
            say(f"  held out: {watched(model, validation)}")
        seconds = time.monotonic() - started
        trained = {"messages": lines, "minutes": round(seconds / 60, 1), "bfloat16": has_bf16()}
        trained["messages_per_second"] = round(lines * asked.plan.epochs / seconds, 1)
    settings: dict[str, float] = {"turn_width": float(shape.turn)}
    version = named(asked, chats)
    asked.out.mkdir(parents=True, exist_ok=True)
    export(model, asked.out, base.tokenizer_file, rounding=asked.rounding)
    put_manifest(asked.out, version, {kind.value: 0.5 for kind in Kind}, settings | choose.START)
    say("exported; choosing thresholds on the held-out conversations")
    held_out_lines = [
        line for line in held_out_chats() if line.conversation.partition("/")[2] in {c.id for c in held_out}
    ]
    chosen = choose.choose(asked.out, held_out_lines, asked.threads, say)
    settings |= chosen.settings
    put_manifest(asked.out, version, chosen.thresholds, settings)
    reference_file = reference.FILE if asked.out == FOLDER else asked.out / reference.FILE.name
    reference.write(reference_rows(model, held_out, validation), reference_file)
    alike = reference.agreement(Encoder.load(asked.out, threads=asked.threads), reference_file)
    share = alike.same / max(1, alike.words)
    say(f"exported against trained: the same label on {share:.2%} of {alike.words} words")
    say(f"  the same frame on {alike.frames} of {alike.messages} messages")
    say(f"  limits at most {alike.limits_apart:.3f} apart")
    if share < ENOUGH_ALIKE:
        say(f"  below {ENOUGH_ALIKE:.1%}: the tests will not take this model")
    numbers = {
        "version": version,
        "base": {"title": base.title, "package": f"{base.package} {base.version}", "licence": base.licence,
                 "attribution": base.attribution},
        "corpus": described(chats, learned, held_out),
        "training": ({"checkpoint": checkpoint.name, "note": asked.note} if asked.checkpoint else
                     {**asdict(asked.plan), "share": asked.share, "augment": asked.augment,
                      "threads": asked.threads, **trained, "note": asked.note}),
        "settings": settings,
        "thresholds": chosen.thresholds,
        "validation": {k: v for k, v in chosen.document.items() if k not in ("by_data_set", "by_role")},
        "reference": {"words": alike.words, "same_label": round(share, 5),
                      "logit_apart": round(alike.apart, 3), "messages": alike.messages,
                      "same_frame": alike.frames, "limit_apart": round(alike.limits_apart, 3)},
        "bytes": {path.name: path.stat().st_size for path in sorted(asked.out.glob("*.onnx"))}
        | {"tokenizer.json": (asked.out / "tokenizer.json").stat().st_size},
    }  # fmt: skip
    (asked.out / card.NUMBERS).write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    card.write(asked.out)
    say(f"written to {asked.out}")
    return numbers


def some(chats: Sequence[Chat], share: float) -> list[Chat]:
    """A share of the conversations, by a hash of what must stay together: a smaller share is in a larger."""

    def at(chat: Chat) -> float:
        digest = hashlib.sha256(b"curve " + corpus.group(chat).encode()).digest()
        return int.from_bytes(digest[:4], "big") / 2**32

    return [chat for chat in chats if at(chat) < share]


def told_anew(
    chats: Sequence[Chat], prepared: Sequence[Dialogue], tokenizer: Tokenizer, asked: Asked
) -> Callable[[int], list[Dialogue]]:
    """Each epoch's conversations: as they are, but for a share that is told in another way each time."""

    def epoch_of(epoch: int) -> list[Dialogue]:
        rng = random.Random(f"{asked.plan.seed} {epoch}")
        return [
            prepare(augmented(chat, rng), tokenizer) if rng.random() < asked.augment else as_it_is
            for chat, as_it_is in zip(chats, prepared, strict=True)
        ]

    return epoch_of


def named(asked: Asked, chats: Sequence[Chat]) -> str:
    """The name of a run: day, base, and a digest of the corpus."""
    digest = hashlib.sha256(repr(chats).encode()).hexdigest()[:8]
    return f"{datetime.now(UTC):%Y-%m-%d}-{asked.base}-{digest}"


def described(chats: Sequence[Chat], learned: Sequence[Chat], held_out: Sequence[Chat]) -> dict[str, Any]:
    """How many conversations, messages and labels the corpus has."""
    turns = [turn for chat in chats for turn in chat.turns if turn.frame is not None]
    return {
        "conversations": len(chats),
        "learned_conversations": len(learned),
        "held_out_conversations": len(held_out),
        "messages": len(turns),
        "labels": dict(sorted(Counter(label.kind for turn in turns for label in turn.labels).items())),
        "frames": dict(Counter(str(turn.frame) for turn in turns)),
        "flags": dict(Counter(flag for turn in turns for flag in sorted(turn.flags))),
    }


def reference_rows(model: Reader, chats: Sequence[Chat], prepared: Sequence[Dialogue]) -> list[reference.Row]:
    """The first held-out conversations with the trained network's answers, for about ``MESSAGES``."""
    model.eval()
    rows: list[reference.Row] = []
    count = 0
    for chat, dialogue in zip(chats, prepared, strict=True):
        if count >= reference.MESSAGES:
            break
        made = {}
        with torch.no_grad():
            for owns, _, (labels, _, frame, limits) in answers(model, [dialogue], fast=False):
                for at, own in enumerate(owns):
                    first = [i for i, word in enumerate(own.row) if word >= 0 and word != own.row[i - 1]]
                    made[id(own)] = labels[at, first].numpy(), frame[at].numpy(), limits[at].numpy()
        if any(isinstance(turn, Own) and len(set(turn.row) - {-1}) < len(turn.features.words)
               for turn in dialogue.turns):  # fmt: skip
            continue  # Longer than one window: the runtime would cut it, the trainer has cut it off.
        rows.append(reference.Row(reference.CARD, chat.persona))
        for turn, ready in zip(chat.turns, dialogue.turns, strict=True):
            if not isinstance(ready, Own):
                rows.append(reference.Row(reference.HEARD, turn.text))
                continue
            logits, frame, limits = made[id(ready)]
            rows.append(
                reference.Row(
                    reference.SAID, "", ready.features.words, ready.features.columns, ready.overlaps,
                    logits.argmax(1), logits.max(1), frame, limits,
                )
            )  # fmt: skip
            count += 1
    return rows
