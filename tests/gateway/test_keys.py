"""Keys of upstreams: in the vault, by name, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from discretion.gateway._config import ConfigError
from discretion.gateway._keys import KeyNotValid, checked_key, forget_key, keep_key, kept_key, names_with_keys
from discretion.vault import Asker, Cost, Vault, check_trail

ASKER = Asker("gateway", "test")
KEY = "sk-planted-31337-abcdefgh"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("keys") / "home"
    with Vault.create("ferret umbrella 41 candle", folder, cost=Cost(64 * 1024, 3)) as vault:
        return folder, vault.data_key


def test_a_key_from_its_keeping_to_its_end(made: tuple[Path, bytes]) -> None:
    folder, key = made
    with Vault.open_with_key(key, folder) as vault:
        assert kept_key(vault, ASKER, "router") is None
        keep_key(vault, "router", f" {KEY}\n")
        keep_key(vault, "other", "second")
        rows = len(check_trail(vault).rows)
        assert names_with_keys(vault) == {"router", "other"}
        assert len(check_trail(vault).rows) == rows, "names are no query of a value"
        assert kept_key(vault, ASKER, "router") == KEY
        assert check_trail(vault).rows[-1].kinds == ("secret",)
        keep_key(vault, "router", "newer")
        assert kept_key(vault, ASKER, "router") == "newer"
        assert forget_key(vault, "router")
        assert not forget_key(vault, "router")
    for path in folder.iterdir():
        assert KEY.encode() not in path.read_bytes(), path


PASTED: list[tuple[str, str]] = [
    (f"  {KEY}\t", "blanks"),
    (f'"{KEY}"', "quotes of a configuration"),
    (f"'{KEY}'", "single ones"),
    (f"“{KEY}”", "those of an editor that knows better"),
    (f'" {KEY} "', "blanks inside"),
]


@pytest.mark.parametrize(("pasted", "why"), PASTED)
def test_what_came_along_with_a_key(pasted: str, why: str) -> None:
    assert checked_key(pasted) == KEY, why


@pytest.mark.parametrize(
    "key", ["", " ", '""', '"two words"', "two words", "a\nb", "schlüssel", "a\x00b", "x" * 5000]
)
def test_what_is_no_key(made: tuple[Path, bytes], key: str) -> None:
    folder, data_key = made
    with Vault.open_with_key(data_key, folder) as vault, pytest.raises(KeyNotValid) as raised:
        keep_key(vault, "router", key)
    assert not key.strip() or key not in str(raised.value)


def test_a_name_that_is_none(made: tuple[Path, bytes]) -> None:
    folder, data_key = made
    with Vault.open_with_key(data_key, folder) as vault, pytest.raises(ConfigError):
        keep_key(vault, "No Such", KEY)
