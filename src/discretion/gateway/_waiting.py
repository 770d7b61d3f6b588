"""What waits to be written to the vault."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from discretion.gateway._pending import Decision
from discretion.records import Pair, Session

if TYPE_CHECKING:
    from discretion.exposure.ledger import Told
    from discretion.gateway._keeping import Loaded

MOST_TOLD = 2_000
"""Facts for the ledger that wait in memory while the vault cannot take them; the oldest go."""
TOLD = "told"
"""What stands in the place of a decision for a message that the ledger knows of."""


@dataclass(slots=True)
class Waiting:
    """Rows by what makes each the only one of its sort: a vault that takes nothing fills no memory."""

    pairs: list[Pair] = field(default_factory=list, repr=False)
    decisions: dict[bytes, str] = field(default_factory=dict)
    stops: dict[bytes, str | None] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list, repr=False)
    sessions: dict[datetime, Session] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(map(len, (self.pairs, self.decisions, self.stops, self.told, self.sessions)))

    def add(self, later: Waiting) -> None:
        """Take in what came later; where both speak of the same row, the later one stands."""
        changed = {(one.kind, one.real, one.stand_in) for one in later.pairs}
        self.pairs = [one for one in self.pairs if (one.kind, one.real, one.stand_in) not in changed]
        self.pairs += later.pairs
        self.decisions |= later.decisions
        self.stops |= later.stops
        self.told = [*self.told, *later.told][-MOST_TOLD:]
        self.sessions |= later.sessions

    def over(self, loaded: Loaded) -> Loaded:
        """What was loaded, with what the vault could not take yet."""
        if not len(self):
            return loaded
        waiting = {(one.kind, one.real, one.stand_in): one for one in self.pairs}
        known = {(one.kind, one.real, one.stand_in): one for one in loaded.pairs}
        decided = {key: Decision(value) for key, value in self.decisions.items() if value != TOLD}
        stops = {**loaded.stops, **self.stops}
        return replace(
            loaded,
            pairs=tuple((known | waiting).values()),
            decisions={**loaded.decisions, **decided},
            stops={key: document for key, document in stops.items() if document is not None},
            told=loaded.told | {key for key, value in self.decisions.items() if value == TOLD},
        )
