"""What leaves in the place of a run of a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from discretion.records import Kind, Pair


@dataclass(frozen=True, slots=True)
class Replacement:
    """The run ``[start, end)`` of a text (code points, as given) and the ``text`` that leaves in its place.

    ``pair`` is ``None`` for a neutral phrase, which is never restored.
    """

    start: int
    end: int
    kind: Kind
    text: str = field(repr=False)
    pair: Pair | None


def applied(text: str, replacements: Iterable[Replacement]) -> str:
    """``text`` with the runs replaced, all at once: what was put in is not read again.

    Raises ``ValueError`` for runs that overlap or lie outside the text.
    """
    parts: list[str] = []
    at = 0
    for one in sorted(replacements, key=lambda replacement: replacement.start):
        if not at <= one.start <= one.end <= len(text):
            raise ValueError("replacements overlap or lie outside the text")
        parts += (text[at : one.start], one.text)
        at = one.end
    return "".join((*parts, text[at:]))
