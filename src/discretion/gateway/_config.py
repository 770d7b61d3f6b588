"""Named upstreams in ``config.toml``, which the user may edit too; it holds no key and no value.

    [gateway.upstreams.openrouter]
    url = "https://openrouter.ai/api/v1"

A key that is not known refuses the start and is named with its path: what somebody wrote and nobody reads
would be a setting that they believe in. Sections are added and removed as text, so that comments, order and
blanks of the user's own stay; what was written is read again before it replaces the file.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from discretion.gateway._address import AddressNotUsable, checked_upstream
from discretion.records import DiscretionError
from discretion.vault import home

FILE = "config.toml"
LARGEST_BYTES = 256 * 1024
MOST_UPSTREAMS = 100
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_HEADER = re.compile(r"\s*\[\s*gateway\s*\.\s*upstreams\s*\.\s*[\"']?([^\s\"'\].]+)[\"']?\s*\]\s*(#.*)?")
_TABLE = re.compile(r"\s*\[")


class ConfigError(DiscretionError):
    """The configuration cannot be used; the message names the file and the path of the key."""

    exit_code: ClassVar[int] = 2


class NoSuchUpstream(ConfigError):
    """No upstream is called that."""


@dataclass(frozen=True, slots=True)
class NamedUpstream:
    """One upstream of ``config.toml``: its name here and its address."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Config:
    """What ``config.toml`` says of the gateway."""

    upstreams: tuple[NamedUpstream, ...] = ()

    def upstream(self, name: str) -> NamedUpstream:
        """The upstream called ``name``. Raises ``NoSuchUpstream``."""
        for one in self.upstreams:
            if one.name == name:
                return one
        known = ", ".join(one.name for one in self.upstreams) or "none"
        raise NoSuchUpstream(
            f"no platform is called that (known: {known}); add one: discretion gateway add NAME --url URL"
        )


def config_file() -> Path:
    """Where the configuration lies, whether or not it is there."""
    return home() / FILE


def read_config(path: Path | None = None) -> Config:
    """The configuration, empty where there is no file. Raises ``ConfigError``."""
    where = path or config_file()
    return _understood(_parsed(_text(where), where), where)


def add_upstream(name: str, url: str, path: Path | None = None) -> NamedUpstream:
    """Write a new upstream at the end of the file; the rest of it stays as it is.

    Raises ``ConfigError`` for a name that is taken or none, an address that is none, or a file that cannot
    be read or written.
    """
    where = path or config_file()
    made = NamedUpstream(checked_name(name), checked_upstream(url))
    text = _text(where)
    before = _understood(_parsed(text, where), where)
    if any(one.name == made.name for one in before.upstreams):
        raise ConfigError(
            f"a platform is called that already; it stays as it is. Remove it first: discretion gateway "
            f"remove {made.name}"
        )
    if len(before.upstreams) >= MOST_UPSTREAMS:
        raise ConfigError(f"{where} holds {MOST_UPSTREAMS} platforms already; remove one first")
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    after = f'{text}{gap}[gateway.upstreams.{made.name}]\nurl = "{made.url}"\n'
    _write(where, after, Config((*before.upstreams, made)))
    return made


def remove_upstream(name: str, path: Path | None = None) -> NamedUpstream:
    """Take an upstream's section out of the file; the rest of it stays as it is.

    Raises ``NoSuchUpstream``, or ``ConfigError`` where it is written in a form that only its writer should
    change.
    """
    where = path or config_file()
    text = _text(where)
    before = _understood(_parsed(text, where), where)
    gone = before.upstream(name)
    left = _without(text, gone.name)
    if left is None:
        raise ConfigError(
            f"{where}: gateway.upstreams.{gone.name} is no section of its own; take it out by hand"
        )
    _write(where, left, Config(tuple(one for one in before.upstreams if one != gone)))
    return gone


def checked_name(name: str) -> str:
    """``name`` as an upstream may be called. Raises ``ConfigError``."""
    if not _NAME.fullmatch(name):
        raise ConfigError("call the platform by 1 to 40 small letters, digits, dashes or underscores")
    return name


