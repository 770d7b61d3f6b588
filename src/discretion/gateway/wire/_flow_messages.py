"""Streams of Anthropic's ``/messages``: content blocks that grow by deltas.

Shapes: the ``raw_*_event`` types of the anthropic 2.14 package, read on 2026-11-25.
"""

from __future__ import annotations

from functools import partial

from discretion.gateway.wire._channels import Channels
from discretion.gateway.wire._events import Event
from discretion.gateway.wire._tree import Number, Tree
from discretion.gateway.wire._whole import JSON_SOURCE, passes


class MessagesFlow:
    """Restores the events of ``/messages``."""

    def __init__(self, channels: Channels) -> None:
        self._channels = channels
        self.is_done = False
        self.has_begun = False
        self.has_failed = False

    def take(self, tree: dict[str, Tree]) -> tuple[list[Event], bool]:
        """Restores one event; returns the events that go before it and whether it was changed."""
        whole = self._channels.whole
        whole.has_changed = False
        events: list[Event] = []
        has_changed = False
        kind = tree.get("type")
        number = tree.get("index")
        index = str(number) if type(number) is Number else "0"
        if kind == "content_block_delta":
            events, has_changed = self._grow(tree, index, "delta")
        elif kind == "content_block_start":
            events, has_changed = self._grow(tree, index, "content_block")
        elif kind == "content_block_stop":
            events = list(self._channels.end_all(lambda key, group: group == index))
        elif kind in ("message_delta", "message_stop", "error"):
            events = self.ended()
        self.is_done |= kind in ("message_stop", "error")
        self.has_begun |= kind == "content_block_delta"
        self.has_failed |= kind == "error"
        if kind not in ("content_block_delta", "content_block_start"):
            whole.tree(tree)
        return events, has_changed or whole.has_changed

    def ended(self) -> list[Event]:
        """What is still held back, as events."""
        return list(self._channels.end_all())

    def failure(self, sentence: str) -> list[Event]:
        """The API's event for an error."""
        error: dict[str, Tree] = {"type": "api_error", "message": sentence}
        return [Event({"type": "error", "error": error}, "error")]

    def _grow(self, tree: dict[str, Tree], index: str, holder_key: str) -> tuple[list[Event], bool]:
        holder = tree.get(holder_key)
        if type(holder) is not dict:
            self._channels.whole.tree(tree)
            return [], False
        growing = [key for key in ("text", "thinking", "partial_json") if type(holder.get(key)) is str]
        keys = {(index, key) for key in growing}
        events = list(self._channels.end_all(lambda key, group: group == index and key not in keys))
        has_changed = False
        for key, value in holder.items():
            if key in growing and type(value) is str:
                holder[key] = restored = self._piece(value, index, key)
                has_changed |= restored != value
            elif type(value) is not str or not passes(key, value):
                holder[key] = self._channels.whole.tree(value, key)
        return events, has_changed

    def _piece(self, text: str, index: str, key: str) -> str:
        if not text:
            return text
        event = partial(_event, index, key)
        json_source = key in JSON_SOURCE
        restored = self._channels.feed(
            (index, key),
            text,
            event,
            group=index,
            chain=None if json_source else key,
            json_source=json_source,
        )
        return self._channels.with_before(restored) if key == "text" else restored


def _event(index: str, key: str, rest: str) -> Event:
    kind = {"text": "text_delta", "thinking": "thinking_delta", "partial_json": "input_json_delta"}[key]
    delta: dict[str, Tree] = {"type": kind, key: rest}
    kind = "content_block_delta"
    return Event({"type": kind, "index": Number(index), "delta": delta}, kind)
