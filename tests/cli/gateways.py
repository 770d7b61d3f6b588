"""What the tests of `discretion gateway` share: a vault, the program in a process, a gateway that runs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PASSPHRASE = "ferret umbrella 41 candle"
Run = Callable[..., subprocess.CompletedProcess[str]]


def environment(folder: Path, home: Path) -> dict[str, str]:
    """Of a process that keeps its things in ``folder``."""
    home.mkdir(exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(home),
        "DISCRETION_HOME": str(folder),
        "LANG": "en_US.UTF-8",
        "COLUMNS": "100",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONWARNINGS": "error",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def runner(folder: Path, work: Path) -> Run:
    """Runs the program once and waits for it."""

    def once(*arguments: str, stdin: str | bytes = "") -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "discretion", *arguments],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            env=environment(folder, work / "h"),
            cwd=work,
            check=False,
            timeout=120,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return once


@contextmanager
def gateway(folder: Path, work: Path, *arguments: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A gateway that runs: its one line on standard output, and the process."""
    said = work / "said"
    with said.open("wb") as out, (work / "failed").open("wb") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "discretion", "gateway", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=environment(folder, work / "h"),
            cwd=work,
        )
    try:
        until = time.monotonic() + 60
        while not said.read_text("utf-8").endswith("\n"):
            assert process.poll() is None, (work / "failed").read_text("utf-8")
            assert time.monotonic() < until, "the gateway did not start"
            time.sleep(0.05)
        yield said.read_text("utf-8"), process
    finally:
        process.terminate()
        process.wait(30)


def private(path: Path, content: str) -> str:
    """A file of one's own; its name."""
    path.write_text(content, "utf-8")
    path.chmod(0o600)
    return str(path)
