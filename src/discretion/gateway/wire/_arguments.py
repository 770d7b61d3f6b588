"""What a tool was called with, and what it answered: JSON within a JSON string."""

from __future__ import annotations

import re
from typing import Final

from discretion.gateway.wire._draft import Draft, Place
from discretion.gateway.wire._tree import Tree, container_in
from discretion.gateway.wire._walk import free

_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_KEPT: Final = frozenset('"\\')


def arguments(draft: Draft, value: Tree, place: Place) -> None:
    """Reads what a tool was called with: each leaf a passage. What is not JSON is one passage."""
    if type(value) is not str:
        free(draft, value, place)
        return
    tree = container_in(value)
    if tree is None:
        draft.text(_unescaped(value), place)
        return
    with draft.inner(value):
        free(draft, tree, place)


def answer(draft: Draft, text: str, place: Place) -> None:
    """Reads what a tool answered: one passage, or the leaves of JSON whose escapes would hide words."""
    if "\\u" in text and text.lstrip()[:1] in ("{", "["):
        arguments(draft, text, place)
    else:
        draft.text(text, place)


def _unescaped(text: str) -> str:
    """Broken JSON without the escapes that would hide a name from the review (``J\\u0065ss``)."""

    def character(found: re.Match[str]) -> str:
        point = int(found[1], 16)
        is_plain = point >= 0x20 and not 0xD800 <= point <= 0xDFFF and chr(point) not in _KEPT
        return chr(point) if is_plain else found[0]

    return _ESCAPE.sub(character, text)
