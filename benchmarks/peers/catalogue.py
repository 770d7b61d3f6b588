"""The peers and what their labels mean, read from ``peers.toml``."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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

    @property
    def requirements(self) -> Path:
        """The pinned packages of its environment; ``*-no-deps.txt`` beside it holds those without theirs."""
        return _HERE / "requirements" / f"{self.name}.txt"

    @property
    def requirements_without_dependencies(self) -> Path | None:
        """Packages that are installed as they are, whatever they declare to need."""
        path = self.requirements.with_name(f"{self.name}-no-deps.txt")
        return path if path.exists() else None

    @property
    def python(self) -> Path:
        """The interpreter of its environment."""
        folder, program = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
        return ENVIRONMENTS / self.name / folder / program

    @property
    def is_installed(self) -> bool:
        """Whether the environment was made, to the end."""
        return (ENVIRONMENTS / self.name / "installed").exists()


@cache
def catalogue() -> dict[str, Peer]:
    """Every peer by its name, in the order of the file."""
    rows = tomllib.loads((_HERE / "peers.toml").read_text(encoding="utf-8"))
    return {
        name: Peer(
            name, row["title"], row["setting"], _kinds(row["labels"]), _kinds(row.get("credit_only", {}))
        )
        for name, row in rows.items()
    }


def _kinds(table: dict[str, list[str]]) -> dict[str, tuple[Kind, ...]]:
    return {label: tuple(Kind(kind) for kind in kinds) for label, kinds in table.items()}
