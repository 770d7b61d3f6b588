"""Half-made vaults, odd paths and key files that somebody made by hand: each has a name, none a traceback."""

from __future__ import annotations

import hashlib
import struct
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.vault.conftest import LEAST, PASSPHRASE

from discretion.vault import (
    Corrupt,
    Locked,
    NotSaved,
    NoVault,
    Vault,
    VaultError,
    VaultExists,
    back_up,
    change_passphrase,
    destroy,
)
from discretion.vault._key_file import read_key_file, write_key_file
from discretion.vault._lock import alone


def test_an_init_that_was_killed_half_way_names_the_way_out(folder: Path) -> None:
    (folder / "vault.key").unlink()
    with pytest.raises(VaultExists, match="vault destroy"):
        Vault.create(PASSPHRASE, folder, cost=LEAST)
    destroy(folder)
    Vault.create(PASSPHRASE, folder, cost=LEAST).close()


def test_an_empty_passphrase_protects_nothing(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="empty"):
        Vault.create("", tmp_path / "new", cost=LEAST)
    assert list((tmp_path / "new").iterdir()) == []
    with pytest.raises(VaultError, match="empty"):
        change_passphrase(PASSPHRASE, "", folder, cost=LEAST)


@pytest.mark.parametrize("name", ["file/x.age", "x" * 250 + ".age", "x" * 300, "a\x00b"])
def test_odd_backup_paths(vault: Vault, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with vault, pytest.raises(NotSaved):
        back_up(vault, PASSPHRASE, tmp_path / name)


@pytest.mark.parametrize("name", ["file/home", "x" * 300])
def test_odd_homes(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NoVault):
        Vault.open(PASSPHRASE, tmp_path / name)
    with pytest.raises(NotSaved):
        Vault.create(PASSPHRASE, tmp_path / name, cost=LEAST)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (
            '{"format": "discretion.vault-key/1", "argon2id": '
            '{"memory_kib": 65536, "passes": Infinity, "lanes": 4, "salt": ""}}',
            "no whole number",
        ),
        ("[" * 1900 + "}", "nested deeper than a parser goes"),
        ("{}", "nothing in it"),
    ],
)
def test_key_files_made_by_hand(tmp_path: Path, body: str, why: str) -> None:
    path = tmp_path / "vault.key"
    path.write_text(f"{hashlib.sha256(body.encode()).hexdigest()} {body}\n" * 2)
    path.chmod(0o600)
    with pytest.raises(Corrupt):
        read_key_file(path)


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("moved", range(4))
def test_an_init_killed_at_any_step_keeps_nothing_from_being_made(folder: Path, moved: int) -> None:
    """Its files are made in a folder of their own, then moved one by one, the key last."""
    unfinished = folder / ".vault.new"
    unfinished.mkdir(mode=0o700)
    for name in ("vault.db", "vault.mark", "vault.key")[moved:]:
        (folder / name).rename(unfinished / name)
    if moved == 3:
        Vault.open(PASSPHRASE, folder).close()
        with pytest.raises(VaultExists):
            Vault.create(PASSPHRASE, folder, cost=LEAST)
        return
    Vault.create("another passphrase", folder, cost=LEAST).close()
    assert _files(folder) == ["vault.db", "vault.key", "vault.mark"]
    Vault.open("another passphrase", folder).close()


def test_a_journal_of_a_vault_that_was_taken_away_does_not_reach_the_next(tmp_path: Path) -> None:
    """Whoever moves a damaged vault's files away by hand forgets it; SQLite would cut the new one by it."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    head = bytes.fromhex("d9d505f920a163d7") + struct.pack(">5I", 0, 1, 1, 512, 4096)
    (folder / "vault.db-journal").write_bytes(head.ljust(512, b"\0"))
    Vault.create(PASSPHRASE, folder, cost=LEAST).close()
    assert _files(folder) == ["vault.db", "vault.key", "vault.mark"]


def test_a_vault_that_is_destroyed_while_it_is_open_has_a_name(folder: Path, vault: Vault) -> None:
    vault.rows("SELECT value FROM own_fact")
    destroy(folder)
    with pytest.raises(VaultError):
        vault.rows("SELECT value FROM own_fact")
    with pytest.raises(VaultError):
        vault.rows("INSERT INTO own_fact (kind, value, added_at) VALUES ('name', 'x', '')")


def test_a_file_put_in_place_of_an_open_one_is_not_written_beside(folder: Path, vault: Vault) -> None:
    other = folder / "other"
    other.write_bytes(vault.path.read_bytes())
    other.chmod(0o600)
    other.replace(vault.path)
    with pytest.raises(NotSaved, match="put in its place"):
        vault.rows("INSERT INTO own_fact (kind, value, added_at) VALUES ('name', 'x', '')")
    vault.close()
    with Vault.open(PASSPHRASE, folder) as again:
        assert again.rows("SELECT count(*) FROM own_fact") == [(0,)]


def test_what_only_looks_like_a_leftover_stays(folder: Path) -> None:
    (folder / ".vault.key.folder").mkdir()
    change_passphrase(PASSPHRASE, "another passphrase", folder, cost=LEAST)
    Vault.open("another passphrase", folder).close()
    assert (folder / ".vault.key.folder").is_dir()


def test_a_killed_init_is_destroyed_with_its_key(folder: Path) -> None:
    unfinished = folder / ".vault.new"
    unfinished.mkdir(mode=0o700)
    (folder / "vault.key").rename(unfinished / "vault.key")
    assert destroy(folder)[0].name == "vault.key"
    assert list(folder.iterdir()) == []


def test_leftovers_of_a_killed_change_go_on_the_next_opening(folder: Path, made: tuple[Path, bytes]) -> None:
    left = folder / ".vault.key.0a0a"
    left.write_bytes((folder / "vault.key").read_bytes())
    second_name = folder / ".vault.key.0b0b"
    second_name.hardlink_to(folder / "vault.key")
    with left.open("rb") as file:
        Vault.open_with_key(made[1], folder).close()
        assert file.read() == b"", "overwritten and cut to nothing"
    assert _files(folder) == ["vault.db", "vault.key", "vault.mark"]
    Vault.open(PASSPHRASE, folder).close()


def test_leftovers_stay_while_a_change_is_under_way(folder: Path, made: tuple[Path, bytes]) -> None:
    left = folder / ".vault.key.0a0a"
    left.write_bytes(b"the new one")
    with alone(folder):
        Vault.open_with_key(made[1], folder).close()
        assert left.exists()
        with pytest.raises(Locked), alone(folder, patience_s=0.0):
            pass
    Vault.open_with_key(made[1], folder).close()
    assert not left.exists()


def test_readers_see_no_damage_while_the_passphrase_changes(folder: Path) -> None:
    wrapped, _ = read_key_file(folder / "vault.key")
    is_over = threading.Event()
    seen: list[bool] = []

    def read() -> None:
        while not is_over.is_set():
            seen.append(read_key_file(folder / "vault.key")[1])

    with ThreadPoolExecutor() as pool:
        reading = pool.submit(read)
        try:
            for _ in range(150):
                write_key_file(folder / "vault.key", wrapped)
        finally:
            is_over.set()
        reading.result()
    assert len(seen) > 50
    assert all(seen)
