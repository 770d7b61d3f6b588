"""The recipe of the model: ``python -m training``; see docs/training.md.

Reads ``training/corpus``, trains, exports into ``src/discretion/encoder/model``, chooses thresholds on the
held-out conversations, writes the reference answers for the tests and the numbers of the model card.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

SPEED = {
    # Threads that wait by spinning take the core from the ones that work.
    "OMP_WAIT_POLICY": "PASSIVE",
    # A step's tensors are given back and asked for again; without these each time from the system (measured).
    "MALLOC_MMAP_THRESHOLD_": "4000000000",
    "MALLOC_TRIM_THRESHOLD_": "8000000000",
    "MALLOC_TOP_PAD_": "100000000",
    "TOKENIZERS_PARALLELISM": "false",
}
"""What the C library and OpenMP read once, at the start of a process."""


def main(arguments: list[str] | None = None) -> int:
    """Run the recipe; see the module."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.out is None and (given.share < 1 or given.most is not None):
        parser.error("a model from a part of the corpus does not ship: name another folder with --out")
    from discretion.encoder import FOLDER
    from training.fit import Plan
    from training.recipe import Asked, run

    run(
        Asked(
            base=given.base,
            plan=Plan(epochs=given.epochs, seed=given.seed),
            share=given.share,
            augment=given.augment,
            checkpoint=given.checkpoint,
            note=given.note,
            out=(given.out or FOLDER).resolve(),
            rounding=given.rounding,
            most=given.most,
            threads=given.threads,
        )
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--base", choices=("minilm", "rampart"), default="minilm", help="encoder to start from"
    )
    parser.add_argument("--epochs", type=int, default=8, help="times through the corpus (default: 8)")
    parser.add_argument("--seed", type=int, default=0, help="seed of every draw (default: 0)")
    parser.add_argument(
        "--share", type=float, choices=(0.125, 0.25, 0.5, 1.0), default=1.0,
        help="share of the conversations to learn from, for the learning curve; needs --out below 1",
    )  # fmt: skip
    parser.add_argument(
        "--augment", type=float, default=0.0,
        help="share of the conversations that are told in another way, anew each epoch (default: none)",
    )  # fmt: skip
    parser.add_argument("--rounding", choices=("rows", "weights"), default="rows", help="how int8 is made")
    parser.add_argument(
        "--note",
        default="",
        help="a sentence for the model card: how weights given by --checkpoint were made",
    )
    parser.add_argument("--checkpoint", type=Path, help="export these trained weights instead of training")
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="where to (default: what the package ships)"
    )
    parser.add_argument(
        "--most", type=int, metavar="N", help="N conversations only, to try the recipe; needs --out"
    )
    parser.add_argument(
        "--threads", type=int, default=os.cpu_count() or 1, help="cores to use (default: all)"
    )
    return parser


def _with_speed() -> None:
    """Start again with ``SPEED`` in the environment, where it is not there yet."""
    missing = {name: value for name, value in SPEED.items() if name not in os.environ}
    if missing:
        os.execve(
            sys.executable, [sys.executable, "-m", "training", *sys.argv[1:]], {**os.environ, **missing}
        )


if __name__ == "__main__":
    _with_speed()
    sys.exit(main())
