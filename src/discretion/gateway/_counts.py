"""What a gateway has done, in numbers and kinds: nothing of it can be read back into a message."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from discretion.guard.restore import RestoreCounts


@dataclass(frozen=True, slots=True)
class State:
    """How a gateway stands.

    ``has_vault``: whether stand-ins and decisions are kept beyond the run.
    ``is_guarding`` says that requests pass at all (a locked vault stops them), ``why_not`` why. ``replaced``
    and ``found`` count by kind; ``stopped`` by code. ``missed`` are stand-ins that came back changed,
    ``collisions`` replies in which the model seems to mean another bearer of the name; both also per 10,000
    replies. ``mistakes`` are reasons of stops that the user called mistakes; they stay on show. ``unsaved``
    counts what the vault could not take.
    """

    since: datetime
    persona: str
    mode: str
    has_vault: bool
    is_guarding: bool
    why_not: str
    conversations: int
    requests: int
    replies: int
    found: dict[str, int]
    replaced: dict[str, int]
    stopped: dict[str, int]
    restored: int
    missed: int
    collisions: int
    retired: int
    not_checked: dict[str, int]
    mistakes: tuple[str, ...]
    waiting: int
    unsaved: int

    @property
    def missed_per_10_000(self) -> float:
        """Misses in 10,000 replies."""
        return 10_000 * self.missed / self.replies if self.replies else 0.0

    @property
    def collisions_per_10_000(self) -> float:
        """Collisions in 10,000 replies."""
        return 10_000 * self.collisions / self.replies if self.replies else 0.0


class Tally:
    """The counters behind a ``State``; its owner holds the lock."""

    def __init__(self) -> None:
        self.since = datetime.now(UTC)
        self.requests = 0
        self.replies = 0
        self.restored = 0
        self.missed = 0
        self.collisions = 0
        self.retired = 0
        self.found: Counter[str] = Counter()
        self.replaced: Counter[str] = Counter()
        self.stopped: Counter[str] = Counter()
        self.not_checked: Counter[str] = Counter()
        self.mistakes: list[str] = []

    def add(self, counts: RestoreCounts) -> None:
        """Take in what one reply's restoring counted."""
        self.replies += 1
        self.restored += counts.restored
        self.missed += counts.missed
        self.collisions += counts.collisions
