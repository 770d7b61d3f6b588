"""Personas in the vault: making, reading, changing, removing; every reading leaves an audit row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from discretion.identity._cities import default_locale, locale_named
from discretion.identity._draw import Wish, draw
from discretion.identity._errors import NoSuchPersona, PersonaExists, ValueNotValid
from discretion.identity._overlap import Taken
from discretion.identity._persona import GENDERS, NEUTRAL, Persona, from_row, to_document
from discretion.knowledge import platform_id
from discretion.vault import Asker, OwnFact, Vault, note_query, read_facts

LONGEST_NAME = 40
Spellings = Callable[[Iterable[OwnFact]], Iterable[str]]
"""Further spellings of the user's own names (short forms, say) that a persona stays clear of."""
_NAME = re.compile(r"[^\W_](?:[\w .'-]*\w)?")


def new_persona(
    vault: Vault,
    asker: Asker,
    name: str,
    *,
    platform: str = "",
    is_everyday: bool = False,
    locale: str | None = None,
    gender: str = NEUTRAL,
    has_birthday: bool = False,
    spellings: Spellings | None = None,
    today: date | None = None,
) -> Persona:
    """Draw a persona that overlaps neither with the user's facts nor with another persona, and keep it.

    ``platform`` is any address of it; ``locale`` a country code, by default the user's own country where it
    is English-speaking, else US. All happens in one transaction: two at once give two different personas.
    Raises ``PersonaExists``, ``ValueNotValid``, ``NothingLeft``, ``PlatformNotNamed`` or ``VaultError``.
    """
    today = today or date.today()
    wanted = checked_name(name)
    if gender not in GENDERS:
        raise ValueNotValid(f"the gender of a persona is one of {', '.join(GENDERS)}")
    known_locale = locale_named(locale) if locale else None
    domain = platform_id(platform) if platform else ""
    with vault.transaction():
        taken = taken_now(vault, asker, spellings, today=today)
        if any(one.name.casefold() == wanted.casefold() for one in taken.others):
            raise PersonaExists("a persona is called that already; it stays as it is")
        wish = Wish(
            name=wanted,
            platform=domain,
            is_everyday=is_everyday,
            locale=known_locale or default_locale(taken.own_countries),
            gender=gender,
            has_birthday=has_birthday,
        )
        made = draw(wish, taken, today)
        vault.rows(
            "INSERT INTO persona (name, platform, is_everyday, made_at, document) VALUES (?, ?, ?, ?, ?)",
            [made.name, made.platform, int(made.is_everyday), made.made_at.isoformat(), to_document(made)],
        )
    return made


def personas(vault: Vault, asker: Asker) -> tuple[Persona, ...]:
    """Every persona, oldest first; leaves an audit row."""
    with vault.transaction():
        found = _all(vault)
        note_query(vault, asker, ["persona"] if found else [], len(found))
    return found


def persona_named(vault: Vault, asker: Asker, name: str) -> Persona:
    """The persona that is called ``name``, in any case; leaves an audit row. Raises ``NoSuchPersona``."""
    with vault.transaction():
        found = _named(_all(vault), name)
        note_query(vault, asker, ["persona"], 1)
    return found


def keep(vault: Vault, persona: Persona) -> None:
    """Write a changed persona back under its name. Raises ``NoSuchPersona`` where it is gone by now."""
    changed = vault.rows(
        "UPDATE persona SET platform = ?, document = ? WHERE name = ? RETURNING id",
        [persona.platform, to_document(persona), persona.name],
    )
    if not changed:
        raise NoSuchPersona("the persona is gone by now; nothing was changed")


def remove_persona(vault: Vault, name: str) -> None:
    """Remove a persona and its settings for good; what platforms were given stays noted.

    Raises ``NoSuchPersona``.
    """
    with vault.transaction():
        found = _named(_all(vault), name)
        vault.rows("DELETE FROM persona_setting WHERE persona = ?", [found.name])
        vault.rows("DELETE FROM persona WHERE name = ?", [found.name])


def set_platform(vault: Vault, asker: Asker, name: str, platform: str) -> Persona:
    """Say for which platform a persona is. Raises ``NoSuchPersona`` or ``PlatformNotNamed``."""
    domain = platform_id(platform) if platform else ""
    with vault.transaction():
        changed = replace(persona_named(vault, asker, name), platform=domain)
        keep(vault, changed)
    return changed


def taken_now(
    vault: Vault,
    asker: Asker,
    spellings: Spellings | None = None,
    *,
    but: str = "",
    today: date | None = None,
) -> Taken:
    """What a persona must stay clear of as the vault stands, the persona called ``but`` left out."""
    with vault.transaction():
        facts = read_facts(vault, asker)
        others = _all(vault)
        note_query(vault, asker, ["persona"] if others else [], len(others))
    return Taken(
        facts,
        (one for one in others if one.name.casefold() != but.casefold()),
        spellings(facts) if spellings else (),
        today,
    )


def checked_name(name: str) -> str:
    """``name`` as it is kept. Raises ``ValueNotValid``."""
    wanted = " ".join(name.split())
    if not _NAME.fullmatch(wanted) or len(wanted) > LONGEST_NAME or not wanted.isprintable():
        raise ValueNotValid(
            f"call the persona by 1 to {LONGEST_NAME} letters, digits, spaces, dots, dashes or apostrophes"
        )
    return wanted


def _all(vault: Vault) -> tuple[Persona, ...]:
    rows = vault.rows("SELECT name, platform, is_everyday, made_at, document FROM persona ORDER BY id")
    return tuple(from_row(*row) for row in rows)


def _named(found: tuple[Persona, ...], name: str) -> Persona:
    wanted = " ".join(name.split()).casefold()
    for one in found:
        if one.name.casefold() == wanted:
            return one
    raise NoSuchPersona("no persona is called that; see: discretion persona list")
