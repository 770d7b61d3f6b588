"""What a gatekeeper says of a request: it leaves as reviewed, or it does not and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from discretion.gateway._pending import Pending
from discretion.gateway._stops import ASK, HOLD, LIMIT, REFUSED, UNREAD, Stop
from discretion.guard.restore import RestoreTable

LOCKED = "vault_locked"
UNCLEAR = "not_understood"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A request on its way: what ``replied`` needs to know of it.

    ``has_line``: whether its reply is to begin with a line of Discretion's own.
    """

    number: int
    has_line: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """A request that may leave: its ``body`` as reviewed, the ``table`` that restores the reply, and a line
    of Discretion's own to put ``before`` the reply (empty: none)."""

    body: bytes = field(repr=False)
    table: RestoreTable = field(repr=False)
    before: str
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Stopped:
    """A request that does not leave: an HTTP ``status`` (400, or 451 for a limit), a ``code``, one plain
    ``sentence`` for the chat. ``is_held`` asks to keep the connection until ``pending_id`` is decided."""

    status: int
    code: str
    sentence: str
    pending_id: str | None = None
    is_held: bool = False


def locked() -> Stopped:
    """The vault is locked."""
    return Stopped(400, LOCKED, "Discretion: vault is locked. Open it: discretion vault unlock")


def asked(stop: Stop, pending: Pending, *, may_hold: bool) -> Stopped:
    """A limit, a question that waits as ``pending``, or one that was refused before."""
    told = " ".join(stop.sentences)
    if stop.code == LIMIT:
        way = f"If that is a mistake: discretion gateway pending {pending.id}"
        return Stopped(451, LIMIT, f"Discretion holds this message back. {told} {way}", pending.id)
    if stop.code == REFUSED:
        way = f"To send it after all: discretion gateway pending {pending.id}"
        return Stopped(400, REFUSED, f"Discretion: you refused this message. {told} {way}", pending.id)
    way = f"To send it: discretion gateway pending {pending.id}, then send it again"
    lead = "Discretion could not check everything." if stop.code == UNREAD else "Discretion asks first."
    is_held = may_hold and stop.code in (ASK, UNREAD, HOLD)
    return Stopped(400, stop.code, f"{lead} {told} {way}", pending.id, is_held)
