"""How the user started the program, for the commands that it tells them to type."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

from discretion.records._command import PROGRAM
from discretion.records._command import as_called as _as_called


def called() -> str:
    """``discretion`` where that finds this program; else the path that was typed, short where it can be.

    A path is short from the folder that the user stands in. Whoever ran the module knows what to put before.
    """
    typed = Path(sys.argv[0])
    if typed.stem != PROGRAM or not typed.is_file():
        return PROGRAM
    found = shutil.which(PROGRAM)
    if found and typed.samefile(found):
        return PROGRAM
    here, path = Path.cwd(), typed.absolute()
    if path.parent == here:
        return f"./{path.name}"
    return shlex.quote(str(path.relative_to(here) if path.is_relative_to(here) else path))


def as_called(text: str) -> str:
    """``text`` with the commands in it as this user types them."""
    return _as_called(text, called())
