"""The content of a message: text, or parts, of which some cannot be reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from discretion.gateway.wire._arguments import answer
from discretion.gateway.wire._draft import Draft, Place
from discretion.gateway.wire._request import NotUnderstood, Voice
from discretion.gateway.wire._tree import Tree, plain
from discretion.gateway.wire._vocabulary import is_word_of_the_api
from discretion.gateway.wire._walk import Reader, elements, members, walk


def text_part(draft: Draft, part: Tree, place: Place) -> None:
    """Reads a part that holds text: the text is its author's, whatever else is in it is nobody's."""
    if type(part) is not dict:
        raise NotUnderstood(f"{place}: a content part is no object")
    beside = place.under(place.key, Voice.OTHER)

    def said(draft: Draft, value: Tree, _: Place) -> None:
        if type(value) is str and place.voice is Voice.TOOL:
            answer(draft, value, place)
        elif type(value) is str:
            draft.text(value, place)
        elif type(value) is list or value is None:
            walk(draft, value, place)
        else:
            raise NotUnderstood(f"{place}: the text is no string")

    members(draft, part, beside, dict.fromkeys(_TEXTS, said))


def thinking_part(draft: Draft, part: Tree, place: Place) -> None:
    """Reads reasoning that is echoed back.

    Its text is reviewed like any other and its signature passes as it is. What a client sends was restored
    when it came: with its stand-ins again it reads as the platform signed it. A block that is dropped instead
    gets the platform's 400 (docs/decisions/0017-wire.md).
    """
    text_part(draft, part, place.under("thinking"))


_TEXTS: Final = ("text", "refusal", "thinking")

TEXT_PARTS: Final[Mapping[str, Reader]] = {
    **dict.fromkeys(("text", "input_text", "output_text", "refusal"), text_part),
    **dict.fromkeys(("thinking", "reasoning", "summary_text", "reasoning_text"), thinking_part),
}
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
        elements(draft, value, place, lambda d, item, p: part(d, item, p, parts))
    else:
        raise NotUnderstood(f"{place}: it is neither text nor a list of parts")


def part(draft: Draft, value: Tree, place: Place, parts: Mapping[str, Reader]) -> None:
    """Reads one part; raises ``NotUnderstood`` for a kind that is not among ``parts``."""
    if type(value) is str:
        draft.text(value, place)
        return
    kind = value.get("type") if type(value) is dict else None
    reader = parts.get(kind) if type(kind) is str else None
    if reader is None:
        raise NotUnderstood(f"{place}: {_named(kind)} cannot be reviewed")
    reader(draft, value, place)


def _named(kind: Tree) -> str:
    if type(kind) is str and is_word_of_the_api(kind):
        return f"a part of type {kind!r}"
    return "a part of an unknown type"
