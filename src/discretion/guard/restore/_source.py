"""Characters and what stands for them: a text as it is, or the source text of JSON, as it streams."""

from __future__ import annotations

import json
import re

QUOTE = "\0"
"""Stands for a quote that begins or ends a string of the JSON; no stand-in holds it."""

_HIGH = r"\\u[dD][89abAB][0-9a-fA-F]{2}"
_LOW = r"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_UNIT = re.compile(rf'{_HIGH}{_LOW}|\\u[0-9a-fA-F]{{4}}|\\["\\/bfnrt]|[^\\]+|\\')
_HALF_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{0,3})?")
_HALF_PAIR = re.compile(rf"{_HIGH}(?:\\(?:u(?:[dD](?:[c-fC-F][0-9a-fA-F]?)?)?)?)?")
_NO_QUOTES = str.maketrans({QUOTE: "\1"})
_QUOTES = str.maketrans({QUOTE: "\1", '"': QUOTE})
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


class JsonSource:
    """Reads JSON source in pieces: the characters that it means, and how each was written.

    ``is_inside`` says whether the text up to what was last passed to :meth:`settle` ends inside of a string.
    """

    def __init__(self) -> None:
        self._rest = ""
        self.is_inside = False

    def read(self, text: str, *, is_final: bool) -> tuple[str, list[str]]:
        """The characters of what is whole so far and the source of each; holds half an escape back."""
        source, self._rest = self._rest + text, ""
        meant: list[str] = []
        written: list[str] = []
        for found in _UNIT.finditer(source):
            unit, rest = found.group(), source[found.start() :]
            if unit[0] != "\\":
                meant.append(unit.translate(_QUOTES))
                written.extend(unit)
            elif not is_final and (_HALF_ESCAPE.fullmatch(rest) or _HALF_PAIR.fullmatch(rest)):
                self._rest = rest
                break
            else:
                meant.append(unit if unit == "\\" else json.loads(f'"{unit}"').translate(_NO_QUOTES))
                written.append(unit)
        return "".join(meant), written

    def settle(self, meant: str) -> None:
        """Note that ``meant`` is done with."""
        self.is_inside ^= meant.count(QUOTE) % 2 == 1

    def written(self, real: str) -> str | None:
        """``real`` as written here; ``None`` where it cannot stand: outside a string, only a number can."""
        if self.is_inside:
            return json.dumps(real, ensure_ascii=False)[1:-1]
        return real if _NUMBER.fullmatch(real) else None
