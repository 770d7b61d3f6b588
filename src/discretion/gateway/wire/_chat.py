"""Requests to ``/chat/completions``: messages with roles.

Shapes: the types of the openai 3.57 package (``completion_create_params``,
``chat_completion_*_message_param``), read on 2026-11-25; ``reasoning_content`` and
``reasoning_details`` as DeepSeek and OpenRouter add them.
"""

from __future__ import annotations

from typing import Final

from discretion.gateway.wire._arguments import answer, arguments
from discretion.gateway.wire._draft import Draft, Place
from discretion.gateway.wire._parts import content
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


def read_chat(draft: Draft, body: dict[str, Tree]) -> None:
    """Reads a request to ``/chat/completions``; raises ``NotUnderstood``."""
    messages = body.get("messages")
    if type(messages) is not list or not messages:
        raise NotUnderstood("the request holds no list of messages")
    members(draft, body, Place(), _TOP)


def _messages(draft: Draft, value: Tree, place: Place) -> None:
    assert type(value) is list
    turns = iter(range(len(value)))
    elements(draft, value, place, lambda d, item, p: message(d, item, next(turns)))


def message(draft: Draft, value: Tree, turn: int) -> None:
    """Reads one message. Raises ``NotUnderstood`` where it is no object with a role."""
    place = Place(turn=turn)
    role = value.get("role") if type(value) is dict else None
    if type(value) is not dict or type(role) is not str:
        raise NotUnderstood(f"{place}: it is no object with a role")
    name = value.get("name")
    voice = VOICES.get(role, Voice.USER)
    place = Place(voice, "", turn, name if type(name) is str and name else None)
    members(draft, value, place, _TOOL_MESSAGE if voice is Voice.TOOL else _MESSAGE)


def _answer(draft: Draft, value: Tree, place: Place) -> None:
    if type(value) is str:
        answer(draft, value, place)
    else:
        content(draft, value, place)


def _calls(draft: Draft, value: Tree, place: Place) -> None:
    """``tool_calls`` and ``function_call`` of a message; what they hold was said to a tool."""
    below = place.under(place.key, Voice.TOOL)
    if type(value) is list:
        elements(draft, value, below, _call)
    else:
        _call(draft, value, below)


def _call(draft: Draft, value: Tree, place: Place) -> None:
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
    "function": _call,
    "custom": _call,
}
_MESSAGE: Final[dict[str, Reader]] = {
    "content": content,
    "tool_calls": _calls,
    "function_call": _calls,
    "audio": _audio,
}
_TOOL_MESSAGE: Final[dict[str, Reader]] = {**_MESSAGE, "content": _answer}
_TOP: Final[dict[str, Reader]] = {
    "messages": _messages,
    "prediction": _prediction,
    "logit_bias": logit_bias,
}
