"""A request as its leaves: every string and number under the path where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any


def leaves(body: Any) -> dict[str, str]:
    """Path → text of every string and number of a JSON document, line by line.

    Arguments of a tool that travel as JSON in a string are taken apart as well, so that a path means the same
    in every API.
    """
    return dict(_leaves(body, ""))


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(_parsed(key, inner), f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{path}.{number}")
    elif isinstance(value, str):
        lines = value.split("\n")
        if len(lines) == 1:
            yield path, value
        else:
            for number, line in enumerate(lines):
                yield f"{path}#{number}", line
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path, str(value)


def _parsed(key: str, value: Any) -> Any:
    if key != "arguments" or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def as_lines(found: dict[str, str]) -> str:
    """The leaves as text, one a line, so that a reply can repeat them."""
    return "\n".join(f"{path}: {text}" for path, text in found.items())


def from_lines(text: str) -> dict[str, str]:
    """The leaves that ``as_lines`` wrote."""
    pairs = (line.partition(": ") for line in text.split("\n"))
    return {path: told for path, colon, told in pairs if colon}
