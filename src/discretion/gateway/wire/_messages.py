"""Requests to Anthropic's ``/messages``: a system prompt beside the messages, content in blocks.

Shapes: the types of the anthropic 2.14 package (``message_create_params``, ``content_block_param`` and what
they name), read on 2026-11-25.
"""

from __future__ import annotations

from typing import Final

from discretion.gateway.wire._arguments import answer
from discretion.gateway.wire._chat import messages_of, readers_of
from discretion.gateway.wire._draft import Draft, Place
from discretion.gateway.wire._parts import content, part, text_part, thinking_part
from discretion.gateway.wire._request import NotUnderstood, Voice
from discretion.gateway.wire._tree import Tree, quoted
from discretion.gateway.wire._vocabulary import vocabulary
from discretion.gateway.wire._walk import Reader, free, members, walk


def read_messages(draft: Draft, body: dict[str, Tree]) -> None:
    """Reads a request to ``/messages``; raises ``NotUnderstood``."""
    members(draft, body, Place(), {**_TOP, "messages": messages_of(body, _READERS)})


def _system(draft: Draft, value: Tree, place: Place) -> None:
    content(draft, value, place.under("system", Voice.SYSTEM), {"text": text_part})


def _block(draft: Draft, value: Tree, place: Place) -> None:
    """A call of a tool or its answer: everything in it was said to or by a tool."""
    assert type(value) is dict
    members(draft, value, place.under(place.key, Voice.TOOL), _TOOL_BLOCK)


def _answered(draft: Draft, value: Tree, place: Place) -> None:
    """What a tool answered: text, or blocks, or an object of one of the platform's own tools."""
    if type(value) is str:
        answer(draft, value, place)
    elif type(value) is dict:
        part(draft, value, place, _ANSWERS)
    else:
        content(draft, value, place, _ANSWERS)


def _answer_block(draft: Draft, value: Tree, place: Place) -> None:
    assert type(value) is dict
    members(draft, value, place, {"content": _answered})


def _redacted(draft: Draft, value: Tree, place: Place) -> None:
    assert type(value) is dict
    members(draft, value, place.under("thinking", Voice.OTHER), {"data": _sealed})


def _sealed(draft: Draft, value: Tree, place: Place) -> None:
    """What only the platform can read, as it issued it."""
    if type(value) is not str or not vocabulary().passes("encrypted_content", value):
        raise NotUnderstood(f"{place}: sealed data does not look as the platform issues it")
    draft.say(quoted(value))


_TOOL_BLOCK: Final[dict[str, Reader]] = {"input": free, "content": _answered}
_ANSWERS: Final[dict[str, Reader]] = {
    "text": text_part,
    "search_result": _answer_block,
    "tool_reference": _answer_block,
    "web_search_result": _answer_block,
    "web_search_tool_result_error": _answer_block,
    "code_execution_result": _answer_block,
    "encrypted_code_execution_result": _answer_block,
    "code_execution_tool_result_error": _answer_block,
    "bash_code_execution_result": _answer_block,
    "bash_code_execution_tool_result_error": _answer_block,
    "text_editor_code_execution_view_result": _answer_block,
    "text_editor_code_execution_create_result": _answer_block,
    "text_editor_code_execution_str_replace_result": _answer_block,
    "text_editor_code_execution_tool_result_error": _answer_block,
    "tool_search_tool_search_result": _answer_block,
    "tool_search_tool_result_error": _answer_block,
}
_BLOCKS: Final[dict[str, Reader]] = {
    "text": text_part,
    "thinking": thinking_part,
    "redacted_thinking": _redacted,
    **dict.fromkeys(
        (
            "tool_use",
            "server_tool_use",
            "mcp_tool_use",
            "tool_result",
            "mcp_tool_result",
            "search_result",
            "web_search_tool_result",
            "code_execution_tool_result",
            "bash_code_execution_tool_result",
            "text_editor_code_execution_tool_result",
            "tool_search_tool_result",
            "tool_reference",
        ),
        _block,
    ),
}
_READERS: Final = readers_of(_BLOCKS)
_TOP: Final[dict[str, Reader]] = {"system": _system, "metadata": walk}
