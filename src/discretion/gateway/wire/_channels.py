"""The channels of a streamed reply: each text that grows by pieces has a restorer of its own."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from discretion.gateway.wire._events import Event
from discretion.gateway.wire._whole import Whole, with_line
from discretion.guard.restore import RestoreCounts

if TYPE_CHECKING:
    from discretion.guard.restore import Restorer, RestoreTable

MOST_CHANNELS: Final = 256
"""Texts that grow at once: twice the choices, or calls of tools, that an API gives."""

MakesEvent: TypeAlias = Callable[[str], Event]
"""Makes an event that says a piece of a text, in the shape of the one before it."""


@dataclass(slots=True)
class _Channel:
    restorer: Restorer
    group: Hashable
    event: MakesEvent = field(repr=False)


class Channels:
    """The restorers of a reply, what they hold back, and what they counted."""

    def __init__(self, table: RestoreTable, before: str) -> None:
        self._table = table
        self._before = before
        self._open: dict[Hashable, _Channel] = {}
        self._chains: dict[Hashable, Restorer] = {}
        self._counts = RestoreCounts()
        self.whole = Whole(table)

    @property
    def counts(self) -> RestoreCounts:
        """What was restored and missed so far."""
        counts = self._counts + self.whole.counts
        for channel in self._open.values():
            counts += channel.restorer.counts
        return counts

    def feed(
        self,
        key: Hashable,
        text: str,
        event: MakesEvent,
        *,
        group: Hashable = None,
        chain: Hashable = None,
        json_source: bool = False,
    ) -> str:
        """The next piece of the text ``key``; returns what is certain. ``event`` says what is held back.

        Texts of one ``chain`` are one to a client that puts piece after piece: an address that one of them
        leaves open goes on in the next. Beyond ``MOST_CHANNELS`` a piece is taken for a whole text.
        """
        channel = self._open.get(key)
        if channel is None and len(self._open) >= MOST_CHANNELS:
            return self.whole.text(text, json_source=json_source)
        if channel is None:
            follows = self._chains.get(chain)
            restorer = self._table.restorer(json_source=json_source, follows=follows)
            if chain is not None and len(self._chains) < 2 * MOST_CHANNELS:
                self._chains[chain] = restorer
            channel = self._open[key] = _Channel(restorer, group, event)
        channel.event = event
        return channel.restorer.feed_text(text)

    def end(self, key: Hashable) -> str:
        """Ends the text ``key``; returns what was held back."""
        channel = self._open.pop(key, None)
        if channel is None:
            return ""
        rest = channel.restorer.finish_text()
        self._counts += channel.restorer.counts
        return rest

    def end_all(
        self, is_ended: Callable[[Hashable, Hashable], bool] = lambda key, group: True
    ) -> Iterator[Event]:
        """Ends the texts whose key and group ``is_ended`` says yes to; gives events of what was held back."""
        for key, channel in list(self._open.items()):
            if is_ended(key, channel.group) and (rest := self.end(key)):
                yield channel.event(rest)

    @property
    def has_before(self) -> bool:
        """Whether a line of Discretion's own is still to be said."""
        return bool(self._before)

    def with_before(self, text: str) -> str:
        """``text`` after the line of Discretion's own, once."""
        said, self._before = self._before, ""
        return with_line(said, text) if said else text
