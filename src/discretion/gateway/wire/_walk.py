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
from discretion.gateway.wire._tree import MAX_DEPTH, Number, Tree, container_in, plain, quoted
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
        _text(draft, value, place, depth)
    elif type(value) is Number:
        draft.number(value, place)
    elif type(value) is dict:
        members(draft, value, place, mode=mode, depth=depth)
    elif type(value) is list:
        elements(draft, value, place, lambda d, item, p: walk(d, item, p, mode, depth + 1))
    else:
        draft.say(plain(value))


def _text(draft: Draft, text: str, place: Place, depth: int) -> None:
    """A string. What a tool said may be JSON once more, whose escapes would hide words: then its leaves."""
    tree = container_in(text) if place.voice is Voice.TOOL and "\\u" in text else None
    if tree is None:
        draft.text(text, place)
    elif depth > MAX_DEPTH:
        raise NotUnderstood(f"{place}: it is nested too deep")
    else:
        with draft.inner(text):
            walk(draft, tree, place, Mode.FREE, depth + 1)


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
        is_named = _is_named(key, mode)
        reader = readers.get(key) if readers is not None else None
        if mode is Mode.KNOWN and not is_named and key.casefold() in vocabulary().keys:
            raise NotUnderstood(f"{place}: the key {key.casefold()!r} is not written as the API writes it")
        if is_named:
            passed = _passed(key, value, mode) if reader is None else None
            draft.say(comma + _quoted_key(key) + (passed or ""))
            comma = ","
            if passed is not None:
                continue
        else:
            draft.say(comma)
            draft.key(key, unnamed)
            draft.say(":")
            comma = ","
        below = place.under(key) if is_named else unnamed
        if reader is not None:
            reader(draft, value, below)
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


def _passed(key: str, value: Tree, mode: Mode) -> str | None:
    """A word or a number of the API as JSON; ``None`` where the value is to be reviewed."""
    words = vocabulary()
    kind = type(value)
    if value is None or kind is bool:
        return plain(value)
    if mode is Mode.KNOWN:
        if kind is str and words.passes(key, value):  # type: ignore[arg-type]
            return quoted(value)  # type: ignore[arg-type]
        is_passed = kind is Number and key in words.numbers
    else:
        if key == "type" and kind is str and value in words.schema_words["types"]:
            return quoted(value)
        is_passed = kind is Number and key in words.schema_words["numbers"]
    return plain(value) if is_passed else None


def _member(draft: Draft, key: str, value: Tree, place: Place, mode: Mode, depth: int) -> None:
    if mode is Mode.KNOWN:
        _known(draft, key, value, place, depth)
    elif mode is Mode.SCHEMA:
        _schema(draft, key, value, place, depth)
    else:
        walk(draft, value, place, Mode.SCHEMA if mode is Mode.NAMES else Mode.FREE, depth)


def _known(draft: Draft, key: str, value: Tree, place: Place, depth: int) -> None:
    words = vocabulary()
    if key in words.media and value:
        raise NotUnderstood(f"{place}: a {words.media[key]} cannot be reviewed")
    if type(value) is list and key in words.words:
        elements(draft, value, place, _word)
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
    if key in words["names"]:
        walk(draft, value, place, Mode.NAMES, depth)
    elif key in words["schemas"]:
        walk(draft, value, place, Mode.SCHEMA, depth)
    else:
        walk(draft, value, place, Mode.FREE, depth)
