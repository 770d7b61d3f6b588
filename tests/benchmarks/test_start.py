"""What starting costs is guarded by what is imported, not by a clock."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ["phonenumbers", "stdnum", "rapidfuzz", "jinja2", "ijson", "asyncio", "multiprocessing", "sqlite3"]
STARTS: list[tuple[str, str, list[str]]] = [
    ("the package", "import discretion", [*HEAVY, "rich", "click"]),
    ("the records and the text", "import discretion.records, discretion.text", [*HEAVY, "rich", "click"]),
    ("the command's help", "from discretion.cli import main; main(['--help'])", HEAVY),
]


@pytest.mark.parametrize(("reason", "code", "late"), STARTS, ids=[case[0] for case in STARTS])
def test_starting_leaves_what_is_heavy_for_later(reason: str, code: str, late: list[str]) -> None:
    loaded = f"print(sorted(set({late}) & set(sys.modules)))"
    check = f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\n{loaded}"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"
