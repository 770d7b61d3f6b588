"""`discretion gateway` as a user runs it: a process, a client, an upstream, and what waits between them."""

from __future__ import annotations

import json
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from jsonschema import Draft202012Validator
from tests.cli.gateways import PASSPHRASE, Run, gateway, private, runner
from tests.conftest import ROOT
from tests.gateway.upstreams import throwaway_upstream

from discretion.identity import new_persona
from discretion.vault import Asker, Cost, Vault, lock

VALID = Draft202012Validator(json.loads((ROOT / "docs/reference/gateway.schema.json").read_text("utf-8")))
NAME, PHONE = "Quillfeather Okonkwo", "918-555-0142"
MESSAGE = f"my real name is {NAME} by the way, call me at {PHONE}"
KEY = "sk-upstream-31337-planted"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("g") / "home"
    with Vault.create(PASSPHRASE, folder, cost=Cost(64 * 1024, 3)) as vault:
        new_persona(vault, Asker("persona new", "test"), "Harbor")
        return folder, vault.data_key


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short path: a socket lies below it."""
    return tmp_path_factory.mktemp("h") / "d"


@pytest.fixture
def vault_home(made: tuple[Path, bytes], home: Path) -> Iterator[Path]:
    shutil.copytree(made[0], home)
    home.chmod(0o700)
    yield home
    lock(home)


def document(run: Run, *arguments: str) -> dict[str, Any]:
    done = run(*arguments, "--json")
    assert done.returncode in (0, 3), done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    VALID.validate(told)
    return told


def said(url: str, token: str, text: str = MESSAGE) -> httpx2.Response:
    body = {"model": "echo", "messages": [{"role": "user", "content": text}]}
    return httpx2.post(
        f"{url}/chat/completions",
        json=body,
        headers={"authorization": f"Bearer {token}"},
        timeout=60,
        trust_env=False,
    )


def url_in(line: str) -> str:
    return next(word for word in line.split() if word.startswith("http://127.0.0.1:"))


def test_without_a_vault_from_its_start_to_its_end(home: Path, tmp_path: Path) -> None:
    run = runner(home, tmp_path)
    with (
        throwaway_upstream() as upstream,
        gateway(home, tmp_path, "--upstream", upstream.url, "--port", "0") as (line, process),
    ):
        url = url_in(line)
        assert line.count("\n") == 1
        assert "guarding" in line
        assert "mode substitute" in line
        token_file = home / "gateway.token"
        assert token_file.stat().st_mode & 0o777 == 0o600
        token = token_file.read_text().strip()
        assert said(url, "wrong-token-000000000").status_code == 401
        answer = said(url, token)
        assert MESSAGE in answer.json()["choices"][0]["message"]["content"]
        arrived = "".join(one.raw for one in upstream.seen)
        assert not [one for one in (*NAME.split(), PHONE, token) if one in arrived]
        pairs = document(run, "persona", "show", "-", "--stand-ins", "--show-text")
        assert pairs["source"] == "gateway"
        assert {one["real"] for one in pairs["stand_ins"]} == {*NAME.split(), PHONE}
        assert run("persona", "set", "-", "pin", "phone", "918-555-0199").returncode == 0
        said(url, token, f"again: {PHONE}")
        assert "918-555-0199" in upstream.seen[-1].raw
        assert document(run, "gateway", "pending")["pending"] == []
        assert run("gateway", "pending").stdout == "Nothing waits for you.\n"
        assert run("gateway", "pending", "--approve", "zzzz").returncode == 2
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert (tmp_path / "failed").read_text() == ""
    assert [path.name for path in home.rglob("*") if not path.is_dir()] == ["gateway.token"]
    _search(tmp_path, home)


def _search(*folders: Path) -> None:
    for path in (one for folder in folders for one in folder.rglob("*") if one.is_file()):
        assert not [one for one in (*NAME.split(), PHONE) if one.encode() in path.read_bytes()], path


def test_with_a_vault_a_name_a_key_and_a_persona(vault_home: Path, tmp_path: Path) -> None:
    run = runner(vault_home, tmp_path)
    private(tmp_path / "pass", PASSPHRASE)
    private(tmp_path / "key", KEY)
    given = ("--passphrase-file", "pass")
    with throwaway_upstream() as upstream:
        added = run("gateway", "add", "here", "--url", upstream.url, "--key-file", "key", *given)
        assert added.returncode == 0, added.stderr
        with gateway(vault_home, tmp_path, "--port", "0", "--persona", "harbor", *given) as (line, _):
            url, token = url_in(line), (vault_home / "gateway.token").read_text().strip()
            assert said(url, token).status_code == 200
            assert ("authorization", f"Bearer {KEY}") in upstream.seen[-1].headers
            told = run("persona", "set", "Harbor", "mode", "observe")
            assert told.stdout == "Changed: mode is observe. The running gateway knows it.\n"
            said(url, token, f"again: {PHONE}")
            assert PHONE in upstream.seen[-1].raw, "it only counts now"
            run("persona", "set", "Harbor", "mode", "default")
            said(url, token, f"and again: {PHONE}")
            assert PHONE not in upstream.seen[-1].raw
            pinned = run("persona", "set", "Harbor", "pin", "phone", "918-555-0199")
            assert pinned.stdout.endswith("The running gateway knows it.\n"), pinned.stderr
            answer = said(url, token, f"once more: {PHONE}")
            assert "918-555-0199" in upstream.seen[-1].raw
            assert f"once more: {PHONE}" in answer.text
            asked = document(run, "gateway", "verify", "--running", url)
            assert not asked["on_the_wire"]
            port = int(url.rsplit(":", 1)[1].partition("/")[0])
            stands = {"port": port, "mode": "substitute", "persona": "Harbor", "vault": "open"}
            assert asked["running"] == stands
            assert all(door["holds"] for door in asked["doors"])
            assert len(upstream.seen) == 4, "asking sends nothing"
            lock(vault_home)
            locked = said(url, token)
            assert (locked.status_code, "vault is locked" in locked.text) == (400, True)
            asked = document(run, "gateway", "verify", "--running", url)
            assert asked["running"] == {**stands, "vault": "locked"}
            assert not asked["clean"], "nothing was shown"
            assert run("vault", "unlock", *given).returncode == 0
            assert said(url, token).status_code == 200
            assert len(upstream.seen) == 5
        pairs = document(run, "persona", "show", "Harbor", "--stand-ins", "--show-text")
        assert pairs["source"] == "vault"
        assert {one["real"] for one in pairs["stand_ins"]} == {*NAME.split(), PHONE}
    (tmp_path / "key").unlink()
    _search(tmp_path, vault_home)
    for path in vault_home.rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes(), path


def test_what_is_held_waits_for_the_user(home: Path, tmp_path: Path) -> None:
    run = runner(home, tmp_path)
    with (
        throwaway_upstream() as upstream,
        gateway(home, tmp_path, "--upstream", upstream.url, "--port", "0", "--mode", "ask") as (line, _),
    ):
        url, token = url_in(line), (home / "gateway.token").read_text().strip()
        answers: list[httpx2.Response] = []
        client = threading.Thread(target=lambda: answers.append(said(url, token)))
        client.start()
        until = time.monotonic() + 30
        while not (waiting := document(run, "gateway", "pending")["pending"]):
            assert time.monotonic() < until
        one = waiting[0]
        assert (one["code"], one["kinds"]) == ("hold", ["name", "phone"])
        listed = run("gateway", "pending").stdout
        assert f"--approve {one['id']}" in listed
        assert run("gateway", "pending", one["id"].upper()).stdout == listed, "one alone"
        assert run("gateway", "pending", "zzzz").returncode == 2
        assert not [word for word in (*NAME.split(), PHONE) if word in listed]
        assert upstream.seen == []
        decided = document(run, "gateway", "pending", "--approve", one["id"])
        assert decided["decided"]["decision"] == "approve"
        assert decided["pending"] == []
        client.join(30)
        assert answers[0].status_code == 200
        assert len(upstream.seen) == 1


HERE = ("--upstream", "http://127.0.0.1:9/v1", "--port", "0")
REFUSED: list[tuple[tuple[str, ...], str, str]] = [
    ((), "say where messages go", "no upstream"),
    ((*HERE, "--passphrase-fd", "x"), "integer", "no descriptor"),
    (("--upstream", "nobody"), "no platform is called that", "no such name"),
    (("--upstream", "planted.example"), "did you mean https://", "an address without its beginning"),
    (("--upstream", "planted.example:8080/v1"), "did you mean https://", "with a port and a path"),
    (("--upstream", "localhost:1234"), "did you mean https://", "a model at home without its beginning"),
    ((*HERE, "--persona", "Harbor"), "kept in the vault, and there is none", "a persona without a vault"),
    ((*HERE, "--persona", "Harbor", "--no-vault"), "leave --persona", "a persona, and not its vault"),
    (("--upstream", "http://planted.example/v1"), "https://", "plain http to a provider"),
    (("--upstream", "https://planted:key@provider.example"), "a key", "a key in the address"),
    (("--upstream", "https://"), "no address", "no host"),
    ((*HERE, "--port", "99999"), "range", "no port"),
    ((*HERE, "--mode", "off"), "mode", "no such mode"),
    ((*HERE, "--persona", "\x1b[31m"), "letters", "an escape for a persona"),
    ((*HERE, "--card", "nowhere"), "cannot read", "no card"),
    ((*HERE, "--card", "empty"), "no word", "an empty card"),
    ((*HERE, "--facts", "readable"), "others can read", "facts that others can read"),
    ((*HERE, "--upstream-key-file", "readable"), "others can reach", "a key that others can read"),
    ((*HERE, "--upstream-key-file", "empty"), "empty", "no key"),
    ((*HERE, "--upstream-key-file", "words"), "no key", "a file that holds no key"),
    ((*HERE, "--upstream-key-file", "lines"), "not one line", "two lines"),
    ((*HERE, "--token-file", "readable"), "others can reach", "a token that others can read"),
    ((*HERE, "--token-file", "words"), "no token", "a file that holds no token"),
    ((*HERE, "--token-file", "/nowhere/token"), "cannot write", "a folder that is not there"),
    ((*HERE, "--allow-host", "*"), "a host to allow", "every host"),
    ((*HERE, "--allow-origin", "*"), "an origin to allow", "every page"),
    ((*HERE, "--allow-origin", "https://planted.example/path"), "an origin to allow", "a page, no origin"),
    ((*HERE, "--key", "planted"), "such option", "a key as an argument"),
    ((*HERE, "planted"), "more words", "a word too many"),
    (("pending",), "no gateway is running", "nothing runs"),
    (("pending", "--approve", "a", "--refuse", "b"), "one at a time", "two decisions"),
    (("verify", "--token-file", "words"), "--running", "a token for nothing"),
    (("verify", "--running", "planted", "--token-file", "token"), "write the gateway's URL", "no URL"),
    (("verify", "--running", "http://127.0.0.1:9/v1"), "cannot read the gateway's token", "no token"),
    (
        ("verify", "--running", "https://planted.example:7411", "--token-file", "token"),
        "on this machine",
        "another machine",
    ),
    (("verify", "--running", "http://127.0.0.1:9/v1", "--token-file", "token"), "no gateway", "nobody there"),
]


@pytest.mark.parametrize(("arguments", "says", "why"), REFUSED)
def test_what_cannot_start_says_why_in_one_sentence(
    home: Path, tmp_path: Path, arguments: tuple[str, ...], says: str, why: str
) -> None:
    (tmp_path / "readable").write_text("planted")
    (tmp_path / "readable").chmod(0o644)
    for name, content in (
        ("empty", "\n"),
        ("words", "planted words\n"),
        ("lines", "planted\nplanted\n"),
        ("token", "planted" * 5),
    ):
        private(tmp_path / name, content)
    done = runner(home, tmp_path)("gateway", *arguments)
    assert (done.returncode, done.stdout) == (2, ""), (why, done.stderr)
    assert says in done.stderr, why
    assert "planted" not in done.stderr.replace(str(tmp_path), "")
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    assert "\x1b" not in done.stderr


def test_where_there_is_a_vault_it_is_asked_for(vault_home: Path, tmp_path: Path) -> None:
    run = runner(vault_home, tmp_path)
    private(tmp_path / "wrong", "not this one at all")
    for more, says in (
        ((), "no terminal to ask"),
        (("--passphrase-file", "wrong"), "does not open"),
    ):
        done = run("gateway", *HERE, *more)
        assert (done.returncode, done.stdout) == (2, ""), done.stderr
        assert says in done.stderr
    private(tmp_path / "pass", PASSPHRASE)
    done = run("gateway", *HERE, "--passphrase-file", "pass", "--persona", "Nobody")
    assert (done.returncode, "no persona" in done.stderr) == (2, True)
    done = run("gateway", *HERE, "--persona", "Harbor", "--everyday")
    assert (done.returncode, "when it was made" in done.stderr) == (2, True)
    with gateway(vault_home, tmp_path, *HERE, "--no-vault") as (line, _):
        assert "guarding" in line


def test_a_key_of_the_configuration_that_is_not_known_refuses_the_start(home: Path, tmp_path: Path) -> None:
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text("[gateway.upstreams.a]\nurl = 'https://a.example'\nkey = 'planted'\n")
    done = runner(home, tmp_path)("gateway", *HERE)
    assert (done.returncode, done.stdout) == (2, "")
    assert "gateway.upstreams.a.key is not known" in done.stderr
    assert "planted" not in done.stderr


def test_a_port_that_is_taken_is_said(home: Path, tmp_path: Path) -> None:
    with gateway(home, tmp_path, *HERE) as (line, _):
        port = url_in(line).rsplit(":", 1)[1].partition("/")[0]
        done = runner(home, tmp_path)("gateway", "--upstream", "http://127.0.0.1:9", "--port", port)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"port {port} is taken" in done.stderr


def test_verify_prints_its_table_and_a_document(home: Path, tmp_path: Path) -> None:
    run = runner(home, tmp_path)
    done = run("gateway", "verify")
    assert (done.returncode, done.stderr) == (0, "")
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert len(done.stdout.splitlines()) <= 45, "a line a kind"
    assert "All 31 planted values" in done.stdout
    assert "not every fact" in done.stdout
    told = document(run, "gateway", "verify")
    assert (told["clean"], told["running"]) == (True, None)
    assert not home.exists(), "nothing of the user's is touched"
