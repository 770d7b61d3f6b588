"""A persona: a set of invented values for one platform, and the aliases that were made for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

WOMAN, MAN, NEUTRAL = "woman", "man", "neutral"
GENDERS = (WOMAN, MAN, NEUTRAL)
ADULT = 21
"""Years that a persona is old at least, whatever its birthday: an adult everywhere. Our own choice."""
OLDEST = 70
"""Years that a persona is drawn old at most; the user may set a higher age."""


@dataclass(frozen=True, slots=True)
class Alias:
    """An address that an alias service made for one platform; who else writes to it learnt it there."""

    platform: str
    service: str
    base_url: str
    id: str = field(repr=False)
    email: str = field(repr=False)
    is_on: bool
    made_at: str


@dataclass(frozen=True, slots=True)
class Persona:
    """The values of one persona, every one invented; they hide themselves when printed.

    ``name`` is what the user calls it. ``platform`` is a registrable domain or empty. ``is_everyday`` says
    that the intimate context is off; it is set when the persona is made and never changes. ``birthday`` is
    ``MM-DD`` or empty. ``email`` is an address in use; ``email_local`` a proposal for the part before the @
    while there is none. ``answers`` go by the names of data/answers.toml.
    """

    name: str
    platform: str
    is_everyday: bool
    made_at: datetime
    locale: str
    gender: str
    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    handle: str = field(repr=False)
    birth_year: int = field(repr=False)
    city: str = field(repr=False)
    city_id: str = field(repr=False)
    region: str = field(repr=False)
    email_local: str = field(repr=False)
    email: str = field(default="", repr=False)
    birthday: str = field(default="", repr=False)
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    aliases: tuple[Alias, ...] = field(default=(), repr=False)

    @property
    def full_name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}"

    @property
    def birth_date(self) -> str:
        """The year, or the whole date (ISO 8601) where the persona has a birthday."""
        return f"{self.birth_year}-{self.birthday}" if self.birthday else str(self.birth_year)

    @property
    def location(self) -> str:
        """Town and region."""
        return f"{self.city}, {self.region}" if self.region else self.city

    @property
    def email_pattern(self) -> str:
        """How an address may look that carries nothing of the user's own."""
        return f"{self.email_local}@… (a mailbox or alias of its own; never you+something@yours)"

    def age_on(self, day: date) -> int:
        """The least age in years that fits on ``day``."""
        had = not self.birthday or (day.month, day.day) >= tuple(map(int, self.birthday.split("-")))
        return day.year - self.birth_year - (0 if had and self.birthday else 1)

    def alias_for(self, platform: str) -> Alias | None:
        """The newest alias that was made for ``platform``."""
        return next((one for one in reversed(self.aliases) if one.platform == platform), None)

    def with_alias(self, alias: Alias) -> Persona:
        """The same with ``alias`` added, or in the place of the one that has its id at its service.

        It is the persona's address while it is on, unless it was made for another platform than its own.
        """
        others = tuple(one for one in self.aliases if (one.service, one.id) != (alias.service, alias.id))
        email = self.email
        if alias.is_on and self.platform in ("", alias.platform):
            email = alias.email
        elif not alias.is_on and email == alias.email:
            email = ""
        return replace(self, aliases=(*others, alias), email=email)


_COLUMNS = ("name", "platform", "is_everyday", "made_at")


def to_document(persona: Persona) -> str:
    """The JSON that the vault keeps in ``persona.document``; what has a column of its own is not in it."""
    values = {key: value for key, value in asdict(persona).items() if key not in _COLUMNS}
    return json.dumps({"version": 1, **values}, ensure_ascii=False)


def from_row(name: str, platform: str, is_everyday: int, made_at: str, document: str) -> Persona:
    """The persona of a row of the vault."""
    values: dict[str, Any] = json.loads(document)
    values.pop("version")
    values["aliases"] = tuple(Alias(**one) for one in values["aliases"])
    return Persona(
        name=name,
        platform=platform,
        is_everyday=bool(is_everyday),
        made_at=datetime.fromisoformat(made_at),
        **values,
    )
