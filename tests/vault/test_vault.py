"""The vault's doors: who may open it, what is refused, what it is called."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.vault.conftest import LEAST, PASSPHRASE

from discretion.vault import (
    Corrupt,
    Locked,
    NewerVault,
    NoVault,
    UnsafePermissions,
    Vault,
    VaultExists,
    WrongPassphrase,
    change_passphrase,
    home,
)
from discretion.vault._migrations import migrations

ADD = "INSERT INTO own_fact (kind, value, added_at) VALUES ('name', ?, '')"


def values(vault: Vault) -> list[str]:
    return [row[0] for row in vault.rows("SELECT value FROM own_fact ORDER BY id")]


def test_it_is_the_users_alone(folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        "vault.db": 0o600,
        "vault.mark": 0o600,
        "vault.key": 0o600,
    }


def test_settings_that_safety_rests_on(vault: Vault) -> None:
    wanted = {
        "cipher": "chacha20",
        "journal_mode": "delete",
        "synchronous": "3",
        "secure_delete": "1",
        "temp_store": "2",
        "auto_vacuum": "2",
        "trusted_schema": "0",
    }
    assert {name: str(vault.rows(f"PRAGMA {name}")[0][0]) for name in wanted} == wanted


def test_passphrase_and_its_change(folder: Path) -> None:
    with pytest.raises(WrongPassphrase):
        Vault.open("ferret", folder)
    with Vault.open(PASSPHRASE, folder) as vault:
        vault.rows(ADD, ["kept"])
    pages = (folder / "vault.db").read_bytes()
    old_key = (folder / "vault.key").read_bytes()
    change_passphrase(PASSPHRASE, "another one", folder, cost=LEAST)
    assert (folder / "vault.db").read_bytes() == pages, "the database is not written anew"
    assert (folder / "vault.key").read_bytes() != old_key
    with Vault.open("another one", folder) as vault:
        assert values(vault) == ["kept"]
    with pytest.raises(WrongPassphrase):
        Vault.open(PASSPHRASE, folder)


def test_a_second_vault_does_not_replace_the_first(folder: Path) -> None:
    with pytest.raises(VaultExists):
        Vault.create("another", folder, cost=LEAST)
    (folder / "vault.key").unlink()
    with pytest.raises(VaultExists):
        Vault.create("another", folder, cost=LEAST)
    assert (folder / "vault.db").exists()


def test_no_vault(tmp_path: Path) -> None:
    for place in (tmp_path / "nowhere", tmp_path):
        tmp_path.chmod(0o700)
        with pytest.raises(NoVault, match="vault init"):
            Vault.open(PASSPHRASE, place)


@pytest.mark.parametrize("mode", [0o755, 0o750, 0o701])
def test_a_folder_that_others_may_enter_is_refused(folder: Path, mode: int) -> None:
    folder.chmod(mode)
    with pytest.raises(UnsafePermissions, match="chmod 700"):
        Vault.open(PASSPHRASE, folder)
    with pytest.raises(UnsafePermissions):
        Vault.create(PASSPHRASE, folder, cost=LEAST)


@pytest.mark.parametrize("mode", [0o644, 0o660])
@pytest.mark.parametrize("name", ["vault.db", "vault.mark"])
def test_a_database_that_others_may_read_is_refused(
    folder: Path, reopen: Callable[[], Vault], name: str, mode: int
) -> None:
    (folder / name).chmod(mode)
    with pytest.raises(UnsafePermissions, match="chmod 600"):
        reopen()


def test_a_database_without_its_file_or_with_another_key(folder: Path, reopen: Callable[[], Vault]) -> None:
    with pytest.raises(Corrupt, match="another key"):
        Vault.open_with_key(bytes(32), folder)
    (folder / "vault.db").unlink()
    with pytest.raises(Corrupt, match="missing"):
        reopen()


def test_a_vault_of_a_later_version_is_left_alone(vault: Vault, reopen: Callable[[], Vault]) -> None:
    vault.rows(f"PRAGMA user_version = {len(migrations()) + 1}")
    vault.close()
    with pytest.raises(NewerVault):
        reopen()


def test_an_older_vault_is_brought_forward(vault: Vault, reopen: Callable[[], Vault]) -> None:
    for (table,) in vault.rows("SELECT name FROM sqlite_schema WHERE type = 'table'"):
        vault.rows(f"DROP TABLE {table}")
    vault.rows("PRAGMA user_version = 0")
    vault.close()
    with reopen() as again:
        assert len(again.subkey("any")) == 32


def test_a_transaction_is_whole_or_not_at_all(vault: Vault) -> None:
    def breaks_off() -> None:
        with vault.transaction():
            vault.rows(ADD, ["half"])
            with vault.transaction():
                vault.rows(ADD, ["inner"])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks_off()
    assert values(vault) == []
    with vault.transaction():
        vault.rows(ADD, ["whole"])
    assert values(vault) == ["whole"]


def test_two_open_it_at_once(vault: Vault, reopen: Callable[[], Vault]) -> None:
    with reopen() as other:
        for number in range(10):
            (vault, other)[number % 2].rows(ADD, [f"v{number}"])
        assert values(vault) == values(other) == [f"v{number}" for number in range(10)]


def test_subkeys_are_one_for_each_purpose(vault: Vault, reopen: Callable[[], Vault]) -> None:
    with reopen() as again:
        assert vault.subkey("audit") == again.subkey("audit") != vault.subkey("ledger")


def test_it_shows_no_key(vault: Vault) -> None:
    assert repr(vault) == str(vault) == "<Vault>"
    with pytest.raises(TypeError):
        pickle.dumps(vault)


def test_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCRETION_HOME", str(tmp_path))
    assert home() == tmp_path
    monkeypatch.setenv("DISCRETION_HOME", " ")
    assert home().name == "discretion"


def test_a_writer_that_does_not_end_is_named(vault: Vault, reopen: Callable[[], Vault]) -> None:
    with reopen() as other, other.transaction():
        other.rows(ADD, ["theirs"])
        vault.connection.set_busy_timeout(50)
        with pytest.raises(Locked, match="another command"):
            vault.rows(ADD, ["ours"])
    assert values(vault) == ["theirs"]
    vault.rows(ADD, ["ours"])
    assert values(vault) == ["theirs", "ours"]
