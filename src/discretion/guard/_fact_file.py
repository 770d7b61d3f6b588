"""The user's own facts: the file that holds them and what it must be like.

DiscretionError
└── FactsError            the file of own facts is of no use
    ├── FactsNotReadable  it is missing, no plain file, too large or not TOML
    ├── FactsNotPrivate   others can read it
    └── FactsNotValid     an entry has an unknown kind or key, or no value
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from discretion.records import DiscretionError, Kind

LARGEST_BYTES = 256 * 1024
LONGEST_VALUE = 300
MOST_FACTS = 1000

_EXAMPLE = '[[fact]]\nkind = "name"\nvalue = "…"\naliases = ["…"]'
_KEYS = {"kind", "value", "aliases"}


class FactsError(DiscretionError):
    """The file of own facts cannot be used; the message names file and entry, never a value."""

    exit_code: ClassVar[int] = 2


class FactsNotReadable(FactsError):
    """The file of own facts is missing, no plain file, too large, or not TOML."""


class FactsNotPrivate(FactsError):
    """Others can read the file of own facts."""


class FactsNotValid(FactsError):
    """An entry of the file of own facts is not one."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something true of the user, to be found wherever it is written; its value never shows in a ``repr``."""

    kind: Kind
    value: str = field(repr=False)
    aliases: tuple[str, ...] = field(default=(), repr=False)


def load_facts(path: str | os.PathLike[str]) -> tuple[Fact, ...]:
    """Read own facts from a TOML file of ``[[fact]]`` tables with ``kind``, ``value`` and ``aliases``.

    Raises ``FactsNotReadable``, ``FactsNotPrivate`` (on POSIX: any right for group or others) or
    ``FactsNotValid``; no message holds a value of the file.
    """
    name = Path(path)
    raw = _read_private(name)
    try:
        document = tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FactsNotReadable(f"{name} is not UTF-8 text; save it as UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"\(at (line \d+, column \d+|end of document)\)", str(error))
        where = f" ({at[1]})" if at else ""
        raise FactsNotReadable(f"{name} is not TOML{where}; each fact is written\n{_EXAMPLE}") from None
    if set(document) - {"fact"}:
        raise FactsNotValid(
            f"{name} holds something beside [[fact]] tables; each fact is written\n{_EXAMPLE}"
        )
    entries = document.get("fact", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise FactsNotValid(f"{name}: write [[fact]] with double brackets\n{_EXAMPLE}")
    if not entries:
        raise FactsNotValid(f"{name} holds no fact; each is written\n{_EXAMPLE}")
    if len(entries) > MOST_FACTS:
        raise FactsNotValid(f"{name} holds more than {MOST_FACTS:,} facts; keep those that matter")
    return tuple(_fact(entry, f"{name}: fact {number}") for number, entry in enumerate(entries, 1))


def _read_private(path: Path) -> bytes:
    """The bytes of a plain file that its owner alone may read."""
    try:
        # Without O_NONBLOCK a named pipe would hold the program up before it could be refused.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such path"
        raise FactsNotReadable(f"cannot read {path}: {reason}") from None
    try:
        seen = os.fstat(handle)
        if not stat.S_ISREG(seen.st_mode):
            raise FactsNotReadable(f"{path} is no plain file")
        if os.name == "posix" and stat.S_IMODE(seen.st_mode) & 0o077:
            raise FactsNotPrivate(f"others can read {path}; make it yours alone: chmod 600 {path}")
        with os.fdopen(handle, "rb", closefd=False) as file:
            raw = file.read(LARGEST_BYTES + 1)
    finally:
        os.close(handle)
    if len(raw) > LARGEST_BYTES:
        raise FactsNotReadable(f"{path} is larger than {LARGEST_BYTES // 1024} KiB; is it the right file?")
    return raw


def _fact(entry: dict[str, Any], where: str) -> Fact:
    if set(entry) - _KEYS:
        raise FactsNotValid(f"{where} has a key other than kind, value and aliases")
    kind, value, aliases = entry.get("kind"), entry.get("value"), entry.get("aliases", [])
    if not isinstance(kind, str) or kind not in set(Kind):
        raise FactsNotValid(f"{where} has no known kind; known are {', '.join(Kind)}")
    if not isinstance(aliases, list):
        raise FactsNotValid(f'{where}: aliases is a list, like ["…", "…"]')
    spellings = [value, *aliases]
    if not all(isinstance(one, str) for one in spellings):
        raise FactsNotValid(
            f"{where}: value and aliases are texts in quotation marks; value must not be missing"
        )
    spellings = [one.strip() for one in spellings]
    if not all(any(char.isalnum() for char in one) for one in spellings):
        raise FactsNotValid(f"{where} has an empty value or alias, or one without a letter or digit")
    if any(len(one) > LONGEST_VALUE for one in spellings):
        raise FactsNotValid(f"{where} has a value longer than {LONGEST_VALUE} characters")
    return Fact(Kind(kind), spellings[0], tuple(spellings[1:]))
