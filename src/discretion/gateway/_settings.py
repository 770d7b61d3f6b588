"""What the user chose for one persona: the mode, and what happens to a kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from discretion.records import Kind


class Mode(StrEnum):
    """How the gateway acts on what it finds."""

    SUBSTITUTE = "substitute"
    """Stand-ins take the place; what must be asked is refused until it is approved."""
    ASK = "ask"
    """Whatever would be changed or asked is held, with the connection open, until the user decides."""
    OBSERVE = "observe"
    """Counts and changes nothing, except what the taxonomy marks "always"."""


class Treatment(StrEnum):
    """What happens to a kind."""

    ALLOW = "allow"
    SUBSTITUTE = "substitute"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one persona.

    ``kinds`` holds what the user changed; the taxonomy decides the rest. ``locale`` is the country (ISO
    3166-1) that stand-ins and help lines are chosen for. ``card`` is text that counts as part of every
    conversation's persona card.
    """

    persona: str = ""
    mode: Mode = Mode.SUBSTITUTE
    kinds: Mapping[Kind, Treatment] = field(default_factory=dict)
    is_everyday: bool = False
    locale: str = "US"
    replaces_ages: bool = False
    card: str = field(default="", repr=False)
