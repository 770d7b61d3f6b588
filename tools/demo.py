"""What `make demo` shows: a sample chat checked, and what two invented ones add up to; findings are success.

The second part needs a vault: one is made in a temporary folder, under a passphrase that nobody sees, and is
gone with it.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = Path("examples/moonlit-harbour.jsonl")
TOLD = Path("examples/what-they-know")


def discretion(*arguments: str, home: str | None = None, is_shown: bool = True) -> None:
    """Run one command as a user would; leave with its exit code where it fails."""
    environment = {**os.environ, **({"DISCRETION_HOME": home} if home else {})}
    done = subprocess.run(
        [sys.executable, "-m", "discretion", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=None if is_shown else subprocess.DEVNULL,
        stderr=None if is_shown else subprocess.DEVNULL,
        check=False,
    )
    if done.returncode not in {0, 3}:
        sys.exit(done.returncode)


def say(*words: str) -> None:
    """Show a command before it runs."""
    print("$ discretion", *words, flush=True)


def told(files: Sequence[Path]) -> None:
    """Keep what each platform was told in a vault for the moment, and show what it adds up to."""
    with tempfile.TemporaryDirectory() as folder:
        passphrase = Path(folder) / "passphrase"
        passphrase.touch(0o600)
        passphrase.write_text(" ".join(secrets.token_hex(4) for _ in range(4)) + "\n", "utf-8")
        home, by = str(Path(folder) / "home"), ("--passphrase-file", str(passphrase))
        discretion("vault", "init", *by, home=home, is_shown=False)
        for file in files:
            say("check", str(file), "--keep", file.stem)
            discretion("check", str(file), "--keep", file.stem, *by, home=home, is_shown=False)
        say("exposure", "show", "--show-values")
        discretion("exposure", "show", "--show-values", *by, home=home)


def main() -> None:
    say("check", str(SAMPLE), "--show-text")
    discretion("check", str(SAMPLE), "--show-text")
    print(
        "\nAnd what two platforms know by now of somebody invented, kept in a vault for this moment alone:\n"
    )
    told([TOLD / path.name for path in sorted((ROOT / TOLD).glob("*.jsonl"))])
    print("\nNow try your own:  .venv/bin/discretion check YOUR-EXPORT --html report.html")


if __name__ == "__main__":
    main()
