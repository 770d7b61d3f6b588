"""The run folder: the control socket and its token of each gateway that runs, for this user alone."""

from __future__ import annotations

import contextlib
import os
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from discretion.gateway._token import write_token
from discretion.records import DiscretionError
from discretion.vault import home
from discretion.vault._home import make_private_folder

FOLDER = "run"
_SOCKET = re.compile(r"gateway-(\d{1,5})\.sock")
_LONGEST_PATH = 100
"""Bytes of the path of a Unix socket; Linux takes 107, macOS 103 (unix(7), sys/un.h)."""


class CannotListen(DiscretionError):
    """The gateway cannot listen where it should."""

    exit_code: ClassVar[int] = 2


@dataclass(frozen=True, slots=True)
class RunFiles:
    """Where the control socket and its token lie for the gateway on ``port``."""

    folder: Path
    port: int
    is_own: Callable[[], bool] = field(default=lambda: True, repr=False, compare=False)
    """Whether the files are still those that were made: the next gateway on the port may have put its own."""

    @property
    def socket(self) -> Path:
        """The Unix socket."""
        return self.folder / f"gateway-{self.port}.sock"

    @property
    def token(self) -> Path:
        """The file of the control token."""
        return self.folder / f"gateway-{self.port}.token"

    def remove(self) -> None:
        """Remove both, where they are still ours."""
        if self.is_own():
            self.socket.unlink(missing_ok=True)
            self.token.unlink(missing_ok=True)


def run_folder(folder: Path | None = None) -> Path:
    """The run folder of the home ``folder``, whether or not it is there."""
    return (folder or home()) / FOLDER


def gateways(folder: Path | None = None) -> tuple[RunFiles, ...]:
    """The files of every gateway that listens, by port; those left behind by one that was killed are not."""
    where = run_folder(folder)
    return tuple(one for one in _files(where) if is_listened_to(one.socket))


def open_control(port: int, folder: Path | None = None) -> tuple[RunFiles, socket.socket, str]:
    """The control socket of the gateway on ``port``, listening and 0600, and a fresh token in its file.

    What killed gateways left behind is removed first: sockets that nobody listens at. So ours gets its name
    only once it listens, or a gateway that starts beside it would remove it. Raises ``CannotListen`` or
    ``VaultError``.
    """
    if not hasattr(socket, "AF_UNIX"):
        raise CannotListen("this system has no Unix sockets, and the gateway is steered over one")
    where = run_folder(folder)
    make_private_folder(where.parent)  # a folder that is made on the way to another would be open to all
    make_private_folder(where)
    for left in _files(where):
        if not is_listened_to(left.socket):
            left.remove()
    files = RunFiles(where, port)
    if len(os.fsencode(files.socket)) > _LONGEST_PATH:
        raise CannotListen(
            f"the path {files.socket} is too long for a socket; set DISCRETION_HOME to a shorter one"
        )
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    unready = where / f"{port}.new"
    try:
        unready.unlink(missing_ok=True)
        made.bind(str(unready))  # in a folder that nobody else can enter
        unready.chmod(0o600)
        made.listen()
        files.token.unlink(missing_ok=True)
        token = write_token(files.token)
        unready.replace(files.socket)
        files = replace(files, is_own=partial(_holds, files.token, token))
    except OSError as error:
        made.close()
        raise CannotListen(f"cannot make {files.socket}: {error.strerror}") from None
    return files, made, token


def _holds(path: Path, token: str) -> bool:
    try:
        return path.read_bytes() == f"{token}\n".encode()
    except OSError:
        return False


def _files(where: Path) -> list[RunFiles]:
    try:
        names = sorted(one.name for one in where.iterdir())
    except OSError:
        return []
    return [RunFiles(where, int(said[1])) for name in names if (said := _SOCKET.fullmatch(name))]


def is_listened_to(path: Path) -> bool:
    """Whether a process accepts connections at the Unix socket ``path``."""
    with contextlib.closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as link:
        link.settimeout(1.0)
        try:
            link.connect(str(path))
        except (ConnectionRefusedError, FileNotFoundError):
            return False
        except OSError:  # its queue is full: it is there
            return True
    return True
