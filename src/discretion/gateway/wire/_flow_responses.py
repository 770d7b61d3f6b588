"""Streams of ``/responses``: deltas, and the same text once more, whole, at the end of each part.

Shapes: the ``response_*_event`` types of the openai 3.57 package, read on 2026-11-25.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import Final

from discretion.gateway.wire._channels import Channels
from discretion.gateway.wire._events import Event
from discretion.gateway.wire._reply import response_texts
from discretion.gateway.wire._tree import Number, Tree
from discretion.gateway.wire._whole import with_line

_PLACE: Final = ("item_id", "output_index", "content_index", "summary_index", "command_index")
_LAST: Final = frozenset({"response.completed", "response.failed", "response.incomplete", "error"})
_FAILED: Final = frozenset({"response.failed", "error"})
_SOUND: Final = "response.audio"
_TEXT: Final = "response.output_text"


class ResponsesFlow:
    """Restores the events of ``/responses``."""

    def __init__(self, channels: Channels, before: str) -> None:
        self._channels = channels
        self._before = before
        self._before_at: tuple[str, ...] | None = None
        self._response: dict[str, Tree] | None = None
        self._has_deltas = False
        self._added = 0
        self._next = 0
        self.is_done = False
        self.has_failed = False

    @property
    def has_begun(self) -> bool:
        """Whether a piece of a text was seen."""
        return self._has_deltas

    def take(self, tree: dict[str, Tree]) -> tuple[list[Event], bool]:
        """Restores one event; returns the events that go before it and whether it was changed."""
        whole = self._channels.whole
        whole.has_changed = False
        kind = tree.get("type")
        name = kind if type(kind) is str else ""
        delta = tree.get("delta")
        events: list[Event] = []
        if name.endswith(".delta") and type(delta) is str:
            has_changed = self._grow(tree, name.removesuffix(".delta"), delta)
        else:
            events = self._end(tree, name)
            is_twin = self._has_deltas or name in (
                "response.created",
                "response.in_progress",
                "response.queued",
            )
            whole.tree(tree, is_counted=not is_twin)
            has_changed = self._say_before(tree, name)
            response = tree.get("response")
            self._response = response if type(response) is dict else self._response
        self.is_done |= name in _LAST
        self.has_failed |= name in _FAILED
        return self._numbered(events, tree), has_changed or whole.has_changed or self._added > 0

    def ended(self) -> list[Event]:
        """What is still held back, as events."""
        return self._numbered(list(self._channels.end_all()), {})

    def failure(self, sentence: str) -> list[Event]:
        """A failed response where one was begun, else an error."""
        number = Number(self._next)
        if self._response is None:
            error: dict[str, Tree] = {
                "type": "error",
                "code": "server_error",
                "message": sentence,
                "param": None,
            }
            return [Event({**error, "sequence_number": number}, "error")]
        failed: dict[str, Tree] = {
            **self._response,
            "status": "failed",
            "error": {"code": "server_error", "message": sentence},
        }
        name = "response.failed"
        return [Event({"type": name, "sequence_number": number, "response": failed}, name)]

    def _grow(self, tree: dict[str, Tree], stem: str, delta: str) -> bool:
        self._has_deltas = True
        if not delta or stem == _SOUND:
            return False
        place = _place(tree)
        json_source = "arguments" in stem
        restored = self._channels.feed(
            (stem, *place),
            delta,
            partial(_event, tree),
            group=place,
            chain=None if json_source else stem,
            json_source=json_source,
        )
        if stem == _TEXT and self._channels.has_before:
            restored = self._channels.with_before(restored)
            self._before_at = place
        tree["delta"] = restored
        return restored != delta

    def _end(self, tree: dict[str, Tree], name: str) -> list[Event]:
        """What was held back of the texts that this event ends."""
        if name in _LAST:
            return list(self._channels.end_all())
        if not name.endswith(".done"):
            return []
        key = (name.removesuffix(".done"), *_place(tree))
        item = tree.get("item_id"), tree.get("output_index")
        is_part = name in ("response.content_part.done", "response.output_item.done")

        def is_ended(channel: Hashable, group: Hashable) -> bool:
            return channel == key or (is_part and isinstance(group, tuple) and group[1] == str(item[1]))

        return list(self._channels.end_all(is_ended))

    def _say_before(self, tree: dict[str, Tree], name: str) -> bool:
        """The line of Discretion's own in the whole texts, where the deltas said it, or nobody did yet."""
        if not self._before:
            return False
        holder, key = _whole_text(tree, name)
        if holder is None or (self._before_at is None and not self._channels.has_before):
            return False
        place = _place(tree)
        is_here = (
            self._before_at is None
            or name in _LAST
            or place[:3] == self._before_at[:3]
            or (name == "response.output_item.done" and place[1] == self._before_at[1])
        )
        if not is_here:
            return False
        if self._before_at is None and name not in _LAST:
            self._channels.with_before("")
            self._before_at = place
        holder[key] = with_line(self._before, str(holder[key]))
        return True

    def _numbered(self, events: list[Event], tree: dict[str, Tree]) -> list[Event]:
        """Counts events of our own into the sequence."""
        number = tree.get("sequence_number")
        at = int(number) if type(number) is Number and number.isdigit() and len(number) < 12 else None
        if at is not None:
            self._next = at + self._added
        for event in events:
            if type(event.data) is dict and "sequence_number" in event.data:
                event.data["sequence_number"] = Number(self._next)
                self._next += 1
                self._added += 1
        if at is not None:
            if self._added:
                tree["sequence_number"] = Number(self._next)
            self._next += 1
        return events


def _place(tree: dict[str, Tree]) -> tuple[str, ...]:
    return tuple(str(tree.get(key)) for key in _PLACE)


def _whole_text(tree: dict[str, Tree], name: str) -> tuple[dict[str, Tree] | None, str]:
    """The first whole text of an event."""
    part, item = tree.get("part"), tree.get("item")
    if name == "response.output_text.done" and type(tree.get("text")) is str:
        return tree, "text"
    if name == "response.content_part.done" and type(part) is dict and part.get("type") == "output_text":
        return (part, "text") if type(part.get("text")) is str else (None, "")
    if name == "response.output_item.done":
        return next(response_texts({"output": [item]}), (None, ""))
    if name in _LAST:
        return next(response_texts(tree.get("response")), (None, ""))
    return None, ""


def _event(tree: dict[str, Tree], rest: str) -> Event:
    data = {key: value for key, value in tree.items() if key != "obfuscation"}
    if "logprobs" in data:
        data["logprobs"] = []
    data["delta"] = rest
    return Event(data, str(tree.get("type")))
