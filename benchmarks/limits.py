"""How well the limits do on families of lines: ``python -m benchmarks.limits [--json]``.

Each family is one idea in several wordings (``limits_families.toml``); every line is judged in a conversation
of its own with the family's frame given, so that the figure is that of the limits alone. The held-out
families were written last and never tuned on.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discretion.guard._frame import FrameJudgement
from discretion.guard._view import View
from discretion.guard.limits import LimitJudge, LimitJudgement, limit_cues
from discretion.records import Frame, Ruling
from discretion.text import Message, Setting

FAMILIES = Path(__file__).with_name("limits_families.toml")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a family: what it expects of which limit, and the frame it stands in."""

    family: str
    limit: str
    split: str
    frame: Frame
    expects_stop: bool
    text: str


def lines() -> Iterator[Line]:
    """Every line of every family, its template filled with each value."""
    for family in tomllib.loads(FAMILIES.read_text(encoding="utf-8"))["family"]:
        for template in family["lines"]:
            name = template[template.index("{") : template.index("}") + 1] if "{" in template else "{}"
            for value in family["values"]:
                yield Line(
                    family["name"],
                    family["limit"],
                    family["split"],
                    Frame(family["frame"]),
                    family["expects"] == "stop",
                    template.replace(name, value),
                )


def judged(text: str, frame: Frame, *, intimate: bool = True) -> LimitJudgement:
    """The judgement of a message that stands alone, in a given frame."""
    judge = LimitJudge(Setting("families"), intimate=intimate)
    frames = FrameJudgement(frame, ((0, len(text), frame),))
    return judge.judge(Message(text), limit_cues(View(text)), frames, ())


def is_stopped(line: Line) -> bool:
    """Whether a line is held or asked about because of its family's limit (a crisis: flagged)."""
    judgement = judged(line.text, line.frame)
    if line.limit == "crisis":
        return judgement.crisis
    return any(r.kind.value == line.limit and r.verdict is not Ruling.NOTICE for r in judgement.reasons)


def figures() -> dict[str, Any]:
    """By family: how many lines do as expected; by split and limit: share caught, share stopped in vain."""
    families: dict[str, dict[str, Any]] = {}
    totals: dict[str, dict[str, int]] = {}
    for line in lines():
        stopped = is_stopped(line)
        row = families.setdefault(
            line.family, {"limit": line.limit, "split": line.split, "right": 0, "n": 0, "wrong": []}
        )
        row["n"] += 1
        if stopped is line.expects_stop:
            row["right"] += 1
        else:
            row["wrong"].append(line.text)
        total = totals.setdefault(
            f"{line.split} {line.limit}", {"caught": 0, "to_catch": 0, "vain": 0, "clean": 0}
        )
        total["to_catch" if line.expects_stop else "clean"] += 1
        if stopped:
            total["caught" if line.expects_stop else "vain"] += 1
    return {"schema": "discretion.limits/1", "families": families, "totals": totals}


def main(arguments: list[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.limits", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--wrong", action="store_true", help="name the lines that went wrong, but held-out ones"
    )
    options = parser.parse_args(arguments)
    found = figures()
    if options.json:
        for row in found["families"].values():
            del row["wrong"]
        json.dump(found, sys.stdout, indent=1)
        print()
        return 0
    for name, row in found["families"].items():
        print(f"{row['right']:4} of {row['n']:3}  {row['split']:8}  {row['limit']:11}  {name}")
        if options.wrong and row["split"] != "held_out":
            for text in row["wrong"]:
                print(f"            {text}")
    for name, total in sorted(found["totals"].items()):
        print(
            f"{name}: caught {total['caught']}/{total['to_catch']}, in vain {total['vain']}/{total['clean']}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
