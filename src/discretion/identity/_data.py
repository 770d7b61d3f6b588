"""The data files of this package, loaded on first use."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """The content of ``data/NAME.toml``."""
    return tomllib.loads(files("discretion.identity").joinpath(f"data/{name}.toml").read_text("utf-8"))
