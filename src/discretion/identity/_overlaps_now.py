"""Which values of which persona have come to overlap with facts that the user added after it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from discretion.identity._overlap import Taken
from discretion.identity._persona import Persona
from discretion.identity._store import Spellings, personas
from discretion.vault import Asker, Vault, read_facts


def overlaps(
    vault: Vault, asker: Asker, *, spellings: Spellings | None = None, today: date | None = None
) -> Mapping[str, tuple[str, ...]]:
    """By the name of each persona that overlaps, the values that do, as `persona set` calls them.

    A persona is drawn clear of what is kept on that day; a fact that is added later may meet it. Values are
    never told. Leaves an audit row, but for a vault without personas, of which nothing is read. Raises
    ``VaultError``.
    """
    with vault.transaction():
        if not vault.rows("SELECT 1 FROM persona LIMIT 1"):
            return {}
        found = personas(vault, asker)
        facts = read_facts(vault, asker)
    own = Taken(facts, (), spellings(facts) if spellings else (), today)
    told = {one.name: tuple(dict.fromkeys(_fields(one, own))) for one in found}
    return {name: fields for name, fields in told.items() if fields}


def _fields(persona: Persona, own: Taken) -> Iterator[str]:
    yield from _names(persona, own)
    if own.why_not_handle(persona.handle):
        yield "handle"
    if own.why_not_year(persona.birth_year):
        yield "birth_year"
    if persona.birthday and own.why_not_birthday(persona.birthday):
        yield "birthday"
    if own.why_not_city(persona.city_id, persona.city):
        yield "city"
    yield from _address(persona, own)
    for question, answer in persona.answers.items():
        if own.why_not_word(answer):
            yield question


def _names(persona: Persona, own: Taken) -> Iterator[str]:
    """Each part that overlaps by itself; the first name where only both together do, as by initials."""
    parts = {"given_name": persona.given_name, "family_name": persona.family_name}
    found = [field for field, name in parts.items() if own.why_not_word(name) or own.why_not_part(name)]
    if not found and own.why_not_name(persona.given_name, persona.family_name):
        found = ["given_name"]
    yield from found


def _address(persona: Persona, own: Taken) -> Iterator[str]:
    """The address in use; of an alias the domain alone, since its service drew the part before the @."""
    if not persona.email:
        if own.why_not_handle(persona.email_local):
            yield "email_local"
        return
    local, _, domain = persona.email.partition("@")
    is_typed = persona.email not in {one.email for one in persona.aliases}
    if own.why_not_domain(domain) or (is_typed and (own.why_not_handle(local) or own.why_not_word(local))):
        yield "email"
