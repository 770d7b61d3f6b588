"""What every test may ask for: an isolated environment, and requirements that a machine may lack."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "examples" / "moonlit-harbour.jsonl"

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "ci", parent=settings.get_profile("default"), max_examples=60, derandomize=True, database=None
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

Run = Callable[..., subprocess.CompletedProcess[str]]


def missing(requirement: str, line: str) -> None:
    """Skip with one clear line, or fail where `DISCRETION_REQUIRE` names the requirement."""
    if requirement in os.environ.get("DISCRETION_REQUIRE", "").split(","):
        pytest.fail(f"required here: {requirement}: {line}")
    pytest.skip(f"{requirement}: {line}")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def discretion(home: Path, tmp_path: Path) -> Run:
    """Run the program in a process of its own, with an empty home and an own folder for temporary files."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()

    def run(
        *arguments: str | Path, prefix: tuple[str, ...] = (), stdin: str | bytes | None = None
    ) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "TMPDIR": str(temporary),
            "LANG": "en_GB.UTF-8",
            "PYTHONIOENCODING": "utf-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONWARNINGS": "error",
        }
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [*prefix, sys.executable, "-m", "discretion", *map(str, arguments)],
            input=data if data is not None else b"",
            capture_output=True,
            env=environment,
            cwd=tmp_path,
            check=False,
            timeout=120,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return run
