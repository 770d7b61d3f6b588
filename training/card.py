"""The model card, filled from the numbers that the recipe wrote: ``python -m training.card [FOLDER]``."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from discretion.encoder import FOLDER

TEMPLATE = Path(__file__).parent / "MODEL_CARD.md"
NUMBERS = "numbers.json"
CARD = "MODEL_CARD.md"

_PLACE = re.compile(r"\{([a-z_0-9.]+)(?::([^{}]+))?\}")


def write(folder: Path = FOLDER) -> str:
    """Write the card beside the model in ``folder``; what was not measured is a dash."""
    path = folder / NUMBERS
    numbers = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    made = filled(TEMPLATE.read_text(encoding="utf-8"), numbers)
    (folder / CARD).write_text(made, encoding="utf-8")
    return made


def filled(template: str, numbers: dict[str, Any]) -> str:
    """``template`` with each ``{path.in.numbers:format}`` replaced; ``{table.NAME}`` is a table made here."""
    tables = {
        "table.kinds": _kinds,
        "table.limits": _limits,
        "table.files": _files,
        "table.training": _training,
    }

    def one(match: re.Match[str]) -> str:
        if match[1] in tables:
            return tables[match[1]](numbers)
        value = _at(numbers, match[1])
        return "—" if value is None else format(value, match[2] or "")

    return _PLACE.sub(one, template)


def _at(numbers: dict[str, Any], path: str) -> Any:
    held: Any = numbers
    for part in path.split("."):
        held = held.get(part) if isinstance(held, dict) else None
    return held


def _kinds(numbers: dict[str, Any]) -> str:
    rows = [
        "| kind | learned from | held out | precision | recall | threshold |",
        "|---|---|---|---|---|---|",
    ]
    by_kind = _at(numbers, "validation.by_kind") or {}
    for kind, held in sorted(by_kind.items(), key=lambda item: -item[1]["n"]):
        cells = (
            f"`{kind}`",
            str((_at(numbers, f"corpus.labels.{kind}") or 0) - held["n"]),
            str(held["n"]),
            _share(held["precision"]),
            _share(held["recall"]),
            _share(_at(numbers, f"thresholds.{kind}")),
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _limits(numbers: dict[str, Any]) -> str:
    rows = ["| limit | stopped or asked | of |", "|---|---|---|"]
    for limit, held in (_at(numbers, "validation.limits") or {}).items():
        rows.append(f"| `{limit}` | {held['caught']} | {held['n']} |")
    return "\n".join(rows)


def _training(numbers: dict[str, Any]) -> str:
    """How the weights came about: this run's plan, or what was said of weights that were given to it."""
    held = numbers.get("training") or {}
    if "epochs" not in held:
        return f"| training | weights given to the recipe: {held.get('note') or '—'} |"
    made = f"{held['epochs']} epochs, seed {held['seed']}, augmentation of {held['augment']:.0%}"
    took = f"{held['minutes']} minutes on {held['threads']} cores"
    return f"| training | {made} of the conversations in each; {took} |"


def _files(numbers: dict[str, Any]) -> str:
    rows = ["| file | MB |", "|---|---|"]
    sizes = numbers.get("bytes") or {}
    rows += [f"| `{name}` | {size / 1e6:.1f} |" for name, size in sizes.items()]
    return "\n".join([*rows, f"| together | {sum(sizes.values()) / 1e6:.1f} |"])


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    print(write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
