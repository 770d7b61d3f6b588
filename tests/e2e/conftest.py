"""One life of a vault (`life`), lived once under strace for all tests that look at what it left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.e2e.life import MARKER, Step, life, prepare


@dataclass(frozen=True, slots=True)
class Lived:
    """What one step printed, and what lay on the disk after it."""

    step: Step
    code: int
    stdout: str
    stderr: str
    home: frozenset[str]
    holders: tuple[str, ...]
    """Files outside what the user brought that hold a marker, in whatever letters."""


@dataclass(frozen=True, slots=True)
class Life:
    """All steps in order, the folder in which they were lived, and the system calls of each by its name."""

    root: Path
    steps: tuple[Lived, ...]
    calls: dict[str, list[str]]

    @property
    def is_watched(self) -> bool:
        """Whether strace could see the system calls."""
        return bool(self.calls)


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Life:
    root = tmp_path_factory.mktemp("life")
    for name in ("home", "tmp"):
        (root / name).mkdir()
    brought = prepare(root)
    watch = _can_watch(root)
    done, logs = [], {}
    try:
        for number, step in enumerate(life()):
            log = root.parent / f"{root.name}-calls-{number}"
            prefix = _watch(step, log) if watch else ()
            logs[step.name] = log
            done.append(_live(root, step, prefix, brought))
    finally:
        _run(root, ("vault", "lock"), ())
    calls = {name: _read(log) for name, log in logs.items()} if watch else {}
    return Life(root, tuple(done), calls)


def _live(root: Path, step: Step, prefix: tuple[str, ...], brought: tuple[str, ...]) -> Lived:
    code, stdout, stderr = _run(root, step.arguments, prefix, step.stdin)
    home = frozenset(
        path.relative_to(root / "home").as_posix() for path in (root / "home").rglob("*") if path.is_file()
    )
    searched = (path for path in root.rglob("*") if path.is_file() and path.name not in brought)
    return Lived(step, code, stdout, stderr, home, tuple(str(path) for path in searched if holds(path)))


def holds(path: Path) -> bool:
    """Whether a marker is in the file or its name, in UTF-8 or UTF-16, small or capital."""
    raw = path.read_bytes().lower()
    return MARKER in path.name or any(MARKER.encode(form) in raw for form in ("utf-8", "utf-16-le"))


def _run(
    root: Path, arguments: tuple[str, ...], prefix: tuple[str, ...], stdin: str = ""
) -> tuple[int, str, str]:
    """Through files rather than pipes: whoever watches a process that stays keeps a pipe open."""
    out, err, given = (root.parent / f"{root.name}-{name}" for name in ("out", "err", "in"))
    given.write_text(stdin, "utf-8")
    with given.open("rb") as source, out.open("wb") as told, err.open("wb") as failed:
        done = subprocess.run(
            [*prefix, sys.executable, "-m", "discretion", *arguments],
            stdin=source,
            stdout=told,
            stderr=failed,
            cwd=root,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(root / "home"),
                "TMPDIR": str(root / "tmp"),
                "LANG": "en_GB.UTF-8",
                "PYTHONIOENCODING": "utf-8",
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTHONWARNINGS": "error",
            },
            check=False,
            timeout=120,
        )
    return done.returncode, out.read_text("utf-8"), err.read_text("utf-8")


def _can_watch(root: Path) -> bool:
    if not shutil.which("strace"):
        return False
    tried = ["strace", "-f", "-e", "trace=network", "-o", str(root.parent / "tried"), "--", "true"]
    return subprocess.run(tried, check=False, capture_output=True).returncode == 0


def _watch(step: Step, log: Path) -> tuple[str, ...]:
    stays = ("-D",) if step.leaves_a_process else ()  # the watcher goes on beside it, and we do not wait
    return ("strace", "-f", *stays, "-e", "trace=network", "-o", str(log), "--")


def _read(log: Path) -> list[str]:
    """The calls of every process of a step; waits for the end of one that stayed."""
    until = time.monotonic() + 10
    while True:
        lines = log.read_text("utf-8", "replace").splitlines()
        begun = {line.split()[0] for line in lines if line.split()}
        ended = {line.split()[0] for line in lines if "+++" in line}
        if begun <= ended or time.monotonic() > until:
            return lines
        time.sleep(0.05)
