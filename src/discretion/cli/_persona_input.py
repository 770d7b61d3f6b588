"""How `persona` gets a value or a key: from the terminal, a private file, a descriptor or a pipe."""

from __future__ import annotations

import os
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from discretion.records import DiscretionError, Kind

if TYPE_CHECKING:
    from discretion.vault import OwnFact

LONGEST_BYTES = 4096
_Command = TypeVar("_Command", bound=Callable[..., Any])


class NoValue(DiscretionError):
    """There is no value to be had where the user said, or none that is one line of text."""

    exit_code = 2


class NothingGiven(NoValue):
    """There was not a word."""


def line_options(name: str, what: str) -> Callable[[_Command], _Command]:
    """Add ``--NAME-file`` and ``--NAME-fd`` to a command, from which ``what`` is read."""

    def add(command: _Command) -> _Command:
        command = click.option(
            f"--{name}-fd", type=click.IntRange(min=0), metavar="N", help=f"Read {what} from this descriptor."
        )(command)
        return click.option(
            f"--{name}-file",
            type=click.Path(dir_okay=False, path_type=Path),
            help=f"Read {what} from this file, which must be yours alone (chmod 600).",
        )(command)

    return add


def read_line(
    what: str, file: Path | None, fd: int | None, *, is_hidden: bool = True, is_bare: bool = False
) -> str:
    """One line: from ``file``, ``fd``, the terminal, else from standard input.

    ``is_bare``: blanks and blank lines around it, and a byte order mark, are an editor's and no part of it.
    Raises ``NoValue``, or ``UnsafePermissions`` for a file that others can read; no message holds the line.
    """
    from discretion.vault import leave_no_image

    leave_no_image()
    if file is not None and fd is not None:
        raise click.UsageError(f"give {what} by a file or by a descriptor, not by both")
    if file is not None:
        return _accepted(_of_file(file, what), what, is_bare=is_bare)
    if fd is not None:
        return _accepted(_of_fd(fd, what), what, is_bare=is_bare)
    if sys.stdin.isatty():
        typed: str = click.prompt(what, hide_input=is_hidden, err=True)
        return _accepted(typed.encode("utf-8", "surrogateescape"), what)
    return _accepted(sys.stdin.buffer.read(LONGEST_BYTES + 1), what)


def short_forms(facts: Iterable[OwnFact]) -> Iterable[str]:
    """Every spelling under which the guard knows the user's own names, nicknames among them."""
    from discretion.guard._fact_forms import forms

    for fact in facts:
        if fact.kind is Kind.NAME:
            for spelling in (fact.value, *fact.aliases):
                for form in forms(Kind.NAME, spelling):
                    yield " ".join(form.words)


def _of_file(path: Path, what: str) -> bytes:
    from discretion.vault import check_private_file

    try:
        check_private_file(path)
        with path.open("rb") as file:
            return file.read(LONGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no such path"
        raise NoValue(f"cannot read {what} from {path}: {why}") from None


def _of_fd(fd: int, what: str) -> bytes:
    read = b""
    try:
        while len(read) <= LONGEST_BYTES and (part := os.read(fd, LONGEST_BYTES)):
            read += part
    except OSError as error:
        raise NoValue(f"cannot read {what} from file descriptor {fd}: {error.strerror}") from None
    return read


def _accepted(raw: bytes, what: str, *, is_bare: bool = False) -> str:
    if is_bare and len(raw) <= LONGEST_BYTES:
        raw = raw.removeprefix(BOM_UTF8).strip()
    line = raw.removesuffix(b"\n").removesuffix(b"\r")
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise NoValue(f"{what} is not UTF-8 text; nothing was changed") from None
    if not text.strip():
        raise NothingGiven(f"{what} is empty; nothing was changed")
    if len(raw) > LONGEST_BYTES or any(ord(char) < 32 or ord(char) == 127 for char in text):
        raise NoValue(f"{what} is not one line of text; nothing was changed")
    return text
