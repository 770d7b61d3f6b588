"""What each platform was actually given: kinds, origins and keyed digests; no value is kept."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from discretion.identity._errors import NotOffered, ValueNotValid
from discretion.identity._fields import Field, field_named, offered
from discretion.identity._payment import payment_way
from discretion.identity._persona import Persona
from discretion.identity._store import persona_named
from discretion.knowledge import normalise, platform_id
from discretion.records import GivenField, Kind, Origin
from discretion.vault import Asker, Cell, FactDigests, Vault, note_query

LONGEST_VALUE = 300
LONGEST_LABEL = 60
LABELLED = ("photo", "note")
"""Fields of which the user's own name for them is kept."""
NUMBER_DIGITS = 6
"""Digits in a row from which a word for a way of paying looks like the number of a card or account."""
_EMAIL = re.compile(r"[^@\s]{1,64}@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_NUMBER = re.compile(rf"(?:\d[ -]?){{{NUMBER_DIGITS},}}")
_COLUMNS = "id, platform, persona, field, kind, origin, digest, domain, way, label, given_at"


def give(
    vault: Vault,
    asker: Asker,
    platform: str,
    field: str,
    value: str = "",
    *,
    origin: Origin = Origin.OWN,
    persona: str = "",
    way: str = "",
) -> GivenField:
    """Note that ``platform`` was given ``value`` in ``field``; only its keyed digest is kept.

    Of an e-mail address the domain is kept too, of a payment the ``way``, of a photo or note the name that
    the user gave it. The same again changes nothing. ``persona`` names the one that uses the account.
    Raises ``ValueNotValid``, ``NoSuchPersona``, ``PlatformNotNamed`` or ``VaultError``.
    """
    one = field_named(field)
    domain = platform_id(platform)
    words = _checked(one, value, way) or f"{way} at {domain}"  # no word: the same as nowhere else
    with vault.transaction():
        used_by = persona_named(vault, asker, persona).name if persona else ""
        row = GivenField(
            platform=domain,
            persona=used_by,
            name=one.name,
            kind=one.kind,
            origin=origin,
            given_at=datetime.now(UTC).replace(microsecond=0),
            digest=_digest(vault, one, words),
            domain=_domain(words) if one.name == "email" else "",
            way=payment_way(way).id if way else "",
            label=words if one.name in LABELLED else "",
        )
        return _kept(vault, row)


def give_from(vault: Vault, asker: Asker, platform: str, field: str, persona: str) -> tuple[GivenField, ...]:
    """Note that ``platform`` was given what ``persona`` has for ``field``; one row, or one per answer.

    Raises ``NotOffered`` for fields that no persona fills, and where the persona has no address yet.
    """
    one = offered(field)
    with vault.transaction():
        found = persona_named(vault, asker, persona)
        return tuple(
            give(vault, asker, platform, one.name, value, origin=Origin.PERSONA, persona=found.name)
            for value in values_for(found, one, platform_id(platform))
        )


def values_for(persona: Persona, field: Field, platform: str = "") -> tuple[str, ...]:
    """What the persona has for a field. Raises ``NotOffered`` where that is nothing."""
    if field.source == "answers":
        return tuple(persona.answers.values())
    value = str(getattr(persona, field.source)) if field.source else ""
    if field.name == "email":
        value = _address(persona, platform)
        if not value:
            raise NotOffered(
                f"{persona.name} has no address yet: make one (discretion persona alias) or set one that is "
                "nothing of your own (discretion persona set NAME email)"
            )
    if not value:
        raise NotOffered(f"no persona fills the field {field.name}. {field.why_not}")
    return (value,)


def _address(persona: Persona, platform: str) -> str:
    """The address for one platform: never an alias that is off, or that another platform was told."""
    alias = persona.alias_for(platform) if platform else None
    if alias and alias.is_on:
        return alias.email
    elsewhere = {one.email for one in persona.aliases if not one.is_on or one.platform != platform}
    return "" if platform and persona.email in elsewhere else persona.email


def given_fields(vault: Vault, asker: Asker, platform: str | None = None) -> tuple[GivenField, ...]:
    """What was given, to ``platform`` or to all, oldest first; leaves an audit row."""
    where = "" if platform is None else " WHERE platform = ?"
    values = [] if platform is None else [platform_id(platform)]
    with vault.transaction():
        rows = vault.rows(f"SELECT {_COLUMNS} FROM given_field{where} ORDER BY id", values)  # noqa: S608
        found = tuple(_from_row(*row) for row in rows)
        note_query(vault, asker, {one.kind or one.name for one in found}, len(found))
    return found


def take_back(vault: Vault, number: int, platform: str | None = None) -> bool:
    """Remove the row with that number for good; ``False`` where there is none (at ``platform``)."""
    if not 0 < number < 1 << 63:  # no row of SQLite has it
        return False
    with vault.transaction():
        if platform is None:
            return bool(vault.rows("DELETE FROM given_field WHERE id = ? RETURNING id", [number]))
        values: list[Cell] = [number, platform_id(platform)]
        return bool(vault.rows("DELETE FROM given_field WHERE id = ? AND platform = ? RETURNING id", values))


def _checked(field: Field, value: str, way: str) -> str:
    if way and field.name != "payment":
        raise ValueNotValid("a way of paying goes with the field payment alone")
    if field.name == "payment":
        if not way:
            raise ValueNotValid("say how it was paid with --way; the ways: discretion persona payment")
        payment_way(way)
        if not value.strip():
            return ""
        if _NUMBER.search(value):
            raise ValueNotValid(
                "that looks like the number of a card or account; give a word of yours for it, such as "
                "'the blue card', and the same word wherever you paid with it"
            )
    words = " ".join(value.split())
    longest = LONGEST_LABEL if field.name in LABELLED else LONGEST_VALUE
    if not words or len(words) > longest or not any(map(str.isalnum, words)):
        raise ValueNotValid(f"give one line of up to {longest} characters with a letter or digit in it")
    if any("\ud800" <= char <= "\udfff" for char in words):
        raise ValueNotValid("the value holds a character that is none")
    if field.name == "email" and not _EMAIL.fullmatch(words):
        raise ValueNotValid("that is no e-mail address; write it as in name@mailbox.example")
    return words


def _digest(vault: Vault, field: Field, words: str) -> bytes:
    """As a disclosure's: by the kind where the field has one, so that both compare."""
    if field.kind is None:
        return FactDigests(vault).of(field.name, words)
    return FactDigests(vault).of(field.kind, words, normalise(field.kind, words))


def _domain(address: str) -> str:
    found = _EMAIL.fullmatch(address)
    return found[1].lower() if found else ""


def _kept(vault: Vault, row: GivenField) -> GivenField:
    values: list[Cell] = [
        row.platform, row.persona, row.name, row.kind.value if row.kind else None, row.origin.value,
        row.digest, row.domain, row.way, row.label, row.given_at.isoformat(),
    ]  # fmt: skip
    found = vault.rows(
        "INSERT INTO given_field"  # noqa: S608  the columns are our own
        " (platform, persona, field, kind, origin, digest, domain, way, label, given_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (platform, persona, field, digest)"
        f" DO UPDATE SET origin = excluded.origin, way = excluded.way RETURNING {_COLUMNS}",
        values,
    )
    return _from_row(*found[0])


def _from_row(
    number: int,
    platform: str,
    persona: str,
    field: str,
    kind: str | None,
    origin: str,
    digest: bytes,
    domain: str,
    way: str,
    label: str,
    given_at: str,
) -> GivenField:
    return GivenField(
        platform=platform,
        persona=persona,
        name=field,
        kind=Kind(kind) if kind else None,
        origin=Origin(origin),
        given_at=datetime.fromisoformat(given_at),
        digest=digest,
        domain=domain,
        way=way,
        label=label,
        number=number,
    )
