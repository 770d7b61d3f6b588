"""What the program is called in the sentences that say what to type."""

from __future__ import annotations

import re

PROGRAM = "discretion"
_COMMAND = re.compile(rf"(?<![\w./\\-]){PROGRAM} (?=(?:check|exposure|gateway|persona|vault)\b)")


def as_called(text: str, command: str) -> str:
    """``text`` with every command of the program in it begun as this user begins it.

    Sentences are written with plain ``discretion``; who never installed it types ``.venv/bin/discretion``,
    and a hint that cannot be pasted is no hint.
    """
    return text if command == PROGRAM else _COMMAND.sub(lambda found: f"{command} ", text)
