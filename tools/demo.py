"""Run `discretion check` on the sample export, as `make demo` does; findings are its success."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = Path("examples/moonlit-harbour.jsonl")


def main() -> None:
    print(f"$ discretion check {SAMPLE} --show-text", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "discretion", "check", str(SAMPLE), "--show-text"], cwd=ROOT, check=False
    )
    if done.returncode not in {0, 3}:
        sys.exit(done.returncode)
    print("\nNow try your own:  .venv/bin/discretion check YOUR-EXPORT --html report.html")


if __name__ == "__main__":
    main()
