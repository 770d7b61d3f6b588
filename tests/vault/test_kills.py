"""Kills at random and at system calls, and damage after them: the state before or after, or a name for it."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.vault_trials import Made, answer, copy_folder, crash_points, damaged, flips, random_kills
from benchmarks.vault_writer import Expected

from discretion.vault import Corrupt, Vault, mend
from discretion.vault._database import connect
from discretion.vault._migrations import MARKED_SINCE, migrations

STEP = 12
ADD = "INSERT INTO own_fact (kind, value, added_at) VALUES ('name', ?, '')"


@pytest.fixture(scope="module")
def trial(made: tuple[Path, bytes]) -> Made:
    """The vault that the trials copy."""
    return Made(*made)


def test_killed_again_and_again_in_200_writes(trial: Made, tmp_path: Path) -> None:
    """Whatever was said to be done is there whole, whenever the kill came, opening included."""
    told = random_kills(trial, tmp_path / "home", seed=0)
    assert told["writes"] == 200
    assert told["kills"] >= 10
    assert told["lost"] == told["partial"] == told["refused"] == 0


def test_killed_at_a_system_call_and_damaged_after(trial: Made, tmp_path: Path) -> None:
    """After the kill alone the state before or after; with damage on top that, or a name; never a third."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed, so no system call can be chosen")
    expected, told = Expected(3), Counter[str]()
    for number, (folder, done) in enumerate(
        crash_points(trial, tmp_path / "home", seed=3, writes=3, step=17)
    ):
        states = [expected.after(done), expected.after(done + 1)]
        for _, ended in damaged(trial, folder, tmp_path / "damaged", states, seed=number):
            told[ended] += 1
        assert answer(trial, folder) in states
    expected.close()
    if not told:
        pytest.skip("strace may not watch processes here")
    assert told["third"] == 0
    assert told["exact"] > 5
    assert told["named"] > 5


@pytest.mark.parametrize(("name", "step"), [("vault.mark", 3), ("vault.key", 1), ("vault.db", 97)])
def test_a_flipped_bit_in_any_file(trial: Made, tmp_path: Path, name: str, step: int) -> None:
    told = flips(trial, tmp_path / "home", name, step=step)
    assert told["third"] == 0
    assert told["named" if name == "vault.db" else "exact"] == told.total()


def test_an_older_database_or_page_put_back_is_named(trial: Made, tmp_path: Path) -> None:
    """Each page of it is genuine: only the mark tells."""
    home, older = trial.copy(tmp_path / "home"), tmp_path / "older"
    with Vault.open_with_key(trial.key, home) as vault:
        vault.rows(ADD, ["first " + "x" * 3000])
        copy_folder(home, older)
        vault.rows(ADD, ["second"])
    now, before = ((place / "vault.db").read_bytes() for place in (home, older))
    assert len(now) == len(before)
    changed = [at for at in range(0, len(now), 4096) if now[at : at + 4096] != before[at : at + 4096]]
    assert changed[0] == 0, "the first page differs in SQLite's counters alone, which no answer rests on"
    assert len(changed) > 1
    for at in changed[1:]:
        (home / "vault.db").write_bytes(now[:at] + before[at : at + 4096] + now[at + 4096 :])
        with pytest.raises(Corrupt):
            Vault.open_with_key(trial.key, home)
    (home / "vault.db").write_bytes(before)
    with pytest.raises(Corrupt, match="older"):
        Vault.open_with_key(trial.key, home)
    (home / "vault.db").write_bytes(now)
    Vault.open_with_key(trial.key, home).close()


@pytest.mark.parametrize("damaged", [0, 1])
def test_half_a_mark_does_not_vouch_for_the_state_before(trial: Made, tmp_path: Path, damaged: int) -> None:
    """Once a write is done neither record allows what was there before it."""
    home = trial.copy(tmp_path / "home")
    with Vault.open_with_key(trial.key, home) as vault:
        vault.rows(ADD, ["first"])
        before = vault.path.read_bytes()
        vault.rows(ADD, ["second"])
    raw = bytearray((home / "vault.mark").read_bytes())
    raw[512 * damaged : 512 * damaged + 512] = bytes(512)
    (home / "vault.mark").write_bytes(raw)
    Vault.open_with_key(trial.key, home).close()
    (home / "vault.db").write_bytes(before)
    with pytest.raises(Corrupt, match="older"):
        Vault.open_with_key(trial.key, home)


def test_an_older_file_put_back_under_an_open_vault(trial: Made, tmp_path: Path) -> None:
    home = trial.copy(tmp_path / "home")
    with Vault.open_with_key(trial.key, home) as vault:
        before = vault.path.read_bytes()
        vault.rows(ADD, ["second"])
        vault.path.write_bytes(before)
        with pytest.raises(Corrupt):
            vault.rows("SELECT value FROM own_fact")
        with pytest.raises(Corrupt):
            vault.rows(ADD, ["third"])


