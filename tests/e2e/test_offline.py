"""Promise 1: nothing leaves. The operating system is watched, not Python."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import SAMPLE, Run, missing
from tests.e2e.conftest import Life
from tests.e2e.life import CONFIG, NOT_LIVED, WRITTEN_IN_HOME, life
from tools.reference import commands

from discretion.cli._group import program

FACTS = '[{"kind": "age", "value": "34"}, {"kind": "location", "value": "Tulsa, Oklahoma"}]'
VERBS = {
    "report": ("check", SAMPLE),
    "document": ("check", SAMPLE, "--json"),
    "page": ("check", SAMPLE, "--html", "page.html", "--show-text"),
    "all cores": ("check", "big.jsonl", "--json", "--cores", "2"),
    "help": ("--help",),
    "version": ("--version",),
    "cannot read": ("check", "no-such-file.jsonl"),
    "estimate": ("exposure", "estimate", "facts.json", "--json"),
}

ADDRESS = re.compile(r"\b(?:socket\(AF_(?!UNIX\b)\w+|connect\((?!.*AF_UNIX)|send(?:to|msg)\(.*AF_INET)")

PEER = re.compile(r"\b(?:connect|sendto|sendmsg|sendmmsg)\(.*AF_INET")


def big_export(folder: Path) -> None:
    """An export big enough that every core is used."""
    row = '{"conversation":"c","author":"user","text":"%s"}\n'
    (folder / "big.jsonl").write_text((row % ("the rain is loud tonight " * 20)) * 1200, "utf-8")


def test_no_connection_and_no_name_is_looked_up(discretion: Run, tmp_path: Path, home: Path) -> None:
    if not shutil.which("strace"):
        missing("offline", "strace is not installed, so system calls cannot be watched")
    big_export(tmp_path)
    (tmp_path / "facts.json").write_text(FACTS, "utf-8")
    for name, arguments in VERBS.items():
        log = tmp_path / "calls"
        done = discretion(*arguments, prefix=("strace", "-f", "-e", "trace=network", "-o", str(log), "--"))
        if "ptrace" in done.stderr.lower() and "not permitted" in done.stderr.lower():
            missing("offline", "strace may not watch processes here")
        calls = log.read_text("utf-8", "replace").splitlines()
        assert done.returncode in {0, 2, 3}, (name, done.stderr)
        assert [c for c in calls if ADDRESS.search(c)] == [], name
        assert list(home.iterdir()) == [], name


def test_no_verb_that_keeps_something_connects(lived: Life) -> None:
    """Every step of a vault's life, the process that holds it open included."""
    if not lived.is_watched:
        missing("offline", "strace is not installed or may not watch processes here")
    for one in lived.steps:
        calls = lived.calls[one.step.name]
        assert calls, one.step.name
        if not one.step.asks:
            assert [call for call in calls if ADDRESS.search(call)] == [], one.step.name


def test_what_asks_a_service_asks_that_one_alone(lived: Life) -> None:
    """`persona alias`: no name is looked up and nobody else is told."""
    if not lived.is_watched:
        missing("offline", "strace is not installed or may not watch processes here")
    for one in lived.steps:
        if one.step.asks:
            calls = [call for call in lived.calls[one.step.name] if PEER.search(call)]
            assert calls, "a test that cannot fail proves nothing"
            assert [call for call in calls if f'"{one.step.asks}"' not in call] == [], one.step.name


def test_only_what_is_on_the_list_is_left_in_the_home_folder(lived: Life) -> None:
    for one in lived.steps:
        assert one.code in one.step.codes, (one.step.name, one.stderr)
        assert one.home <= WRITTEN_IN_HOME | {CONFIG}, one.step.name
    assert lived.steps[-1].home == WRITTEN_IN_HOME


def test_every_command_is_in_the_life_or_has_a_reason_not_to() -> None:
    every = [name for name, command, _ in commands(program, "discretion") if not hasattr(command, "commands")]
    told = [f"discretion {step.name} " for step in life()]
    unlived = [name for name in every if not any(line.startswith(f"{name} ") for line in told)]
    assert sorted(unlived) == sorted(f"discretion {name}" for name in NOT_LIVED)


def test_the_watch_sees_a_connection(tmp_path: Path) -> None:
    """A test that cannot fail proves nothing: the same watch must see a lookup when there is one."""
    if not shutil.which("strace"):
        missing("offline", "strace is not installed, so system calls cannot be watched")
    log = tmp_path / "calls"
    code = "import socket; s = socket.socket(); s.settimeout(1); s.connect_ex(('127.0.0.1', 9))"
    watch = ("strace", "-f", "-e", "trace=network", "-o", str(log), "--")
    subprocess.run([*watch, sys.executable, "-c", code], check=False, timeout=60)
    assert any(ADDRESS.search(line) for line in log.read_text("utf-8", "replace").splitlines())


def test_it_works_where_there_is_no_network(discretion: Run) -> None:
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rn", "true"], check=False).returncode:
        missing("offline", "this user may not make a network namespace")
    done = discretion("check", SAMPLE, "--json", prefix=("unshare", "-rn"))
    assert done.returncode == 3, done.stderr
