"""The process that holds the vault open between `vault unlock` and `vault lock`, and what talks to it.

A Unix socket in ``run/`` (0700) hands the data key to processes of the same user; each then opens the
database itself, so that transactions stay SQLite's own. The key travels by pipe and socket, never by
an argument, the environment or a file. The process (`_holder`) ends after ten idle minutes, asleep or not.
"""

from __future__ import annotations

import os
import signal
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

from discretion.vault._errors import VaultError
from discretion.vault._home import check_private_folder, home, make_private_folder
from discretion.vault._kdf import KEY_BYTES

IDLE_S = 600.0
"""So long nobody asked, and the vault locks itself."""

FOLDER = "run"
SOCKET = "vault.sock"
GIVE, LOCK, STATE = b"key\n", b"lock\n", b"state\n"
LOCKED, HELD = b"locked\n", b"held\n"
PATIENCE_S = 3.0
CALLER_PATIENCE_S = 0.1
"""So long the holding process waits for one caller: silent ones must not keep others from locking."""


class _Unanswered(Exception):
    """Somebody listens, process ``pid`` where the system tells, and did not answer."""

    def __init__(self, pid: int | None) -> None:
        super().__init__()
        self.pid = pid


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
    try:
        told = _ask(folder or home(), GIVE)
    except _Unanswered:
        return None
    return told if len(told) == KEY_BYTES else None


def lock(folder: Path | None = None) -> bool:
    """Have the holding process end; ``False`` where there was none.

    One that does not answer is killed. Raises ``VaultError`` where it cannot be made sure that it is gone.
    """
    folder = folder or home()
    try:
        return _ask(folder, LOCK) == LOCKED
    except _Unanswered as unanswered:
        _kill(unanswered.pid, folder / FOLDER / SOCKET)
        return True


def is_held(folder: Path | None = None) -> bool:
    """Whether a process holds the vault open; asking fetches no key and prolongs nothing."""
    try:
        return _ask(folder or home(), STATE) == HELD
    except _Unanswered:
        return True


def _kill(pid: int | None, path: Path) -> None:
    """Kill the process that listens at ``path``, and see that nobody listens any more."""
    try:
        if pid:
            os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    except OSError as error:
        raise VaultError(
            f"process {pid} holds the vault open and cannot be ended: {error.strerror}"
        ) from None
    until = time.monotonic() + (PATIENCE_S if pid else 0.0)
    while _is_listened_to(path):
        if time.monotonic() >= until:
            who = f"process {pid}" if pid else "a process"
            raise VaultError(f"{who} holds the vault open and does not answer; end it: it has the key")
        time.sleep(0.01)
    path.unlink(missing_ok=True)


def _is_listened_to(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        link.settimeout(PATIENCE_S)
        try:
            link.connect(str(path))
        except (ConnectionRefusedError, FileNotFoundError):
            return False
        except OSError:  # its queue is full: it is there
            return True
    return True


def _ask(folder: Path, question: bytes) -> bytes:
    if not hasattr(socket, "AF_UNIX") or not (folder / FOLDER / SOCKET).exists():
        return b""
    check_private_folder(folder / FOLDER)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        link.settimeout(PATIENCE_S)
        try:
            _connect(link, folder / FOLDER / SOCKET)
        except (ConnectionRefusedError, FileNotFoundError):  # left by a process that was killed
            return b""
        except OSError:
            raise _Unanswered(None) from None
        if not is_same_user(link):
            return b""
        pid = _peer(link)
        try:
            link.sendall(question)
            told = _read_all(link)
        except OSError:
            raise _Unanswered(pid) from None
    if not told:
        raise _Unanswered(pid)
    return told


def _peer(link: socket.socket) -> int | None:
    """The process that listens, where the system tells (Linux)."""
    if not hasattr(socket, "SO_PEERCRED"):
        return None
    raw = link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", raw)[0]) or None


def _connect(link: socket.socket, path: Path) -> None:
    """Connect, waiting a while where many others ask at the same time."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return link.connect(str(path))
        except BlockingIOError:
            if time.monotonic() >= until:
                raise
            time.sleep(0.02)


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