def _text(path: Path) -> str:
    try:
        # Without O_NONBLOCK a named pipe would hold the program up before it could be refused.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"cannot read {path}: {getattr(error, 'strerror', None) or 'no such path'}"
        ) from None
    try:
        seen = os.fstat(handle)
        if not stat.S_ISREG(seen.st_mode):
            raise ConfigError(f"{path} is no plain file")
        if os.name == "posix" and seen.st_mode & 0o022:
            raise ConfigError(f"others can change {path}, and with it where your chats go: chmod 600 {path}")
        with os.fdopen(handle, "rb", closefd=False) as file:
            raw = file.read(LARGEST_BYTES + 1)
    finally:
        os.close(handle)
    if len(raw) > LARGEST_BYTES:
        raise ConfigError(f"{path} is larger than {LARGEST_BYTES // 1024} KiB; is it the right file?")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is not UTF-8 text; save it as UTF-8") from None


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"\(at (line \d+, column \d+|end of document)\)", str(error))
        raise ConfigError(f"{path} is not TOML{f' ({at[1]})' if at else ''}") from None


def _understood(document: dict[str, Any], path: Path) -> Config:
    gateway = _table(document, "gateway", "", path)
    tables = _table(gateway, "upstreams", "gateway.", path)
    _refuse_others(document, {"gateway"}, "", path)
    _refuse_others(gateway, {"upstreams"}, "gateway.", path)
    if len(tables) > MOST_UPSTREAMS:
        raise ConfigError(f"{path}: gateway.upstreams holds more than {MOST_UPSTREAMS}")
    return Config(tuple(_upstream(tables, name, path) for name in tables))


def _upstream(tables: dict[str, Any], name: str, path: Path) -> NamedUpstream:
    at = f"gateway.upstreams.{_quoted(name)}"
    try:
        checked_name(name)
    except ConfigError as error:
        raise ConfigError(f"{path}: {at}: {error}") from None
    table = _table(tables, name, "gateway.upstreams.", path)
    _refuse_others(table, {"url"}, f"{at}.", path)
    url = table.get("url")
    if not isinstance(url, str):
        raise ConfigError(f'{path}: {at}.url is missing; write it as url = "https://…/v1"')
    try:
        return NamedUpstream(name, checked_upstream(url))
    except AddressNotUsable as error:
        raise ConfigError(f"{path}: {at}.url: {error}") from None


def _table(parent: dict[str, Any], key: str, at: str, path: Path) -> dict[str, Any]:
    found = parent.get(key, {})
    if not isinstance(found, dict):
        raise ConfigError(f"{path}: {at}{_quoted(key)} is no section; see `discretion gateway add --help`")
    return found


def _refuse_others(table: dict[str, Any], known: set[str], at: str, path: Path) -> None:
    for key in table:
        if key not in known:
            raise ConfigError(
                f"{path}: {at}{_quoted(key)} is not known; known there: {', '.join(sorted(known))}. "
                "Nothing was started or changed"
            )


def _quoted(key: str) -> str:
    """A key as a path shows it: what could move a cursor or fill a screen is cut."""
    shown = "".join(char if char.isprintable() else "�" for char in key[:40])
    return shown if re.fullmatch(r"[\w-]+", shown) else f'"{shown}"'


def _without(text: str, name: str) -> str | None:
    """``text`` without the section of ``name``: its header up to its last key; comments after that stay."""
    lines = text.splitlines(keepends=True)
    starts = [
        at for at, line in enumerate(lines) if (said := _HEADER.fullmatch(line.rstrip())) and said[1] == name
    ]
    if len(starts) != 1:
        return None
    first = starts[0]
    end = next((at for at in range(first + 1, len(lines)) if _TABLE.match(lines[at])), len(lines))
    while end > first + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    kept = lines[:first]
    if kept and not kept[-1].strip() and (end == len(lines) or not lines[end].strip()):
        kept.pop()  # the blank line that stood before the section
    rest = lines[end:]
    while rest and not kept and not rest[0].strip():
        rest.pop(0)
    return "".join([*kept, *rest])


def _write(path: Path, text: str, meant: Config) -> None:
    """Replace the file once the new text reads as what was meant; of an empty one nothing stays."""
    from discretion.vault._files import write_whole
    from discretion.vault._home import make_private_folder

    try:
        is_meant = _understood(_parsed(text, path), path) == meant
    except ConfigError:
        is_meant = False
    if not is_meant:
        raise ConfigError(
            f"{path} is written in a way that only its writer should change; nothing was changed there"
        )
    if not text.strip():
        path.unlink(missing_ok=True)
        return
    make_private_folder(path.parent)
    write_whole(path, text.encode())
