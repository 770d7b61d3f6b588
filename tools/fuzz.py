"""Run the properties of tests/e2e/test_fuzz.py long and write the numbers into docs/reliability.md.

Usage: `python tools/fuzz.py [PART ...] [--examples N]`; the parts are `texts`, `exports` and `streams`, all
by default, with 20,000, 10,000 and 150,000 examples (a stream is cut and damaged some 20 times, which makes
more than two million). Rows of parts that do not run stay as they are.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.e2e.damaged_streams import check, drawn  # noqa: E402
from tests.e2e.test_fuzz import check_export, review_text  # noqa: E402
from tests.strategies import damaged_exports, texts  # noqa: E402

PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- fuzz: written by `make fuzz` -->", "<!-- /fuzz -->"
HEAD = ("| input | examples | raised | | when |", "|---|---|---|---|---|")


def run(strategy: SearchStrategy[Any], act: Callable[[Any], object], examples: int) -> tuple[int, int, float]:
    """Run ``act`` over ``examples`` values; how many ran, how many gave a result, and the seconds it took."""
    ran = gave = 0

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(strategy)
    def body(value: Any) -> None:
        nonlocal ran, gave
        ran += 1
        gave += act(value) is not None

    began = time.monotonic()
    body()
    return ran, gave, time.monotonic() - began


def texts_row(examples: int) -> list[str]:
    ran, _, seconds = run(texts, review_text, examples)
    return ["any text through `Guard().review`", f"{ran:,}", "0", f"{seconds:.0f} s"]


def exports_row(examples: int) -> list[str]:
    ran, read, seconds = run(damaged_exports(), lambda damaged: check_export(*damaged), examples)
    told = f"{read:,} were still read in part, the others ended in a sentence; {seconds:.0f} s"
    return ["damaged exports through read, review and all three reports", f"{ran:,}", "0", told]


def streams_row(examples: int) -> list[str]:
    """Streams drawn from the seeds 0, 1, 2 …; one that fails says its seed."""
    began, cuts, damages, own = time.process_time(), 0, 0, 0
    for seed in range(examples):
        trial = drawn(Random(seed))
        try:
            check(trial)
        except BaseException:
            print(f"seed {seed}")
            raise
        cuts, damages = cuts + len(trial.parts) - 1, damages + trial.damages
        own += trial.text is not None
    told = (
        f"{cuts:,} cuts and {damages:,} damages; each came out the same in pieces as at once, the {own:,} "
        f"with a text of their own with just that text restored, and where the platform went away, with an "
        f"end of the API's own; {time.process_time() - began:.0f} s of one core"
    )
    return ["streamed replies of the four APIs through `ReplyStream`", f"{examples:,}", "0", told]


PARTS = {"texts": (texts_row, 20_000), "exports": (exports_row, 10_000), "streams": (streams_row, 150_000)}


def main() -> None:
    parser = argparse.ArgumentParser(description="Run properties long and write the numbers down.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--examples", type=int)
    asked = parser.parse_args()
    for name in asked.parts or PARTS:
        make, usual = PARTS[name]
        row = [
            *make(asked.examples or usual),
            f"{date.today().isoformat()}, Python {platform.python_version()}",
        ]
        print(f"{row[1]} {name}, {row[2]} raised; {row[3]}", flush=True)
        write(row)


def write(row: list[str]) -> None:
    """Put ``row`` into the table of the page, in the place of the one about the same input."""
    page = PAGE.read_text("utf-8")
    before, rest = page.split(BEGIN)
    table, after = rest.split(END)
    lines = [line for line in table.splitlines() if line.startswith("| ") and line not in HEAD]
    rows = {line.split(" | ")[0][2:]: line for line in lines} | {row[0]: f"| {' | '.join(row)} |"}
    PAGE.write_text(before + "\n".join([BEGIN, *HEAD, *rows.values(), END]) + after, "utf-8")


if __name__ == "__main__":
    main()
