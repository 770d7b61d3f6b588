"""`discretion vault` as a user runs it: real processes, real files, planted markers."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest

PASSPHRASE = "zqmarkerpass umbrella 41 candle"
NEW = "zqmarkernew windmill 77 sausage"
VALUE = "zqmarkervalue Tavarez"


@dataclass(frozen=True)
class Place:
    """A home of its own, a passphrase file, and a temp folder to be searched afterwards."""

    root: Path

    @property
    def home(self) -> Path:
        return self.root / "data"

    def private(self, name: str, content: str) -> Path:
        path = self.root / name
        path.write_text(content, encoding="utf-8")
        path.chmod(0o600)
        return path

    def run(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        (self.root / "tmp").mkdir(exist_ok=True)
        return subprocess.run(
            [sys.executable, "-m", "discretion", "vault", *arguments],
            input=given,
            capture_output=True,
            text=True,
            check=False,
            env={
                **os.environ,
                "HOME": str(self.root),
                "TMPDIR": str(self.root / "tmp"),
                "DISCRETION_HOME": str(self.home),
            },
        )

    def done(self, *arguments: str, given: str = "") -> str:
        ended = self.run(*arguments, given=given)
        assert ended.returncode == 0, ended.stderr
        assert "zqmarkerpass" not in ended.stdout + ended.stderr
        return ended.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A vault that is made and unlocked once for the module."""
    place = Place(tmp_path_factory.mktemp("v"))
    pass_file = place.private("pass", PASSPHRASE + "\n")
    told = place.run("init", "--passphrase-file", str(pass_file))
    assert told.returncode == 0, told.stderr
    assert "Strength: about" in told.stderr
    place.done("unlock", "--passphrase-file", str(pass_file))
    yield place
    place.run("lock")


def test_facts_are_kept_listed_and_removed(place: Place) -> None:
    assert place.done("facts", "add", "name", given=f"{VALUE}; zq\n") == "1 added.\n"
    masked = place.done("facts", "list")
    assert "name" in masked
    assert "zqmarker" not in masked
    assert VALUE in place.done("facts", "list", "--show-text")
    listed = json.loads(place.done("facts", "list", "--json", "--show-text"))
    assert listed["schema"] == "discretion.facts/1"
    assert listed["facts"] == [{"number": 1, "kind": "name", "value": VALUE, "aliases": ["zq"]}]
    assert json.loads(place.done("facts", "list", "--json"))["facts"][0]["value"] is None
    missing = place.run("facts", "remove", "99")
    assert missing.returncode == 2
    assert "99" in missing.stderr


def test_facts_come_from_the_file_that_check_reads(place: Place) -> None:
    file = place.private("facts.toml", '[[fact]]\nkind = "pet"\nvalue = "Biscuit"\naliases = ["Bix"]\n')
    assert place.done("facts", "import", str(file)).startswith("1 added, 0 known")
    assert place.done("facts", "import", str(file)).startswith("0 added, 1 known")
    file.unlink()


def test_the_audit_trail_shows_who_asked(place: Place) -> None:
    place.done("facts", "list")
    told = json.loads(place.done("audit", "--json"))
    assert told["schema"] == "discretion.audit/1"
    assert told["broken_at"] is None
    assert {row["verb"] for row in told["rows"]} == {"vault facts list"}
    assert "chain of" in place.done("audit")


def test_status(place: Place) -> None:
    told = json.loads(place.done("status", "--json", "--check"))
    assert (told["vault"], told["unlocked"], told["every_page_checked"]) == (True, True, True)
    assert told["argon2id"]["memory_kib"] >= 64 * 1024


@pytest.mark.parametrize(
    "arguments",
    [["status"], ["status", "--check"], ["facts", "list", "--show-text"], ["facts", "list"], ["audit"]],
)
def test_json_follows_its_schema(place: Place, arguments: list[str]) -> None:
    schema = json.loads(Path("docs/reference/vault.schema.json").read_text("utf-8"))
    told = json.loads(place.done(*arguments, "--json"))
    jsonschema.validate(told, schema)
    assert told["schema"].startswith("discretion.")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told | {"schema": "discretion.other/1"}, schema)


def test_init_does_not_replace(place: Place) -> None:
    again = place.run("init", "--passphrase-file", str(place.root / "pass"))
    assert again.returncode == 2
    assert "already" in again.stderr


@pytest.mark.parametrize(
    ("content", "mode", "says", "why"),
    [
        ("", 0o600, "empty", "no passphrase"),
        ("\n", 0o600, "empty", "a newline alone"),
        (PASSPHRASE, 0o644, "chmod 600", "others can read it"),
        ("two\nlines", 0o600, "one line", "two lines"),
        ("x" * 5000, 0o600, "one line", "far too long"),
        ("a\x00b", 0o600, "one line", "a null character"),
    ],
)
def test_hostile_passphrase_files(place: Place, content: str, mode: int, says: str, why: str) -> None:
    file = place.private("hostile", content)
    file.chmod(mode)
    ended = place.run("facts", "list", "--passphrase-file", str(file))
    assert ended.returncode == 2
    assert says in ended.stderr
    assert "internal error" not in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "says", "why"),
    [
        (["--passphrase-fd", "77"], "descriptor 77", "a descriptor that is not open"),
        (["--passphrase-file", "nowhere"], "cannot read", "no such file"),
        (["--passphrase-file", "/"], "directory", "a folder"),
        (["--passphrase-file", "x", "--passphrase-fd", "0"], "not by both", "two sources"),
        (["--passphrase", PASSPHRASE], "No such option", "never an argument"),
    ],
)
def test_other_ways_to_a_passphrase(place: Place, arguments: list[str], says: str, why: str) -> None:
    ended = place.run("facts", "list", *arguments)
    assert ended.returncode == 2
    assert says in ended.stderr


