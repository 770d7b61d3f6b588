"""What came back to the client, read as a chat client reads it: the text and the tool call of a reply."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from discretion.gateway._verify_leaves import from_lines, leaves
from discretion.gateway.wire import Endpoint


@dataclass(frozen=True, slots=True)
class CameBack:
    """A reply: ``text`` as shown, ``arguments`` of its tool call as JSON text (empty: none was made)."""

    text: str
    arguments: str

    def by_path(self) -> dict[str, str]:
        """What the reply says of every path of the request."""
        return from_lines(self.text)

    def called_with(self) -> frozenset[str]:
        """The values of the tool call, as text; none where it cannot be read."""
        try:
            return frozenset(leaves(json.loads(self.arguments)).values())
        except ValueError:
            return frozenset()


def read_whole(endpoint: Endpoint, body: bytes) -> CameBack:
    """A reply that came as one document. Raises ``ValueError`` or ``KeyError`` for another shape."""
    told = json.loads(body)
    match endpoint:
        case Endpoint.CHAT:
            message = told["choices"][0]["message"]
            calls = message.get("tool_calls") or [{"function": {"arguments": ""}}]
            return CameBack(message["content"], calls[0]["function"]["arguments"])
        case Endpoint.COMPLETIONS:
            return CameBack(told["choices"][0]["text"], "")
        case Endpoint.MESSAGES:
            parts = told["content"]
            called = [json.dumps(one["input"]) for one in parts if one["type"] == "tool_use"]
            return CameBack("".join(one["text"] for one in parts if one["type"] == "text"), "".join(called))
        case _:
            items = told["output"]
            texts = [part["text"] for one in items if one["type"] == "message" for part in one["content"]]
            called = [one["arguments"] for one in items if one["type"] == "function_call"]
            return CameBack("".join(texts), "".join(called))


def read_stream(endpoint: Endpoint, body: bytes) -> CameBack:
    """A reply that came as server-sent events, put together. Raises as ``read_whole`` does."""
    pieces = [_PIECES[endpoint](event) for event in _events(body)]
    return CameBack("".join(one[0] for one in pieces), "".join(one[1] for one in pieces))


def _events(body: bytes) -> Iterator[dict[str, Any]]:
    for line in body.decode().splitlines():
        if line.startswith("data:") and line.removeprefix("data:").strip() != "[DONE]":
            yield json.loads(line.removeprefix("data:"))


def _of_chat(event: dict[str, Any]) -> tuple[str, str]:
    delta = event["choices"][0]["delta"] if event["choices"] else {}
    calls = delta.get("tool_calls") or [{}]
    return delta.get("content") or "", calls[0].get("function", {}).get("arguments") or ""


def _of_completions(event: dict[str, Any]) -> tuple[str, str]:
    return (event["choices"][0]["text"] if event["choices"] else ""), ""


def _of_messages(event: dict[str, Any]) -> tuple[str, str]:
    delta = event.get("delta", {})
    return delta.get("text") or "", delta.get("partial_json") or ""


def _of_responses(event: dict[str, Any]) -> tuple[str, str]:
    delta = str(event.get("delta", ""))
    if event["type"] == "response.output_text.delta":
        return delta, ""
    return "", delta if event["type"] == "response.function_call_arguments.delta" else ""


_PIECES = {
    Endpoint.CHAT: _of_chat,
    Endpoint.COMPLETIONS: _of_completions,
    Endpoint.MESSAGES: _of_messages,
    Endpoint.RESPONSES: _of_responses,
}
