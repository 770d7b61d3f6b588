"""The normalised value of a fact: what it says, without the words that said it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn


@dataclass(frozen=True, slots=True, repr=False)
class Value:
    """A fact as a code or a number, fit to be counted and compared.

    ``system`` names what the codes are codes of (``age``, ``place``, ``occupation`` …: all are listed in
    docs/reference/values.md). Every one of ``codes`` holds; a finer one is a path (``diabetes/type_1``).
    ``low`` and ``high`` bound the number, both included and in ``unit``; a missing bound is open.

    A value is as sensitive as the words: it hides itself when printed and refuses to be pickled, so that it
    reaches no log and no other process by accident. Who shows or keeps it names its fields.
    """

    system: str
    codes: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    unit: str = ""

    @property
    def code(self) -> str:
        """The first code; empty where there is only a number."""
        return self.codes[0] if self.codes else ""

    @property
    def number(self) -> float | None:
        """The number where it is exact, else ``None``."""
        return self.low if self.low == self.high else None

    def __repr__(self) -> str:
        return "<Value, hidden>"

    def __copy__(self) -> Value:
        return self

    def __deepcopy__(self, memo: object) -> Value:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a normalised value is not pickled: it is as sensitive as the words")
