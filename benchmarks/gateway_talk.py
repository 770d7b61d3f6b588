"""What is said in the gateway's benchmark: a card, a talk with planted values, turns without end.

The words stand in ``gateway_talk.toml``. Reserved domains and numbers are made ``plausible`` for every system
alike, since some detectors rightly pass over what cannot be real; no byte of it leaves this machine.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.peers.plausible import plausible

NEW_MESSAGE = 120
"""Characters of a new message of which the time is taken."""
SLIDES_AT, SLIDES_BY = 9, 6
"""From this turn of the talk the client leaves out as many of its oldest messages."""

_WORDS: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("gateway_talk.toml").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A value in the user's own words: what it is, what of it must not leave, and whether it comes back."""

    name: str
    value: str
    kind: str
    parts: tuple[str, ...]
    is_restored: bool


@cache
def planted() -> dict[str, Planted]:
    """Every planted value by the name that a turn calls it."""
    rows = {}
    for row in _WORDS["planted"]:
        value = plausible(row["value"])
        parts = tuple(row.get("parts", [value]))
        rows[row["name"]] = Planted(row["name"], value, row["kind"], parts, row.get("is_restored", True))
    return rows


@cache
def elsewhere() -> dict[str, tuple[str, ...]]:
    """The values that stand outside of the user's words, by their place in the request."""
    return {row["place"]: tuple(map(plausible, row["values"])) for row in _WORDS["elsewhere"]}


def card(variant: int = 0) -> str:
    """About three thousand tokens; every variant differs in every paragraph's place and in its first line."""
    paragraphs = [part.strip() for part in _WORDS["card"]]
    at = variant % len(paragraphs)
    turned = paragraphs[at:] + paragraphs[:at]
    first = (
        f"The tale of the Needle, told for the {variant + 1}. time." if variant else "The tale of the Needle."
    )
    return "\n\n".join([first, *turned, plausible(_WORDS["persona"].strip())])


def talk() -> list[str]:
    """The user's messages of the talk with planted values."""
    values = {name: one.value for name, one in planted().items()}
    return [turn.format(**values) for turn in _WORDS["turns"]]


def values_in(turn: int) -> list[Planted]:
    """What is planted in one message of the talk."""
    return [one for name, one in planted().items() if f"{{{name}}}" in _WORDS["turns"][turn]]


def prompts() -> list[str]:
    """What front ends ask on their own, with nothing planted in it."""
    return [prompt.strip() for prompt in _WORDS["prompts"]]


def new_message(number: int) -> str:
    """A message of ``NEW_MESSAGE`` characters that no earlier number has; every tenth is about one's life."""
    openings, middles, endings = _WORDS["openings"], _WORDS["middles"], _WORDS["endings"]
    parts = [table[number % len(table)] for table in (openings, middles, endings)]
    if number % 10 == 7:
        values = {name: one.value for name, one in planted().items()}
        parts[0] = _WORDS["asides"][number // 10 % len(_WORDS["asides"])].format(**values)
    opening, middle, ending = parts
    # Four digits would be a code to whoever reads "door" before them.
    when = f"on evening {number % 1000} of winter {number // 1000}"
    text = f"{opening} {when} {middle} {ending} {endings[(number + 5) % len(endings)]}"
    return text.ljust(NEW_MESSAGE, ".")[:NEW_MESSAGE]


def reply(number: int) -> str:
    """A reply of the other side to go into a history."""
    middles, endings = _WORDS["middles"], _WORDS["endings"]
    told = f"{middles[(number + 3) % len(middles)]} {endings[(number + 7) % len(endings)]}"
    return f'*Ines thinks about it {told}* "Stay until the {number}. turn of the lamp, if you like."'


def history(turns: int, start: int = 0) -> list[dict[str, Any]]:
    """Whole turns of both sides, to stand between the card and the new message."""
    rows: list[dict[str, Any]] = []
    for number in range(start, start + turns):
        rows += [said(new_message(number)), {"role": "assistant", "content": reply(number)}]
    return rows


def said(text: str) -> dict[str, Any]:
    """A message of the user."""
    return {"role": "user", "content": text}


def request(messages: Sequence[dict[str, Any]], model: str = "echo", variant: int = 0) -> dict[str, Any]:
    """A streaming request with the card in front."""
    system = {"role": "system", "content": card(variant)}
    return {"model": model, "stream": True, "messages": [system, *messages]}


def tool_request(messages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A request with values in every place beside the user's words: names, fields, tool calls, numbers."""
    mail, phone, person = elsewhere()["tool arguments"]
    street, number = elsewhere()["tool result"]
    arguments = json.dumps({"to": mail, "phone": phone, "notes": [f"for {person}"], "copies": 2})
    function = {"name": "send_recap", "arguments": arguments}
    call = {"id": "call_1", "type": "function", "function": function}
    *earlier, last = messages
    rows = [
        *earlier,
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_1", "content": f"Sent. On file: {street}, call {number}."},
        last | {"name": elsewhere()["name field"][0]},
    ]
    properties = {"to": {"type": "string"}, "phone": {"type": "string"}}
    tool = {
        "type": "function",
        "function": {
            "name": "send_recap",
            "description": "Send the recap of the evening",
            "parameters": {"type": "object", "properties": properties},
        },
    }
    return request(rows, "tool") | {"user": elsewhere()["user field"][0], "tools": [tool]}
