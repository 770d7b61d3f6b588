"""What a provider received of the planted values, what came back, and what the model saw of the story.

One talk of twelve turns is sent turn by turn, each with everything before it, as chat clients do; from the
tenth on the oldest messages are left out. Then one request with a tool call in its history, with values in
every other place of the request, and two more requests that ask the upstream to say a message back in another
shape. The upstream keeps the bytes it received; a value is looked for in them without regard to case,
numbers also by their digits alone.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.gateway_client import Exchange, Where, ask
from benchmarks.gateway_talk import (
    SLIDES_AT,
    SLIDES_BY,
    Planted,
    card,
    elsewhere,
    planted,
    prompts,
    request,
    said,
    talk,
    tool_request,
    values_in,
)
from benchmarks.gateway_upstream import reply_to

_PLACEHOLDER = re.compile(
    r"<[A-Z][A-Z_]*_?\d*>|\[[A-Z][A-Z_]*(?:_[0-9a-f]+)?\]|\{\{[A-Z_]+\d*\}\}|«[^»]*»|\*{4,}"
    r"|\b[A-Z]+(?:_[A-Z]+)*_\d+\b"
)
"""Marks of a machine where a word stood: ``<PERSON_1>``, ``[SECRET]``, ``****``, ``EMAIL_ADDRESS_2``."""
_STORY_NAMES = ("Ines", "Corvane", "Linnet", "Vane", "Brannoch", "Maud", "Needle", "Sallow")

Forget = Callable[[Where], Awaitable[list[str]]]
"""Empties the upstream's memory and returns the bodies that were in it."""


@dataclass(slots=True)
class Privacy:
    """The counts of one system over the whole talk."""

    leaked: dict[str, list[str]] = field(default_factory=dict)
    """Place → the planted values that the upstream received there, by name where they have one."""
    looked_for: dict[str, int] = field(default_factory=dict)
    """Place → how many values were planted there."""
    restored: int = 0
    """Mentions in replies that came back as the user wrote them."""
    not_restored: int = 0
    """Mentions that came back as something else than a planted value."""
    wrong: int = 0
    """Planted values that came back where another one, or none, belonged."""
    altered: int = 0
    """Replies whose other words did not come back as they were sent."""
    placeholders: int = 0
    """Marks of a machine that the model saw in the last request of the talk, the user's own left out."""
    story_names: int = 0
    """Times that a name of the story was not there for the model in that request."""
    changed: int = 0
    """Messages of the user that the model saw differently in a later request."""
    prompt_words: int = 0
    """Words of a front end's own prompts (for a title, for what to say next) that the model saw changed."""
    refused: list[str] = field(default_factory=list)
    """What the system answered in place of a reply."""
    samples: list[str] = field(default_factory=list)
    """What the model saw of two of the messages."""


async def measure(where: Where, upstream: Where, forget: Forget) -> Privacy:
    """Send it all to ``where`` and count what ``upstream`` received and what came back."""
    told = Privacy()
    said_so_far: list[dict[str, Any]] = []
    seen: list[str] = []
    versions: dict[int, set[str]] = {number: set() for number in range(len(talk()))}
    first = 0
    await forget(upstream)
    for number, text in enumerate(talk()):
        said_so_far.append(said(text))
        if number == SLIDES_AT:
            del said_so_far[:SLIDES_BY]
            first = SLIDES_BY // 2
        came = await ask(where, request(said_so_far))
        _score(told, came, reply_to("echo", said_so_far), values_in(number))
        said_so_far.append({"role": "assistant", "content": came.text or "*The lamp turns.*"})
        sent = await forget(upstream)
        for body in sent:
            for turn, version in enumerate(_strings_at("user", [json.loads(body)]), first):
                versions[turn].add(version)
        seen += sent
    last = seen[-1:]
    for model, rows, values in (
        ("recall", [said(talk()[1]), *said_so_far[2:]], values_in(1)),
        ("shout", [*said_so_far[:-2], said(talk()[9])], values_in(9)),
    ):
        came = await ask(where, request(rows, model))
        _score(told, came, reply_to(model, rows), values)
        seen += await forget(upstream)
    _own_words(told, versions)
    _persona(told, seen)
    _immersion(told, last)
    await _tools(told, where, upstream, forget, said_so_far)
    await _prompts(told, where, upstream, forget)
    return told


async def _prompts(told: Privacy, where: Where, upstream: Where, forget: Forget) -> None:
    for text in prompts():
        came = await ask(where, {"model": "echo", "stream": False, "messages": [said(text)]})
        seen = await forget(upstream)
        if came.status != 200:
            told.refused.append(f"{came.status}: {came.error[:80]}")
        for body in seen:
            got = str(json.loads(body)["messages"][-1]["content"])
            told.prompt_words += sum((Counter(text.split()) - Counter(got.split())).values())


