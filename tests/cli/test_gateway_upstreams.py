"""`discretion gateway add`, `list` and `remove` as a user runs them."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.cli.gateways import PASSPHRASE, Run, environment, private, runner
from tests.conftest import ROOT

from discretion.gateway._keys import kept_key
from discretion.vault import Asker, Cost, Vault, held_key, lock, unlock

VALID = Draft202012Validator(json.loads((ROOT / "docs/reference/gateway.schema.json").read_text("utf-8")))
KEY = "sk-planted-31337-quillfeather"
URL = "https://api.provider.example/v1"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("g") / "home"
    with Vault.create(PASSPHRASE, folder, cost=Cost(64 * 1024, 3)) as vault:
        return folder, vault.data_key


@pytest.fixture
def run(made: tuple[Path, bytes], tmp_path: Path) -> Iterator[Run]:
    """With an unlocked copy of the vault."""
    folder = tmp_path / "vault"
    shutil.copytree(made[0], folder)
    folder.chmod(0o700)
    unlock(made[1], folder)
    yield runner(folder, tmp_path)
    lock(folder)


@pytest.fixture
def run_without(tmp_path: Path) -> Run:
    """Where there is no vault."""
    return runner(tmp_path / "none", tmp_path)


def upstreams(run: Run) -> list[dict[str, Any]]:
    done = run("gateway", "list", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    VALID.validate(told)
    found: list[dict[str, Any]] = told["upstreams"]
    return found


def test_an_upstream_with_a_key_from_its_naming_to_its_end(run: Run, tmp_path: Path) -> None:
    file = private(tmp_path / "key", f"{KEY}\n")
    done = run("gateway", "add", "router", "--url", f"{URL}/", "--key-file", file)
    assert (done.returncode, done.stderr) == (0, "")
    assert "in the vault" in done.stdout
    assert run("gateway", "add", "home", "--url", "http://192.168.1.20:11434/v1").stderr.startswith(
        "Plain http"
    )
    assert upstreams(run) == [
        {"name": "router", "url": URL, "key": True},
        {"name": "home", "url": "http://192.168.1.20:11434/v1", "key": False},
    ]
    (tmp_path / "key").unlink()
    for path in (tmp_path / "vault").rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes(), path
    assert KEY not in run("gateway", "list").stdout
    assert run("gateway", "remove", "router").stdout == "Removed, and its key.\n"
    assert run("gateway", "remove", "home").stdout == "Removed.\n"
    assert upstreams(run) == []


def test_a_name_that_cannot_be_written_leaves_no_key(run: Run, tmp_path: Path) -> None:
    (tmp_path / "vault" / "config.toml").write_text(
        "gateway = {upstreams = {a = {url = 'https://a.example'}}}"
    )
    file = private(tmp_path / "key", KEY)
    done = run("gateway", "add", "router", "--url", URL, "--key-file", file)
    assert (done.returncode, done.stdout) == (2, "")
    assert [one["name"] for one in upstreams(run)] == ["a"]


def test_without_a_vault_names_work_and_keys_do_not(run_without: Run, tmp_path: Path) -> None:
    assert run_without("gateway", "add", "router", "--url", URL).returncode == 0
    assert upstreams(run_without) == [{"name": "router", "url": URL, "key": False}]
    file = private(tmp_path / "key", KEY)
    done = run_without("gateway", "add", "other", "--url", URL, "--key-file", file)
    assert done.returncode == 2
    assert "no vault" in done.stderr
    assert len(upstreams(run_without)) == 1, "no name without its key"
    assert run_without("gateway", "remove", "router").stdout == "Removed.\n"


PASTED: list[tuple[str, str]] = [
    (f"\n  {KEY}  \n\n", "blank lines and blanks"),
    (f"\ufeff{KEY}\r\n", "an editor of Windows"),
    (f'"{KEY}"\n', "quotes"),
]


@pytest.mark.parametrize(("content", "why"), PASTED)
def test_what_stands_around_a_key_is_no_part_of_it(run: Run, tmp_path: Path, content: str, why: str) -> None:
    file = private(tmp_path / "key", content)
    done = run("gateway", "add", "router", "--url", f"{URL}/chat/completions", "--key-file", file)
    assert done.returncode == 0, (why, done.stderr)
    assert "/chat/completions is left out" in done.stderr
    assert upstreams(run) == [{"name": "router", "url": URL, "key": True}]
    with Vault.open_with_key(held_key(tmp_path / "vault") or b"", tmp_path / "vault") as vault:
        assert kept_key(vault, Asker("gateway", "test"), "router") == KEY


def test_a_locked_vault_says_so_in_the_list(run: Run, tmp_path: Path) -> None:
    run("gateway", "add", "router", "--url", URL)
    lock(tmp_path / "vault")
    assert upstreams(run)[0]["key"] is None
    assert "locked" in run("gateway", "list").stdout
    private(tmp_path / "pass", PASSPHRASE)
    assert "no key" in run("gateway", "list", "--passphrase-file", "pass").stdout


@pytest.mark.parametrize(("typed", "kept"), [(f"{KEY}\n", True), ("\n", False)])
def test_a_key_typed_on_the_terminal_is_not_shown(run: Run, tmp_path: Path, typed: str, kept: bool) -> None:
    main, other = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "discretion", "gateway", "add", "router", "--url", URL],
        stdin=other, stdout=other, stderr=other, close_fds=True,
        env=environment(tmp_path / "vault", tmp_path / "h"),
    )  # fmt: skip
    os.close(other)
    shown = b""
    while b"nothing for none" not in shown:
        shown += os.read(main, 1024)
    time.sleep(0.3)  # the terminal's echo goes off behind the question
    os.write(main, typed.encode())
    with contextlib.suppress(OSError):  # the end of a terminal is an error on Linux
        while part := os.read(main, 1024):
            shown += part
    os.close(main)
    assert process.wait(30) == 0
    assert KEY.encode() not in shown
    assert upstreams(run) == [{"name": "router", "url": URL, "key": kept}]


HOSTILE: list[tuple[tuple[str, ...], str]] = [
    (("add",), "no name"),
    (("add", "router"), "no address"),
    (("add", "Router", "--url", URL), "a capital"),
    (("add", "", "--url", URL), "an empty name"),
    (("add", "\x1b[31m", "--url", URL), "an escape"),
    (("add", "router", "--url", "http://api.provider.example/v1"), "plain http to a provider"),
    (("add", "router", "--url", "https://planted:key@api.provider.example"), "a key in the address"),
    (("add", "router", "--url", f"{URL}?key=planted"), "a key behind the question mark"),
    (("add", "router", "--url", "javascript:planted"), "no address"),
    (("add", "router", "--url", URL, "--key", "planted"), "a key as an argument"),
    (("add", "router", "--url", URL, "planted"), "a word too many"),
    (("add", "router", "--url", URL, "--key-file", "readable"), "a key that others can read"),
    (("add", "router", "--url", URL, "--key-file", "empty"), "an empty file"),
    (("add", "router", "--url", URL, "--key-file", "words"), "a file that is no key"),
    (("add", "router", "--url", URL, "--key-file", "/nowhere"), "no file"),
    (("add", "router", "--url", URL, "--key-file", "/dev/zero"), "no plain file"),
    (("add", "router", "--url", URL, "--key-fd", "77"), "a descriptor that is not open"),
    (("add", "router", "--url", "planted.example/v1"), "no beginning"),
    (("remove", "nobody"), "no such upstream"),
    (("nonsense",), "no such command"),
]


@pytest.mark.parametrize(("arguments", "why"), HOSTILE)
def test_hostile_input_is_one_sentence(
    run_without: Run, tmp_path: Path, arguments: tuple[str, ...], why: str
) -> None:
    (tmp_path / "readable").write_text("planted-key")
    (tmp_path / "readable").chmod(0o644)
    private(tmp_path / "empty", "\n")
    private(tmp_path / "words", "planted words are no key\n")
    done = run_without("gateway", *arguments)
    assert (done.returncode, done.stdout) == (2, ""), (why, done.stderr)
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    assert "planted" not in done.stderr
    assert "\x1b" not in done.stderr
    assert not (tmp_path / "none" / "config.toml").exists(), why
