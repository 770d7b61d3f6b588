"""Requests to ``/completions``: a prompt of text, whose turns are passages.

Shapes: ``completion_create_params`` of the openai 3.57 package, read on 2026-11-25.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Final

from discretion.gateway.wire._chat import TOP
from discretion.gateway.wire._draft import Draft, Joined, Place
from discretion.gateway.wire._prompt import turns_of
from discretion.gateway.wire._request import NotUnderstood, Voice
from discretion.gateway.wire._tree import Tree
from discretion.gateway.wire._walk import elements, members

_STOPS: Final = ("stop", "stop_sequence", "stopping_strings", "stop_sequences")


def read_completions(draft: Draft, body: dict[str, Tree]) -> None:
    """Reads a request to ``/completions``; raises ``NotUnderstood``, also for a prompt of tokens."""
    users = frozenset(_names_to_stop_at(body))
    turns = count()

    def prompt(draft: Draft, value: Tree, place: Place) -> None:
        if type(value) is str:
            _prompt(draft, value, users, turns)
        elif type(value) is list and all(type(item) is str for item in value):
            elements(draft, value, place, prompt)
        else:
            raise NotUnderstood(f"{place}: it is no text; a prompt of tokens cannot be reviewed")

    if not body.get("prompt"):
        raise NotUnderstood("the request holds no prompt")
    members(draft, body, Place(), {**TOP, "prompt": prompt})


def _prompt(draft: Draft, text: str, users: frozenset[str], turns: Iterator[int]) -> None:
    parts: list[str | int] = []
    for turn in turns_of(text, users):
        parts.append(turn.mark)
        at = None if turn.voice is Voice.SYSTEM or not (turn.text.strip() or turn.name) else next(turns)
        speaker = turn.name.strip() or None
        if turn.name:
            parts.append(draft.passage(turn.name, Place(turn.voice, "name", at, speaker)))
        parts.append(turn.after)
        said = turn.text.strip()
        start = turn.text.index(said)
        parts.append(turn.text[:start])
        if said:
            parts.append(draft.passage(said, Place(turn.voice, "prompt", at, speaker)))
        parts.append(turn.text[start + len(said) :])
    draft.pieces.append(Joined(tuple(parts)))


def _names_to_stop_at(body: dict[str, Tree]) -> Iterator[str]:
    """Names in stop sequences as front ends write them (``"\\nJess:"``): where the user would speak."""
    for key in _STOPS:
        value = body.get(key)
        for stop in value if type(value) is list else [value]:
            if type(stop) is str and stop.startswith("\n") and stop.endswith(":"):
                yield stop[1:-1].strip().lower()
