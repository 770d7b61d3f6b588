"""`check --keep` from end to end: what a run puts into the ledger."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.conftest import ROOT

from discretion.exposure import ledger
from discretion.records import Kind
from discretion.vault import Asker, Cost, OwnFact, Vault, add_facts, check_trail

PASSPHRASE = "ferret umbrella 41 candle"
SCHEMA = json.loads((ROOT / "docs/reference/check.schema.json").read_text("utf-8"))
TEXTS = [
    "im 34 and live in Tulsa, Oklahoma",
    "im a type 1 diabetic",
    "my mail is zq@mail.example",
    "im ashwin tavarez",
]


class Place:
    """A folder with a vault, an export, and the program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        (folder / "pass").write_text(PASSPHRASE)
        (folder / "pass").chmod(0o600)
        with Vault.create(PASSPHRASE, self.home, cost=Cost(64 * 1024, 3)) as vault:
            self.key = vault.data_key
            add_facts(vault, [OwnFact(Kind.NAME, "Ashwin Tavarez")])

    def command(self, *arguments: str | Path) -> list[str]:
        return [sys.executable, "-m", "discretion", "check", *map(str, arguments), "--rules-only"]

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "DISCRETION_HOME": str(self.home)}

    def check(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            capture_output=True, text=True, check=False, env=self.environment, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def export(self, texts: list[str], name: str = "chat.jsonl", **more: Any) -> Path:
        rows = [{"conversation": "c", "author": "user", "text": text, **more} for text in texts]
        path = self.folder / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        return path

    def content(self) -> list[tuple[object, ...]]:
        """The whole ledger, but for numbers and when it was noted."""
        with Vault.open_with_key(self.key, self.home) as vault:
            return sorted(
                vault.rows(
                    "SELECT platform, persona, kind, frame, source, is_own, value, times, first_at,"
                    " hex(s.digest)"
                    " FROM disclosure d JOIN sighting s ON s.disclosure = d.id"
                ),
                key=repr,
            )


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_a_run_is_kept_once_and_says_so(place: Place) -> None:
    keep = (
        "--keep",
        "https://www.Character.ai/chat",
        "--persona",
        "Elara",
        "--passphrase-file",
        place.folder / "pass",
    )
    first = place.check(place.export(TEXTS), *keep)
    assert first.returncode == 3, first.stderr
    n = len(place.content())
    assert first.stdout.rstrip().endswith(f"Kept {n} facts told to character.ai as Elara: {n} new.")
    again = place.check(place.export(TEXTS, "another-name.jsonl"), *keep, "--json")
    found = json.loads(again.stdout)
    Draft202012Validator(SCHEMA).validate(found)
    kept = {"platform": "character.ai", "persona": "Elara", "digests_only": False, "facts": n, "new": 0}
    assert found["kept"] == kept
    with Vault.open_with_key(place.key, place.home) as vault:
        told = ledger.disclosures(vault, Asker("test", "cli"))
        assert {one.kind.value for one in told} >= {"age", "location", "health", "email"}
        assert [one.kind.value for one in told if one.is_own] == ["name"], "own facts are those of the vault"
        assert check_trail(vault).rows[0].verb == "check"


def test_what_is_shown_and_what_is_kept(place: Place) -> None:
    """A threshold is for the report; a day leaves messages out of the run, and so of the ledger."""
    secret = ("--keep", "a.example", "--passphrase-file", place.folder / "pass")
    source = place.export(TEXTS[:1], sent_at="2024-03-01T10:00:00Z")
    assert (
        place.check(source, "--since", "2024-03-02", *secret)
        .stdout.rstrip()
        .endswith("Kept 0 facts told to a.example: 0 new.")
    )
    assert place.check(source, "--min-severity", "critical", *secret).returncode == 0
    assert {row[2] for row in place.content()} == {"age", "location"}


REFUSED = [
    (("--keep", "nowhere"), "no domain of a platform"),
    (("--keep", ""), "no domain of a platform"),
    (("--keep", "\x1b[31m.ai"), "no domain of a platform"),
    (("--keep", "a.example", "--persona", "x" * 101), "up to 100 characters"),
    (("--persona", "Elara"), "go with --keep"),
    (("--digests-only",), "go with --keep"),
    (("--keep", "a.example", "--passphrase-file", "wrong"), "does not open"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED)
def test_it_is_refused_before_the_export_is_read(
    place: Place, arguments: tuple[str, ...], message: str
) -> None:
    wrong = place.folder / "wrong"
    wrong.write_text("another umbrella 42 candle")
    wrong.chmod(0o600)
    given = [str(wrong) if one == "wrong" else one for one in arguments]
    if "--keep" in given and "--passphrase-file" not in given:
        given += ["--passphrase-file", str(place.folder / "pass")]
    done = place.check(place.folder / "not-there.jsonl", *given)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split()), done.stderr
    assert "not-there" not in done.stderr


def test_without_a_way_to_open_the_vault(place: Place) -> None:
    done = place.check(place.export(TEXTS), "--keep", "a.example")
    assert (done.returncode, done.stdout) == (2, "")
    assert "passphrase" in done.stderr


def _long(place: Place) -> Path:
    return place.export(
        [f"im {20 + n % 60} and my mail is zq{n}@mail.example" for n in range(2_600)], "long.jsonl"
    )


def _wait(place: Place) -> None:
    """Until a first batch is kept."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        with Vault.open_with_key(place.key, place.home) as vault:
            if ledger.platforms(vault):
                return
        time.sleep(0.1)


def test_killed_in_the_middle_and_run_again_it_is_as_one_clean_run(place: Place) -> None:
    source = _long(place)
    keep = ("--keep", "a.example", "--passphrase-file", place.folder / "pass", "--cores", "1")
    process = subprocess.Popen(place.command(source, *keep), env=place.environment, stdout=subprocess.DEVNULL)
    _wait(place)
    process.send_signal(signal.SIGKILL)
    process.wait()
    part = place.content()
    assert part, "what was committed is there"
    assert place.check(source, *keep).returncode == 3
    whole = place.content()
    assert len(part) < len(whole)
    with Vault.open_with_key(place.key, place.home) as vault:
        ledger.forget(vault, everything=True)
    assert place.content() == []
    assert place.check(source, *keep).returncode == 3
    assert place.content() == whole, "the same rows as one clean run"


def test_cancelled_it_keeps_what_was_read(place: Place) -> None:
    source = _long(place)
    keep = ("--keep", "a.example", "--passphrase-file", place.folder / "pass", "--cores", "1")
    process = subprocess.Popen(
        place.command(source, *keep), env=place.environment, stdout=subprocess.PIPE, text=True
    )
    _wait(place)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=90)
    assert process.returncode == 130
    assert "Cancelled: what was read until then is kept; run it again for the rest." in out
    assert f"Kept {len(place.content()):,} facts" in out


def test_two_at_once(place: Place) -> None:
    keep = ("--passphrase-file", place.folder / "pass", "--cores", "1", "--keep")
    texts = [f"im 34 and my mail is zq{n}@mail.example" for n in range(500)]
    source = place.export(texts)
    both = [
        subprocess.Popen(place.command(source, *keep, name), env=place.environment, stdout=subprocess.DEVNULL)
        for name in ("a.example", "a.example", "b.example")
    ]
    assert [one.wait(timeout=120) for one in both] == [3, 3, 3]
    assert len(place.content()) == 2 * 2 * len(texts), "each once for each platform"
