"""A vault that is made once, and copies of it: each derivation of a key takes its time on purpose."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from discretion.vault import Cost, Vault

PASSPHRASE = "ferret umbrella 41 candle"
LEAST = Cost(64 * 1024, 3)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """Folder and data key of a vault that no test writes to."""
    folder = tmp_path_factory.mktemp("made") / "home"
    with Vault.create(PASSPHRASE, folder, cost=LEAST) as vault:
        return folder, vault.data_key


@pytest.fixture
def folder(made: tuple[Path, bytes], tmp_path: Path) -> Path:
    """A copy of the vault's folder, to be used as the test likes."""
    copy = tmp_path / "home"
    shutil.copytree(made[0], copy)
    copy.chmod(0o700)
    return copy


@pytest.fixture
def reopen(made: tuple[Path, bytes], folder: Path) -> Callable[[], Vault]:
    """Opens the copy with its data key, as a command does while the vault is unlocked."""
    return lambda: Vault.open_with_key(made[1], folder)


@pytest.fixture
def vault(reopen: Callable[[], Vault]) -> Vault:
    """The copy, open."""
    return reopen()
