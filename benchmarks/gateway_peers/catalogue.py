"""The gateways that ours is measured beside, read from ``peers.toml``."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.shared_data import REPOSITORY

_HERE = Path(__file__).resolve().parent
ENVIRONMENTS = REPOSITORY / ".cache" / "gateway_peers"


@dataclass(frozen=True, slots=True)
class Peer:
    """One peer: how it is shown, the package that it is, what it was told."""

    name: str
    title: str
    package: str
    setting: str
    prepare: bool = False
    """Whether a pipeline has to be put in place once its environment is made."""
    is_upstream: bool = False
    """Whether it only serves as a provider."""

    @property
    def requirements(self) -> Path:
        """Its pinned packages."""
        return _HERE / "requirements" / f"{self.name}.txt"

    @property
    def version(self) -> str:
        """The version of the peer itself, from the pins."""
        lines = self.requirements.read_text(encoding="utf-8").splitlines()
        return next(line.partition("==")[2] for line in lines if line.startswith(f"{self.package}=="))

    @property
    def folder(self) -> Path:
        """Where its environment lies."""
        return ENVIRONMENTS / self.name

    @property
    def mark(self) -> Path:
        """The file that says that the environment was made to the end, and of what."""
        return self.folder / "installed"

    @property
    def is_installed(self) -> bool:
        """Whether the environment was made."""
        return self.mark.exists()

    @property
    def python(self) -> Path:
        """The interpreter of its environment."""
        folder, program = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
        return self.folder / folder / program

    def script(self, name: str) -> Path:
        """A program that its package installs."""
        return self.python.with_name(f"{name}.exe" if sys.platform == "win32" else name)

    @property
    def packages(self) -> Path:
        """Where its packages lie."""
        if sys.platform == "win32":
            return self.folder / "Lib" / "site-packages"
        return next((self.folder / "lib").glob("python*")) / "site-packages"


@cache
def catalogue() -> dict[str, Peer]:
    """Every peer by its name, in the order of the file."""
    rows = tomllib.loads((_HERE / "peers.toml").read_text(encoding="utf-8"))
    return {name: Peer(name, **row) for name, row in rows.items()}
