"""Trials of the vault: killed at random and at every system call, its files damaged; what it answers then."""

from __future__ import annotations

import itertools
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.vault_writer import READ, Expected
from discretion.vault import Corrupt, Vault
from discretion.vault._key_file import KEY_FILE, read_key_file

CALLS = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "rename", "link", "mkdir", "rmdir")
JOURNAL, MARK, DATABASE = "vault.db-journal", "vault.mark", "vault.db"


@dataclass(frozen=True, slots=True)
class Made:
    """A vault that is only copied: its folder and data key."""

    folder: Path
    key: bytes

    def copy(self, place: Path) -> Path:
        """A copy of it at ``place``, in place of what is there."""
        copy_folder(self.folder, place)
        return place


def copy_folder(source: Path, place: Path) -> None:
    """Copy a vault's folder with its mode."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(source, place)
    place.chmod(0o700)


class Writer:
    """`benchmarks.vault_writer` as a process."""

    def __init__(self, made: Made, folder: Path, seed: int, first: int, last: int, *prefix: str) -> None:
        command = [*prefix, sys.executable, "-m", "benchmarks.vault_writer", str(folder)]
        self.process = subprocess.Popen(
            [*command, str(seed), str(first), str(last)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(made.key.hex().encode() + b"\n")
        self.process.stdin.close()
        self.told = self.process.stdout

    def ended(self) -> list[int]:
        """What it said that it had committed, once it is gone."""
        lines = self.told.read().splitlines(keepends=True)
        self.told.close()
        self.process.wait()
        return [int(line) for line in lines if line.strip().isdigit() and line.endswith(b"\n")]


def answer(made: Made, folder: Path) -> list[tuple[str, str, str]] | None:
    """All rows that the vault in ``folder`` answers with; ``None`` where it says that it is damaged."""
    try:
        with Vault.open_with_key(made.key, folder) as vault:
            return vault.rows(READ)
    except Corrupt:
        return None


def random_kills(made: Made, place: Path, *, seed: int, writes: int = 200) -> Counter[str]:
    """Kill the writer again and again until all ``writes`` are done; every other time while it opens.

    Counts ``writes``, ``kills``, ``journals`` (kills that left one), ``lost`` (said to be done, not there),
    ``partial`` (neither before nor after a transaction) and ``refused`` (did not open).
    """
    told: Counter[str] = Counter()
    chance, expected = random.Random(seed), Expected(seed)
    folder = made.copy(place)
    done = 0
    while done < writes:
        writer = Writer(made, folder, seed, done, writes)
        waited = writer.told.readline()
        if chance.random() < 0.6:
            for _ in range(chance.randrange(1, 12)):
                waited = writer.told.readline() or waited
        time.sleep(chance.random() * 0.008)
        writer.process.kill()
        said = writer.ended()
        if waited.strip().isdigit():
            said = [*range(done, int(waited) + 1), *said]
        told["kills"] += 1
        told["journals"] += (folder / JOURNAL).exists()
        before = max([done, *(number + 1 for number in said)])
        rows = answer(made, folder)
        if rows is None:
            told["refused"] += 1
            break
        found = next((count for count in (before, before + 1) if rows == expected.after(count)), None)
        if found is None:
            told["lost" if len(rows) < len(expected.after(before)) else "partial"] += 1
            break
        done = found
    expected.close()
    told["writes"] += done
    return told


def crash_points(
    made: Made, place: Path, *, seed: int, writes: int, step: int = 1
) -> Iterator[tuple[Path, int]]:
    """The folder as a kill at one system call after another leaves it, and how many writes were said done.

    The system (strace) kills the writer on entering its Nth call of one kind, for each kind and N there is.
    """
    for call in CALLS:
        for number in itertools.count(1, step):
            folder = made.copy(place)
            writer = Writer(made, folder, seed, 0, writes, *killing(call, number))
            said = writer.ended()
            if writer.process.returncode == 0:
                break
            yield folder, len(said)


def killing(call: str, number: int) -> list[str]:
    """What, put before a command, kills it on entering its system call ``call`` for the ``number``th time."""
    return ["strace", "-f", "-qq", "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}"]


def _flipped(path: Path, chance: random.Random) -> None:
    raw = bytearray(path.read_bytes())
    if raw:
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    path.write_bytes(raw)


def _flipped_head(path: Path, chance: random.Random) -> None:
    raw = bytearray(path.read_bytes())
    if raw:
        raw[chance.randrange(min(28, len(raw)))] ^= 1 << chance.randrange(8)
    path.write_bytes(raw)


def _cut(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size + 1)])


def _gone(path: Path, chance: random.Random) -> None:
    path.unlink()


Damage = Callable[[Path, random.Random], None]
DAMAGES: tuple[tuple[str, str, Damage], ...] = (
    (JOURNAL, "a flipped bit", _flipped),
    (JOURNAL, "a flipped bit in its head", _flipped_head),
    (JOURNAL, "cut short", _cut),
    (JOURNAL, "removed", _gone),
    (MARK, "a flipped bit", _flipped),
    (MARK, "cut short", _cut),
    (MARK, "removed", _gone),
    (DATABASE, "a flipped bit", _flipped),
    (DATABASE, "cut short", _cut),
)


def damaged(
    made: Made,
    crashed: Path,
    place: Path,
    states: list[list[tuple[str, str, str]]],
    *,
    seed: int,
    older: Path | None = None,
) -> Iterator[tuple[str, str]]:
    """What is damaged in a copy of ``crashed`` and how that ends: ``exact``, ``named`` or ``third``.

    ``older`` is the same vault after an earlier crash, whose files are put in place of today's one by one.
    """
    chance = random.Random(seed)
    for name, how, damage in DAMAGES:
        if not (crashed / name).exists():
            continue
        copy_folder(crashed, place)
        damage(place / name, chance)
        yield f"{name}: {how}", _outcome(answer(made, place), states)
    for name in (JOURNAL, MARK, DATABASE) if older else ():
        if older is None or not (older / name).exists():
            continue
        copy_folder(crashed, place)
        shutil.copy2(older / name, place / name)
        yield f"{name}: an older one", _outcome(answer(made, place), states)


def _outcome(rows: list[tuple[str, str, str]] | None, states: list[list[tuple[str, str, str]]]) -> str:
    if rows is None:
        return "named"
    return "exact" if rows in states else "third"


def flips(made: Made, place: Path, name: str, *, step: int = 1) -> Counter[str]:
    """A bit flipped in one byte after another of the file ``name``: ``exact``, ``named`` or ``third``."""
    told: Counter[str] = Counter()
    folder = made.copy(place)
    whole = answer(made, folder)
    assert whole is not None
    wrapped, _ = read_key_file(folder / KEY_FILE)
    raw, chance = (folder / name).read_bytes(), random.Random(len(name))
    for position in range(0, len(raw), step):
        changed = bytearray(raw)
        changed[position] ^= 1 << chance.randrange(8)
        (folder / name).write_bytes(changed)
        if name == KEY_FILE:  # which no data key needs: here the question is whether it still says the same
            told["exact" if read_key_file(folder / name)[0] == wrapped else "third"] += 1
        else:
            told[_outcome(answer(made, folder), [whole])] += 1
    return told
