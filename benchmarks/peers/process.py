"""One run of an adapter: rows in, answers with times and memory out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers.catalogue import Peer
from benchmarks.shared_data import REPOSITORY


class PeerError(Exception):
    """A peer's process ended without answering everything; the message says how, never with a text."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found in one text ``(start, end, label)``, and how long it took."""

    spans: tuple[tuple[int, int, str], ...]
    nanoseconds: int


@dataclass(frozen=True, slots=True)
class Asked:
    """All answers of one run; ``loaded_ms`` is import and loading, ``memory_mib`` resident at the end.

    ``worked_ms`` is the processor time of all threads over the answers: more than their wall time shows that
    a system left its core.
    """

    answers: tuple[Answer, ...]
    loaded_ms: float
    worked_ms: float
    memory_mib: float
    version: str


def ask(system: Peer | str, rows: Iterable[Mapping[str, object]], core: int | None = None) -> Asked:
    """Run a peer, or one of ours by its name, over rows with a ``text``; bound to one core where given.

    Raises ``PeerError`` where the process fails or answers fewer rows than it was given.
    """
    asked = [json.dumps(row) for row in rows]
    python = Path(sys.executable) if isinstance(system, str) else system.python
    module = f"benchmarks.peers.adapters.{system if isinstance(system, str) else system.name}"
    command = [str(python), "-m", module, *([str(core)] if core is not None else [])]
    done = subprocess.run(
        command,
        input="\n".join(asked) + "\n",
        capture_output=True,
        encoding="utf-8",
        cwd=REPOSITORY,
        env=environment(),
        check=False,
    )
    if done.returncode:
        raise PeerError(f"{module}: exit {done.returncode}")
    *answered, end = [json.loads(line) for line in done.stdout.splitlines()]
    if len(answered) != len(asked):
        raise PeerError(f"{module}: {len(answered)} answers to {len(asked)} rows")
    answers = tuple(
        Answer(tuple((start, stop, label) for start, stop, label in row["spans"]), row["ns"])
        for row in answered
    )
    loaded, worked = end["loaded_ns"] / 1e6, end["worked_ns"] / 1e6
    return Asked(answers, loaded, worked, end["memory_kib"] / 1024, end["version"])


def environment() -> dict[str, str]:
    """The process's variables: offline, one thread, this checkout importable, no other settings of ours."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT")
        if name in os.environ
    }
    return kept | {
        "HF_HUB_OFFLINE": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "src")]),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONDONTWRITEBYTECODE": "",
    }
