"""What the user changed for one persona: the gateway's mode, and what happens to a kind of finding.

Only changes are kept: what is not set follows the tables of the taxonomy. Names and values hold nothing of
the user's own, so reading them leaves no row in the audit trail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from discretion.identity._errors import ValueNotValid
from discretion.identity._store import persona_named
from discretion.records import Kind
from discretion.vault import Asker, Vault

MODES = ("substitute", "ask", "observe")
"""What the gateway does with what it finds: put stand-ins in place, ask first, or only count."""
CHOICES = ("allow", "substitute", "ask")
"""What may happen to a kind: it leaves as it is, a stand-in takes its place, or the user is asked first."""
DEFAULT = "default"
"""Takes a change back."""
ALWAYS_REPLACED = frozenset({Kind.SECRET, Kind.GOVERNMENT_ID, Kind.PAYMENT_CARD, Kind.BANK_ACCOUNT})
"""A neutral phrase takes their place whatever is set (the Verdict table, "always")."""
MODE = "mode"


@dataclass(frozen=True, slots=True)
class PersonaSettings:
    """The changes of one persona; where nothing is set, ``mode`` is ``None`` and ``kinds`` lacks the kind."""

    mode: str | None = None
    kinds: Mapping[Kind, str] = field(default_factory=dict)

    @property
    def replaces_ages(self) -> bool:
        """Whether the user chose that ages are replaced; they are kept by default."""
        return self.kinds.get(Kind.AGE) == "substitute"


def is_setting(name: str) -> bool:
    """Whether ``name`` is one that ``set_setting`` takes: ``mode`` or a kind."""
    return name == MODE or name in set(Kind)


def persona_settings(vault: Vault, persona: str) -> PersonaSettings:
    """The changes kept for ``persona``, in any case; none for one that is not known.

    A row that another version of the program wrote and this one does not know is left alone.
    """
    rows = vault.rows("SELECT name, value FROM persona_setting WHERE persona = ? ORDER BY name", [persona])
    told = {str(name): str(value) for name, value in rows}
    mode = told.get(MODE)
    kinds = {Kind(name): value for name, value in told.items() if name in set(Kind) and value in CHOICES}
    return PersonaSettings(mode if mode in MODES else None, kinds)


def set_setting(vault: Vault, asker: Asker, persona: str, name: str, value: str) -> PersonaSettings:
    """Change one setting, or take the change back with ``default``; the settings as they are then.

    Raises ``NoSuchPersona``, or ``ValueNotValid`` for a name or value that is none and for a kind that is
    always replaced; no message holds the value.
    """
    _check(name, value)
    with vault.transaction():
        found = persona_named(vault, asker, persona)
        if value == DEFAULT:
            vault.rows("DELETE FROM persona_setting WHERE persona = ? AND name = ?", [found.name, name])
        else:
            vault.rows(
                "INSERT INTO persona_setting (persona, name, value) VALUES (?, ?, ?)"
                " ON CONFLICT (persona, name) DO UPDATE SET value = excluded.value",
                [found.name, name, value],
            )
        return persona_settings(vault, found.name)


def _check(name: str, value: str) -> None:
    if name == MODE:
        if value not in (*MODES, DEFAULT):
            raise ValueNotValid(f"the mode is one of {', '.join(MODES)}, or {DEFAULT}")
        return
    if name not in set(Kind):
        raise ValueNotValid(f"a setting is called {MODE} or as a kind is: {', '.join(Kind)}")
    if Kind(name) in ALWAYS_REPLACED:
        raise ValueNotValid(f"{name} is always replaced by a neutral phrase; that cannot be changed")
    if value not in (*CHOICES, DEFAULT):
        raise ValueNotValid(f"what happens to a kind is one of {', '.join(CHOICES)}, or {DEFAULT}")
