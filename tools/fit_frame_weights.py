"""Fit the points of the frame's features on our own labelled conversations and write the data files.

    python tools/fit_frame_weights.py CORPUS.jsonl... [--out DIR]

A corpus line is ``{"conversation", "persona", "author", "text", "frame"}``. The model is one logistic
regression for each frame (Adagrad, L2, frames weighted equally) over features scaled by their naive Bayes log
ratio (Wang and Manning 2012, "Baselines and Bigrams"), in pure Python so that it needs nothing that the
project does not already have. The hits of the current detectors are features too, and so are earlier frames:
one in four is replaced at random while fitting, in several draws, so that the judge learns not to lean on
what may have been misjudged. To some lines an earlier story line of the same conversation is put in front:
what is then said of life still makes the message ``self``.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from discretion.guard import Guard, _frame_words
from discretion.guard._detector import Hit
from discretion.guard._frame import clause_features, form_features, message_words
from discretion.guard._frame_history import History
from discretion.guard._frame_words import tokens
from discretion.guard._merge import settle
from discretion.guard._view import View
from discretion.records import Frame
from discretion.text import Message, Setting, fold

FRAMES = (Frame.SELF, Frame.FICTION, Frame.NEUTRAL)
COMMON_WORDS = 700
LEAST_LINES = 4
DRAWS = 3
NOISE = 0.25
MIXED = 0.12
LONGEST_MIXED = 120
JOINTS = (" ", ". ", " ok ", " lol ", "... ", ", ", " anyway ", "\n", " sorry ", " btw ")
EPOCHS = 6
RATE = 0.08
L2 = 6.0
SMALLEST = 0.06
LEAST_TOLD = 0.1
MOST_TOLD = 3.0
SHIFT = (0.0, 0.3, 0.6)
"""Points added for ``self``, ``fiction``, ``neutral``: a story taken for life makes a false alarm."""

GUARD = Guard()

Row = dict[str, Any]


def read(paths: list[Path]) -> list[Row]:
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


def common_words(rows: list[Row]) -> list[str]:
    counts = Counter(t for row in rows for t in sorted({t for _, t in tokens(fold(row["text"]).text)}))
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


@cache
def seen(text: str) -> tuple[Hit, ...]:
    return settle(GUARD.scan(Message(text)).hits)


def example(text: str, frame: Frame, history: History) -> Example:
    view = View(text)
    features = Counter(f for clause in clause_features(view, seen(text)) for f in clause)
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
    telling = log_ratios(rows, len(names), classes)
    weight = [[0.0, 0.0, 0.0] for _ in names]
    square = [[1e-2, 1e-2, 1e-2] for _ in names]
    decay = [[L2 / lines[name] / t**2 for t in telling[i]] for i, name in enumerate(names)]
    for _ in range(EPOCHS):
        chance.shuffle(rows)
        for features, y in rows:
            for c in range(3):
                points = sum(weight[i][c] * n for i, n in features)
                slope = balance[y] * (1 / (1 + math.exp(-max(-30.0, min(30.0, points)))) - (c == y))
                for i, n in features:
                    w, s = weight[i], square[i]
                    g = slope * n + decay[i][c] * w[c]
                    s[c] += g * g
                    w[c] -= RATE * telling[i][c] * g / math.sqrt(s[c])
    table = {name: weight[i] for name, i in index.items()}
    table["always#"] = [w + shift for w, shift in zip(table["always#"], SHIFT, strict=True)]
    return table


def log_ratios(
    rows: list[tuple[list[tuple[int, float]], int]], count: int, classes: Counter[int]
) -> list[list[float]]:
    """How much each feature alone tells each frame from the others: the naive Bayes log ratio, bounded."""
    seen_in = [[0, 0, 0] for _ in range(count)]
    for features, y in rows:
        for i, _ in features:
            seen_in[i][y] += 1
    all_lines = sum(classes.values())
    ratios = []
    for counts in seen_in:
        everywhere = sum(counts)
        row = []
        for c in range(3):
            inside = (counts[c] + DRAWS) / classes[c]
            outside = (everywhere - counts[c] + DRAWS) / (all_lines - classes[c])
            row.append(LEAST_TOLD + (1 - LEAST_TOLD) * min(MOST_TOLD, abs(math.log(inside / outside))))
        ratios.append(row)
    return ratios


def fitted(rows: list[Row]) -> tuple[dict[str, list[float]], list[str]]:
    """The points of every feature, and the common words."""
    chance = random.Random(11)
    common = common_words(rows)
    words = frozenset(common)
    _frame_words.common_words = lambda: words  # type: ignore[assignment]
    return fit([one for _ in range(DRAWS) for one in examples(rows, chance)], chance), common


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
    rows = read(options.corpus)
    table, common = fitted(rows)
    write(table, common, options.out)
    print(f"{len(rows)} lines, {len(table)} features")


if __name__ == "__main__":
    main()
