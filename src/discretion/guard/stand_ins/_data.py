"""The word lists and phrases of the stand-ins, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The data file ``name`` of the guard. Raises ``FileNotFoundError`` where there is none."""
    return tomllib.loads(files("discretion.guard").joinpath(f"data/{name}.toml").read_text("utf-8"))
