"""How long somebody was in a conversation, and what it cost: for the balance of time and money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting with one platform: from the first message to the last before a longer pause.

    ``platform`` is the registrable domain of the upstream, empty for one on this machine; ``persona`` a
    persona's name or empty. Times are UTC. ``messages`` counts what the user sent, ``replies`` what came back
    whole; ``tokens_in`` and ``tokens_out`` are what the upstream charged, 0 where it does not say.
    """

    platform: str
    persona: str
    started_at: datetime
    ended_at: datetime
    messages: int = 0
    replies: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    number: int | None = None

    @property
    def seconds(self) -> float:
        """From the first message to the end of the last reply."""
        return (self.ended_at - self.started_at).total_seconds()
