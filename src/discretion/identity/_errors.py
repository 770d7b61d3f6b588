"""What can go wrong with personas and aliases.

DiscretionError
└── IdentityError           leaves with 2; the message names a field or a place, never a value
    ├── NoSuchPersona       no persona is called that
    ├── PersonaExists       one is called that already
    ├── NotOffered          a field for which a persona has nothing, with the reason
    ├── ValueNotValid       a value that the field cannot hold
    ├── Overlap             a value that is the user's own or another persona's
    ├── NothingLeft         no value without an overlap was found
    └── AliasError          the alias service did not do what it was asked
"""

from __future__ import annotations

from typing import ClassVar

from discretion.records import DiscretionError


class IdentityError(DiscretionError):
    """A persona or what was given cannot be used as asked."""

    exit_code: ClassVar[int] = 2


class NoSuchPersona(IdentityError):
    """No persona is called that."""


class PersonaExists(IdentityError):
    """A persona is called that already; it stays as it is."""


class NotOffered(IdentityError):
    """A persona has nothing for this field, on purpose."""


class ValueNotValid(IdentityError):
    """The field cannot hold this value."""


class Overlap(IdentityError):
    """The value is one of the user's own facts or belongs to another persona."""


class NothingLeft(IdentityError):
    """Every value that was drawn overlaps."""


class AliasError(IdentityError):
    """An alias service refused, did not answer, or answered what its documentation does not know."""
