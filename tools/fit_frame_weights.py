"""Fit the points of the frame's features on our own labelled conversations and write the data files.

    python tools/fit_frame_weights.py CORPUS.jsonl... [--out DIR]

A corpus line is ``{"conversation", "persona", "author", "text", "frame"}``. The model is a multinomial
logistic regression (Adagrad, L2, classes weighted equally), in pure Python so that it needs nothing that the
project does not already have. Earlier frames are features too; one in four is replaced at random while
fitting, in several draws, so that the judge learns not to lean on what may have been misjudged. To some lines
an earlier story line of the same conversation is put in front: what is then said of life still makes the
message ``self``.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter
from pathlib import Path
from typing import Any

from discretion.guard import _frame_words
from discretion.guard._frame import clause_features, form_features, message_words
from discretion.guard._frame_history import History
from discretion.guard._frame_words import tokens
from discretion.guard._view import View
from discretion.records import Frame
from discretion.text import Message, Setting, fold

FRAMES = (Frame.SELF, Frame.FICTION, Frame.NEUTRAL)
COMMON_WORDS = 700
LEAST_LINES = 3
DRAWS = 3
NOISE = 0.25
MIXED = 0.12
LONGEST_MIXED = 120
JOINTS = (" ", ". ", " ok ", " lol ", "... ", ", ", " anyway ", "\n", " sorry ", " btw ")
EPOCHS = 6
RATE = 0.08
L2 = 5.0
SMALLEST = 0.04

Row = dict[str, Any]


def read(paths: list[Path]) -> list[Row]:
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


def common_words(rows: list[Row]) -> list[str]:
    counts = Counter(t for row in rows for t in {t for _, t in tokens(fold(row["text"]).text)})
    return [word for word, _ in counts.most_common(COMMON_WORDS) if word.isalpha()]


Example = tuple[Counter[str], int]


def examples(rows: list[Row], chance: random.Random) -> list[Example]:
    histories: dict[str, History] = {}
    stories: dict[str, list[str]] = {}
    found = []
    for row in rows:
        setting = Setting(row["conversation"], card=row.get("persona"))
        history = histories.setdefault(row["conversation"], History(setting))
        told = stories.setdefault(row["conversation"], [])
        if row["author"] != "user":
            history.heard(row["text"])
            continue
        text, frame = row["text"], Frame(row["frame"])
        found.append(example(text, frame, history))
        if told and chance.random() < MIXED:
            mixed = join(chance.choice(told), text, chance)
            found.append(example(mixed, Frame.FICTION if frame is Frame.NEUTRAL else frame, history))
        if frame is Frame.FICTION and len(text) < LONGEST_MIXED:
            told.append(text)
        topic, _ = message_words(Message(text))
        history.said(topic, chance.choice(FRAMES) if chance.random() < NOISE else frame)
    return found


def example(text: str, frame: Frame, history: History) -> Example:
    view = View(text)
    features = Counter(f for clause in clause_features(view) for f in clause)
    features.update(form_features(view))
    features.update(history.features(*message_words(Message(text))))
    return features, FRAMES.index(frame)


def join(story: str, text: str, chance: random.Random) -> str:
    joint = chance.choice(JOINTS)
    closed = story.rstrip()[-1:] in '.!?*"' and joint[0] in ".,"
    return f"{story.rstrip()}{' ' if closed else joint}{text}"


def fit(data: list[Example], chance: random.Random) -> dict[str, list[float]]:
    lines = Counter(f for features, _ in data for f in features)
    classes = Counter(label for _, label in data)
    balance = [len(data) / (3 * classes[i]) for i in range(3)]
    index = {f: i for i, f in enumerate(f for f, n in lines.items() if n >= LEAST_LINES * DRAWS)}
    names = list(index)
    rows = [([(index[f], float(n)) for f, n in features.items() if f in index], y) for features, y in data]
    weight = [[0.0, 0.0, 0.0] for _ in names]
    square = [[1e-2, 1e-2, 1e-2] for _ in names]
    decay = [L2 / lines[name] for name in names]
    for _ in range(EPOCHS):
        chance.shuffle(rows)
        for features, y in rows:
            points = [0.0, 0.0, 0.0]
            for i, n in features:
                w = weight[i]
                points[0] += w[0] * n
                points[1] += w[1] * n
                points[2] += w[2] * n
            top = max(points)
            odds = [math.exp(p - top) for p in points]
            total = sum(odds)
            for c in range(3):
                slope = balance[y] * (odds[c] / total - (c == y))
                for i, n in features:
                    w, s = weight[i], square[i]
                    g = slope * n + decay[i] * w[c]
                    s[c] += g * g
                    w[c] -= RATE * g / math.sqrt(s[c])
    return {name: weight[i] for name, i in index.items()}


def write(table: dict[str, list[float]], common: list[str], out: Path) -> None:
    head = "# feature, points for self, fiction, neutral. Made by tools/fit_frame_weights.py; do not edit.\n"
    kept = []
    for name, points in sorted(table.items()):
        mean = sum(points) / 3
        points = [p - mean for p in points]
        if max(map(abs, points)) >= SMALLEST:
            kept.append("\t".join([name, *(f"{p:.2f}".replace("-0.00", "0.00") for p in points)]))
    (out / "frame_weights.tsv").write_text(head + "\n".join(kept) + "\n", "utf-8")
    note = "# The most frequent words of our own corpus. Made by tools/fit_frame_weights.py; do not edit.\n"
    (out / "frame_common_words.txt").write_text(note + "\n".join(sorted(common)) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/discretion/guard/data"))
    options = parser.parse_args()
    chance = random.Random(11)
    rows = read(options.corpus)
    common = common_words(rows)
    _frame_words.common_words.cache_clear()
    words = frozenset(common)
    _frame_words.common_words = lambda: words  # type: ignore[assignment]
    data = [one for _ in range(DRAWS) for one in examples(rows, chance)]
    table = fit(data, chance)
    write(table, common, options.out)
    print(f"{len(rows)} lines, {len(table)} features")


if __name__ == "__main__":
    main()
