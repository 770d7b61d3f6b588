"""The vault's figures for docs/reliability.md: kills, damage and full disks, counted.

`python -m benchmarks.vault_reliability` takes some minutes and prints a section; `--quick` a part of each.
No trial's vault outlives the run.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import apsw

from benchmarks.machine import machine
from benchmarks.vault_trials import Made, answer, copy_folder, crash_points, damaged, flips, random_kills
from benchmarks.vault_trials_keys import LEAST, OLD, killed_changes, killed_inits
from benchmarks.vault_writer import Expected
from discretion.vault import Vault

_FILES = ("vault.db", "vault.mark", "vault.key")
_ROW = (
    "INSERT INTO disclosure (platform, kind, frame, severity, source, digest, value, times, noted_at)"
    " VALUES ('character.ai', 'location', 'self', 'high', 'import', ?, '{\"codes\":[\"US-OK\"]}', 1, '')"
)
_SMALL = "INSERT INTO own_fact (kind, value, added_at) VALUES ('name', ?, '')"


def _kills(made: Made, place: Path, runs: int) -> str:
    told: Counter[str] = Counter()
    for seed in range(runs):
        told += random_kills(made, place, seed=seed)
    return (
        f"| killed again and again in 200 writes, {runs} times | {told['kills']:,} kills, "
        f"{told['journals']:,} of them with a journal left; {told['writes']:,} writes | "
        f"lost {told['lost']}, there in part {told['partial']}, not opened {told['refused']} |"
    )


def _calls(made: Made, place: Path, seeds: int, step: int) -> tuple[str, str]:
    points, wrong, told = 0, 0, Counter[str]()
    for seed in range(seeds):
        expected, older = Expected(seed), None
        for folder, done in crash_points(made, place / "home", seed=seed, writes=5, step=step):
            points += 1
            states = [expected.after(done), expected.after(done + 1)]
            crashed = place / "crashed"
            copy_folder(folder, crashed)
            for _, ended in damaged(made, crashed, place / "damaged", states, seed=points, older=older):
                told[ended] += 1
            wrong += answer(made, folder) not in states
            older = place / f"older{points % 2}"
            copy_folder(crashed, older)
        expected.close()
    return (
        f"| killed on entering a system call that writes, renames or removes | {points:,} calls | "
        f"{points - wrong:,} exactly as before or after the write, {wrong} not |",
        "| after such a kill: journal, mark or database flipped, cut, removed, or exchanged for one of an "
        f"earlier kill | {told.total():,} | {told['exact']:,} exactly as before or after, "
        f"{told['named']:,} refused and named, {told['third']} anything else |",
    )


def _keys(made: Made, place: Path, step: int) -> list[str]:
    changed, begun = killed_changes(made, place, step=step), killed_inits(place, step=step)
    return [
        f"| a change of the passphrase, killed on entering such a call | {changed.total():,} calls | "
        f"the old one opens {changed['old']:,}, the new one {changed['new']:,}, "
        f"anything else {changed['wrong']} |",
        f"| `init`, killed on entering such a call | {begun.total():,} calls | nothing in the next one's way "
        f"{begun['again']:,}, a whole vault {begun['opens']:,}, anything else {begun['wrong']} |",
    ]


def _flips(made: Made, place: Path, step: int) -> list[str]:
    rows = []
    for name in _FILES:
        told = flips(made, place, name, step=step)
        size = (made.folder / name).stat().st_size
        rows.append(
            f"| a bit flipped in one byte of `{name}` | {told.total():,} of {size:,} bytes | "
            f"{told['named']:,} refused and named, {told['exact']:,} answered rightly, "
            f"{told['third']} wrongly |"
        )
    return rows


def _times(made: Made, place: Path) -> list[str]:
    folder = made.copy(place)
    with Vault.open_with_key(made.key, folder) as vault:
        rows = []
        for count in (0, 40_000, 60_000):
            vault.run_many(_ROW, [[os.urandom(32)] for _ in range(count)])
            total = vault.rows("SELECT count(*) FROM disclosure")[0][0]
            began = time.perf_counter()
            Vault.open_with_key(made.key, folder).close()
            opening = time.perf_counter() - began
            writes = []
            for _ in range(9):
                began = time.perf_counter()
                vault.rows(_SMALL, [os.urandom(8).hex()])
                writes.append(time.perf_counter() - began)
            size, median = vault.path.stat().st_size, sorted(writes)[4]
            rows.append(
                f"| {total:,} | {size / 1e6:.1f} MB | {opening * 1e3:.0f} ms | {median * 1e3:.0f} ms |"
            )
    return rows


def main() -> None:
    """Run all trials and print what they gave."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a part of each")
    quick = parser.parse_args().quick
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with Vault.create(OLD, root / "made", cost=LEAST) as vault:
            made = Made(root / "made", vault.data_key)
        rows = [_kills(made, root / "kills", 1 if quick else 10)]
        rows += _calls(made, root, 1, 20 if quick else 1)
        rows += _flips(made, root / "flips", 200 if quick else 1)
        rows += _keys(made, root / "keys", 30 if quick else 1)
        times = _times(made, root / "times")
    told = machine()
    print(
        f"{datetime.now(UTC):%d %B %Y}, {told['cores']} cores ({told['cpu']}), load {told['load']}, "
        f"{told['system']}, Python {told['python']}, SQLite {apsw.sqlite_lib_version()} "
        f"(apsw {apsw.apsw_version()}), cipher chacha20; {time.perf_counter() - began:.0f} s.\n"
    )
    print("| what was done | how often | how it ended |\n|---|---|---|", *rows, sep="\n")
    print(
        "\n| rows of the ledger | database | opening, without the derivation of the key | "
        "a small write, median of 9 |"
    )
    print("|---:|---:|---:|---:|", *times, sep="\n")


if __name__ == "__main__":
    main()
