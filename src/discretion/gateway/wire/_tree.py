"""JSON as a tree that can be written back: key order, and every number as it was spelled.

Python's own parser does the work. What it would let pass in silence is refused: a key that stands twice (two
parsers may read two different requests), NaN and Infinity (no JSON, RFC 8259, section 6), and bytes that are
not UTF-8. A lone surrogate is no character: in a request it becomes U+FFFD, in a reply it stays half of one.
"""

from __future__ import annotations

import json
import re
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import Final, TypeAlias

from discretion.gateway.wire._request import NotUnderstood

MAX_BYTES: Final = 8 * 2**20
"""The longest body that is read: twice the text of a million tokens."""
MAX_DEPTH: Final = 64
"""The deepest nesting that is walked; the APIs' own bodies stay below 20."""

MOST_COMMAS: Final = 2_000_000
"""Commas in one document. Each may be a member, and a member takes seventy bytes and more in memory."""

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | Number | bool | None"

_LONE = re.compile("[\ud800-\udfff]")
_ESCAPED_SURROGATE = re.compile(r"\\u[dD]")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


class Number(str):
    """A JSON number, as it was spelled."""

    __slots__ = ()


class NotJson(ValueError):
    """The text is not JSON that has one meaning; the message says why, without any of it."""


def decoded(body: bytes) -> str:
    """The body as text; raises ``NotUnderstood`` where it is too long or not UTF-8 (a BOM is dropped)."""
    if len(body) > MAX_BYTES:
        raise NotUnderstood(f"the request is longer than {MAX_BYTES // 2**20} MiB")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotUnderstood("the request is not UTF-8 text") from None


def read_tree(text: str, *, keeps_halves: bool = False) -> Tree:
    """``text`` as a tree; raises ``NotJson``. ``keeps_halves``: lone surrogates stay, as in a stream."""
    if text.count(",") > MOST_COMMAS:
        raise NotJson("it has too many members")
    try:
        tree: Tree = _DECODER.decode(text)
    except NotJson:
        raise
    except RecursionError:
        raise NotJson("it is nested too deep") from None
    except ValueError:
        raise NotJson("it is not JSON") from None
    if not keeps_halves and (_ESCAPED_SURROGATE.search(text) or _LONE.search(text)):
        return _without_lone_surrogates(tree, 0)
    return tree


def container_in(text: str) -> dict[str, Tree] | list[Tree] | None:
    """The object or list that ``text`` is the source of; ``None`` where it is none."""
    try:
        tree = read_tree(text)
    except NotJson:
        return None
    return tree if isinstance(tree, dict | list) else None


def is_number(text: str) -> bool:
    """Whether ``text`` spells a JSON number."""
    return _NUMBER.fullmatch(text) is not None


def written(tree: Tree) -> str:
    """``tree`` as JSON without spaces."""
    if type(tree) is dict:
        members = (f"{quoted(key)}:{written(value)}" for key, value in tree.items())
        return "{" + ",".join(members) + "}"
    if type(tree) is list:
        return "[" + ",".join(map(written, tree)) + "]"
    if type(tree) is str:
        return quoted(tree)
    return plain(tree)


def plain(value: object) -> str:
    """A number, a truth value or null as JSON."""
    if type(value) is Number:
        return str(value)
    return "null" if value is None else "true" if value else "false"


def quoted(text: str) -> str:
    """``text`` as a JSON string; characters beyond ASCII stay, where it can be UTF-8."""
    return encode_basestring_ascii(text) if _LONE.search(text) else encode_basestring(text)


def _object(pairs: list[tuple[str, Tree]]) -> Tree:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotJson("a key stands twice in one object")
    return found


def _constant(_: str) -> Tree:
    raise NotJson("NaN and Infinity are not JSON")


def _without_lone_surrogates(tree: Tree, depth: int) -> Tree:
    if depth > MAX_DEPTH:
        raise NotJson("it is nested too deep")
    if type(tree) is str:
        return _LONE.sub("\ufffd", tree)
    if type(tree) is list:
        return [_without_lone_surrogates(item, depth + 1) for item in tree]
    if type(tree) is dict:
        return _object(
            [
                (_LONE.sub("\ufffd", key), _without_lone_surrogates(value, depth + 1))
                for key, value in tree.items()
            ]
        )
    return tree


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=Number, parse_int=Number, parse_constant=_constant
)
