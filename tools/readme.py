"""Put a real excerpt of the demo into the README; `--check` only compares.

The picture docs/images/report.png is the page of the sample, taken with `tools/readme.py --picture` where
Chromium is installed.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = "examples/moonlit-harbour.jsonl"
BEGIN, END = "<!-- demo -->", "<!-- /demo -->"
CHROMIUM = "/usr/bin/chromium"


def demo_output() -> list[str]:
    """The lines that the demo prints, 100 columns wide."""
    done = subprocess.run(
        [sys.executable, "-m", "discretion", "check", SAMPLE, "--show-text"],
        cwd=ROOT,
        env={"COLUMNS": "100", "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
    )
    return [line.rstrip() for line in done.stdout.decode().splitlines()]


def excerpt(lines: list[str], messages: int = 4) -> str:
    """The summary and the first few messages."""
    heads = [i for i, line in enumerate(lines) if re.match(r" #\d+ ", line)]
    end = heads[messages] if len(heads) > messages else len(lines)
    return "\n".join([*lines[: end - 1], " …"])


def picture() -> None:
    """Take the picture of the sample's page."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        subprocess.run(
            [sys.executable, "-m", "discretion", "check", SAMPLE, "--show-text", "--html", str(page)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        subprocess.run(
            [
                CHROMIUM,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--hide-scrollbars",
                f"--user-data-dir={folder}/profile",
                "--window-size=1000,1500",
                f"--screenshot={ROOT / 'docs/images/report.png'}",
                page.as_uri(),
            ],
            stderr=subprocess.DEVNULL,
            check=True,
        )


def main() -> None:
    if "--picture" in sys.argv:
        picture()
    readme = ROOT / "README.md"
    text = readme.read_text("utf-8")
    shown = f"{BEGIN}\n```\n{excerpt(demo_output())}\n```\n{END}"
    renewed = re.sub(f"{BEGIN}.*?{END}", lambda _: shown, text, flags=re.DOTALL)
    if "--check" in sys.argv and renewed != text:
        sys.exit("README.md shows an older output of the demo; run `make docs`")
    readme.write_text(renewed, "utf-8")


if __name__ == "__main__":
    main()
