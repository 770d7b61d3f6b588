"""The process that holds the vault open between `vault unlock` and `vault lock`, and what talks to it.

A Unix socket in ``run/`` (0700) hands the data key to processes of the same user; each then opens the
database itself, so that transactions stay SQLite's own. The key travels by pipe and socket, never by
an argument, the environment or a file. The process (`_holder`) ends after ten idle minutes, asleep or not.
"""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import sys
from pathlib import Path

from discretion.vault._errors import VaultError
from discretion.vault._home import check_private_folder, home, make_private_folder
from discretion.vault._kdf import KEY_BYTES

IDLE_S = 600.0
"""So long nobody asked, and the vault locks itself."""

FOLDER = "run"
SOCKET = "vault.sock"
GIVE, LOCK = b"key\n", b"lock\n"
LOCKED = b"locked\n"
PATIENCE_S = 3.0


def unlock(data_key: bytes, folder: Path | None = None, *, idle_s: float = IDLE_S) -> None:
    """Start the process that holds ``data_key``, in place of one that runs. Raises ``VaultError``."""
    if not hasattr(socket, "AF_UNIX"):
        raise VaultError("this system has no Unix sockets: each command asks for the passphrase")
    folder = folder or home()
    lock(folder)
    make_private_folder(folder / FOLDER)
    command = [sys.executable, "-P", "-m", "discretion.vault._holder", str(folder), str(idle_s)]
    with subprocess.Popen(  # noqa: S603  our own interpreter and module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        told, _ = process.communicate(data_key)
    if told != b"ready\n":
        raise VaultError(f"the vault cannot be held open: no socket could be made in {folder / FOLDER}")


def held_key(folder: Path | None = None) -> bytes | None:
    """The data key, where the vault in ``folder`` is unlocked; ``None`` where it is not."""
    told = _ask(folder or home(), GIVE)
    return told if len(told) == KEY_BYTES else None


def lock(folder: Path | None = None) -> bool:
    """Have the holding process end; ``False`` where there was none."""
    return _ask(folder or home(), LOCK) == LOCKED


def _ask(folder: Path, question: bytes) -> bytes:
    if not hasattr(socket, "AF_UNIX") or not (folder / FOLDER / SOCKET).exists():
        return b""
    check_private_folder(folder / FOLDER)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        link.settimeout(PATIENCE_S)
        try:
            link.connect(str(folder / FOLDER / SOCKET))
            if not is_same_user(link):
                return b""
            link.sendall(question)
            return _read_all(link)
        except OSError:  # nobody listens: left by a process that was killed
            return b""


def _read_all(link: socket.socket) -> bytes:
    told = b""
    while len(told) < KEY_BYTES and (part := link.recv(KEY_BYTES)):
        told += part
    return told


def is_same_user(link: socket.socket) -> bool:
    """Whether the other end runs under this user, as the kernel says."""
    if hasattr(socket, "SO_PEERCRED"):
        raw = link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        return bool(struct.unpack("3i", raw)[1] == os.geteuid())
    # BSD and macOS: LOCAL_PEERCRED (1) of level 0 gives a struct xucred, whose second word is the user.
    raw = link.getsockopt(0, 1, 76)
    return bool(struct.unpack_from("2I", raw)[1] == os.geteuid())
