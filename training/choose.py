"""The numbers that are chosen, not learned: thresholds and the weights of rules and model against each other.

They are chosen on the validation conversations alone, with the exported model inside the real guard, so that
they fit what ships. One number after another, on coarse grids: finer ones would fit the few lines there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.corpus import Line
from benchmarks.metrics import accuracy, figures, frames, spans
from benchmarks.prediction import of_review
from benchmarks.tally import Row, Tally, total

from discretion.encoder import Encoder
from discretion.guard import Guard
from discretion.guard._model import card_of
from discretion.guard._scan import Scan
from discretion.guard.reader import FRAMES, Conversation, Model
from discretion.records import IDENTIFIERS, Kind, Limit
from discretion.text import Message, Setting

GRID = (0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75)
RULE_ALONE = (0.1, 0.2, 0.3, 0.45, 0.6)
RULES_WEIGHT = (0.0, 0.05, 0.1, 0.2)
NEUTRAL_BIAS = (0.0, 0.3, 0.6, 0.9, 1.2)
FRAME_SCALES = tuple(round(0.5 + 0.05 * step, 2) for step in range(31))
LIMIT_ASK = (0.3, 0.5, 0.7, 0.85, 0.95)
OVER_STOPS = 8.0
"""What one line in a hundred that is stopped without its limit counts against one in a hundred caught; the
corpus holds far more lines near a limit than chats do."""

START = {"rule_alone": 0.3, "rules_weight": 0.0, "neutral_bias": 0.0, "frame_scale": 1.0}
"""Where the choice begins."""

FEWEST = 15
"""Spans of a kind below which it takes the threshold of its group."""
PULL = 0.02
"""What a kind's threshold must gain in F1, for each 1.0 that it leaves its group's."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The chosen numbers, and the accuracy document of the validation conversations with them."""

    thresholds: dict[str, float]
    settings: dict[str, float]
    document: dict[str, Any]


class Trial:
    """The validation conversations, read once; run again with other numbers."""

    def __init__(self, folder: Path, lines: Sequence[Line], threads: int) -> None:
        self.model = Model(Encoder.load(folder, threads=threads))
        self._base = self.model.manifest
        self._guard = Guard()
        self._guard._model = self.model
        self.chats = [_chat(rows) for _, rows in groupby(lines, key=lambda line: line.conversation)]
        flat = [message for _, _, messages in self.chats for message in messages]
        scans = iter(self._guard.scan_all(flat))
        self.scans: list[list[Scan]] = [[next(scans) for _ in messages] for _, _, messages in self.chats]

    def use(self, thresholds: Mapping[str, float], settings: Mapping[str, float]) -> None:
        """Judge with these numbers from now on."""
        self.model.manifest = replace(
            self._base, thresholds=dict(thresholds), settings={**self._base.settings, **settings}
        )

    def rows(self) -> Iterator[Row]:
        """The user's lines with the guard's answers."""
        for (setting, lines, messages), scans in zip(self.chats, self.scans, strict=True):
            session = self._guard.session(setting)
            for line, message, scanned in zip(lines, messages, scans, strict=True):
                review = session.review(message, scanned)
                if line.is_from_user:
                    yield line, of_review(review)

    def frame_logs(self) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Log probabilities of the model's frames ``(lines, 3)`` and the right ones."""
        logs, right = [], []
        for (setting, lines, messages), scans in zip(self.chats, self.scans, strict=True):
            talk = Conversation(self.model, card_of(setting))
            for line, message, scanned in zip(lines, messages, scans, strict=True):
                if not line.is_from_user:
                    talk.hear(message.text)
                elif scanned.reading and line.frame:
                    answer, state = talk.answer(scanned.reading)
                    talk.keep(scanned.reading, state, life=line.frame is FRAMES[0], found=answer.hits)
                    logs.append(np.log(np.maximum(answer.frame, 1e-9)))
                    right.append(FRAMES.index(line.frame))
        return np.array(logs), np.array(right)


def choose(folder: Path, lines: Sequence[Line], threads: int, say: Say) -> Chosen:
    """Choose every number for the model in ``folder`` on ``lines``."""
    trial = Trial(folder, lines, threads)
    settings = dict(START)
    trial.use({kind.value: 0.5 for kind in Kind}, settings)
    settings["frame_scale"] = sharpness(*trial.frame_logs())
    by_grid = {}
    for at in GRID:
        trial.use({kind.value: at for kind in Kind}, settings)
        by_grid[at] = total(trial.rows())
        say(f"  thresholds {at}: {told(by_grid[at])}")
    thresholds = dict(sorted(per_kind(by_grid).items()))
    for name, grid in (
        ("rule_alone", RULE_ALONE),
        ("rules_weight", RULES_WEIGHT),
        ("neutral_bias", NEUTRAL_BIAS),
    ):
        settings[name] = _best(trial, thresholds, settings, name, grid, say)
    settings |= limit_bounds(trial, thresholds, settings, say)
    trial.use(thresholds, settings)
    document = accuracy(list(trial.rows()))
    return Chosen(thresholds, settings, document)


