"""The group files (``data/groups``) as they are written, and the small words that turn what they say."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from discretion.knowledge._values._keys import key


def folder() -> Traversable:
    """Where the group files lie."""
    return files("discretion.knowledge") / "data" / "groups"


def read(name: str) -> Iterator[tuple[str, str]]:
    """The codes of a group file and their phrases (keys), in file order; ``!`` marks a whole span."""
    code = ""
    for line in folder().joinpath(f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("= "):
            code = line[2:].strip()
        elif not line.startswith("#"):
            yield from ((code, phrase) for phrase in map(_phrase, line.split(",")) if phrase)


def comment(name: str) -> str:
    """What a group file says of itself."""
    lines = folder().joinpath(f"{name}.txt").read_text("utf-8").splitlines()
    return " ".join(line[1:].strip() for line in lines if line.startswith("#"))


@cache
def marker(name: str) -> frozenset[str]:
    """The words of one list of ``markers.txt``."""
    return frozenset(phrase for code, phrase in read("markers") if code == name)


def _phrase(written: str) -> str:
    phrase = key(written)
    return f"!{phrase}" if written.strip().startswith("!") else phrase