async def _tools(
    told: Privacy, where: Where, upstream: Where, forget: Forget, earlier: Sequence[dict[str, Any]]
) -> None:
    asked = tool_request([*earlier[:2], said(talk()[3])])
    came = await ask(where, asked)
    seen = await forget(upstream)
    if came.status != 200:
        told.refused.append(f"{came.status}: {came.error[:80]}")
    wanted = json.loads(_arguments(asked))
    try:
        got = json.loads(came.arguments)
    except ValueError:
        got = None
    for value in elsewhere()["tool arguments"]:
        told.restored += got is not None and value in json.dumps(got)
        told.not_restored += got is None or value not in json.dumps(got)
    told.altered += got != wanted and (got is None or got.keys() != wanted.keys() or got["copies"] != 2)
    for place, values in elsewhere().items():
        if place == "persona":
            continue
        strings = list(_strings_at(place, map(json.loads, seen)))
        told.looked_for[place] = len(values)
        told.leaked[place] = [value for value in values if _stands_in(value, strings)]


def _arguments(asked: dict[str, Any]) -> str:
    return next(
        str(call["function"]["arguments"]) for row in asked["messages"] for call in row.get("tool_calls", ())
    )


def _score(told: Privacy, came: Exchange, expected: str, values: Sequence[Planted]) -> None:
    """Count what came back; a value that is never to return is left out on both sides."""
    if came.status != 200 or not came.is_whole:
        told.refused.append(f"{came.status}: {came.error[:80]}")
        return
    hidden = [one for one in values if not one.is_restored]
    if hidden:
        return
    told.altered += _without_values(came.text) != _without_values(expected) and not _is_replaced(
        came.text, expected
    )
    want, got = _mentions(expected), _mentions(came.text)
    told.restored += sum((want & got).values())
    told.not_restored += sum((want - got).values())
    told.wrong += sum((got - want).values())


def _mentions(text: str) -> Counter[str]:
    """Planted values in a text, the longest first, each run of it once."""
    found: Counter[str] = Counter()
    rest = text.casefold()
    for value in sorted({one.value.casefold() for one in planted().values()}, key=len, reverse=True):
        found[value] += len(re.findall(rf"(?<!\w){re.escape(value)}(?!\w)", rest))
        rest = rest.replace(value, "\0")
    return found


def _without_values(text: str) -> str:
    rest = text.casefold()
    for value in sorted({one.value.casefold() for one in planted().values()}, key=len, reverse=True):
        rest = rest.replace(value, "\0")
    return rest


def _is_replaced(text: str, expected: str) -> bool:
    """Whether all that stands around the values is there: a miss counts as a miss alone."""
    parts = [re.escape(part) for part in _without_values(expected).split("\0")]
    return re.fullmatch(".{0,80}?".join(parts), text.casefold(), re.DOTALL) is not None


def _own_words(told: Privacy, versions: Mapping[int, Collection[str]]) -> None:
    """A value counts as received where it stands in any version of a message that it was planted in."""
    leaked = []
    for name, one in planted().items():
        texts = [text for turn, each in versions.items() if one in values_in(turn) for text in each]
        if any(_stands_in(part, texts) for part in one.parts):
            leaked.append(name)
    told.looked_for["own words"] = len(planted())
    told.leaked["own words"] = leaked
    told.changed = sum(max(0, len(each) - 1) for each in versions.values())
    told.samples = [min(versions[turn]) for turn in (1, 3) if versions[turn]]


def _persona(told: Privacy, seen: Sequence[str]) -> None:
    values = elsewhere()["persona"]
    strings = list(_strings_at("persona", map(json.loads, seen)))
    told.looked_for["persona"] = len(values)
    told.leaked["persona"] = [value for value in values if _stands_in(value, strings)]


def _immersion(told: Privacy, last: Sequence[str]) -> None:
    own = Counter(_PLACEHOLDER.findall(" ".join([*talk(), card()])))
    for body in last:
        rows = [str(row.get("content") or "") for row in json.loads(body)["messages"]]
        marks = (mark for row in rows for mark in _PLACEHOLDER.findall(row))
        told.placeholders = sum(mark not in own for mark in marks)
        text = "\n".join(rows[:1])
        told.story_names = sum(max(0, card().count(name) - text.count(name)) for name in _STORY_NAMES)


def _strings_at(place: str, bodies: Iterable[dict[str, Any]]) -> Iterator[str]:
    for body in bodies:
        if place == "user field":
            yield json.dumps(body.get("user"))
        for row in body["messages"]:
            if place == "name field":
                yield str(row.get("name", ""))
            elif place == "tool arguments":
                yield from (str(call["function"]["arguments"]) for call in row.get("tool_calls") or ())
            elif (place, row["role"]) in {("user", "user"), ("persona", "system"), ("tool result", "tool")}:
                yield str(row.get("content"))


def _stands_in(value: str, strings: Sequence[str]) -> bool:
    folded = value.casefold()
    digits = re.sub(r"\D", "", value)
    for text in strings:
        if re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", text.casefold()):
            return True
        if len(digits) > 6 and digits in re.sub(r"[\s().-]", "", text):
            return True
    return False
