"""What the tests of the exports share: samples, and messages as short rows."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path

from discretion.exports import Export, read_export
from discretion.text import Message

SAMPLES = Path(__file__).parent / "samples"

Row = tuple[str, int, int, str, str]
"""Conversation, turn, alternative, "u" or "a", text."""


def row(message: Message) -> Row:
    return (
        message.setting.conversation,
        message.turn,
        message.alternative,
        message.author.value[0],
        message.text,
    )


def rows(messages: Iterable[Message]) -> list[Row]:
    return [row(message) for message in messages]


def from_bytes(content: bytes, name: str = "chat.jsonl", me: str | None = None) -> Export:
    return read_export(io.BytesIO(content), name=name, me=me)


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def reasons(export: Export) -> str:
    return " | ".join(f"{one.where}: {one.reason}" for one in export.skipped)


class Pipe(io.RawIOBase):
    """A stream that cannot be seeked in and gives little at a time, as a pipe does."""

    def __init__(self, content: bytes, at_once: int = 1000) -> None:
        self._inner = io.BytesIO(content)
        self._at_once = at_once

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._inner.read(min(len(view), self._at_once))
        view[: len(data)] = data
        return len(data)
