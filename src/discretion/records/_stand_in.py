"""A real value and what leaves the machine in its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from discretion.records._finding import Kind


@dataclass(frozen=True, slots=True)
class Pair:
    """One real value of one persona and its stand-in; both hide themselves when printed.

    ``real`` is the value as the user writes it where it is written with most care ("Jess").
    ``stand_in`` reads as naturally and is nobody's. ``persona`` is a persona's name or empty. A pair that is
    ``retired_at`` some time restores what was sent before and stands for nothing new. ``is_pinned`` says that
    the user chose the stand-in. ``group`` joins the pairs of one person or thing (given name, family name,
    short form; one number in two notations); ``number`` is what `persona show NAME --stand-ins` shows.
    """

    persona: str
    kind: Kind
    real: str = field(repr=False)
    stand_in: str = field(repr=False)
    made_at: datetime
    group: int = 0
    is_pinned: bool = False
    retired_at: datetime | None = None
    number: int | None = field(default=None, compare=False)

    @property
    def is_active(self) -> bool:
        """Whether the stand-in may still be handed out."""
        return self.retired_at is None
