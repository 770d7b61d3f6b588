"""Requests to ``/responses``: instructions, and an input of text or items.

Shapes: the types of the openai 3.57 package (``response_create_params``, ``response_input_item_param``), read
on 2026-11-25. ``previous_response_id``, ``conversation`` and references to items name what the platform
keeps: it was reviewed when it was sent, and nothing of it is in this request.
"""

from __future__ import annotations

from typing import Final

from discretion.gateway.wire._arguments import answer, arguments
from discretion.gateway.wire._chat import TOP, message, readers_of
from discretion.gateway.wire._draft import Draft, Place
from discretion.gateway.wire._parts import TEXT_PARTS, content, part, text_part
from discretion.gateway.wire._request import NotUnderstood, Voice
from discretion.gateway.wire._tree import Tree, plain
from discretion.gateway.wire._vocabulary import is_word_of_the_api
from discretion.gateway.wire._walk import Reader, elements, free, members, walk


def read_responses(draft: Draft, body: dict[str, Tree]) -> None:
    """Reads a request to ``/responses``; raises ``NotUnderstood``."""
    if not any(body.get(key) for key in ("input", "prompt", "previous_response_id", "conversation")):
        raise NotUnderstood("the request holds no input")
    members(draft, body, Place(), _TOP)


def _instructions(draft: Draft, value: Tree, place: Place) -> None:
    below = place.under("instructions", Voice.SYSTEM)
    if type(value) is list:
        _items(draft, value, below)
    else:
        content(draft, value, below)


def _input(draft: Draft, value: Tree, place: Place) -> None:
    if type(value) is str:
        draft.text(value, Place(Voice.USER, "input", 0))
    elif type(value) is list:
        _items(draft, value, place)
    elif value is None:
        draft.say(plain(value))
    else:
        raise NotUnderstood(f"{place}: it is neither text nor a list of items")


def _items(draft: Draft, items: list[Tree], place: Place) -> None:
    turns = iter(range(len(items)))
    elements(draft, items, place, lambda d, item, _: _item(d, item, next(turns)))


def _item(draft: Draft, item: Tree, turn: int) -> None:
    place = Place(turn=turn)
    if type(item) is str:
        draft.text(item, Place(Voice.USER, "input", turn))
        return
    kind = item.get("type", "message") if type(item) is dict else None
    if type(item) is dict and kind == "message":
        message(draft, item, turn, _READERS)
    elif type(item) is dict and type(kind) is str and kind in _ITEMS:
        voice, readers = _ITEMS[kind]
        members(draft, item, place.under("", voice), readers)
    else:
        named = f"an item of type {kind!r}" if type(kind) is str and is_word_of_the_api(kind) else "an item"
        raise NotUnderstood(f"{place}: {named} cannot be reviewed")


def _output(draft: Draft, value: Tree, place: Place) -> None:
    """What a tool answered: text, parts, what a command printed, or an object."""
    if type(value) is str:
        answer(draft, value, place)
    elif type(value) is list:
        elements(draft, value, place, _output_part)
    else:
        walk(draft, value, place)


def _output_part(draft: Draft, value: Tree, place: Place) -> None:
    if type(value) is dict and not value.keys() - {"stdout", "stderr", "outcome", "created_by"}:
        walk(draft, value, place)
    else:
        part(draft, value, place, _PRINTED)


def _reasoning(draft: Draft, value: Tree, place: Place) -> None:
    content(draft, value, place.under("thinking"))


_READERS: Final = readers_of(TEXT_PARTS)
_TOOL: Final[dict[str, Reader]] = {
    "arguments": arguments,
    "input": arguments,
    "action": free,
    "operation": free,
    "output": _output,
    "outputs": _output,
    "results": free,
}
_PRINTED: Final[dict[str, Reader]] = {**TEXT_PARTS, "logs": text_part}
_KEPT: Final[dict[str, Reader]] = {"summary": _reasoning, "content": _reasoning}
_ITEMS: Final[dict[str, tuple[Voice, dict[str, Reader]]]] = {
    "reasoning": (Voice.ASSISTANT, _KEPT),
    "compaction": (Voice.OTHER, {}),
    "compaction_trigger": (Voice.OTHER, {}),
    "item_reference": (Voice.OTHER, {}),
    "additional_tools": (Voice.OTHER, {}),
    "configuration_update": (Voice.OTHER, {}),
    "mcp_list_tools": (Voice.OTHER, {}),
    **dict.fromkeys(
        (
            "function_call",
            "function_call_output",
            "custom_tool_call",
            "custom_tool_call_output",
            "tool_search_call",
            "tool_search_output",
            "web_search_call",
            "file_search_call",
            "local_shell_call",
            "local_shell_call_output",
            "shell_call",
            "shell_call_output",
            "apply_patch_call",
            "apply_patch_call_output",
            "code_interpreter_call",
            "mcp_call",
            "mcp_approval_request",
            "mcp_approval_response",
            "program",
            "program_output",
        ),
        (Voice.TOOL, _TOOL),
    ),
}
"""Items of text. What is not here (``computer_call_output``, ``image_generation_call`` …) holds pictures."""

_TOP: Final[dict[str, Reader]] = {**TOP, "input": _input, "instructions": _instructions}
