"""Run the properties of tests/e2e/test_fuzz.py long and write the numbers into docs/reliability.md.

Usage: `python tools/fuzz.py [EXAMPLES]` (default 20,000 texts and half as many damaged exports).
"""

from __future__ import annotations

import platform
import re
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.e2e.test_fuzz import check_export, review_text  # noqa: E402
from tests.strategies import damaged_exports, texts  # noqa: E402

PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- fuzz: written by `make fuzz` -->", "<!-- /fuzz -->"


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


def main() -> None:
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    reviewed, _, text_seconds = run(texts, review_text, examples)
    checked, read, export_seconds = run(damaged_exports(), lambda d: check_export(*d), examples // 2)
    table = (
        f"{BEGIN}\n"
        f"On {date.today().isoformat()}, Python {platform.python_version()}:\n\n"
        "| input | examples | raised | |\n|---|---|---|---|\n"
        f"| any text through `Guard().review` | {reviewed:,} | 0 | {text_seconds:.0f} s |\n"
        f"| damaged exports through read, review and all three reports | {checked:,} | 0 "
        f"| {read:,} were still read in part, the others ended in a sentence; {export_seconds:.0f} s |\n"
        f"{END}"
    )
    print(table)
    text = PAGE.read_text("utf-8") if PAGE.is_file() else f"# Reliability\n\n## Fuzzing\n\n{BEGIN}\n{END}\n"
    if BEGIN not in text:
        text += f"\n## Fuzzing\n\n{BEGIN}\n{END}\n"
    PAGE.write_text(re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", table, text, flags=re.DOTALL), "utf-8")


if __name__ == "__main__":
    main()