def sharpness(logs: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> float:
    """What to multiply the frames' logits by, so that the log loss of the right frames is least."""

    def loss(scale: float) -> float:
        scaled = scale * logs
        top = scaled.max(1)
        return float(
            (np.log(np.exp(scaled - top[:, None]).sum(1)) + top - scaled[range(len(right)), right]).mean()
        )

    return min(FRAME_SCALES, key=loss) if len(right) else 1.0


def per_kind(by_grid: Mapping[float, Tally]) -> dict[str, float]:
    """A threshold for each kind: its group's best, or one near it that is better for the kind itself.

    F1 is smoothed over neighbours on the grid; a kind that is rare keeps its group's.
    """
    chosen: dict[str, float] = {}
    grid = sorted(by_grid)
    for group in (tuple(IDENTIFIERS), tuple(kind for kind in Kind if kind not in IDENTIFIERS)):
        best = max(grid, key=lambda at: spans(by_grid[at], group)["f1"] or 0.0)
        for kind in group:
            one = (kind,)
            if by_grid[best][f"sought {kind}"] < FEWEST:
                chosen[kind.value] = best
                continue
            score = [spans(by_grid[at], one)["f1"] or 0.0 for at in grid]
            smooth = [float(np.mean(score[max(0, i - 1) : i + 2])) for i in range(len(grid))]
            chosen[kind.value] = max(grid, key=lambda at: smooth[grid.index(at)] - PULL * abs(at - best))
    return chosen


def limit_bounds(
    trial: Trial, thresholds: Mapping[str, float], settings: Mapping[str, float], say: Say
) -> dict[str, float]:
    """From which probability on the model asks, for each limit by itself."""
    worth: dict[str, dict[float, float]] = {}
    for at in LIMIT_ASK:
        trial.use(thresholds, {**settings, **{f"limit_ask_{limit}": at for limit in Limit}})
        held = accuracy(list(trial.rows()))
        lines = held["n"]["lines"]
        told_of = []
        for limit, caught in held["limits"].items():
            over = held["over_stops_by_limit"].get(limit, 0)
            share = caught["caught"] / max(1, caught["n"])
            worth.setdefault(limit, {})[at] = share - OVER_STOPS * over / lines
            told_of.append(f"{limit} {caught['caught']}/{caught['n']} over {over}")
        say(f"  asks from {at}: {', '.join(told_of)}")
    return {f"limit_ask_{limit}": max(held, key=held.__getitem__) for limit, held in worth.items()}


def merit(counts: Tally) -> float:
    """What the weights of rules and model are chosen by: right findings and frames, less the alarms."""
    held = figures(counts)
    return sum(
        held[name] or 0.0 for name in ("identifiers.f1", "disclosures.f1", "frame.macro_recall")
    ) - sum(
        (held[name] or 0.0) * weight
        for name, weight in (("clean_alarmed", 0.5), ("fiction_false_alarms_per_100", 0.005))
    )


def told(counts: Tally) -> str:
    """The main figures in one line."""
    others = tuple(kind for kind in Kind if kind not in IDENTIFIERS)
    held = figures(counts)
    return (
        f"identifiers {spans(counts, IDENTIFIERS)['f1']}, disclosures {spans(counts, others)['f1']}, "
        f"frames {frames(counts)['macro_recall']}, alarms in fiction {held['fiction_false_alarms_per_100']}, "
        f"clean lines alarmed {held['clean_alarmed']}"
    )


def _best(
    trial: Trial, thresholds: Mapping[str, float], settings: Mapping[str, float], name: str,
    grid: Sequence[float], say: Say,
) -> float:  # fmt: skip
    merits = {}
    for value in grid:
        trial.use(thresholds, {**settings, name: value})
        counts = total(trial.rows())
        merits[value] = merit(counts)
        say(f"  {name} {value}: {told(counts)}")
    return max(grid, key=merits.__getitem__)


def _chat(rows: Iterator[Line]) -> tuple[Setting, list[Line], list[Message]]:
    lines = list(rows)
    setting = Setting(lines[0].conversation, card=next((one.persona for one in lines if one.persona), None))
    return setting, lines, [Message(one.text, one.author, turn=one.turn, setting=setting) for one in lines]
