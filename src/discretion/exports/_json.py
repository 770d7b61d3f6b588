"""JSON read as a stream: the wanted rows of a document of any size, one at a time, in bounded memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import ijson

from discretion.exports._literals import without_non_numbers

LARGEST_ROW = 64 << 20
"""Weight of one row (a conversation, a message): its characters, and 100 for each value in it.
A heavier one is passed over. It keeps memory under about 200 MB."""

DEEPEST_ROW = 200
"""Levels of nesting within one row; a deeper one is passed over."""

LONGEST_VALUE = 32 << 20
"""Bytes without a single JSON event, that is, of one text; after that the document is given up."""

_VALUE_WEIGHT = 100
_PIECE = 1 << 16
_MOST_EVENTS = 200_000
_MARKS = (b",", b":", b"[", b"{")  # there is one of these for each event
_OPENING = frozenset({"start_map", "start_array"})
_CLOSING = frozenset({"end_map", "end_array"})
_LEVEL = dict.fromkeys(_OPENING, 1) | dict.fromkeys(_CLOSING, -1)


class Broken(Exception):
    """The document ends or breaks here; what was complete before has been yielded."""


class TooLarge:
    """Stands for a row that was passed over, with the reason."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


def rows(chunks: Iterable[bytes], wanted: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """Yield ``(path, value)`` for each complete value at one of the ``wanted`` paths, in document order.

    A path names keys joined by "." with "[]" for any element of a list: ``chats.list[].messages[]``. The
    empty path is the whole document. Wanted paths do not lie within each other. Where the document breaks
    within a wanted value, its complete part is yielded and then ``Broken`` raised. A value that is too big is
    yielded as ``TooLarge``.
    """
    picker = _Picker(wanted)
    events: Any = ijson.sendable_list()
    parser = ijson.basic_parse_coro(events)
    waiting: list[bytes] = []
    held = marks = silent = offset = 0
    for chunk in chain(without_non_numbers(chunks), (None,)):
        if chunk is not None:
            waiting.append(chunk)
            held += len(chunk)
            marks += sum(map(chunk.count, _MARKS)) if silent else 0
            # within a long text the parser begins anew with each piece: give it ever larger ones, but none
            # that could hold very many values
            if held < silent and held + silent <= LONGEST_VALUE and marks < _MOST_EVENTS:
                continue
        if not waiting:
            break
        reason = _fed(parser, events, b"".join(waiting))
        offset += held
        silent = 0 if events else silent + held
        waiting, held, marks = [], 0, 0
        if silent > LONGEST_VALUE:
            reason = f"one text is longer than {LONGEST_VALUE >> 20} MB"
        yield from picker.feed(events)
        del events[:]
        if reason:
            yield from picker.rest()
            raise Broken(f"{reason}, before byte {offset}")
    if not picker.is_closed:
        yield from picker.rest()
        raise Broken(f"the JSON ends half-way, at byte {offset}")


def _fed(parser: Any, events: Any, data: bytes) -> str:
    """Give the parser more; return why it cannot go on, or an empty text."""
    try:
        parser.send(data)
    except StopIteration:
        return ""
    except SystemError:  # a number of thousands of digits: the parser leaves a hole as its last event
        del events[-1]
        return "a number is too long to be one"
    except (ijson.JSONError, ValueError, ArithmeticError, RecursionError):
        return "the JSON breaks"
    return ""


class _Picker:
    """Builds the wanted values out of parser events; passes over all others at no cost in memory."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._inner = {path[:end] for path in wanted for end in range(len(path) + 1)}
        self._path: list[str] = []
        self._is_list: list[bool] = []
        self._key = ""
        self._skip = 0
        self._stack: list[Any] = []
        self._keys: list[str] = []
        self._at = ""
        self._weight = 0
        self._has_begun = False
        self._names: dict[str, str] = {}  # one object for each key, however often it comes

    @property
    def is_closed(self) -> bool:
        """Whether the document's outermost value is complete."""
        return self._has_begun and not (self._path or self._skip or self._stack)

    def rest(self) -> Iterator[tuple[str, Any]]:
        """Yield the part of a wanted value that was complete when the document broke."""
        if self._stack:
            yield self._at, self._stack[0]
            self._stack.clear()

    def _here(self) -> str:
        if not self._path:
            return ""
        if self._is_list[-1]:
            return self._path[-1] + "[]"
        return f"{self._path[-1]}.{self._key}" if self._path[-1] else self._key

    def feed(self, events: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
        """Take the next events and yield what they complete."""
        stack, keys, names = self._stack, self._keys, self._names
        for event, value in events:
            if self._skip:
                self._skip += _LEVEL.get(event, 0)
            elif not stack:
                yield from self._look(event, value)
            elif event == "map_key":
                keys[-1] = names.setdefault(value, value)
            elif event in _CLOSING:
                done = stack.pop()
                keys.pop()
                if not stack:
                    yield self._at, done
            else:
                is_open = event in _OPENING
                if is_open:
                    value = {} if event == "start_map" else []
                elif event == "string":
                    self._weight += len(value) if value.isascii() else 4 * len(value)
                self._weight += _VALUE_WEIGHT
                top = stack[-1]
                if type(top) is dict:
                    top[keys[-1]] = value
                else:
                    top.append(value)
                if is_open:
                    stack.append(value)
                    keys.append("")
                if self._weight > LARGEST_ROW or len(stack) > DEEPEST_ROW:
                    yield self._at, self._dropped()

    def _look(self, event: str, value: Any) -> Iterator[tuple[str, Any]]:
        """Follow the path while no wanted value is being built."""
        if event == "map_key":
            self._key = value
            return
        if event in _CLOSING:
            self._path.pop()
            self._is_list.pop()
            return
        self._has_begun = True
        here = self._here()
        if event not in _OPENING:
            if here in self._wanted:
                yield here, value
        elif here in self._wanted:
            self._at, self._weight = here, 0
            self._names.clear()
            self._stack.append({} if event == "start_map" else [])
            self._keys.append("")
        elif here in self._inner:
            self._path.append(here)
            self._is_list.append(event == "start_array")
        else:
            self._skip = 1

    def _dropped(self) -> TooLarge:
        """Let go of the value that is being built, and pass over the rest of it."""
        is_heavy = self._weight > LARGEST_ROW
        self._skip = len(self._stack)
        self._stack.clear()
        self._keys.clear()
        if is_heavy:
            return TooLarge(f"larger than {LARGEST_ROW >> 20} MB in one piece")
        return TooLarge(f"nested deeper than {DEEPEST_ROW} levels")


def shape(start: bytes, deepest: int = 8) -> dict[str, set[str]]:
    """Return the paths that the first bytes of a JSON document show, each with the kinds of its values.

    Kinds are ``map``, ``array``, ``string``, ``number``, ``boolean``, ``null`` and, for the value in which
    the bytes end, ``unfinished``. Works on a cut document and on several in a row; on what is no JSON it
    shows nothing.
    """
    found: dict[str, set[str]] = {}
    events: Any = ijson.sendable_list()
    parser = ijson.basic_parse_coro(events, multiple_values=True)
    for at in range(0, len(start), _PIECE):
        if _fed(parser, events, start[at : at + _PIECE]) or len(events) > _MOST_EVENTS:
            break
    if events and events[-1][0] == "map_key":
        events.append(("unfinished", None))
    paths: list[tuple[str, bool]] = []
    key, below = "", 0
    for event, value in events:
        is_open = event in ("start_map", "start_array")
        if below:
            below += is_open - (event in ("end_map", "end_array"))
            continue
        if event == "map_key":
            key = value
            continue
        if event in ("end_map", "end_array"):
            paths.pop()
            continue
        if not paths:
            here = ""
        elif paths[-1][1]:
            here = paths[-1][0] + "[]"
        else:
            here = f"{paths[-1][0]}.{key}" if paths[-1][0] else key
        if here in found or len(found) < 20_000:
            found.setdefault(here, set()).add(event.removeprefix("start_"))
        if is_open and len(paths) >= deepest:
            below = 1
        elif is_open:
            paths.append((here, event == "start_array"))
    return found


def parsed(line: str) -> Any:
    """Return the value of one line of JSON; ``None`` where it is none, or is nested beyond reason."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
