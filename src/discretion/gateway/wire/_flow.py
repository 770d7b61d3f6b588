"""The seam of streams: what each API's stream tells, event by event."""

from __future__ import annotations

from typing import Protocol

from discretion.gateway.wire._events import Event
from discretion.gateway.wire._tree import Tree


class Flow(Protocol):
    """Restores the events of one API in place."""

    @property
    def is_done(self) -> bool:
        """Whether the API's own end was seen."""

    @property
    def has_begun(self) -> bool:
        """Whether anything of a reply was seen."""

    @property
    def has_failed(self) -> bool:
        """Whether the platform said that the reply failed."""

    def take(self, tree: dict[str, Tree]) -> tuple[list[Event], bool]:
        """Restores one event; returns the events that go before it and whether it was changed."""

    def ended(self) -> list[Event]:
        """What is still held back, as events."""

    def failure(self, sentence: str) -> list[Event]:
        """The end of a stream that broke, as the API says it."""