@pytest.mark.parametrize("why", ["removed", "of another vault", "random bytes", "empty"])
def test_a_mark_that_says_nothing_is_named_and_can_be_mended(trial: Made, tmp_path: Path, why: str) -> None:
    from tests.vault.conftest import PASSPHRASE

    home = trial.copy(tmp_path / "home")
    with Vault.open_with_key(trial.key, home) as vault:
        vault.rows(ADD, ["kept"])
    mark = home / "vault.mark"
    wrong = {"of another vault": mark.read_bytes()[::-1], "random bytes": random.Random(1).randbytes(1024)}
    mark.write_bytes(wrong.get(why, b""))
    if why == "removed":
        mark.unlink()
    with pytest.raises(Corrupt, match="vault mend"):
        Vault.open_with_key(trial.key, home)
    assert mend(PASSPHRASE, home)
    assert not mend(PASSPHRASE, home), "once is enough"
    with Vault.open_with_key(trial.key, home) as vault:
        assert vault.rows("SELECT value FROM own_fact") == [("kept",)]
        assert vault.rows("SELECT verb FROM audit_trail") == [("vault mend",)]


def test_damage_is_not_mended(trial: Made, tmp_path: Path) -> None:
    from tests.vault.conftest import PASSPHRASE

    home = trial.copy(tmp_path / "home")
    raw = bytearray((home / "vault.db").read_bytes())
    raw[-2000] ^= 1
    (home / "vault.db").write_bytes(raw)
    with pytest.raises(Corrupt):
        mend(PASSPHRASE, home)


@pytest.fixture
def unmarked(trial: Made, tmp_path: Path) -> Made:
    """A vault as it was before step 0004: without a mark, free pages cut off by SQLite itself."""
    old = Made(trial.copy(tmp_path / "old"), trial.key)
    connection = connect(old.folder / "vault.db", old.key)
    connection.pragma("auto_vacuum", "FULL")
    for _, statements in migrations()[MARKED_SINCE - 1 :]:
        for table in re.findall(r"CREATE TABLE (\w+)", statements):
            connection.execute(f"DROP TABLE {table}")
    connection.pragma("user_version", MARKED_SINCE - 1)
    connection.close()
    (old.folder / "vault.mark").unlink()
    return old


def test_a_vault_from_before_marks_gets_one(unmarked: Made) -> None:
    with Vault.open_with_key(unmarked.key, unmarked.folder) as vault:
        assert vault.rows("PRAGMA auto_vacuum") == [(2,)]
        vault.rows(ADD, ["new"])
    (unmarked.folder / "vault.mark").unlink()
    with pytest.raises(Corrupt, match="missing"):
        Vault.open_with_key(unmarked.key, unmarked.folder)


def test_killed_while_it_gets_its_mark(unmarked: Made, tmp_path: Path) -> None:
    if not shutil.which("strace"):
        pytest.skip("strace is not installed, so no system call can be chosen")
    expected = Expected(1)
    for folder, done in crash_points(unmarked, tmp_path / "home", seed=1, writes=1, step=STEP):
        assert answer(unmarked, folder) in (expected.after(done), expected.after(done + 1))
    expected.close()


CROWD = """
import sys
from pathlib import Path
from discretion.vault import Vault
key, folder, who = bytes.fromhex(sys.stdin.readline()), Path(sys.argv[1]), sys.argv[2]
for turn in range(6):
    with Vault.open_with_key(key, folder) as vault:
        for number in range(6):
            if who.startswith("w"):
                vault.rows(
                    "INSERT INTO own_fact (kind, value, added_at) VALUES ('name', ?, '')",
                    [f"{who} {turn} {number} " + "x" * 900],
                )
            assert vault.rows("SELECT count(*) FROM own_fact")[0][0] >= 0
"""


def test_many_commands_at_once_find_no_damage(trial: Made, tmp_path: Path) -> None:
    """Each opens, reads and writes on its own; what one marks must never look like damage to another."""
    home = trial.copy(tmp_path / "home")
    crowd = [
        subprocess.Popen(
            [sys.executable, "-c", CROWD, str(home), who],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for who in ("w1", "w2", "w3", "r1", "r2")
    ]
    ended = [one.communicate(trial.key.hex() + "\n", timeout=60)[1] for one in crowd]
    assert ended == [""] * 5
    with Vault.open_with_key(trial.key, home) as vault:
        assert vault.rows("SELECT count(*) FROM own_fact") == [(3 * 36,)]
