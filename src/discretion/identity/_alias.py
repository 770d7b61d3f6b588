"""Aliases of personas: made and switched at a service, and remembered by platform.

An alias is used at one platform alone, so that mail from anybody else tells which platform passed it on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from discretion.identity._address import checked_url
from discretion.identity._draw import new_email_local
from discretion.identity._errors import AliasError, ValueNotValid
from discretion.identity._given import give
from discretion.identity._persona import Alias, Persona
from discretion.identity._store import keep, persona_named, personas
from discretion.knowledge import platform_id
from discretion.records import DiscretionError, Origin
from discretion.vault import Asker, Vault, note_query

LONGEST_KEY = 512


class AliasService(Protocol):
    """An account that makes aliases and switches them."""

    def create(self, new_local: Callable[[], str], *, own_domain: bool = False) -> tuple[str, str]:
        """Make one alias; its id and address."""

    def set_active(self, alias_id: str, *, is_on: bool) -> bool:
        """Switch one; whether it is on now."""

    def __enter__(self) -> AliasService: ...

    def __exit__(self, *error: Any) -> None: ...


@dataclass(frozen=True, slots=True)
class ServiceName:
    """A service that we can talk to: its name here, its address unless the user names another."""

    name: str
    base_url: str


SERVICES = {
    "simplelogin": ServiceName("simplelogin", "https://app.simplelogin.io"),
    "addy": ServiceName("addy", "https://app.addy.io"),
}


def alias_service(name: str, key: str, base_url: str | None = None) -> AliasService:
    """The service called ``name`` with an account's key; no call is made yet. Raises ``AliasError``."""
    if name not in SERVICES:
        raise ValueNotValid(f"the alias services are {', '.join(SERVICES)}")
    if not key or len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable() or " " in key:
        raise AliasError("that is no key of an alias service: one line of plain letters, digits and signs")
    url = base_url or SERVICES[name].base_url
    if name == "addy":
        from discretion.identity._addy import Addy

        return Addy(key, url)
    from discretion.identity._simplelogin import SimpleLogin

    return SimpleLogin(key, url)


def make_alias(
    vault: Vault,
    asker: Asker,
    persona: str,
    service: AliasService,
    service_name: str,
    *,
    base_url: str | None = None,
    platform: str = "",
    own_domain: bool = False,
) -> Alias:
    """Make one alias for the persona at ``platform`` (its own by default), and note it as the e-mail given.

    Raises ``AliasError``, ``ValueNotValid`` where no platform is known, ``NoSuchPersona`` or ``VaultError``.
    """
    found = persona_named(vault, asker, persona)
    domain = platform_id(platform) if platform else found.platform
    if not domain:
        raise ValueNotValid("say for which platform the alias is: --platform character.ai")
    before = found.alias_for(domain)
    if before and before.is_on:
        raise ValueNotValid("there is an alias for this persona and platform; switch it off first (--off)")
    alias_id, email = service.create(new_email_local, own_domain=own_domain)
    alias = Alias(
        platform=domain,
        service=service_name,
        base_url=checked_url(base_url or SERVICES[service_name].base_url),
        id=alias_id,
        email=email,
        is_on=True,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    try:
        with vault.transaction():
            keep(vault, persona_named(vault, asker, persona).with_alias(alias))
            give(vault, asker, domain, "email", email, origin=Origin.PERSONA, persona=found.name)
    except DiscretionError as error:
        raise AliasError(f"an alias was made, but not noted here; look at the service ({error})") from None
    return alias


def alias_of(persona: Persona, platform: str = "") -> Alias:
    """The alias of ``persona`` at ``platform`` (its own by default). Raises ``ValueNotValid``."""
    domain = platform_id(platform) if platform else persona.platform
    found = persona.alias_for(domain)
    if found is None:
        raise ValueNotValid("this persona has no alias there")
    return found


def switch_alias(
    vault: Vault, asker: Asker, persona: str, service: AliasService, alias: Alias, *, is_on: bool
) -> Alias:
    """Switch an alias on or off at its service, and note it. Raises ``AliasError`` or ``VaultError``."""
    changed = replace(alias, is_on=service.set_active(alias.id, is_on=is_on))
    with vault.transaction():
        keep(vault, persona_named(vault, asker, persona).with_alias(changed))
    return changed


def aliases(vault: Vault, asker: Asker) -> tuple[Alias, ...]:
    """Every alias of every persona, also those that are off: which address was told to which platform."""
    return tuple(alias for one in personas(vault, asker) for alias in one.aliases)


def keep_key(vault: Vault, service: str, base_url: str, key: str) -> None:
    """Keep a service's key in the vault, in the place of the one that is there."""
    vault.rows(
        "INSERT INTO alias_key (service, base_url, api_key) VALUES (?, ?, ?)"
        " ON CONFLICT (service, base_url) DO UPDATE SET api_key = excluded.api_key",
        [service, checked_url(base_url), key],
    )


def kept_key(vault: Vault, asker: Asker, service: str, base_url: str) -> str | None:
    """The key that is kept for a service, ``None`` where there is none; leaves an audit row."""
    with vault.transaction():
        rows = vault.rows(
            "SELECT api_key FROM alias_key WHERE service = ? AND base_url = ?",
            [service, checked_url(base_url)],
        )
        if rows:
            note_query(vault, asker, ["secret"], 1)
    return str(rows[0][0]) if rows else None


def forget_key(vault: Vault, service: str, base_url: str) -> bool:
    """Remove a kept key for good; ``False`` where there is none."""
    return bool(
        vault.rows(
            "DELETE FROM alias_key WHERE service = ? AND base_url = ? RETURNING service",
            [service, checked_url(base_url)],
        )
    )
