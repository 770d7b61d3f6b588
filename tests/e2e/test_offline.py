"""Promise 1: nothing leaves. The operating system is watched, not Python."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import SAMPLE, Run, missing

WRITTEN_IN_HOME: frozenset[str] = frozenset()
"""The files that a run may leave in an empty home folder: none."""

VERBS = {
    "report": ("check", SAMPLE),
    "document": ("check", SAMPLE, "--json"),
    "page": ("check", SAMPLE, "--html", "page.html", "--show-text"),
    "all cores": ("check", "big.jsonl", "--json", "--cores", "2"),
    "help": ("--help",),
    "version": ("--version",),
    "cannot read": ("check", "no-such-file.jsonl"),
}

ADDRESS = re.compile(r"\b(?:socket\(AF_(?!UNIX\b)\w+|connect\((?!.*AF_UNIX)|send(?:to|msg)\(.*AF_INET)")


def big_export(folder: Path) -> None:
    """An export big enough that every core is used."""
    row = '{"conversation":"c","author":"user","text":"%s"}\n'
    (folder / "big.jsonl").write_text((row % ("the rain is loud tonight " * 20)) * 1200, "utf-8")


def test_no_connection_and_no_name_is_looked_up(discretion: Run, tmp_path: Path, home: Path) -> None:
    if not shutil.which("strace"):
        missing("offline", "strace is not installed, so system calls cannot be watched")
    big_export(tmp_path)
    for name, arguments in VERBS.items():
        log = tmp_path / "calls"
        done = discretion(*arguments, prefix=("strace", "-f", "-e", "trace=network", "-o", str(log), "--"))
        if "ptrace" in done.stderr.lower() and "not permitted" in done.stderr.lower():
            missing("offline", "strace may not watch processes here")
        calls = log.read_text("utf-8", "replace").splitlines()
        assert done.returncode in {0, 2, 3}, (name, done.stderr)
        assert [c for c in calls if ADDRESS.search(c)] == [], name
        left = {p.relative_to(home).as_posix() for p in home.rglob("*") if p.is_file()}
        assert left <= WRITTEN_IN_HOME, name


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
