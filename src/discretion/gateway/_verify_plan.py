"""What `gateway verify` plants (data/verify.toml), and the requests that carry it to each endpoint."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from discretion.gateway.wire import Endpoint

STAND_IN, PHRASE, SAME = "stand_in", "phrase", "same"
ENDPOINTS = (Endpoint.CHAT, Endpoint.MESSAGES, Endpoint.RESPONSES, Endpoint.COMPLETIONS)
MODEL = "verify-1"
CALL = "call_4x8k2m9q"
TOOL = "ring"
_MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Plant:
    """One planted value: invented, so it may be shown. ``text`` is the whole string that holds it, ``where``
    which part of a request; ``kind`` is a kind of the taxonomy or ``story``."""

    kind: str
    value: str
    text: str
    becomes: str
    where: str = _MESSAGE

    def around(self) -> tuple[str, str]:
        """What stands before and after the value."""
        before, _, after = self.text.partition(self.value)
        return before, after


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is said: a card, the user's sentences, the replies between them, and fields."""

    card: str
    replies: tuple[str, ...]
    said: tuple[Plant, ...]
    fields: tuple[Plant, ...]

    @property
    def plants(self) -> tuple[Plant, ...]:
        """All planted values, in the order of a report."""
        return (*self.said, *self.fields)

    def field(self, where: str) -> str:
        """The text of the field called ``where``."""
        return next(one.text for one in self.fields if one.where == where)

    def system(self) -> str:
        """The system prompt: the card, and below it who the user is."""
        return f"{self.card}\n{self.field('persona in prompt')}"

    def turns(self) -> Iterator[tuple[str, str]]:
        """Role and text of every message; the last is the user's."""
        for number, plant in enumerate(self.said):
            if number:
                yield "assistant", self.replies[number % len(self.replies)]
            yield "user", plant.text

    def arguments(self) -> dict[str, Any]:
        """What the tool was called with."""
        return {
            "to": self.field("tool's arguments"),
            "number": int(self.field("argument, a number")),
        }


@cache
def plan() -> Plan:
    """The plan, read once."""
    raw = tomllib.loads((files("discretion.gateway") / "data/verify.toml").read_text("utf-8"))
    return Plan(
        card=raw["card"],
        replies=tuple(raw["replies"]),
        said=tuple(Plant(**row) for row in raw["said"]),
        fields=tuple(Plant(**row) for row in raw["field"]),
    )


def request_for(endpoint: Endpoint, *, is_stream: bool) -> dict[str, Any]:
    """The request that carries the plan to ``endpoint``. Raises ``KeyError`` for one that carries none."""
    made = _MADE[endpoint](plan())
    return {"model": MODEL, **made, "stream": is_stream}


def _chat(told: Plan) -> dict[str, Any]:
    messages: list[dict[str, Any]] = [{"role": "system", "content": told.system()}]
    for role, text in told.turns():
        named = {"name": told.field("sender's name")} if role == "user" else {}
        messages.append({"role": role, **named, "content": text})
    call = {"name": TOOL, "arguments": json.dumps(told.arguments())}
    calls = [{"id": CALL, "type": "function", "function": call}]
    messages[-1:-1] = [
        {"role": "assistant", "content": None, "tool_calls": calls},
        {"role": "tool", "tool_call_id": CALL, "content": told.field("tool's answer")},
    ]
    about = {"name": TOOL, "description": told.field("tool's description"), "parameters": _PARAMETERS}
    return {
        "messages": messages,
        "tools": [{"type": "function", "function": about}],
        "user": told.field("user"),
        "metadata": {"note": told.field("metadata")},
        "prediction": {"type": "content", "content": told.field("prediction")},
        "temperature": 0.7,
    }


def _messages(told: Plan) -> dict[str, Any]:
    messages: list[dict[str, Any]] = [
        {"role": role, "content": [{"type": "text", "text": text}]} for role, text in told.turns()
    ]
    answer = {"type": "tool_result", "tool_use_id": CALL, "content": told.field("tool's answer")}
    use = {"type": "tool_use", "id": CALL, "name": TOOL, "input": told.arguments()}
    about = told.field("tool's description")
    messages[-2]["content"].append(use)
    messages[-1]["content"].insert(0, answer)
    return {
        "max_tokens": 4096,
        "system": told.system(),
        "messages": messages,
        "tools": [{"name": TOOL, "description": about, "input_schema": _PARAMETERS}],
        "metadata": {"user_id": told.field("user")},
    }


def _responses(told: Plan) -> dict[str, Any]:
    items: list[dict[str, Any]] = [{"role": role, "content": text} for role, text in told.turns()]
    items[-1:-1] = [
        {"type": "function_call", "call_id": CALL, "name": TOOL, "arguments": json.dumps(told.arguments())},
        {"type": "function_call_output", "call_id": CALL, "output": told.field("tool's answer")},
    ]
    about = {"type": "function", "name": TOOL, "description": told.field("tool's description")}
    return {
        "instructions": told.system(),
        "input": items,
        "tools": [{**about, "parameters": _PARAMETERS, "strict": False}],
        "user": told.field("user"),
        "metadata": {"note": told.field("metadata")},
    }


def _completions(told: Plan) -> dict[str, Any]:
    lines = [f"{'User' if role == 'user' else 'Elara'}: {text}" for role, text in told.turns()]
    return {
        "prompt": "\n".join([told.system(), *lines, "Elara:"]),
        "suffix": told.field("suffix"),
        "user": told.field("user"),
        "max_tokens": 4096,
    }


_PARAMETERS = {
    "type": "object",
    "properties": {"to": {"type": "string"}, "number": {"type": "integer"}},
    "required": ["to"],
}
_MADE = {
    Endpoint.CHAT: _chat,
    Endpoint.MESSAGES: _messages,
    Endpoint.RESPONSES: _responses,
    Endpoint.COMPLETIONS: _completions,
}
