"""Take docs/images/gateway-verify.png: what `discretion gateway verify` prints, looked at with Chromium."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from discretion.cli._gateway_verify_shown import show
from discretion.gateway._verify import verify

PICTURE = Path(__file__).parent.parent / "docs" / "images" / "gateway-verify.png"
CHROMIUM = "/usr/bin/chromium"
_FONTS = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
"""rich's pictures fetch a font from the network; the machine's own will do."""
_PAGE = "<!doctype html><style>body{{margin:0}}svg{{display:block;width:1000px}}</style>{}"


def main() -> None:
    proof = verify()
    if not proof.is_clean:
        sys.exit("the proof is not clean; see: discretion gateway verify")
    console = Console(
        record=True, width=80, file=io.StringIO(), force_terminal=True, color_system="truecolor",
        highlight=False, emoji=False, markup=False,
    )  # fmt: skip
    show(proof, console)
    console.print()  # the picture cuts into its last line
    drawn = _FONTS.sub("", console.export_svg(title="discretion gateway verify"))
    _, _, width, height = map(float, re.findall(r'viewBox="([\d. ]+)"', drawn)[0].split())
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(_PAGE.format(drawn), "utf-8")
        size = f"--window-size=1000,{round(1000 * height / width) + 1}"
        headless = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
        subprocess.run(
            [CHROMIUM, *headless, size, f"--screenshot={PICTURE}", page.as_uri()],
            check=True,
            capture_output=True,
            timeout=120,
        )


if __name__ == "__main__":
    main()
