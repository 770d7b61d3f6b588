"""The walk through a tree: every string and every number becomes a passage, but words and ids of the API.

What the API itself names is skipped only where the API names it: below a key that nobody knows, and in what
a tool was called with, in metadata and in schemas, everything is reviewed, the names of members too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from functools import cache
from typing import TypeAlias

from discretion.gateway.wire._draft import Draft, Place
from discretion.gateway.wire._request import NotUnderstood, Voice
from discretion.gateway.wire._tree import MAX_DEPTH, Number, Tree, plain, quoted
from discretion.gateway.wire._vocabulary import vocabulary


class Mode(Enum):
    """What the keys of an object are."""

    KNOWN = auto()
    """Words of the API."""
    FREE = auto()
    """The client's own."""
    SCHEMA = auto()
    """Words of JSON Schema."""
    NAMES = auto()
    """Names of properties, of which each holds a schema."""


Reader: TypeAlias = Callable[[Draft, Tree, Place], None]


def walk(draft: Draft, value: Tree, place: Place, mode: Mode = Mode.KNOWN, depth: int = 0) -> None:
    """Reads ``value``. Raises ``NotUnderstood`` where it is nested too deep or holds a picture."""
    if type(value) is str:
        draft.text(value, place)
    elif type(value) is Number:
        draft.number(value, place)
    elif type(value) is dict:
        members(draft, value, place, mode=mode, depth=depth)
    elif type(value) is list:
        elements(draft, value, place, lambda d, item, p: walk(d, item, p, mode, depth + 1))
    else:
        draft.say(plain(value))


def free(draft: Draft, value: Tree, place: Place) -> None:
    """Reads what the client named freely."""
    walk(draft, value, place, Mode.FREE)


def elements(draft: Draft, items: list[Tree], place: Place, reader: Reader) -> None:
    """Reads each element of a list."""
    draft.say("[")
    for at, item in enumerate(items):
        if at:
            draft.say(",")
        reader(draft, item, place)
    draft.say("]")


def members(
    draft: Draft,
    mapping: Mapping[str, Tree],
    place: Place,
    readers: Mapping[str, Reader] | None = None,
    *,
    mode: Mode = Mode.KNOWN,
    depth: int = 0,
) -> None:
    """Reads an object; ``readers`` read the values of their keys."""
    if depth > MAX_DEPTH:
        raise NotUnderstood(f"{place}: it is nested too deep")
    comma = "{"
    unnamed = place
    if mode is Mode.KNOWN and place.voice is not Voice.TOOL:
        unnamed = place.under(place.key, Voice.OTHER)
    for key, value in mapping.items():
        draft.say(comma)
        comma = ","
        is_named = _is_named(key, mode)
        if is_named:
            draft.say(_quoted_key(key))
        else:
            draft.key(key, unnamed)
            draft.say(":")
        below = place.under(key) if is_named else unnamed
        if readers is not None and key in readers:
            readers[key](draft, value, below)
        else:
            _member(draft, key, value, below, mode, depth + 1)
    draft.say("}" if comma == "," else "{}")


def _is_named(key: str, mode: Mode) -> bool:
    if mode is Mode.KNOWN:
        return key in vocabulary().keys
    return mode is Mode.SCHEMA and key in vocabulary().schema_words["all"]


@cache
def _quoted_key(key: str) -> str:
    return quoted(key) + ":"


def _member(draft: Draft, key: str, value: Tree, place: Place, mode: Mode, depth: int) -> None:
    if mode is Mode.KNOWN:
        _known(draft, key, value, place, depth)
    elif mode is Mode.SCHEMA:
        _schema(draft, key, value, place, depth)
    else:
        walk(draft, value, place, Mode.SCHEMA if mode is Mode.NAMES else Mode.FREE, depth)


def _known(draft: Draft, key: str, value: Tree, place: Place, depth: int) -> None:
    words = vocabulary()
    kind = type(value)
    if key in words.media and value:
        raise NotUnderstood(f"{place}: a {words.media[key]} cannot be reviewed")
    if kind is str and words.passes(key, value):  # type: ignore[arg-type]
        draft.say(quoted(value))  # type: ignore[arg-type]
    elif kind is Number and key in words.numbers:
        draft.say(plain(value))
    elif kind is list and key in words.words:
        elements(draft, value, place, _word)  # type: ignore[arg-type]
    elif key in words.free or key not in words.keys:
        walk(draft, value, place, Mode.FREE, depth)
    else:
        walk(draft, value, place, Mode.SCHEMA if key in words.schema else Mode.KNOWN, depth)


def _word(draft: Draft, value: Tree, place: Place) -> None:
    if type(value) is str and vocabulary().passes("type", value):
        draft.say(quoted(value))
    else:
        free(draft, value, place)


def _schema(draft: Draft, key: str, value: Tree, place: Place, depth: int) -> None:
    words = vocabulary().schema_words
    if key == "type" and type(value) is str and value in words["types"]:
        draft.say(quoted(value))
    elif key in words["numbers"] and type(value) is Number:
        draft.say(plain(value))
    elif key in words["names"]:
        walk(draft, value, place, Mode.NAMES, depth)
    elif key in words["schemas"]:
        walk(draft, value, place, Mode.SCHEMA, depth)
    else:
        walk(draft, value, place, Mode.FREE, depth)
