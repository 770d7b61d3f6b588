"""The words and endings of data/restore.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words() -> dict[str, Any]:
    """The words and endings that restoring knows."""
    path = files("discretion.guard").joinpath("data/restore.toml")
    return tomllib.loads(path.read_text("utf-8"))


def any_of(phrases: Iterable[str]) -> str:
    """A pattern of any of ``phrases``; a blank is any one, an apostrophe either."""
    escaped = (re.escape(phrase).replace(r"\ ", r"\s").replace("'", "['’]") for phrase in phrases)
    return "(?:" + "|".join(escaped) + ")"
