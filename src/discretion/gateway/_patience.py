"""uvicorn's HTTP/1.1, with an end to its patience with clients that neither send, read nor hang up."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from discretion.gateway._limits import Limits


def patient_protocol(limits: Limits) -> type[asyncio.Protocol]:
    """The class of connection for ``uvicorn.Config(http=…)``.

    A connection ends if the head of a request takes longer than ``head_s``, if a client sends on for longer
    than ``body_s`` after it was answered, if it takes nothing of its reply for ``client_takes_s``, or if
    there are more than ``connections``.
    """

    class Patient(H11Protocol):
        _due: asyncio.TimerHandle | None = None
        _due_in: Any = None
        _stuck: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            if len(self.connections) > limits.connections:
                transport.abort()
            self._watch(has_begun=True)

        def connection_lost(self, exc: Exception | None) -> None:
            self._forget()
            self._unstick()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            self._watch(has_begun=True)

        def on_response_complete(self) -> None:
            super().on_response_complete()
            self._watch(has_begun=bool(self.conn.trailing_data[0]))

        def pause_writing(self) -> None:
            super().pause_writing()
            self._stuck = self._stuck or self.loop.call_later(limits.client_takes_s, self.transport.abort)

        def resume_writing(self) -> None:
            super().resume_writing()
            self._unstick()

        def _unstick(self) -> None:
            if self._stuck is not None:
                self._stuck.cancel()
                self._stuck = None

        def _watch(self, *, has_begun: bool) -> None:
            """Set the clock for what is waited for now; a clock that runs for it already runs on."""
            waits_for: Any = None
            if self.conn.their_state is h11.IDLE and has_begun:
                waits_for = h11.IDLE
            elif self.conn.their_state is h11.SEND_BODY and self.cycle and self.cycle.response_complete:
                waits_for = h11.SEND_BODY
            if waits_for is self._due_in:
                return
            self._forget()
            if waits_for is not None:
                self._due_in = waits_for
                seconds = limits.head_s if waits_for is h11.IDLE else limits.body_s
                self._due = self.loop.call_later(seconds, self.transport.abort)

        def _forget(self) -> None:
            if self._due is not None:
                self._due.cancel()
            self._due = self._due_in = None

    return Patient
