"""Where a verb's own facts come from."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from discretion.cli._own_facts import own_facts
from discretion.records import DiscretionError, Kind
from discretion.vault import Cost, OwnFact, Vault, add_facts, check_trail, lock, unlock

PASSPHRASE = "ferret umbrella 41 candle"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("o") / "home"
    with Vault.create(PASSPHRASE, folder, cost=Cost(64 * 1024, 3)) as vault:
        add_facts(vault, [OwnFact(Kind.PET, "Biscuit", ("Bix",))])
        return folder, vault.data_key


@pytest.fixture
def at_home(kept: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, bytes]]:
    monkeypatch.setenv("DISCRETION_HOME", str(kept[0]))
    yield kept
    lock(kept[0])


def _told(file: Path | None, passphrase_file: Path | None = None) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(fact.kind.value, fact.value, fact.aliases) for fact in own_facts("check", file, passphrase_file)]


def test_a_locked_vault_is_not_asked(at_home: tuple[Path, bytes]) -> None:
    assert _told(None) == []


def test_an_unlocked_vault_gives_its_facts_and_notes_it(at_home: tuple[Path, bytes]) -> None:
    unlock(at_home[1], at_home[0])
    assert _told(None) == [("pet", "Biscuit", ("Bix",))]
    with Vault.open_with_key(at_home[1], at_home[0]) as vault:
        assert check_trail(vault).rows[-1].verb == "check"


def test_a_passphrase_opens_it_for_one_run(at_home: tuple[Path, bytes], tmp_path: Path) -> None:
    file = tmp_path / "pass"
    file.write_text(PASSPHRASE)
    file.chmod(0o600)
    assert _told(None, file) == [("pet", "Biscuit", ("Bix",))]


def test_a_file_is_used_instead(at_home: tuple[Path, bytes], tmp_path: Path) -> None:
    unlock(at_home[1], at_home[0])
    file = tmp_path / "facts.toml"
    file.write_text('[[fact]]\nkind = "age"\nvalue = "34"\n')
    file.chmod(0o644)
    with pytest.raises(DiscretionError, match="others can read"):
        _told(file)
    file.chmod(0o600)
    assert _told(file) == [("age", "34", ())]


def test_without_a_vault_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCRETION_HOME", str(tmp_path / "nowhere"))
    assert _told(None) == []
    assert not (tmp_path / "nowhere").exists()


def _checked(folder: Path, chat: Path) -> list[str]:
    """The kinds that ``check`` finds, run as a user runs it."""
    done = subprocess.run(
        [sys.executable, "-m", "discretion", "check", str(chat), "--json", "--rules-only"],
        capture_output=True, text=True, check=False, env={**os.environ, "DISCRETION_HOME": str(folder)},
    )  # fmt: skip
    assert done.returncode in (0, 3), done.stderr
    told = json.loads(done.stdout)
    return [one["kind"] for message in told["messages"] for one in message["findings"]]


def test_check_looks_for_what_the_open_vault_keeps(at_home: tuple[Path, bytes], tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text("You: *Bix leaps over the wall of the keep*\nBot: The guards look up.\nYou: on\n")
    assert _checked(at_home[0], chat) == []
    unlock(at_home[1], at_home[0])
    assert _checked(at_home[0], chat) == ["pet"]
