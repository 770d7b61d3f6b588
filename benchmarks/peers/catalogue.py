"""The peers and what their labels mean, read from ``peers.toml``."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.shared_data import REPOSITORY
from discretion.records import Kind

_HERE = Path(__file__).resolve().parent
ENVIRONMENTS = REPOSITORY / ".cache" / "peers"


@dataclass(frozen=True, slots=True)
class Peer:
    """One peer: how it is shown and run, and the kinds that its labels stand for."""

    name: str
    title: str
    setting: str
    labels: dict[str, tuple[Kind, ...]]
    credit_only: dict[str, tuple[Kind, ...]]
    environment: str
    """The environment that it runs in, and the name of the file with the packages of that."""
    prepare: str | None = None
    """A module that is run in the environment once it is made, with a folder of the same name to fill."""
    is_for_speed_only: bool = False
    """Whether another peer gives the same answers, so that only its time is of interest."""

    @property
    def requirements(self) -> Path:
        """The pinned packages of its environment; ``*-no-deps.txt`` beside it holds those without theirs."""
        return _HERE / "requirements" / f"{self.environment}.txt"

    @property
    def requirements_without_dependencies(self) -> Path | None:
        """Packages that are installed as they are, whatever they declare to need."""
        path = self.requirements.with_name(f"{self.name}-no-deps.txt")
        return path if path.exists() else None

    @property
    def folder(self) -> Path:
        """Where its environment lies."""
        return ENVIRONMENTS / self.environment

    @property
    def python(self) -> Path:
        """The interpreter of its environment."""
        folder, program = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
        return self.folder / folder / program

    @property
    def is_installed(self) -> bool:
        """Whether the environment was made, to the end."""
        return (self.folder / "installed").exists()


@cache
def catalogue() -> dict[str, Peer]:
    """Every peer by its name, in the order of the file."""
    rows = tomllib.loads((_HERE / "peers.toml").read_text(encoding="utf-8"))
    return {name: _peer(name, row, rows) for name, row in rows.items()}


def _peer(name: str, row: dict[str, Any], rows: dict[str, dict[str, Any]]) -> Peer:
    """A peer with its own labels and those of the peers that it is made of (``labels_of``)."""
    parts = [*(rows[part] for part in row.get("labels_of", ())), row]
    labels: dict[str, tuple[Kind, ...]] = {}
    credit_only: dict[str, tuple[Kind, ...]] = {}
    for part in parts:
        labels |= _kinds(part.get("labels", {}))
        credit_only |= _kinds(part.get("credit_only", {}))
    return Peer(
        name,
        row["title"],
        row["setting"],
        labels,
        credit_only,
        row.get("environment", name),
        row.get("prepare"),
        row.get("speed_only", False),
    )


def _kinds(table: dict[str, list[str]]) -> dict[str, tuple[Kind, ...]]:
    return {label: tuple(Kind(kind) for kind in kinds) for label, kinds in table.items()}
