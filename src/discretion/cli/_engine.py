"""From an export to reviewed rows: in order, on one core or on all of them with the same result.

What can be read from a message alone (``Guard.scan``) goes to the other cores; what needs the conversation
is judged here, in the order of the messages. Text travels through pipes only, never through a file.
"""

from __future__ import annotations

import os
import signal
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context
from typing import TYPE_CHECKING

from discretion.guard import Guard, Remains, Scan, Session
from discretion.records import Review
from discretion.text import Author, Message

if TYPE_CHECKING:
    from discretion.guard import Fact

SERIAL_CHARACTERS = 400_000
"""Up to so much text one core is done by rules alone before others would have started."""

SERIAL_CHARACTERS_MODEL = 60_000
"""The same where the model reads too."""

BATCH_MESSAGES = 200
BATCH_CHARACTERS = 20_000
"""What a process reads at once; the model's vectors of so much text take about 4 MB until they are judged."""

SERIAL_BATCH_CHARACTERS = 10_000
"""On one core so much text is read at once: enough for the model's batches, little enough to stay quick."""

OPEN_SESSIONS = 10_000
"""Conversations whose state is kept at once; the longest untouched one is let go first."""

OPEN_SESSIONS_MODEL = 4_000
"""The same beside the model, which takes memory itself. A conversation of 40 messages takes about 33 KB, one
of 400 about 165 KB: 130 MB for so many ordinary ones."""


@dataclass(frozen=True, slots=True)
class Row:
    """A message and what the guard says of it."""

    message: Message
    review: Review


def usable_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def review_all(
    messages: Iterable[Message],
    *,
    facts: tuple[Fact, ...],
    intimate: bool,
    cores: int,
    rules_only: bool = False,
) -> Iterator[Row]:
    """Review ``messages`` in their order; at most ``cores`` processes take part.

    ``rules_only`` leaves the model out.
    """
    asked = _Asked(facts, intimate, rules_only)
    guard = asked.guard()
    sessions = _Sessions(guard, OPEN_SESSIONS if rules_only else OPEN_SESSIONS_MODEL)
    source = iter(messages)
    head, size = [], 0
    few = SERIAL_CHARACTERS if rules_only else SERIAL_CHARACTERS_MODEL
    for message in source:
        head.append(message)
        size += len(message.text)
        if size > few:
            break
    everything = chain(head, source)
    if cores == 1 or size <= few:
        for batch in _batches(everything, SERIAL_BATCH_CHARACTERS):
            for message, scanned in zip(batch, guard.scan_all(batch), strict=True):
                yield Row(message, sessions.review(message, scanned))
        return
    for message, scanned in _scan_on_many(everything, guard, asked, cores=cores):
        yield Row(message, sessions.review(message, scanned))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every process's guard is made with."""

    facts: tuple[Fact, ...]
    intimate: bool
    rules_only: bool

    def guard(self) -> Guard:
        return Guard(intimate=self.intimate, facts=self.facts, rules_only=self.rules_only)


class _Sessions:
    """The conversations under review: at most ``most`` of them, and what remains of the others."""

    def __init__(self, guard: Guard, most: int) -> None:
        self._guard = guard
        self._most = most
        self._open: OrderedDict[str, Session] = OrderedDict()
        self._closed: dict[int, Remains] = {}

    def review(self, message: Message, scanned: Scan) -> Review:
        key = message.setting.conversation
        session = self._open.get(key)
        if session is None:
            session = self._guard.session(message.setting, self._closed.pop(hash(key), None))
            self._open[key] = session
            if len(self._open) > self._most:
                old, closed = self._open.popitem(last=False)
                self._closed[hash(old)] = closed.remains()
        self._open.move_to_end(key)
        return session.review(message, scanned)


_worker_guard: Guard | None = None


def _begin_worker(asked: _Asked) -> None:
    global _worker_guard
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker_guard = asked.guard()


def _scan_batch(batch: list[tuple[str, Author]]) -> list[Scan]:
    guard = _worker_guard
    if guard is None:
        raise RuntimeError("a worker without a guard")
    return guard.scan_all([Message(text, author) for text, author in batch])


def _scan_on_many(
    messages: Iterable[Message], guard: Guard, asked: _Asked, *, cores: int
) -> Iterator[tuple[Message, Scan]]:
    pool = ProcessPoolExecutor(cores, get_context("spawn"), _begin_worker, (asked,))
    waiting: deque[tuple[list[Message], Future[list[Scan]] | None]] = deque()
    try:
        for batch in _batches(messages, BATCH_CHARACTERS):
            waiting.append((batch, _submit(pool, [(message.text, message.author) for message in batch])))
            if len(waiting) > cores + 2:
                yield from _finish(guard, *waiting.popleft())
        while waiting:
            yield from _finish(guard, *waiting.popleft())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _finish(
    guard: Guard, batch: list[Message], future: Future[list[Scan]] | None
) -> Iterator[tuple[Message, Scan]]:
    """The scans of a batch; where the processes were killed, this one reads it."""
    try:
        scans = future.result() if future else None
    except BrokenExecutor:
        scans = None
    yield from zip(batch, scans if scans is not None else guard.scan_all(batch), strict=True)


def _submit(pool: ProcessPoolExecutor, batch: list[tuple[str, Author]]) -> Future[list[Scan]] | None:
    """Submit with SIGINT blocked: a process that this starts inherits the mask, and Ctrl-C stays ours.

    ``None`` where the processes were killed.
    """
    masks = hasattr(signal, "pthread_sigmask")
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masks else None
    try:
        return pool.submit(_scan_batch, batch)
    except BrokenExecutor:
        return None
    finally:
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _batches(messages: Iterable[Message], characters: int) -> Iterator[list[Message]]:
    batch: list[Message] = []
    size = 0
    for message in messages:
        batch.append(message)
        size += len(message.text)
        if len(batch) >= BATCH_MESSAGES or size >= characters:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
