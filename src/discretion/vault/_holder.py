"""The process itself that `vault unlock` leaves behind: one key in memory, one socket, an end."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import BinaryIO

from discretion.vault._hold import (
    CALLER_PATIENCE_S,
    FOLDER,
    GIVE,
    HELD,
    LOCK,
    LOCKED,
    SOCKET,
    STATE,
    is_same_user,
)
from discretion.vault._home import check_private_folder
from discretion.vault._kdf import KEY_BYTES
from discretion.vault._memory import leave_no_image


def _now() -> float:
    """Seconds that also pass while the machine sleeps, where the system counts them."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def _hold(data_key: bytes, listener: socket.socket, idle_s: float) -> None:
    """Answer until somebody locks or nobody asks for ``idle_s`` seconds."""
    until = _now() + idle_s
    while (left := until - _now()) > 0:
        listener.settimeout(min(left, 20.0))  # sleep of the machine is seen within 20 s of waking
        try:
            link, _ = listener.accept()
        except TimeoutError:
            continue
        with link:
            link.settimeout(CALLER_PATIENCE_S)
            try:
                question = link.recv(16) if is_same_user(link) else b""
                if question == GIVE:
                    link.sendall(data_key)
                    until = _now() + idle_s
                elif question == STATE:
                    link.sendall(HELD)
                elif question == LOCK:
                    with contextlib.suppress(OSError):
                        link.sendall(LOCKED)
                    return
            except OSError:
                continue


def main(arguments: list[str], given: BinaryIO) -> None:
    """The process itself: folder and idle seconds as arguments, the key on standard input."""
    leave_no_image()
    os.umask(0o077)
    path = Path(arguments[0]) / FOLDER / SOCKET
    data_key = given.read(KEY_BYTES + 1)
    if len(data_key) != KEY_BYTES:
        sys.exit(2)
    check_private_folder(path.parent)
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(path))
    listener.listen(8)
    mine = path.stat().st_ino
    if os.fork():
        os._exit(0)  # the one who started us goes on; the copy has the socket
    listener.listen(8)  # again: the system names to callers the process that listened last
    os.write(1, b"ready\n")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.chdir("/")
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    try:
        _hold(data_key, listener, float(arguments[1]))
    finally:
        if path.exists() and path.stat().st_ino == mine:
            path.unlink()


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin.buffer)
