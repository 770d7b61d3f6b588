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

from discretion.guard import Guard, Scan, Session
from discretion.records import Review
from discretion.text import Author, Message

if TYPE_CHECKING:
    from discretion.guard import Fact

SERIAL_CHARACTERS = 400_000
"""Up to so much text one core is done before others would have started."""

BATCH_MESSAGES = 400
BATCH_CHARACTERS = 200_000
OPEN_SESSIONS = 10_000
"""Conversations whose state is kept at once; the longest untouched one is let go first."""


@dataclass(frozen=True, slots=True)
class Row:
    """A message and what the guard says of it."""

    message: Message
    review: Review


def usable_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def review_all(
    messages: Iterable[Message], *, facts: tuple[Fact, ...], intimate: bool, cores: int
) -> Iterator[Row]:
    """Review ``messages`` in their order; at most ``cores`` processes take part."""
    guard = Guard(intimate=intimate, facts=facts)
    sessions = _Sessions(guard)
    source = iter(messages)
    head, size = [], 0
    for message in source:
        head.append(message)
        size += len(message.text)
        if size > SERIAL_CHARACTERS:
            break
    everything = chain(head, source)
    if cores == 1 or size <= SERIAL_CHARACTERS:
        for message in everything:
            yield Row(message, sessions.review(message, guard.scan(message)))
        return
    for message, scanned in _scan_on_many(everything, facts=facts, intimate=intimate, cores=cores):
        yield Row(message, sessions.review(message, scanned))


class _Sessions:
    """The conversations under review, a bounded number of them."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._open: OrderedDict[str, Session] = OrderedDict()

    def review(self, message: Message, scanned: Scan) -> Review:
        key = message.setting.conversation
        session = self._open.get(key)
        if session is None:
            session = self._open[key] = self._guard.session(message.setting)
            if len(self._open) > OPEN_SESSIONS:
                self._open.popitem(last=False)
        self._open.move_to_end(key)
        return session.review(message, scanned)


_worker_guard: Guard | None = None


def _begin_worker(facts: tuple[Fact, ...], intimate: bool) -> None:
    global _worker_guard
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker_guard = Guard(intimate=intimate, facts=facts)


def _scan_batch(batch: list[tuple[str, Author]]) -> list[Scan]:
    guard = _worker_guard
    if guard is None:
        raise RuntimeError("a worker without a guard")
    return [guard.scan(Message(text, author)) for text, author in batch]


def _scan_on_many(
    messages: Iterable[Message], *, facts: tuple[Fact, ...], intimate: bool, cores: int
) -> Iterator[tuple[Message, Scan]]:
    guard = Guard(intimate=intimate, facts=facts)
    pool = ProcessPoolExecutor(cores, get_context("spawn"), _begin_worker, (facts, intimate))
    waiting: deque[tuple[list[Message], Future[list[Scan]] | None]] = deque()
    try:
        for batch in _batches(messages):
            waiting.append((batch, _submit(pool, [(message.text, message.author) for message in batch])))
            if len(waiting) > 2 * cores:
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
    for at, message in enumerate(batch):
        yield message, scans[at] if scans else guard.scan(message)


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


def _batches(messages: Iterable[Message]) -> Iterator[list[Message]]:
    batch: list[Message] = []
    size = 0
    for message in messages:
        batch.append(message)
        size += len(message.text)
        if len(batch) >= BATCH_MESSAGES or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
