"""The word lists and tables that lie beside the detectors, read on first need."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a data file, without comments and empty ones."""
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return tuple(line for raw in text.splitlines() if (line := raw.rstrip()) and not line.startswith("#"))


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """A file of ``key: word word "a phrase"`` lines; a key that comes again goes on; ``_`` is a space."""
    found: dict[str, list[str]] = {}
    for line in lines(name):
        key, _, rest = line.partition(":")
        found.setdefault(key.strip(), []).extend(word.replace("_", " ") for word in rest.split())
    return {key: tuple(words) for key, words in found.items()}


def either(words: tuple[str, ...] | list[str]) -> str:
    """A pattern that matches any of ``words``, the longest first, spaces as any run of white space."""
    import re

    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in ordered) + ")"
