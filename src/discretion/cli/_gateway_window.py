"""The window in which a gateway runs: one quiet line that is kept up to date, and what needs the user."""

from __future__ import annotations

import logging
import shutil
import sys
import threading
from typing import TYPE_CHECKING, TextIO

from discretion.cli._called import as_called

if TYPE_CHECKING:
    from discretion.gateway._counts import State
    from discretion.gateway._gatekeeper import Gatekeeper
    from discretion.gateway._pending import Pending

LOOKS_EVERY_S = 0.5
_CLEAR = "\r\x1b[2K"
_LOG = logging.getLogger("discretion")
_WAITS = {
    "hold": "A message waits for you",
    "ask": "A message was not sent: it asks you first",
    "not_checked": "A message was not sent: not all of it could be checked",
    "limit": "A message was stopped by a limit; your chat says which",
}


class Window:
    """Shows how ``gatekeeper`` stands on ``stream``, a terminal: numbers and kinds, no word of a chat."""

    def __init__(self, gatekeeper: Gatekeeper, stream: TextIO | None = None) -> None:
        self._gatekeeper = gatekeeper
        self._stream = stream or sys.stderr
        self._ends = threading.Event()
        self._thread: threading.Thread | None = None
        self._shown = ""
        self._told: set[str] = set()
        self._was_locked = False
        self._retired = 0
        self._warned = _Warned(self)

    def begin(self) -> None:
        """Show the line, and keep it up to date until ``end``."""
        self._thread = threading.Thread(target=self._keep_up, name="discretion-window", daemon=True)
        self._thread.start()
        _LOG.addHandler(self._warned)

    def end(self) -> None:
        """Take the line away and say in one what there was; nothing where it never began."""
        if self._thread is None:
            return
        _LOG.removeHandler(self._warned)
        self._ends.set()
        self._thread.join()
        self._write(f"{_CLEAR}{summary(self._gatekeeper.state())}\n")

    def _keep_up(self) -> None:
        self.look()
        while not self._ends.wait(LOOKS_EVERY_S):
            self.look()

    def look(self) -> None:
        """Say what is new; draw the line where it changed."""
        state, waiting = self._gatekeeper.state(), self._gatekeeper.pending()
        new = [waits(one) for one in waiting if one.id not in self._told]
        self._told |= {one.id for one in waiting}
        if not state.is_guarding and not self._was_locked:
            new.append("The vault is locked, so nothing is sent. To go on: discretion vault unlock")
        self._was_locked = not state.is_guarding
        if state.retired > self._retired:
            new.append(retired(state.retired - self._retired, state.persona))
            self._retired = state.retired
        line = status(state)[: shutil.get_terminal_size().columns - 1]
        if new or line != self._shown:
            above = "".join(f"{as_called(one)}\n" for one in new)
            self._write(f"{_CLEAR}{above}{line}")
            self._shown = line

    def say(self, told: str) -> None:
        """A line above the one that is kept up to date."""
        self._write(f"{_CLEAR}{told}\n{self._shown}")

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):  # the window was closed; the gateway hears of it by a signal
            self._ends.set()


class _Warned(logging.Handler):
    """Warnings of the gateway, which hold no value, above the line instead of through it."""

    def __init__(self, window: Window) -> None:
        super().__init__(logging.WARNING)
        self._window = window

    def emit(self, record: logging.LogRecord) -> None:
        self._window.say(f"Discretion: {record.getMessage()}.")


def waits(one: Pending) -> str:
    """The sentence on something that waits: its kinds, and what to type."""
    found = f" ({', '.join(kind.replace('_', ' ') for kind in one.kinds)})" if one.kinds else ""
    return f"{_WAITS.get(one.code, _WAITS['ask'])}{found}. See: discretion gateway pending {one.id}"


def retired(number: int, persona: str) -> str:
    """The sentence on stand-ins that turned up as somebody else."""
    what = "A stand-in turned up" if number == 1 else f"{number} stand-ins turned up"
    shown = f'"{persona}"' if persona else "-"
    return (
        f"{what} in a card or in words of the chat, so another is used from now on; what was sent still "
        f"reads right. See: discretion persona show {shown} --stand-ins --all"
    )


def status(state: State) -> str:
    """The line on how it stands."""
    waiting = f"{state.waiting} waiting for you" if state.waiting else "nothing waits"
    return f"  {' · '.join([*_counted(state), waiting])}"


def summary(state: State) -> str:
    """The line at the end."""
    waiting = f"; {state.waiting} not decided" if state.waiting else ""
    unsaved = "; the vault could not take everything" if state.unsaved else ""
    return f"Ended. {', '.join(_counted(state))}{waiting}{unsaved}.{_odd(state)}"


def _odd(state: State) -> str:
    """What restoring met in the replies, in 10,000 of them; empty where it met nothing."""
    told = []
    if state.missed:
        told.append(f"{state.missed_per_10_000:,.0f} stand-ins came back changed and stayed so")
    if state.collisions:
        told.append(f"{state.collisions_per_10_000:,.0f} times somebody else of that name was meant")
    return f" In 10,000 replies: {'; '.join(told)}." if told else ""


def _counted(state: State) -> list[str]:
    if state.mode == "observe":
        done = f"{sum(state.found.values())} found and left as they are"
    else:
        done = _many(sum(state.replaced.values()), "stand-in")
    return [_many(state.requests, "request"), done, f"{sum(state.stopped.values())} stopped"]


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
