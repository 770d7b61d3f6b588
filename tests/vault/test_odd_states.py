"""Half-made vaults, odd paths and key files that somebody made by hand: each has a name, none a traceback."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tests.vault.conftest import LEAST, PASSPHRASE

from discretion.vault import (
    Corrupt,
    NotSaved,
    NoVault,
    Vault,
    VaultError,
    VaultExists,
    back_up,
    change_passphrase,
    destroy,
)
from discretion.vault._key_file import read_key_file


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
