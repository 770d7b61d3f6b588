"""Progress on standard error, with the time that is left."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from discretion.cli._engine import Row
from discretion.exports import Export

PATIENCE_SECONDS = 1.0
"""A run shorter than this shows no progress."""


@contextmanager
def progress(export: Export, *, quiet: bool) -> Iterator[Callable[[Row], None]]:
    """Yield a function to call after every row; it draws a bar once the run has taken a while."""
    if quiet:
        yield lambda row: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("reading"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[messages]:,} messages"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("reading", total=export.size or None, messages=0)
    began = time.monotonic()
    seen = 0
    drawn = 0.0

    def step(row: Row) -> None:
        nonlocal seen, drawn
        seen += 1
        now = time.monotonic()
        if now - began < PATIENCE_SECONDS or now - drawn < 0.1:
            return
        if not drawn:
            bar.start()
        drawn = now
        bar.update(task, completed=export.position, total=export.size or None, messages=seen)

    try:
        yield step
    finally:
        if drawn:
            bar.stop()
