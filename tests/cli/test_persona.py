"""`discretion persona` as a user runs it: with hostile words, and with markers planted."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.conftest import ROOT
from tests.identity.alias_servers import KEY, AliasServer

from discretion.records import Kind
from discretion.vault import Cost, OwnFact, Vault, add_facts, lock, unlock

PASSPHRASE = "ferret umbrella 41 candle"
VALID = Draft202012Validator(json.loads((ROOT / "docs/reference/persona.schema.json").read_text("utf-8")))
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("p") / "home"
    with Vault.create(PASSPHRASE, folder, cost=Cost(64 * 1024, 3)) as vault:
        add_facts(vault, [OwnFact(Kind.NAME, "Katherine Tavarez"), OwnFact(Kind.LOCATION, "Tulsa, Oklahoma")])
        return folder, vault.data_key


@pytest.fixture
def run(made: tuple[Path, bytes], tmp_path: Path) -> Iterator[Run]:
    """The program in a process of its own, with an unlocked copy of the vault and nowhere else to write."""
    import shutil

    folder = tmp_path / "vault"
    shutil.copytree(made[0], folder)
    folder.chmod(0o700)
    (tmp_path / "home").mkdir()
    (tmp_path / "tmp").mkdir()
    unlock(made[1], folder)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "tmp"),
        "DISCRETION_HOME": str(folder),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONWARNINGS": "error",
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    def once(
        *arguments: str, stdin: str | bytes = "", verb: str = "persona"
    ) -> subprocess.CompletedProcess[str]:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "discretion", verb, *arguments],
            input=data, capture_output=True, env=environment, cwd=tmp_path, check=False, timeout=60,
        )  # fmt: skip
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    yield once
    lock(folder)


def document(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    VALID.validate(told)
    return told


def test_a_persona_from_its_making_to_its_end(run: Run) -> None:
    told = document(run("new", "Harbor", "--platform", "https://character.ai/chat", "--json"))["persona"]
    assert told["platform"] == "character.ai"
    assert told["everyday"] is False
    shown = run("show", "harbor").stdout
    for value in (told["given_name"], told["handle"], str(told["birth_year"]), told["answers"]["first_pet"]):
        assert value in shown
    assert "intimate chats" in shown
    assert document(run("list", "--json"))["personas"][0]["name"] == "Harbor"
    assert told["handle"] not in run("list").stdout
    assert document(run("show", "Harbor", "--field", "username", "--json"))["values"] == [told["handle"]]
    assert run("set", "Harbor", "handle", stdin="mossywhistle\n").returncode == 0
    assert document(run("show", "Harbor", "--json"))["persona"]["handle"] == "mossywhistle"
    assert run("set", "Harbor", "platform", stdin="replika.com\n").returncode == 0
    assert run("remove", "Harbor").returncode == 0
    assert "no persona" in run("list").stdout


def test_a_fact_that_is_added_later_is_checked_against_every_persona(run: Run, tmp_path: Path) -> None:
    run("new", "Harbor", "--platform", "character.ai")
    run("new", "Desk")
    assert run("set", "Harbor", "given_name", stdin="Zbigniew\n").returncode == 0
    assert document(run("list", "--json"))["personas"][0]["overlaps"] == []
    assert "verlap" not in run("show", "Harbor").stdout
    said = run("facts", "add", "name", stdin="Zbigniew\n", verb="vault")
    assert (said.returncode, said.stdout) == (0, "1 added.\n")
    assert said.stderr == (
        "A persona overlaps with what you keep as your own:\n"
        "  Harbor: given_name\n"
        '    discretion persona set "Harbor" given_name\n'
    )
    assert [one["overlaps"] for one in document(run("list", "--json"))["personas"]] == [["given_name"], []]
    shown = document(run("show", "Harbor", "--json"))["persona"]
    assert shown["overlaps"] == ["given_name"]
    assert run("list").stdout.count("overlaps with a fact of yours: given_name") == 1
    assert 'discretion persona set "Harbor" given_name' in run("show", "Harbor").stdout
    pet = shown["answers"]["first_pet"]
    facts = tmp_path / "facts.toml"
    facts.write_text(f'[[fact]]\nkind = "pet"\nvalue = "{pet}"\n')
    facts.chmod(0o600)
    brought = run("facts", "import", str(facts), verb="vault")
    assert re.search(r"^  Harbor: given_name,.* first_pet$", brought.stderr, re.MULTILINE)
    assert '    discretion persona set "Harbor" first_pet --draw\n' in brought.stderr
    assert pet not in brought.stderr
    assert run("set", "Harbor", "first_pet", "--draw").returncode == 0
    assert "first_pet" not in document(run("show", "Harbor", "--json"))["persona"]["overlaps"]


def test_the_context_is_shown_and_stays(run: Run) -> None:
    run("new", "Desk", "--everyday")
    assert "everyday chats" in run("list").stdout
    assert "everyday chats" in run("show", "Desk").stdout
    done = run("set", "Desk", "everyday", stdin="no\n")
    assert done.returncode == 2
    assert "stays" in done.stderr


@pytest.mark.parametrize("field", ["age_check", "government_id", "payment", "legal_name", "phone"])
def test_a_refused_field_says_why(run: Run, field: str) -> None:
    run("new", "Harbor")
    done = run("show", "Harbor", "--field", field)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"discretion: no persona fills .{60,}\n", done.stderr)


def test_given_fields_are_listed_without_values(run: Run, tmp_path: Path) -> None:
    run("new", "Harbor", "--platform", "character.ai")
    run("given", "character.ai", "username", "--persona", "Harbor")
    run("given", "character.ai", "email", stdin="kath@planted-domain.example\n")
    run("given", "replika.com", "payment", "--way", "prepaid", stdin="")
    run("given", "replika.com", "photo", stdin="beach\n")
    secret = tmp_path / "phone"
    secret.write_text("918 555 0142\n")
    secret.chmod(0o600)
    done = run("given", "replika.com", "phone", "--value-file", str(secret))
    assert "0142" not in done.stdout + done.stderr
    rows = document(run("given", "--json"))["given"]
    assert [(row["platform"], row["field"], row["origin"]) for row in rows] == [
        ("character.ai", "username", "persona"),
        ("character.ai", "email", "own"),
        ("replika.com", "payment", "own"),
        ("replika.com", "photo", "own"),
        ("replika.com", "phone", "own"),
    ]
    assert len(document(run("given", "character.ai", "--json"))["given"]) == 2
    listed = run("given").stdout
    assert "planted-domain.example" in listed
    assert "kath" not in listed
    assert run("given", "character.ai", "--remove", str(rows[0]["number"])).returncode == 0
    assert run("given", "character.ai", "--remove", str(rows[0]["number"])).returncode == 2


@pytest.mark.parametrize(
    ("arguments", "origin", "why"),
    [
        ((), "own", "a photo of an account of one's own shows whose it is"),
        (("--persona", "Harbor"), "other", "a persona has no face: a drawing, a picture of something"),
        (("--persona", "Harbor", "--origin", "own"), "own", "said to show the user"),
        (("--origin", "other"), "other", "said not to"),
    ],
)
def test_whose_face_a_photo_is_taken_for(run: Run, arguments: tuple[str, ...], origin: str, why: str) -> None:
    run("new", "Harbor")
    rows = document(run("given", "replika.com", "photo", *arguments, "--json", stdin="beach\n"))["given"]
    assert [row["origin"] for row in rows] == [origin], why


def test_a_value_that_is_given_as_an_argument_is_refused_and_not_repeated(run: Run) -> None:
    done = run("given", "character.ai", "email", "planted@mailbox.example")
    assert done.returncode == 2
    assert "planted" not in done.stdout + done.stderr
    assert "more words" in done.stderr


def test_ways_of_paying_need_no_vault(run: Run) -> None:
    told = document(run("payment", "--json"))["ways"]
    shown = run("payment").stdout
    assert all(way["name"] in shown for way in told)
    assert max(map(len, (line for line in shown.splitlines() if "://" not in line))) <= 100


def test_nicknames_of_ones_own_are_avoided(run: Run) -> None:
    """Kate, Kathy and Kitty are Katherine."""
    run("new", "Harbor")
    for nick in ("Kate", "Kathy", "Kitty"):
        done = run("set", "Harbor", "given_name", stdin=f"{nick}\n")
        assert done.returncode == 2, nick
        assert nick not in done.stderr


HOSTILE: list[tuple[tuple[str, ...], str | bytes, str]] = [
    (("new",), "", "no name"),
    (("new", ""), "", "an empty name"),
    (("new", "\x1b[31mred"), "", "an escape in a name"),
    (("new", "a" * 5000), "", "a long name"),
    (("new", "Harbor", "--locale", "ZZ"), "", "no such country"),
    (("new", "Harbor", "--platform", "javascript:alert(1)"), "", "no platform"),
    (("new", "Harbor", "--gender", "x"), "", "no such gender"),
    (("new", "'; DROP TABLE persona; --"), "", "SQL"),
    (("show", "Nobody"), "", "no such persona"),
    (("show", "Nobody", "--field", "%s%n"), "", "no such field"),
    (("set", "Nobody", "handle"), "foxfern\n", "no such persona"),
    (("set", "Nobody", "handle"), b"\xff\xfe\n", "no UTF-8"),
    (("set", "Nobody", "handle"), "", "nothing in the pipe"),
    (("set", "Nobody", "handle"), "two\nlines\n", "two lines"),
    (("set", "Nobody", "handle"), "x" * 100_000, "no end of a line"),
    (("set", "Nobody", "handle", "--draw", "--value-fd", "0"), "x", "both"),
    (("set", "Nobody", "handle", "--value-fd", "77"), "", "a descriptor that is not open"),
    (("set", "Nobody", "handle", "--value-file", "/nowhere"), "", "no file"),
    (("set", "Nobody", "handle", "--value-file", "/dev/zero"), "", "no plain file"),
    (("given", "character.ai", "email"), "\x00@x.example\n", "a zero byte"),
    (("given", "character.ai", "email"), "no address\n", "no address"),
    (("given", "character.ai", "shoe"), "44\n", "no such field"),
    (("given", "character.ai", "email", "--remove", "1"), "", "both"),
    (("given", "character.ai", "--remove", "9223372036854775808"), "", "a number past SQLite's"),
    (("given", "--persona", "Harbor"), "", "a persona but no field"),
    (("given", "character.ai", "payment", "--way", "card"), "4242424242424242\n", "a card's number"),
    (("given", "../../etc/passwd", "email"), "a@b.example\n", "a path for a platform"),
    (("alias", "Nobody"), "", "nothing to do"),
    (("alias", "Nobody", "--service", "gmail"), "", "no such service"),
    (
        ("alias", "Nobody", "--service", "addy", "--base-url", "http://evil.example"),
        "planted-key-1\n",
        "plain http",
    ),
    (("alias", "Nobody", "--off"), "", "no such persona"),
    (("remove", "Nobody"), "", "no such persona"),
]


@pytest.mark.parametrize(("arguments", "stdin", "why"), HOSTILE)
def test_hostile_input_is_one_sentence(
    run: Run, arguments: tuple[str, ...], stdin: str | bytes, why: str
) -> None:
    done = run(*arguments, stdin=stdin)
    assert done.returncode == 2, (why, done.stderr)
    assert done.stdout == ""
    assert "internal error" not in done.stderr
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr
    words = stdin.decode("utf-8", "replace") if isinstance(stdin, bytes) else stdin
    assert not words.strip() or len(words) < 3 or words.strip() not in done.stderr


def test_an_alias_is_made_and_its_key_is_nowhere(run: Run, tmp_path: Path) -> None:
    key_file = tmp_path / "key"
    key_file.write_text(KEY + "\n")
    key_file.chmod(0o600)
    with AliasServer() as server:
        there = ("--base-url", server.url)
        run("new", "Harbor", "--platform", "character.ai")
        wrong = run("alias", "Harbor", "--service", "simplelogin", *there, stdin="wrong-key-31337\n")
        assert wrong.returncode == 2
        assert "31337" not in wrong.stderr + wrong.stdout
        done = run(
            "alias", "Harbor", "--service", "simplelogin", *there, "--key-file", str(key_file), "--json"
        )
        told = document(done)["alias"]
        assert told["on"] is True
        assert document(run("show", "Harbor", "--json"))["persona"]["email"] == told["email"]
        assert document(run("given", "--json"))["given"][0]["domain"] == "sl.example"
        off = run("alias", "Harbor", "--off", "--key-file", str(key_file), "--keep-key")
        assert "off" in off.stdout, off.stderr
        kept = run("alias", "Harbor", "--on")
        assert "is on" in kept.stdout, kept.stderr
        gone = run("alias", "Harbor", "--service", "simplelogin", *there, "--forget-key")
        assert "removed" in gone.stdout
        assert run("alias", "Harbor", "--off", stdin="").returncode == 2, "no key is left"
        seen = " ".join(str(request) for request in server.seen)
        assert "character" not in seen
        assert "Harbor" not in seen
    key_file.unlink()
    _search(tmp_path, (KEY.encode(), told["email"].encode(), b"wrong-key-31337"))


def test_planted_values_are_nowhere_outside_the_vault_nor_in_its_file(run: Run, tmp_path: Path) -> None:
    made = document(run("new", "Harbor", "--platform", "character.ai", "--json"))["persona"]
    run("given", "character.ai", "email", stdin="planted.local.part@mailbox.example\n")
    run("given", "character.ai", "note", stdin="planted label\n")
    run("given", "character.ai", "identity_check", stdin="PLANTED-ID-99881\n")
    run("show", "Harbor")
    run("given")
    markers = [made["handle"], made["email_local"], made["given_name"], made["answers"]["first_school"]]
    assert all(markers)
    assert len(json.loads(run("given", "--json").stdout)["given"]) == 3, "what was planted is kept"
    planted = ["planted.local.part", "planted label", "PLANTED-ID-99881", *markers]
    _search(tmp_path, [one.encode() for one in planted])


def _search(folder: Path, markers: Any) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "vault.db" and path.stat().st_size for path in files), (
        "there is a vault to search"
    )
    for path in files:
        data = path.read_bytes()
        assert not [one for one in markers if one in data], path


def test_a_value_typed_on_the_terminal_is_not_shown(run: Run, tmp_path: Path) -> None:
    run("new", "Harbor")
    main, other = pty.openpty()
    environment = {**os.environ, "DISCRETION_HOME": str(tmp_path / "vault"), "HOME": str(tmp_path / "home")}
    process = subprocess.Popen(
        [sys.executable, "-m", "discretion", "persona", "given", "character.ai", "username"],
        stdin=other, stdout=other, stderr=other, env=environment, close_fds=True,
    )  # fmt: skip
    os.close(other)
    shown = b""
    until = time.monotonic() + 30
    while b"username" not in shown and time.monotonic() < until:
        shown += os.read(main, 1024)
    os.write(main, b"planted_handle_77\n")
    try:
        while time.monotonic() < until and (part := os.read(main, 1024)):
            shown += part
    except OSError:
        pass
    assert process.wait(30) == 0
    os.close(main)
    assert b"Noted" in shown
    assert b"planted_handle_77" not in shown


def test_every_command_has_help_with_an_example(run: Run) -> None:
    for verb in ("new", "list", "show", "set", "remove", "given", "alias", "payment"):
        assert "Example: discretion persona" in run(verb, "--help").stdout
