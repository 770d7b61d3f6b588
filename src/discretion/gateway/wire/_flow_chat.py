"""Streams of ``/chat/completions`` and ``/completions``: choices that grow by deltas.

Shapes: ``chat_completion_chunk`` and ``completion`` of the openai 3.57 package, read on 2026-11-25. Whatever
string a delta has is a text that grows, so also those that only some platforms send (``reasoning_content``).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from discretion.gateway.wire._channels import MOST_CHANNELS, Channels
from discretion.gateway.wire._events import Event
from discretion.gateway.wire._tree import Number, Tree
from discretion.gateway.wire._whole import JSON_SOURCE, Whole, passes

_AS_IS: Final = frozenset({"id", "type", "role", "data"})
"""Strings of a delta in which nothing can stand: what names it, and sound."""
_GOING_ON: Final = (None, "", "null")
"""Reasons to finish that are none; some servers write one into every event."""
_PATHS: Final = (("delta", "content"), ("text",))
"""Where the text of a choice grows: before it a line of Discretion's own may go."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A string that grows: the object it stands in, its path, and the path with what names its elements."""

    holder: dict[str, Tree] = field(repr=False)
    path: tuple[str, ...]
    frame: tuple[str | dict[str, Tree], ...] = field(repr=False)

    @property
    def key(self) -> str:
        return self.path[-1]


class ChatFlow:
    """Restores the events of ``/chat/completions`` and ``/completions``."""

    def __init__(self, channels: Channels) -> None:
        self._channels = channels
        self._finished: dict[str, bool] = {}
        self.has_failed = False

    @property
    def is_done(self) -> bool:
        """Whether every choice that was begun is finished, or the platform reported an error."""
        return self.has_failed or (self.has_begun and all(self._finished.values()))

    @property
    def has_begun(self) -> bool:
        """Whether a choice was begun."""
        return bool(self._finished)

    def take(self, tree: dict[str, Tree]) -> tuple[list[Event], bool]:
        """Restores one event; returns the events that go before it and whether it was changed."""
        events: list[Event] = []
        whole = self._channels.whole
        whole.has_changed = False
        has_changed = False
        if tree.get("error"):
            events += self.ended()
            self.has_failed = True
        choices = tree.get("choices")
        for at, choice in enumerate(choices if type(choices) is list else ()):
            if type(choice) is dict:
                has_changed |= self._choice(tree, choice, at, events)
            elif type(choices) is list:
                choices[at] = whole.tree(choice)
        for key, value in tree.items():
            if key != "choices" or type(choices) is not list:
                tree[key] = whole.tree(value, key)
        return events, has_changed or whole.has_changed

    def ended(self) -> list[Event]:
        """What is still held back, as events."""
        return list(self._channels.end_all())

    def failure(self, sentence: str) -> list[Event]:
        """An event with an error; ``[DONE]`` is the stream's to add."""
        error: dict[str, Tree] = {"message": sentence, "type": "upstream_error", "code": "upstream_error"}
        return [Event({"error": {**error, "param": None}})]

    def _choice(self, tree: dict[str, Tree], choice: dict[str, Tree], at: int, events: list[Event]) -> bool:
        number = choice.get("index")
        index = str(number) if type(number) is Number else str(at)
        is_finished = choice.get("finish_reason") not in _GOING_ON
        if index in self._finished or len(self._finished) < MOST_CHANNELS:
            self._finished[index] = is_finished
        leaves = list(_leaves(choice, self._channels.whole))
        keys: set[Hashable] = {(index, *leaf.path) for leaf in leaves}
        if leaves or is_finished:
            events += self._channels.end_all(lambda key, group: group == index and key not in keys)
        has_changed = False
        for leaf in leaves:
            has_changed |= self._grow(tree, index, leaf, is_finished=is_finished)
        for key, value in choice.items():
            if not (key == "delta" and type(value) is dict) and not (key == "text" and type(value) is str):
                choice[key] = self._channels.whole.tree(value, key)
        return has_changed

    def _grow(self, tree: dict[str, Tree], index: str, leaf: _Leaf, *, is_finished: bool) -> bool:
        text = leaf.holder[leaf.key]
        assert type(text) is str
        if leaf.key == "name":
            leaf.holder["name"] = self._channels.whole.text(text)
            return False
        key = (index, *leaf.path)
        event = partial(_event, tree, index, leaf.frame)
        json_source = leaf.key in JSON_SOURCE
        said_as = "text" if leaf.key == "content" else leaf.key
        chain = None if json_source else (index, *leaf.path[1:2], said_as)
        restored = self._channels.feed(key, text, event, group=index, chain=chain, json_source=json_source)
        if is_finished:
            restored += self._channels.end(key)
        if index == "0" and leaf.path in _PATHS and self._channels.has_before:
            restored = self._channels.with_before(restored)
        leaf.holder[leaf.key] = restored
        return restored != text


def _leaves(choice: dict[str, Tree], whole: Whole) -> Iterator[_Leaf]:
    delta = choice.get("delta")
    if type(delta) is dict:
        yield from _below(delta, ("delta",), ("delta",), whole)
    if type(choice.get("text")) is str and choice["text"]:
        yield _Leaf(choice, ("text",), ("text",))


def _below(
    holder: dict[str, Tree],
    path: tuple[str, ...],
    frame: tuple[str | dict[str, Tree], ...],
    whole: Whole,
) -> Iterator[_Leaf]:
    for key, value in holder.items():
        here = (*path, key)
        if type(value) is str:
            if key not in _AS_IS and not passes(key, value):
                yield _Leaf(holder, here, (*frame, key))
        elif type(value) is dict:
            yield from _below(value, here, (*frame, key), whole)
        elif type(value) is list:
            for at, item in enumerate(value):
                if type(item) is dict:
                    named = _named(item)
                    number = named.get("index")
                    place = str(number) if type(number) is Number else f"{at}{named.get('type', '')}"
                    yield from _below(item, (*here, place), (*frame, key, named), whole)
                else:
                    value[at] = whole.tree(item, key)


def _named(item: dict[str, Tree]) -> dict[str, Tree]:
    """What tells one element of a list from the others."""
    return {key: item[key] for key in ("index",) if key in item} or {
        key: item[key] for key in ("type",) if key in item
    }


def _event(tree: dict[str, Tree], index: str, frame: tuple[str | dict[str, Tree], ...], rest: str) -> Event:
    """An event in the shape of ``tree`` that says ``rest``, and nothing else."""
    value: Tree = rest
    for step in reversed(frame):
        if type(step) is str:
            value = {step: value}
        elif type(step) is dict and type(value) is dict:
            value = [{**step, **value}]
    assert type(value) is dict
    shell = {
        key: old for key, old in tree.items() if not isinstance(old, dict | list) and key not in _NOT_AGAIN
    }
    choice: dict[str, Tree] = {"index": Number(index), **value, "finish_reason": None}
    return Event({**shell, "choices": [choice]})


_NOT_AGAIN: Final = frozenset({"choices", "usage", "obfuscation", "error"})
