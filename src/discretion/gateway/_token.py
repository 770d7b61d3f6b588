"""The token by which chat clients come in: in a file of its owner, made where there is none."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from typing import ClassVar

from discretion.records import DiscretionError
from discretion.vault import check_private_file

LONGEST = 512
_TOKEN = re.compile(r"[!-~]{16,512}")


class TokenNotUsable(DiscretionError):
    """The file of the token cannot be read or written, or holds none; the message does not hold it."""

    exit_code: ClassVar[int] = 2


def new_token() -> str:
    """A token that nobody guesses: 256 bits."""
    return f"discretion-{secrets.token_urlsafe(32)}"


def token_of(path: Path) -> str:
    """The token in the file at ``path``; where there is no file it is made, with a fresh token and mode 0600.

    Raises ``TokenNotUsable``, or ``UnsafePermissions`` for a file that others can read or that is a link.
    """
    try:
        return write_token(path)
    except FileExistsError:
        pass
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no such path"
        raise TokenNotUsable(f"cannot write the token to {path}: {why}") from None
    try:
        check_private_file(path)
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0))
        with os.fdopen(handle, "rb") as file:
            raw = file.read(LONGEST + 2)
    except OSError as error:
        raise TokenNotUsable(f"cannot read the token from {path}: {error.strerror}") from None
    token = raw.decode("ascii", "replace").removesuffix("\n").removesuffix("\r")
    if not _TOKEN.fullmatch(token):
        raise TokenNotUsable(
            f"{path} holds no token: one line of 16 to {LONGEST} letters, digits and signs; remove the file, "
            "and a fresh one is made"
        )
    return token


def write_token(path: Path) -> str:
    """Make the file at ``path`` with a fresh token, mode 0600. Raises ``OSError``, also where it is there."""
    token = new_token()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{token}\n")
    return token
