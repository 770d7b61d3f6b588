"""Take docs/images/exposure.png and exposure-phone.png: the page of a vault with invented chats.

Keeps what examples/what-they-know tells in a vault of its own that is gone afterwards, writes the page, and
looks at it with Chromium. `--page FILE` writes the page alone, where there is no Chromium.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from discretion.vault import Cost, Vault

ROOT = Path(__file__).parent.parent
CHATS = ROOT / "examples" / "what-they-know"
IMAGES = ROOT / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
PASSPHRASE = "ferret umbrella 41 candle"  # of a vault that holds invented chats, for a minute
PICTURES = (("exposure.png", 960, 1460), ("exposure-phone.png", 500, 1500))


def page(folder: Path) -> Path:
    """The page, made as a user makes it."""
    word, made = folder / "pass", folder / "page.html"
    word.write_text(PASSPHRASE)
    word.chmod(0o600)
    home = folder / "home"
    Vault.create(PASSPHRASE, home, cost=Cost(64 * 1024, 3)).close()
    environment = {**os.environ, "DISCRETION_HOME": str(home)}
    for chat in sorted(CHATS.glob("*.jsonl")):
        _run(environment, word, "check", str(chat), "--keep", chat.stem, codes=(3,))
    _run(environment, word, "exposure", "show", "--show-values", "--html", str(made), codes=(0,))
    return made


def _run(environment: dict[str, str], word: Path, *arguments: str, codes: tuple[int, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "discretion", *arguments, "--passphrase-file", str(word)],
        env=environment,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode not in codes:
        sys.exit(done.returncode)


def picture(folder: Path, made: Path, name: str, width: int, height: int) -> None:
    """What Chromium shows of the page."""
    subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--hide-scrollbars",
            f"--user-data-dir={folder}/profile",
            f"--window-size={width},{height}",
            f"--screenshot={IMAGES / name}",
            made.as_uri(),
        ],
        stderr=subprocess.DEVNULL,
        check=True,
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = page(folder)
        if "--page" in sys.argv:
            shutil.copyfile(made, sys.argv[sys.argv.index("--page") + 1])
            return
        for one, width, height in PICTURES:
            picture(folder, made, one, width, height)


if __name__ == "__main__":
    main()
