"""Where the benchmark data lie; they are no part of the repository."""

from __future__ import annotations

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """``$DISCRETION_DATA``, or ``../shared/data`` beside the repository."""
    named = os.environ.get("DISCRETION_DATA")
    return Path(named) if named else REPOSITORY.parent / "shared" / "data"


def absent(what: str, path: Path) -> str:
    """The line that says why a measurement was skipped; names the file, not the folders above it."""
    return (
        f"skipped: {what}: {path.name} is not there; set DISCRETION_DATA to the folder of the benchmark data"
    )
