"""What a crash, a full disk and a damaged byte do: nothing committed is lost, damage is named."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from discretion.vault import Corrupt, NotSaved, Vault

WRITER = """
import os, random, sys
from pathlib import Path
from discretion.vault import Vault
vault = Vault.open_with_key(bytes.fromhex(sys.stdin.readline()), Path(sys.argv[1]))
chance = random.Random(int(sys.argv[2]))
for number in range(200):
    with vault.transaction():
        for part in range(chance.randrange(1, 6)):
            vault.rows(
                "INSERT INTO own_fact (kind, value, added_at) VALUES ('name', ?, '')",
                [f"{number}.{part} " + "x" * chance.randrange(4000)],
            )
        if number and chance.random() < 0.3:
            vault.rows("UPDATE own_fact SET added_at = 1 WHERE value LIKE ?", [f"{number - 1}.%"])
        vault.rows("INSERT INTO own_fact (kind, value, added_at) VALUES ('age', ?, '')", [str(number)])
    os.write(1, f"{number}\\n".encode())
"""


@pytest.mark.parametrize("seed", range(2))
def test_kill_in_the_middle_of_200_writes(
    folder: Path, made: tuple[Path, bytes], reopen: Callable[[], Vault], seed: int
) -> None:
    """Every transaction that said it was done is there whole; the one that was cut is not there at all."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(seed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert writer.stdin is not None
    assert writer.stdout is not None
    writer.stdin.write(made[1].hex().encode() + b"\n")
    writer.stdin.flush()
    chance = random.Random(seed)
    told = [writer.stdout.readline() for _ in range(chance.randrange(1, 120))]
    time.sleep(chance.random() / 50)
    writer.send_signal(signal.SIGKILL)
    told += writer.stdout.read().splitlines(keepends=True)
    writer.wait()
    writer.stdin.close()
    writer.stdout.close()
    done = [int(line) for line in told if line.endswith(b"\n")]
    with reopen() as vault:
        ends = [
            int(row[0]) for row in vault.rows("SELECT value FROM own_fact WHERE kind = 'age' ORDER BY id")
        ]
        begun = {
            int(row[0].split(".")[0]) for row in vault.rows("SELECT value FROM own_fact WHERE kind = 'name'")
        }
    assert done == list(range(len(done)))
    assert ends[: len(done)] == done
    assert len(ends) <= len(done) + 1, "at most the one that was done but not yet said"
    assert begun == set(ends), "no transaction in part"


def _fill(vault: Vault) -> None:
    vault.run_many(
        "INSERT INTO own_fact (kind, value, added_at) VALUES ('name', ?, '')",
        [[f"value {number} " + "y" * 300] for number in range(80)],
    )


def test_a_flipped_byte_is_named_wherever_it_is(
    vault: Vault, made: tuple[Path, bytes], tmp_path: Path
) -> None:
    """The first bytes of the file one by one, and a byte in about every hundred of the rest."""
    _fill(vault)
    vault.close()
    raw = vault.path.read_bytes()
    chance = random.Random(7)
    positions = [
        *range(100),
        *(at + chance.randrange(97) for at in range(100, len(raw) - 97, 97)),
        len(raw) - 1,
    ]
    place = tmp_path / "damaged"
    shutil.copytree(vault.folder, place)
    for position in positions:
        damaged = bytearray(raw)
        damaged[position] ^= 1 << chance.randrange(8)
        (place / "vault.db").write_bytes(damaged)
        with pytest.raises(Corrupt, match="damaged"):
            Vault.open_with_key(made[1], place)


@pytest.mark.parametrize(
    ("keep", "why"),
    [
        (0, "nothing left"),
        (1, "a byte"),
        (4096, "one page"),
        (-4096, "a page missing"),
        (-1, "a byte missing"),
    ],
)
def test_a_file_cut_short_is_named(vault: Vault, reopen: Callable[[], Vault], keep: int, why: str) -> None:
    _fill(vault)
    vault.close()
    vault.path.write_bytes(vault.path.read_bytes()[: keep or None] if keep else b"")
    with pytest.raises(Corrupt):
        reopen()


def test_pages_of_another_time_or_place_are_named(vault: Vault, reopen: Callable[[], Vault]) -> None:
    """Two whole pages changed for each other: each is genuine, neither belongs there."""
    _fill(vault)
    vault.close()
    raw = vault.path.read_bytes()
    pages = [raw[at : at + 4096] for at in range(0, len(raw), 4096)]
    pages[-1], pages[-2] = pages[-2], pages[-1]
    vault.path.write_bytes(b"".join(pages))
    with pytest.raises(Corrupt):
        reopen()


def test_damage_while_it_is_open_gives_no_half_answer(vault: Vault, reopen: Callable[[], Vault]) -> None:
    _fill(vault)
    vault.close()
    with reopen() as again:
        raw = bytearray(again.path.read_bytes())
        raw[-2000] ^= 1
        again.path.write_bytes(raw)
        with pytest.raises(Corrupt):
            again.rows("SELECT count(*) FROM own_fact")
        with pytest.raises(Corrupt):
            again.check()


def test_a_file_that_may_not_grow_loses_nothing(folder: Path, made: tuple[Path, bytes]) -> None:
    """The disk refuses in the middle of a transaction: it is named, and what was there is still there."""
    child = """
import resource, signal, sys
from pathlib import Path
from discretion.vault import NotSaved, Vault
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
vault = Vault.open_with_key(bytes.fromhex(sys.stdin.readline()), Path(sys.argv[1]))
add = "INSERT INTO own_fact (kind, value, added_at) VALUES ('name', ?, '')"
vault.rows(add, ["kept"])
size = vault.path.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, size + 20_000))
try:
    with vault.transaction():
        for number in range(2000):
            vault.rows(add, [f"{number} " + "x" * 1000])
except NotSaved as error:
    print(error)
else:
    sys.exit("it was taken")
print([row[0] for row in vault.rows("SELECT value FROM own_fact")])
"""
    done = subprocess.run(
        [sys.executable, "-c", child, str(folder)],
        input=made[1].hex() + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "still there" in done.stdout
    assert done.stdout.endswith("['kept']\n")
    with Vault.open_with_key(made[1], folder) as vault:
        assert vault.rows("SELECT value FROM own_fact") == [("kept",)]


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A file system of 256 KiB, where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir(mode=0o700)
    if (
        os.geteuid() != 0
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=256k,mode=0700", "tmpfs", str(place)],
            capture_output=True,
            check=False,
        ).returncode
    ):
        pytest.skip("no small file system can be mounted here")
    return place


def test_a_full_disk(small_disk: Path, folder: Path, made: tuple[Path, bytes]) -> None:
    home = small_disk / "home"
    try:
        shutil.copytree(folder, home)
        home.chmod(0o700)
        add = "INSERT INTO own_fact (kind, value, added_at) VALUES ('name', ?, '')"
        kept = 0

        def fill(vault: Vault) -> None:
            nonlocal kept
            while True:
                vault.rows(add, [f"{kept} " + "x" * 3000])
                kept += 1

        with Vault.open_with_key(made[1], home) as vault:
            with pytest.raises(NotSaved, match="full"):
                fill(vault)
            assert kept > 5
            assert vault.rows("SELECT count(*) FROM own_fact") == [(kept,)]
        with Vault.open_with_key(made[1], home) as vault:
            assert vault.rows("SELECT count(*) FROM own_fact") == [(kept,)]
    finally:
        subprocess.run(["umount", str(small_disk)], check=True)
