"""What the gateway writes down of a request: method, endpoint, status, durations, counts; no value, ever.

An exception that nobody foresaw ends here. Its message may hold what somebody typed, so only its type is
named, in the log and to the client.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import IO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from discretion.gateway._access import called
from discretion.gateway._refusals import UNFORESEEN, answered

LOG = logging.getLogger("discretion.gateway")
_METHODS = frozenset({"GET", "POST", "OPTIONS", "HEAD", "PUT", "PATCH", "DELETE"})
_KEY = "discretion.record"


@dataclass(slots=True)
class Record:
    """What one request came to, in numbers and words of our own."""

    began: float = field(default_factory=time.perf_counter)
    status: int = 0
    how: str = ""
    """Why it ended the way it did, where that is not plain: a refusal's code, "stream", "client gone"."""
    review_s: float | None = None
    first_byte_s: float | None = None
    counts: dict[str, int] = field(default_factory=dict)

    def elapsed(self) -> float:
        """Seconds since the request came."""
        return time.perf_counter() - self.began

    def line(self, scope: Scope) -> str:
        """The line of the log."""
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        endpoint, _ = called(scope)
        said = [method, endpoint.name.lower() if endpoint else "unknown", str(self.status or "-")]
        said += [self.how] if self.how else []
        times = {"review": self.review_s, "first": self.first_byte_s, "total": self.elapsed()}
        said += [f"{name}={seconds:.3f}s" for name, seconds in times.items() if seconds is not None]
        return " ".join([*said, *(f"{name}={count}" for name, count in self.counts.items())])


def record_of(scope: Scope) -> Record:
    """The record of the request that ``scope`` describes."""
    found = scope.get(_KEY)
    return found if isinstance(found, Record) else scope.setdefault(_KEY, Record())


def log_to(stream: IO[str]) -> None:
    """Write a line for each request to ``stream``, once."""
    if not LOG.handlers:
        writing = logging.StreamHandler(stream)
        writing.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
        LOG.addHandler(writing)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False


class GaveUp(Exception):
    """A reply that had begun cannot go on; the server closes the connection. Holds no value."""


class Recorded:
    """Writes one line for each request, and lets no exception out that holds a value."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        record = record_of(scope)

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                record.status = message["status"]
            elif record.first_byte_s is None:
                record.first_byte_s = record.elapsed()
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            record.how = type(error).__name__
            if record.status:
                raise GaveUp(record.how) from None
            said = answered(called(scope)[0], UNFORESEEN.named(error))
            await said(scope, receive, noting)
        finally:
            LOG.info("%s", record.line(scope))
        return None
