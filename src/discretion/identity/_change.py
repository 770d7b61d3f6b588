"""Changing one value of a persona, by hand or by drawing it anew; nothing may overlap then either."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from discretion.identity import _cities
from discretion.identity._data import table
from discretion.identity._draw import Wish, draw, new_answer
from discretion.identity._errors import Overlap, ValueNotValid
from discretion.identity._overlap import Taken
from discretion.identity._persona import ADULT, GENDERS, Persona
from discretion.identity._store import Spellings, keep, persona_named, taken_now
from discretion.identity._words import words_of
from discretion.knowledge import places_named
from discretion.vault import Asker, Vault

LONGEST = 80
EXTREME_AGE = 100
"""Years that a persona may be old at most."""
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_HANDLE = re.compile(r"[\w.-]{3,40}")
_BIRTHDAY = re.compile(r"\d\d-\d\d")

SETTABLE = ("given_name", "family_name", "handle", "birth_year", "birthday", "city", "email", "gender")
DRAWN = ("handle", "city", "birthday", "email_local")
"""Values that may be drawn anew by themselves; a name goes with its birth year, so take a new persona."""


def settable() -> tuple[str, ...]:
    """Every value of a persona that may be changed: its own and the names of the security questions."""
    return (*SETTABLE, *table("answers"))


def drawable() -> tuple[str, ...]:
    """Every value of a persona that may be drawn anew by itself."""
    return (*DRAWN, *table("answers"))


def change(
    vault: Vault,
    asker: Asker,
    name: str,
    field: str,
    value: str | None,
    *,
    spellings: Spellings | None = None,
    today: date | None = None,
) -> Persona:
    """Give the persona ``value`` in ``field``, or draw that value anew where it is ``None``.

    Raises ``ValueNotValid``, ``Overlap`` (with the reason, never the value), ``NoSuchPersona`` or
    ``NothingLeft``.
    """
    today = today or date.today()
    wanted = field.strip().casefold().replace("-", "_")
    if wanted in ("everyday", "is_everyday"):
        raise ValueNotValid(
            "whether a persona is for everyday or intimate chats is said when it is made (persona new "
            "--everyday) and stays, so that no later message changes what its limits were"
        )
    if wanted not in settable() and not (value is None and wanted in DRAWN):
        raise ValueNotValid(f"what can be set is {', '.join(settable())}")
    with vault.transaction():
        before = persona_named(vault, asker, name)
        taken = taken_now(vault, asker, spellings, but=before.name, today=today)
        after = (
            _drawn(before, wanted, taken, today)
            if value is None
            else _with(before, wanted, _clean(value), taken, today)
        )
        keep(vault, after)
    return after


def _drawn(persona: Persona, field: str, taken: Taken, today: date) -> Persona:
    if field in table("answers"):
        others = " ".join(text for key, text in persona.answers.items() if key != field)
        answer = new_answer(field, taken, words_of(f"{persona.full_name} {persona.city} {others}"))
        return replace(persona, answers={**persona.answers, field: answer})
    if field not in DRAWN:
        raise ValueNotValid(f"what can be drawn anew is {', '.join(drawable())}")
    wish = Wish(
        persona.name,
        persona.platform,
        persona.is_everyday,
        persona.locale,
        persona.gender,
        field == "birthday",
    )
    for _ in range(50):  # beside the name that stays, the rest of a fresh draw must hold
        new = draw(wish, taken, today)
        changed = _fresh(persona, field, new)
        own = words_of(f"{changed.full_name} {changed.city}")
        if not (
            taken.why_not_handle(changed.handle, own, changed.birth_year)
            or taken.why_not_handle(changed.email_local, own, changed.birth_year)
        ):
            return changed
    raise Overlap(f"no {field} was found that stays clear of the persona's other values; try again")


def _fresh(persona: Persona, field: str, new: Persona) -> Persona:
    if field == "city":
        return replace(persona, city=new.city, city_id=new.city_id, region=new.region)
    if field == "birthday":
        day = new.birthday if new.birthday != "02-29" else "02-28"
        return replace(persona, birthday=day)
    return replace(persona, **{field: getattr(new, field)})


def _with(persona: Persona, field: str, value: str, taken: Taken, today: date) -> Persona:
    if field in table("answers"):
        _refuse(taken.why_not_word(value), field)
        return replace(persona, answers={**persona.answers, field: value})
    return _SETTERS[field](persona, value, taken, today)


def _clean(value: str) -> str:
    text = " ".join(value.split())
    if not text or len(text) > LONGEST or not text.isprintable() or not any(map(str.isalnum, text)):
        raise ValueNotValid(f"give one line of up to {LONGEST} characters with a letter or digit in it")
    return text


def _refuse(reason: str | None, field: str) -> None:
    if reason:
        raise Overlap(f"{field} stays as it was: {reason}")


def _given_name(persona: Persona, value: str, taken: Taken, today: date) -> Persona:
    _refuse(taken.why_not_name(value, persona.family_name), "given_name")
    return replace(persona, given_name=value)


def _family_name(persona: Persona, value: str, taken: Taken, today: date) -> Persona:
    _refuse(taken.why_not_name(persona.given_name, value), "family_name")
    return replace(persona, family_name=value)


def _handle(persona: Persona, value: str, taken: Taken, today: date) -> Persona:
    if not _HANDLE.fullmatch(value):
        raise ValueNotValid("a handle is 3 to 40 letters, digits, dots, dashes or underscores")
    own = words_of(f"{persona.full_name} {persona.city}")
    _refuse(taken.why_not_handle(value, own, persona.birth_year), "handle")
    return replace(persona, handle=value)


def _birth_year(persona: Persona, value: str, taken: Taken, today: date) -> Persona:
    latest, earliest = today.year - ADULT - 1, today.year - EXTREME_AGE
    if not (value.isascii() and value.isdigit() and earliest <= int(value) <= latest):
        raise ValueNotValid(
            f"a birth year lies between {earliest} and {latest}: a persona is an adult of {ADULT} or more"
        )
    _refuse(taken.why_not_year(int(value)), "birth_year")
    if persona.birthday == "02-29" and not calendar.isleap(int(value)):
        raise ValueNotValid("that year has no 29 February, the persona's birthday; change the birthday first")
    return replace(persona, birth_year=int(value))


def _birthday(persona: Persona, value: str, taken: Taken, today: date) -> Persona:
    try:
        if not _BIRTHDAY.fullmatch(value):
            raise ValueError
        date.fromisoformat(f"{persona.birth_year}-{value}")
    except ValueError:
        raise ValueNotValid("write day and month of birth as MM-DD, for instance 04-17") from None
    _refuse(taken.why_not_birthday(value), "birthday")
    return replace(persona, birthday=value)


def _city(persona: Persona, value: str, taken: Taken, today: date) -> Persona:
    found = places_named(value)
    towns = [one for one in found if one.id.isdigit()]
    if not towns:
        raise ValueNotValid(
            "no town of 5,000 people or more is known by that name; write it with its country"
        )
    if len(towns) > 1 and len({one.within for one in towns}) > 1 and "," not in value:
        raise ValueNotValid("several towns are called that; write the region or country behind a comma")
    town = towns[0]
    _refuse(taken.why_not_city(town.id, town.name), "city")
    return replace(persona, city=town.name, city_id=town.id, region=_cities.region_name(town))


def _email(persona: Persona, value: str, taken: Taken, today: date) -> Persona:
    if not _EMAIL.fullmatch(value):
        raise ValueNotValid("that is no e-mail address; write it as in name@mailbox.example")
    local, _, domain = value.partition("@")
    _refuse(taken.why_not_handle(local), "email")
    _refuse(taken.why_not_word(local), "email")
    _refuse(taken.why_not_domain(domain), "email")
    if any(value.casefold() == one.email.casefold() for one in taken.others):
        _refuse("another persona has it", "email")
    return replace(persona, email=f"{local}@{domain.lower()}")


def _gender(persona: Persona, value: str, taken: Taken, today: date) -> Persona:
    if value.casefold() not in GENDERS:
        raise ValueNotValid(f"the gender of a persona is one of {', '.join(GENDERS)}")
    return replace(persona, gender=value.casefold())


_SETTERS: dict[str, Callable[[Persona, str, Taken, date], Persona]] = {
    "given_name": _given_name,
    "family_name": _family_name,
    "handle": _handle,
    "birth_year": _birth_year,
    "birthday": _birthday,
    "city": _city,
    "email": _email,
    "gender": _gender,
}