def test_facts_that_are_no_text(place: Place) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "discretion", "vault", "facts", "add", "name"],
        input=b"\xff\xfezq\n",
        capture_output=True,
        check=False,
        env={**os.environ, "DISCRETION_HOME": str(place.home)},
    )
    assert ended.returncode == 2
    assert b"not UTF-8" in ended.stderr


def test_the_terminal_is_asked_twice_and_shows_nothing(tmp_path: Path) -> None:
    """In a terminal of its own; the passphrase is weak, so that no vault comes of it."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ["DISCRETION_HOME"] = str(tmp_path / "data")
        os.execv(sys.executable, [sys.executable, "-m", "discretion", "vault", "init"])
    seen = b""
    try:
        for prompt in (b"New passphrase: ", b"Repeat for confirmation: "):
            while prompt not in seen:
                seen += os.read(terminal, 1024)
            os.write(terminal, b"zqmarkerpass\n")
        while b"--accept-weak" not in seen:
            seen += os.read(terminal, 1024)
    finally:
        os.close(terminal)
        _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in (2, -signal.SIGHUP)
    assert b"zqmarkerpass" not in seen
    assert b"Strength: about" in seen
    assert not (tmp_path / "data/vault.db").exists()


def test_a_weak_passphrase_is_refused_unless_insisted_on(tmp_path: Path) -> None:
    place = Place(tmp_path)
    refused = place.run("init", "--passphrase-fd", "0", given="Password1!\n")
    assert refused.returncode == 2
    assert "weak" in refused.stderr
    assert not (place.home / "vault.db").exists()


def test_without_a_vault_it_says_how_to_make_one(tmp_path: Path) -> None:
    place = Place(tmp_path)
    never_asked = (["unlock"], ["backup", "b.age"], ["passphrase"])
    for arguments in (["facts", "list"], ["audit"], ["facts", "add", "name"], *never_asked):
        ended = place.run(*arguments)
        assert ended.returncode == 2
        assert "discretion vault init" in ended.stderr
    assert json.loads(place.done("status", "--json"))["vault"] is False
    assert not place.home.exists(), "looking makes nothing"


def test_what_is_not_there_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    place = Place(tmp_path)
    assert "there is no such file" in place.run("restore", "gone.age").stderr
    assert place.done("destroy").startswith("There was no vault")


def test_a_kind_that_is_none_is_not_repeated(place: Place) -> None:
    """It may be the fact itself, typed at the wrong place."""
    ended = place.run("facts", "add", VALUE)
    assert ended.returncode == 2
    assert "the kinds are name, email" in ended.stderr
    assert VALUE not in ended.stdout + ended.stderr


def test_a_fact_that_is_kept_already_is_said_to_be(place: Place) -> None:
    assert place.done("facts", "add", "education", given="Alder Lane") == "1 added.\n"
    assert place.done("facts", "add", "education", given="Alder Lane") == "0 added, 1 known already.\n"
    number = place.done("facts", "list").splitlines()[-1].split()[0]
    place.done("facts", "remove", number)


def _holders(root: Path, marker: bytes) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file() and marker in path.read_bytes()]


def test_a_whole_life_leaves_no_marker_anywhere(tmp_path: Path) -> None:
    """From init to destroy: no value and no passphrase in any file but those that the test itself wrote."""
    place = Place(tmp_path)
    old = place.private("old-pass", PASSPHRASE)
    new = place.private("new-pass", NEW)
    backup = place.root / "vault.age"
    given = ("--passphrase-file", str(old))
    renewed = ("--passphrase-file", str(new))
    place.done("init", *given)
    place.done("facts", "add", "name", *given, given=f"{VALUE}\n")
    place.done("passphrase", *given, "--new-passphrase-file", str(new))
    wrong = place.run("facts", "list", *given)
    assert wrong.returncode == 2
    assert "does not open" in wrong.stderr
    place.done("backup", str(backup), *renewed)
    assert "holds" in place.done("audit", "--against", str(backup), *renewed)
    place.done("passphrase", *renewed, "--new-passphrase-file", str(old))
    of_then = ("--backup-passphrase-file", str(new))
    assert "holds" in place.done("audit", "--against", str(backup), *given, *of_then)
    assert place.run("audit", *given, *of_then).returncode == 2, "a backup's passphrase without a backup"
    assert "nothing was done" in place.done("mend", "--yes", *given)
    destroyed = place.done("destroy", "--yes")
    assert "vault.key, vault.db" in destroyed
    assert "SSD" in destroyed
    place.done("restore", str(backup), *renewed)
    assert VALUE in place.done("facts", "list", "--show-text", *renewed)
    for path in (old, new):
        path.unlink()
    for marker in (b"zqmarkervalue", b"zqmarkerpass", b"zqmarkernew", VALUE.encode("utf-16-le")):
        assert _holders(tmp_path, marker) == []
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"vault.age", "data/vault.db", "data/vault.mark", "data/vault.key"}
    for name in left:
        assert (tmp_path / name).stat().st_mode & 0o077 == 0, name
