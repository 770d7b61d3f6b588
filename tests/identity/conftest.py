"""A vault that is made once, copies of it for each test, and facts of an invented person."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.identity.alias_servers import AliasServer

from discretion.records import Kind
from discretion.vault import Asker, Cost, OwnFact, Vault, add_facts

FACTS = (
    OwnFact(Kind.NAME, "Ashwin Tavarez", ("Ash", "Ash T.")),
    OwnFact(Kind.EMAIL, "ash.tavarez@mailbox.example"),
    OwnFact(Kind.USERNAME, "velvetotter91"),
    OwnFact(Kind.LOCATION, "Tulsa, Oklahoma"),
    OwnFact(Kind.LOCATION, "the Midwest"),
    OwnFact(Kind.DATE_OF_BIRTH, "9 May 1991"),
    OwnFact(Kind.PET, "Biscuit"),
    OwnFact(Kind.STREET_ADDRESS, "22 Oakfield Road, Tulsa"),
)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """Folder and data key of a vault with ``FACTS`` that no test writes to."""
    folder = tmp_path_factory.mktemp("made") / "home"
    with Vault.create("ferret umbrella 41 candle", folder, cost=Cost(64 * 1024, 3)) as vault:
        add_facts(vault, FACTS)
        return folder, vault.data_key


@pytest.fixture
def reopen(made: tuple[Path, bytes], tmp_path: Path) -> Callable[[], Vault]:
    """Opens a copy of the vault, as a command does while it is unlocked."""
    folder = tmp_path / "vault"
    shutil.copytree(made[0], folder)
    folder.chmod(0o700)
    return lambda: Vault.open_with_key(made[1], folder)


@pytest.fixture
def vault(reopen: Callable[[], Vault]) -> Iterator[Vault]:
    """The copy, open."""
    with reopen() as opened:
        yield opened


@pytest.fixture
def asker() -> Asker:
    """Who asks, in tests."""
    return Asker("persona", "test")


@pytest.fixture
def server() -> Iterator[AliasServer]:
    """A server on this machine that speaks as SimpleLogin's and addy.io's documentation says."""
    with AliasServer() as running:
        yield running
