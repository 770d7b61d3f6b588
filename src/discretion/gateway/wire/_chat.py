"""Requests to ``/chat/completions``: messages with roles.

Shapes: the types of the openai 3.57 package (``completion_create_params``,
``chat_completion_*_message_param``), read on 2026-11-25; ``reasoning_content`` and ``reasoning_details`` as
DeepSeek and OpenRouter add them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from discretion.gateway.wire._arguments import answer, arguments
from discretion.gateway.wire._draft import Draft, Place
from discretion.gateway.wire._parts import TEXT_PARTS, content
from discretion.gateway.wire._request import NotUnderstood, Voice
from discretion.gateway.wire._tree import Number, Tree, plain
from discretion.gateway.wire._walk import Reader, elements, members, walk

VOICES: Final = {
    "system": Voice.SYSTEM,
    "developer": Voice.SYSTEM,
    "user": Voice.USER,
    "assistant": Voice.ASSISTANT,
    "model": Voice.ASSISTANT,
    "tool": Voice.TOOL,
    "function": Voice.TOOL,
}
"""Who speaks under a role; who speaks under any other counts as the user."""

Readers: TypeAlias = Mapping[Voice, Mapping[str, Reader]]

_SPOKEN: Final = ("name", "refusal", "reasoning", "reasoning_content", "reasoning_details", "thinking")
"""Members of a message, besides its content, that are the author's words."""


def read_chat(draft: Draft, body: dict[str, Tree]) -> None:
    """Reads a request to ``/chat/completions``; raises ``NotUnderstood``."""
    members(draft, body, Place(), {**TOP, "messages": messages_of(body, _READERS)})


def messages_of(body: dict[str, Tree], readers: Readers) -> Reader:
    """What reads the ``messages`` of ``body``. Raises ``NotUnderstood`` where there are none."""
    found = body.get("messages")
    if type(found) is not list or not found:
        raise NotUnderstood("the request holds no list of messages")
    turns = iter(range(len(found)))

    def read(draft: Draft, value: Tree, place: Place) -> None:
        elements(draft, found, place, lambda d, item, _: message(d, item, next(turns), readers))

    return read


def message(draft: Draft, value: Tree, turn: int, readers: Readers) -> None:
    """Reads one message. Raises ``NotUnderstood`` where it is no object with a role."""
    place = Place(turn=turn)
    role = value.get("role") if type(value) is dict else None
    if type(value) is not dict or type(role) is not str:
        raise NotUnderstood(f"{place}: it is no object with a role")
    name = value.get("name")
    place = Place(Voice.OTHER, "", turn, name if type(name) is str and name else None)
    members(draft, value, place, readers[VOICES.get(role, Voice.USER)])


def readers_of(parts: Mapping[str, Reader]) -> Readers:
    """What reads the members of a message, by who speaks; ``parts`` read the parts of its content."""
    return {voice: _message_readers(voice, parts) for voice in Voice}


def _message_readers(voice: Voice, parts: Mapping[str, Reader]) -> dict[str, Reader]:
    def spoken(draft: Draft, value: Tree, place: Place) -> None:
        walk(draft, value, place.under(place.key, voice))

    def said(draft: Draft, value: Tree, place: Place) -> None:
        if voice is Voice.TOOL and type(value) is str:
            answer(draft, value, place.under(place.key, voice))
        else:
            content(draft, value, place.under(place.key, voice), parts)

    return {
        **dict.fromkeys(_SPOKEN, spoken),
        "content": said,
        "tool_calls": _calls,
        "function_call": _calls,
        "audio": _audio,
    }


def _calls(draft: Draft, value: Tree, place: Place) -> None:
    """``tool_calls`` and ``function_call`` of a message; what they hold was said to a tool."""
    below = place.under(place.key, Voice.TOOL)
    if type(value) is list:
        elements(draft, value, below, call)
    else:
        call(draft, value, below)


def call(draft: Draft, value: Tree, place: Place) -> None:
    """Reads one call of a tool."""
    if type(value) is dict:
        members(draft, value, place, _CALL)
    elif value is None:
        draft.say(plain(value))
    else:
        raise NotUnderstood(f"{place}: a call of a tool is no object")


def _audio(draft: Draft, value: Tree, place: Place) -> None:
    """A reply in sound that the platform keeps, by its id."""
    if type(value) is dict and value.keys() - {"id", "expires_at"}:
        raise NotUnderstood(f"{place}: sound cannot be reviewed")
    walk(draft, value, place)


def _prediction(draft: Draft, value: Tree, place: Place) -> None:
    below = place.under(place.key, Voice.ASSISTANT)
    if type(value) is dict:
        members(draft, value, below, {"content": lambda d, v, _: content(d, v, below)})
    else:
        walk(draft, value, below)


def logit_bias(draft: Draft, value: Tree, place: Place) -> None:
    """Numbers of tokens, and how much likelier each becomes; anything else in it is reviewed."""
    if type(value) is dict and all(_is_bias(key, bias) for key, bias in value.items()):
        draft.say("{" + ",".join(f'"{key}":{plain(bias)}' for key, bias in value.items()) + "}")
    else:
        walk(draft, value, place)


def _is_bias(key: str, bias: Tree) -> bool:
    return key.isascii() and key.isdigit() and len(key) <= 6 and type(bias) is Number and len(bias) <= 6


_CALL: Final[dict[str, Reader]] = {
    "arguments": arguments,
    "input": arguments,
    "function": call,
    "custom": call,
}
_READERS: Final = readers_of(TEXT_PARTS)
TOP: Final[dict[str, Reader]] = {"prediction": _prediction, "logit_bias": logit_bias}
"""Members of a request that are no messages, and need more than the walk."""
