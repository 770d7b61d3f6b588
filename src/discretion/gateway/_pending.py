"""What waits for the user's decision: messages that are asked about, and stops that may be a mistake."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from discretion.records import DiscretionError

MOST = 200
"""Entries that wait at most; the oldest go."""
REFUSED_BEFORE = "refused"
"""The code of an entry that the user refused before: it waits for nobody, and may be approved after all."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Decision(StrEnum):
    """What the user may decide."""

    APPROVE = "approve"
    REFUSE = "refuse"
    MISTAKE = "mistake"


class NothingPending(DiscretionError):
    """No message waits under that id, or not for that decision."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Pending:
    """Something that waits, without a word of its text.

    ``id`` is what the user types; ``code`` is ``ask``, ``not_checked``, ``hold``, ``limit`` or ``refused``;
    ``reasons`` are plain sentences; ``kinds`` what was found. ``base`` is the conversation's, ``digests`` the
    messages'.
    """

    id: str
    code: str
    reasons: tuple[str, ...]
    kinds: tuple[str, ...]
    asked_at: datetime
    base: bytes
    digests: tuple[bytes, ...]
    decision: Decision | None = None

    @property
    def may(self) -> tuple[Decision, ...]:
        """What can be decided: a limit is never approved; it is a mistake, or put away (``refuse``)."""
        if self.code == "limit":
            return (Decision.REFUSE, Decision.MISTAKE)
        return (Decision.APPROVE, Decision.REFUSE, Decision.MISTAKE)


class PendingList:
    """What waits in one gateway; the same question keeps its id."""

    def __init__(self) -> None:
        self._by_id: OrderedDict[str, Pending] = OrderedDict()

    def ask(
        self, code: str, reasons: Iterable[str], kinds: Iterable[str], base: bytes, digests: Iterable[bytes]
    ) -> Pending:
        """Put a question, or find it where it waits already; a reason that is new is added to it."""
        about, why = tuple(digests), tuple(reasons)
        for one in self._by_id.values():
            if (one.code, one.base, one.digests) == (code, base, about) and one.decision is None:
                told = replace(one, reasons=tuple(dict.fromkeys((*one.reasons, *why))))
                self._by_id[one.id] = told
                return told
        made = Pending(
            self._new_id(),
            code,
            tuple(dict.fromkeys(why)),
            tuple(sorted(set(kinds))),
            datetime.now(UTC),
            base,
            about,
        )
        self._by_id[made.id] = made
        while len(self._by_id) > MOST:
            self._by_id.popitem(last=False)
        return made

    def waiting(self) -> tuple[Pending, ...]:
        """Everything undecided, oldest first; not what was refused, though that can still be approved."""
        return tuple(
            one for one in self._by_id.values() if one.decision is None and one.code != REFUSED_BEFORE
        )

    def get(self, wanted: str) -> Pending | None:
        """The entry of that id, decided or not."""
        return self._by_id.get(wanted.strip().lower())

    def decide(self, wanted: str, decision: Decision) -> Pending:
        """Write a decision down. Raises ``NothingPending``."""
        found = self.get(wanted)
        if found is None or found.decision is not None:
            raise NothingPending("no message waits under that id; see: discretion gateway pending")
        if decision not in found.may:
            raise NothingPending(
                "a limit cannot be approved; if the guard read it wrongly, call it a mistake and begin anew: "
                f"discretion gateway pending {found.id}"
            )
        decided = replace(found, decision=decision)
        self._by_id[found.id] = decided
        return decided

    def _new_id(self) -> str:
        while (made := "".join(secrets.choice(_LETTERS) for _ in range(4))) in self._by_id:
            pass
        return made
