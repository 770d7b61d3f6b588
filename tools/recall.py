"""Write the guard's measured recall, which `gateway verify` states, from docs/benchmarks.md.

`--check` only compares.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
FILE = ROOT / "src" / "discretion" / "gateway" / "data" / "recall.toml"
ROWS = {
    "identifiers": "identifiers: recall",
    "contacts": "contacts: recall",
    "names": "own-life names: recall",
}
_FIGURE = r" \| ([\d.]+) % \(([\d.]+)–([\d.]+)\)"
HEAD = """\
# How much of what people write the guard finds: from docs/benchmarks.md, where the method is. Written by
# tools/recall.py; tests/gateway/test_verify.py holds it against that page. Per cent, with 95 % intervals.
"""


def figures(page: str) -> str:
    """The data file for the benchmarks' page. Exits where the page lacks a figure."""
    date = _found(r"\| date \| (\d{4}-\d\d-\d\d) \|", page)[1]
    command = _found(r"## Accuracy on our labelled chats\n\n`([^`]+?)(?: --peers)?`", page)[1]
    size = _found(r"### (\d+) lines of the user in (\d+) conversations", page)
    text = f'{HEAD}date = "{date}"\ncommand = "{command}"\nlines = {size[1]}\nconversations = {size[2]}\n'
    for name, row in ROWS.items():
        told = _found(re.escape(f"| {row}") + _FIGURE, page)
        text += f"\n[{name}]\nrecall = {told[1]}\nlow = {told[2]}\nhigh = {told[3]}\n"
    return text


def _found(pattern: str, page: str) -> re.Match[str]:
    found = re.search(pattern, page)
    if found is None:
        sys.exit(f"docs/benchmarks.md has nothing for {pattern!r}")
    return found


def main() -> None:
    text = figures(PAGE.read_text("utf-8"))
    if "--check" not in sys.argv:
        FILE.write_text(text, "utf-8")
    elif FILE.read_text("utf-8") != text:
        sys.exit("gateway/data/recall.toml is behind docs/benchmarks.md; run `python tools/recall.py`")


if __name__ == "__main__":
    main()
