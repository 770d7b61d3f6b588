"""What one person or program said, and the conversation around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Author(StrEnum):
    """Who wrote a message."""

    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around a conversation and is no message of it.

    ``conversation`` is the input's own identifier; ``card`` the persona card of the platform's character,
    ``system`` the system prompt, ``character`` and ``user_name`` the names that the platform shows for the
    two sides, where the export has them.
    """

    conversation: str = ""
    card: str | None = None
    system: str | None = None
    character: str | None = None
    user_name: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message as typed.

    ``turn`` counts all messages of a conversation from 0 in both authors; a swipe or branch has the turn it
    replaces and ``alternative`` ≥ 1 (0 is the one shown). ``sent_at`` is ``None`` where the time is unknown;
    it is never invented. ``speaker`` is the name shown beside the message, where there is one.
    """

    text: str
    author: Author = Author.USER
    turn: int = 0
    alternative: int = 0
    sent_at: datetime | None = None
    speaker: str | None = None
    setting: Setting = field(default_factory=Setting)

    @property
    def is_from_user(self) -> bool:
        """Whether the person whom the guard protects wrote it."""
        return self.author is Author.USER


@dataclass(frozen=True, slots=True)
class Conversation:
    """The messages of one conversation, oldest first, with what stands around them."""

    setting: Setting = field(default_factory=Setting)
    messages: tuple[Message, ...] = ()
