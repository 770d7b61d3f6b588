"""Keys of upstreams in the vault, by the name that config.toml gives the upstream."""

from __future__ import annotations

from discretion.gateway._config import ConfigError, checked_name
from discretion.vault import Asker, Vault, note_query

LONGEST_KEY = 4096
_QUOTES = frozenset({('"', '"'), ("'", "'"), ("`", "`"), ("“", "”"), ("‘", "’")})


class KeyNotValid(ConfigError):
    """What was given is no key of an upstream; the message does not hold it."""


def checked_key(key: str) -> str:
    """``key`` without blanks and quotes around it. Raises ``KeyNotValid``: it becomes part of a header."""
    said = key.strip()
    if len(said) > 1 and (said[0], said[-1]) in _QUOTES:  # copied out of a configuration; no key has them
        said = said[1:-1].strip()
    if not said or len(said) > LONGEST_KEY or not said.isascii() or not said.isprintable() or " " in said:
        raise KeyNotValid("that is no key of a platform: one line of plain letters, digits and signs")
    return said


def keep_key(vault: Vault, name: str, key: str) -> None:
    """Keep the key of the upstream called ``name``, in the place of the one that is there.

    Raises ``KeyNotValid``, or ``ConfigError`` for a name that is none.
    """
    vault.rows(
        "INSERT INTO upstream_key (name, api_key) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET api_key = excluded.api_key",
        [checked_name(name), checked_key(key)],
    )


def kept_key(vault: Vault, asker: Asker, name: str) -> str | None:
    """The key that is kept for ``name``, ``None`` where there is none; leaves an audit row."""
    with vault.transaction():
        rows = vault.rows("SELECT api_key FROM upstream_key WHERE name = ?", [name])
        if rows:
            note_query(vault, asker, ["secret"], 1)
    return str(rows[0][0]) if rows else None


def names_with_keys(vault: Vault) -> frozenset[str]:
    """For which upstreams a key is kept; no key is read."""
    return frozenset(str(name) for (name,) in vault.rows("SELECT name FROM upstream_key"))


def forget_key(vault: Vault, name: str) -> bool:
    """Remove the key of ``name`` for good; ``False`` where there is none."""
    return bool(vault.rows("DELETE FROM upstream_key WHERE name = ? RETURNING name", [name]))
