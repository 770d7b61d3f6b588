"""The fields that platforms ask for, and whether a persona has something to offer for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from discretion.identity._data import table
from discretion.identity._errors import NotOffered, ValueNotValid
from discretion.records import Kind


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, the kind of what goes in, what sites call it.

    ``source`` is the value of the persona that fills it, empty where a persona has nothing to offer;
    ``why_not`` then says why, in one or two sentences.
    """

    name: str
    kind: Kind | None
    asked: str
    source: str = ""
    why_not: str = ""

    @property
    def is_offered(self) -> bool:
        """Whether a persona has something for it."""
        return bool(self.source)


@cache
def fields() -> tuple[Field, ...]:
    """Every field that `persona given` knows, those first that a persona fills."""
    return tuple(
        Field(
            name,
            Kind(row["kind"]) if "kind" in row else None,
            row["asked"],
            row.get("from", ""),
            row.get("why_not", ""),
        )
        for name, row in table("fields").items()
    )


def field_named(name: str) -> Field:
    """The field of that name, or the first of that kind. Raises ``ValueNotValid``."""
    wanted = name.strip().casefold().replace("-", "_")
    for one in fields():
        if one.name == wanted:
            return one
    for one in fields():
        if one.kind is not None and one.kind.value == wanted:
            return one
    raise ValueNotValid(f"there is no such field; the fields are {', '.join(one.name for one in fields())}")


def offered(name: str) -> Field:
    """The field, if a persona fills it. Raises ``NotOffered`` with the reason, or ``ValueNotValid``."""
    one = field_named(name)
    if not one.is_offered:
        raise NotOffered(f"no persona fills the field {one.name}. {one.why_not}")
    return one
