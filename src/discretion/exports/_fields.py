"""Fields of parsed JSON, read with the right type or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def mapping(value: object) -> dict[str, Any]:
    """Return the value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def objects(value: object) -> Iterator[dict[str, Any]]:
    """Yield the objects in a list; nothing where it is no list."""
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def string(value: object) -> str:
    """Return the value if it is text, else an empty one."""
    return value if isinstance(value, str) else ""


def key_of(value: object) -> str | None:
    """Return an id, given as text or a number, as text; ``None`` where there is none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value) or None
