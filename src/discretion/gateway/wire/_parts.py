"""The content of a message: text, or parts, of which some cannot be reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from discretion.gateway.wire._draft import Draft, Place
from discretion.gateway.wire._request import NotUnderstood
from discretion.gateway.wire._tree import Tree, plain
from discretion.gateway.wire._vocabulary import is_word_of_the_api
from discretion.gateway.wire._walk import Reader, elements, members, walk

_TEXTS: Final = ("text", "input_text", "output_text", "refusal", "summary_text", "reasoning_text", "thinking")


def _text_part(draft: Draft, part: Tree, place: Place) -> None:
    if type(part) is not dict:
        raise NotUnderstood(f"{place}: a content part is no object")
    members(draft, part, place, _TEXT_READERS)


def _text(draft: Draft, value: Tree, place: Place) -> None:
    if type(value) is str:
        draft.text(value, place.under("content"))
    elif type(value) is list or value is None:
        walk(draft, value, place)
    else:
        raise NotUnderstood(f"{place}: the text is no string")


_TEXT_READERS: Final[dict[str, Reader]] = {"text": _text, "refusal": _text, "thinking": _text}

TEXT_PARTS: Final[Mapping[str, Reader]] = dict.fromkeys(_TEXTS, _text_part)
"""Parts that hold text and nothing else, by the word of their type."""


def content(draft: Draft, value: Tree, place: Place, parts: Mapping[str, Reader] = TEXT_PARTS) -> None:
    """Reads the content of a message: a string, null, or a list of ``parts``.

    Raises ``NotUnderstood`` for everything else: an unknown part may hold a picture, sound or file.
    """
    if type(value) is str:
        draft.text(value, place)
    elif value is None:
        draft.say(plain(value))
    elif type(value) is list:
        elements(draft, value, place, lambda d, item, p: _part(d, item, p, parts))
    else:
        raise NotUnderstood(f"{place}: it is neither text nor a list of parts")


def _part(draft: Draft, part: Tree, place: Place, parts: Mapping[str, Reader]) -> None:
    if type(part) is str:
        draft.text(part, place)
        return
    kind = part.get("type") if type(part) is dict else None
    reader = parts.get(kind) if type(kind) is str else None
    if reader is None:
        raise NotUnderstood(f"{place}: {_named(kind)} cannot be reviewed")
    reader(draft, part, place)


def _named(kind: Tree) -> str:
    if type(kind) is str and is_word_of_the_api(kind):
        return f"a part of type {kind!r}"
    return "a part of an unknown type"
