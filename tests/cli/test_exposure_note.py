"""`exposure note`: facts by hand, from end to end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.conftest import ROOT

from discretion.exposure import ledger
from discretion.records import Disclosure, Kind, Source
from discretion.vault import Asker, Cost, Vault

PASSPHRASE = "ferret umbrella 41 candle"
SCHEMA = json.loads((ROOT / "docs/reference/note.schema.json").read_text("utf-8"))
Run = Callable[..., subprocess.CompletedProcess[str]]
Told = Callable[[], tuple[Disclosure, ...]]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    with Vault.create(PASSPHRASE, tmp_path / "home", cost=Cost(64 * 1024, 3)) as vault:
        key = vault.data_key
    (tmp_path / "pass").touch(0o600)
    (tmp_path / "pass").write_text(PASSPHRASE)

    def read() -> tuple[Disclosure, ...]:
        with Vault.open_with_key(key, tmp_path / "home") as vault:
            return ledger.disclosures(vault, Asker("test", "test"))

    return read


@pytest.fixture
def note(told: Told, tmp_path: Path) -> Run:
    def run(*arguments: str, value: str = "registered nurse\n") -> subprocess.CompletedProcess[str]:
        secret = ["--passphrase-file", str(tmp_path / "pass")]
        return subprocess.run(
            [sys.executable, "-m", "discretion", "exposure", "note", *arguments, *secret],
            capture_output=True, text=True, check=False, input=value,
            env={**os.environ, "DISCRETION_HOME": str(tmp_path / "home")},
        )  # fmt: skip

    return run


def test_a_fact_by_hand_is_kept_as_one_that_was_found(note: Run, told: Told) -> None:
    done = note("https://www.Character.ai/x", "occupation", "--on", "2026-03-01")
    assert (done.returncode, done.stdout) == (0, "Noted: occupation, told to character.ai.\n")
    (one,) = told()
    assert (one.platform, one.kind, one.source) == ("character.ai", Kind.OCCUPATION, Source.HAND)
    assert one.value is not None
    assert one.first_at is not None
    assert one.first_at.date().isoformat() == "2026-03-01"


def test_the_same_again_changes_nothing(note: Run, told: Told) -> None:
    note("character.ai", "age", value="34\n")
    again = note("character.ai", "age", value="34\n")
    assert again.stdout == "The ledger has this already: age, told to character.ai.\n"
    assert [one.times for one in told()] == [1]


@pytest.mark.parametrize(
    ("arguments", "value", "has_value", "why"),
    [
        (("character.ai", "health"), "asthma", True, "a condition that is counted"),
        (("character.ai", "pet"), "Biscuit", False, "a name has no value"),
        (("character.ai", "health", "--digests-only"), "asthma", False, "none is wanted"),
        (("character.ai", "age", "--persona", "Wren"), "34", True, "as somebody else"),
    ],
)
def test_json(note: Run, arguments: tuple[str, ...], value: str, has_value: bool, why: str) -> None:
    document = json.loads(note(*arguments, "--json", value=f"{value}\n").stdout)
    Draft202012Validator(SCHEMA).validate(document)
    assert document["has_value"] is has_value, why
    assert value not in json.dumps(document)


@pytest.mark.parametrize(
    ("arguments", "value", "why"),
    [
        (("Character AI", "age"), "34\n", "no domain"),
        (("character.ai", "agee"), "34\n", "no kind"),
        (("character.ai", "age"), "", "nothing said"),
        (("character.ai", "age"), "34\nzqmarker\n", "two lines"),
        (("character.ai", "age", "--on", "yesterday"), "34\n", "no day"),
        (("character.ai", "pet"), "zqmarker" * 1000 + "\n", "no fact is so long"),
        (("character.ai", "pet", "zqmarker"), "x\n", "a value as an argument"),
    ],
)
def test_hostile_input_ends_in_a_sentence(
    note: Run, told: Told, arguments: tuple[str, ...], value: str, why: str
) -> None:
    done = note(*arguments, value=value)
    assert done.returncode == 2, why
    assert "zqmarker" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert told() == ()
