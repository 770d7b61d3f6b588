"""A request of a client, as the passages of text in it and the bytes that leave in their place."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from discretion.records import DiscretionError


class Endpoint(StrEnum):
    """What a client may call; the value is its path without ``/v1``."""

    HEALTH = "/health"
    MODELS = "/models"
    CHAT = "/chat/completions"
    COMPLETIONS = "/completions"
    MESSAGES = "/messages"
    RESPONSES = "/responses"


class Voice(StrEnum):
    """Who wrote a passage."""

    USER = "user"
    ASSISTANT = "assistant"
    SYSTEM = "system"
    """A system or developer prompt, a persona card, instructions."""
    TOOL = "tool"
    """What a tool answered, and what a tool was called with."""
    OTHER = "other"
    """Every other string of the tree: schemas, metadata, keys that nobody knows yet."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One string of a request that may leave the machine only as reviewed.

    ``turn`` counts the messages of the request from 0 and is ``None`` outside of them; ``key`` names the
    JSON key it stands under ("content", "name", "arguments", "suffix" …), for reports. ``speaker`` is the
    name shown beside the message, where the request has one. ``is_number`` marks a JSON number, as text.
    """

    text: str = field(repr=False)
    voice: Voice
    key: str
    turn: int | None = None
    speaker: str | None = field(default=None, repr=False)
    is_number: bool = False


class NotUnderstood(DiscretionError):
    """A request holds something that cannot be reviewed; the message says what and where, never a value."""
