"""`exposure forget` from end to end."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.conftest import ROOT

from discretion.exposure import ledger
from discretion.records import Finding, Frame, Kind, Severity, Source
from discretion.text import Message
from discretion.vault import Cost, Vault, check_trail

PASSPHRASE = "ferret umbrella 41 candle"
SCHEMA = json.loads((ROOT / "docs/reference/forget.schema.json").read_text("utf-8"))
Forget = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[], Vault]:
    with Vault.create(PASSPHRASE, tmp_path / "home", cost=Cost(64 * 1024, 3)) as vault:
        key = vault.data_key
        for kind, at in (("pet", datetime(2024, 3, 1, tzinfo=UTC)), ("age", None), ("health", None)):
            finding = Finding(Kind(kind), 0, 8, Frame.SELF, Severity.LOW, 0.9, "test", "a test")
            fact = ledger.Told(Message("zqmarker", sent_at=at), finding)
            ledger.keep(vault, [fact], platform="character.ai", source=Source.IMPORT)
    (tmp_path / "pass").write_text(PASSPHRASE)
    (tmp_path / "pass").chmod(0o600)
    return lambda: Vault.open_with_key(key, tmp_path / "home")


def command(folder: Path, *arguments: str) -> list[str]:
    secret = ["--passphrase-file", str(folder / "pass")]
    return [sys.executable, "-m", "discretion", "exposure", "forget", *arguments, *secret]


@pytest.fixture
def forget(opened: Callable[[], Vault], tmp_path: Path) -> Forget:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(tmp_path, *arguments), capture_output=True, text=True, check=False,
            env={**os.environ, "DISCRETION_HOME": str(tmp_path / "home")}, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    return run


def left(opened: Callable[[], Vault]) -> list[str]:
    with opened() as vault:
        return sorted(kind for (kind,) in vault.rows("SELECT kind FROM disclosure"))


def test_a_kind_is_removed_and_said_how_far(forget: Forget, opened: Callable[[], Vault]) -> None:
    done = forget("character.ai", "--kind", "pet", "--yes")
    assert done.returncode == 0, done.stderr
    assert "Removed: 1 fact, told once (pet)." in done.stdout
    assert (
        "Backups made before still hold it, and importing the same chats again brings it back." in done.stdout
    )
    assert left(opened) == ["age", "health"]
    with opened() as vault:
        last = check_trail(vault).rows[-1]
        assert (last.verb, last.kinds, last.count) == ("exposure forget", ("pet",), 1)
    assert "Nothing in the ledger fits" in forget("--kind", "pet", "--yes").stdout


def test_the_document_fits_its_schema(forget: Forget, opened: Callable[[], Vault]) -> None:
    done = forget("--before", "2024-12-31", "--yes", "--json")
    found = json.loads(done.stdout)
    Draft202012Validator(SCHEMA).validate(found)
    assert (found["facts"], found["kinds"], found["without_time"]) == (1, {"pet": 1}, 2)
    assert left(opened) == ["age", "health"], "no day can be held to what has no time"
    assert json.loads(forget("--all", "--yes", "--json").stdout)["facts"] == 2
    assert left(opened) == []


REFUSED = [
    ((), "say what to forget"),
    (("character.ai",), "no terminal to ask"),
    (("nowhere", "--yes"), "no domain of a platform"),
    (("--before", "yesterday", "--yes"), "YYYY-MM-DD"),
    (("--kind", "zq", "--yes"), "Invalid value"),
    (("--fact", "0", "--yes"), "Invalid value"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED)
def test_refused(
    forget: Forget, opened: Callable[[], Vault], arguments: tuple[str, ...], message: str
) -> None:
    done = forget(*arguments)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split()), done.stderr
    assert left(opened) == ["age", "health", "pet"]


@pytest.mark.parametrize(
    ("answer", "code", "kinds"), [(b"y\n", 0, []), (b"n\n", 130, ["age", "health", "pet"])]
)
def test_a_terminal_is_asked(
    opened: Callable[[], Vault], tmp_path: Path, answer: bytes, code: int, kinds: list[str]
) -> None:
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        command(tmp_path, "--all"), stdin=follower, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "DISCRETION_HOME": str(tmp_path / "home")},
    )  # fmt: skip
    os.close(follower)
    os.write(leader, answer)
    _, errors = process.communicate(timeout=60)
    os.close(leader)
    assert process.returncode == code, errors
    assert b"3 facts, told 3 times:" in errors
    assert left(opened) == kinds


def test_the_help_of_the_group_and_of_its_parts(forget: Forget) -> None:
    assert "Example: discretion exposure forget" in forget("--help").stdout
    done = subprocess.run(
        [sys.executable, "-m", "discretion", "exposure", "--help"], capture_output=True, text=True, check=True
    )
    assert all(name in done.stdout for name in ("estimate", "forget"))
