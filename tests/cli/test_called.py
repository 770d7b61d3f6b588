"""What the program is called in hints: what the user typed, as short as it works."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.gateways import environment

from discretion.cli._called import called
from discretion.gateway._gatekeeper import Gatekeeper, Stopped
from discretion.gateway._keeping import Keeping
from discretion.gateway._settings import Mode, Settings
from discretion.gateway.wire import Endpoint, read_request


def _program(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "discretion"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return program


TYPED: list[tuple[str, str, str, str]] = [
    (".venv/bin/discretion", "", ".venv/bin/discretion", "a path as it was typed"),
    ("{at}/.venv/bin/discretion", "", ".venv/bin/discretion", "a whole path from its folder"),
    ("./discretion", "", "./discretion", "a program in this folder"),
    ("{at}/a b/discretion", "", "'a b/discretion'", "a blank in a path"),
    ("{at}/.venv/bin/discretion", "{at}/.venv/bin", "discretion", "found by its name"),
    (".venv/bin/discretion", "{at}/a b", ".venv/bin/discretion", "another one is found by the name"),
    ("{at}/nowhere/discretion", "", "discretion", "no file"),
    ("-c", "", "discretion", "started from Python"),
    ("/usr/lib/python3/discretion/__main__.py", "", "discretion", "started as a module"),
    ("", "", "discretion", "nothing"),
]


@pytest.mark.parametrize(("typed", "path", "says", "why"), TYPED)
def test_what_the_user_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, path: str, says: str, why: str
) -> None:
    for folder in (".venv/bin", "a b", "."):
        _program(tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", path.format(at=tmp_path))
    monkeypatch.setattr(sys, "argv", [typed.format(at=tmp_path)])
    assert called() == says, why


def test_the_sentences_in_the_chat_name_it_too() -> None:
    gatekeeper = Gatekeeper(Keeping(Settings(mode=Mode.ASK)), command=".venv/bin/discretion")
    said = {"role": "user", "content": "my real name is Quillfeather Okonkwo by the way"}
    request = read_request(Endpoint.CHAT, json.dumps({"model": "m", "messages": [said]}).encode())
    judged = gatekeeper.judge(request)
    assert isinstance(judged, Stopped)
    assert f": .venv/bin/discretion gateway pending {judged.pending_id}" in judged.sentence


def test_an_error_names_the_program_that_was_started(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "discretion"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nfrom discretion.cli import main\nmain()\n")
    program.chmod(0o755)
    done = subprocess.run(
        ["bin/discretion", "gateway", "pending"],
        cwd=tmp_path,
        env=environment(tmp_path / "none", tmp_path / "h"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "start one: bin/discretion gateway --upstream URL" in done.stderr
