"""The process between `vault unlock` and `vault lock`."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from discretion.vault import UnsafePermissions, Vault, VaultError, held_key, is_held, lock, unlock

KEY = bytes(range(32))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "h"
    folder.mkdir(mode=0o700)
    yield folder
    if (folder / "run").exists():
        (folder / "run").chmod(0o700)
    lock(folder)


def _wait_until_gone(folder: Path, seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while (folder / "run/vault.sock").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not (folder / "run/vault.sock").exists()


def test_from_unlock_to_lock(place: Path) -> None:
    assert held_key(place) is None
    unlock(KEY, place)
    assert held_key(place) == held_key(place) == KEY, "any number of commands"
    assert (place / "run").stat().st_mode & 0o777 == 0o700
    assert (place / "run/vault.sock").stat().st_mode & 0o077 == 0
    assert lock(place)
    _wait_until_gone(place)
    assert held_key(place) is None
    assert not lock(place), "locked already"


def test_it_locks_itself_after_idle_time(place: Path) -> None:
    unlock(KEY, place, idle_s=1.5)
    assert held_key(place) == KEY
    _wait_until_gone(place)
    assert held_key(place) is None


def test_unlocking_again_takes_the_place_of_the_first(place: Path) -> None:
    unlock(KEY, place)
    unlock(KEY[::-1], place)
    assert held_key(place) == KEY[::-1]


def test_a_socket_left_by_a_killed_process_means_locked(place: Path) -> None:
    (place / "run").mkdir(mode=0o700)
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(place / "run/vault.sock"))
    left.close()
    assert held_key(place) is None
    unlock(KEY, place)
    assert held_key(place) == KEY


def test_a_folder_that_others_may_enter_is_refused(place: Path) -> None:
    unlock(KEY, place)
    (place / "run").chmod(0o755)
    with pytest.raises(UnsafePermissions):
        held_key(place)


@pytest.mark.parametrize("question", [b"", b"keys\n", b"k", b"key", b"KEY\n", b"\x00" * 16, b"x" * 5000])
def test_hostile_questions_get_nothing_and_stop_nothing(place: Path, question: bytes) -> None:
    unlock(KEY, place)
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(10)
        link.connect(str(place / "run/vault.sock"))
        link.sendall(question)
        link.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionResetError):
            assert link.recv(64) == b""
    assert held_key(place) == KEY


def test_a_silent_caller_does_not_keep_others_out_for_long(place: Path) -> None:
    unlock(KEY, place)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.connect(str(place / "run/vault.sock"))
        until = time.monotonic() + 20
        while held_key(place) != KEY:
            assert time.monotonic() < until


OTHER_USER = """
import os, socket, sys
os.setgid(65534)
os.setuid(65534)
link = socket.socket(socket.AF_UNIX)
link.settimeout(10)
link.connect(sys.argv[1])
try:
    link.sendall(b"key\\n")
    print(len(link.recv(64)))
except (BrokenPipeError, ConnectionResetError):
    print(0)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_another_user_gets_nothing_even_with_the_folders_open(
    place: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The kernel's word on the caller decides, not the folder's rights alone."""
    unlock(KEY, place)
    ours = tmp_path_factory.getbasetemp().parent
    opened = [path for path in (place / "run/vault.sock", *(place / "run/x").parents) if ours in path.parents]
    before = {path: path.stat().st_mode & 0o7777 for path in (*opened, ours)}
    try:
        for path in before:
            path.chmod(0o777)
        asked = subprocess.run(
            [sys.executable, "-c", OTHER_USER, str(place / "run/vault.sock")],
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        for path, mode in before.items():
            path.chmod(mode)
    assert asked.stdout == "0\n", asked.stderr
    assert held_key(place) == KEY


def test_the_key_is_in_no_argument_and_no_environment(place: Path) -> None:
    unlock(KEY, place)
    forms = (KEY, KEY.hex().encode())
    seen = 0
    for process in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "environ"):
            try:
                told = (process / name).read_bytes()
            except OSError:
                continue
            seen += b"discretion.vault._holder" in told
            assert not any(form in told for form in forms)
    if Path("/proc/self/cmdline").exists():
        assert seen, "the search saw the process"


def test_a_path_too_long_for_a_socket_is_named(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 120)
    folder.mkdir(mode=0o700)
    with pytest.raises(VaultError, match="no socket"):
        unlock(KEY, folder)


def test_the_held_key_opens_the_vault(folder: Path, made: tuple[Path, bytes]) -> None:
    unlock(made[1], folder)
    try:
        key = held_key(folder)
        assert key is not None
        with Vault.open_with_key(key, folder) as vault:
            vault.check()
    finally:
        lock(folder)


def _holder(folder: Path) -> int:
    with socket.socket(socket.AF_UNIX) as link:
        link.connect(str(folder / "run/vault.sock"))
        return int(struct.unpack("3i", link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0])


@pytest.mark.skipif(not hasattr(socket, "SO_PEERCRED"), reason="the system does not name the process")
def test_a_stopped_holder_is_killed_by_lock(place: Path) -> None:
    unlock(KEY, place)
    pid = _holder(place)
    os.kill(pid, signal.SIGSTOP)
    assert lock(place)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGCONT)
    assert held_key(place) is None
    assert not is_held(place)


@pytest.mark.skipif(not hasattr(socket, "SO_PEERCRED"), reason="the system does not name the process")
def test_a_holder_that_cannot_be_named_is_not_called_locked(place: Path) -> None:
    """Its queue is full, so the kernel names no process: better an error than a wrong word."""
    unlock(KEY, place)
    pid = _holder(place)
    os.kill(pid, signal.SIGSTOP)
    waiting = [socket.socket(socket.AF_UNIX) for _ in range(12)]
    try:
        for link in waiting:
            link.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                link.connect(str(place / "run/vault.sock"))
        with pytest.raises(VaultError, match="holds the vault open"):
            lock(place)
    finally:
        for link in waiting:
            link.close()
        os.kill(pid, signal.SIGCONT)


def test_asking_for_the_state_prolongs_nothing(place: Path) -> None:
    unlock(KEY, place, idle_s=1.5)
    until = time.monotonic() + 20
    while is_held(place):
        assert time.monotonic() < until
        time.sleep(0.1)
