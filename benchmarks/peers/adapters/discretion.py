"""Our guard, behind the same protocol as the peers: a session for each conversation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.peers.adapters._loop import Analyse, serve


def load(*, rules_only: bool = False) -> tuple[Analyse, str]:
    """Import and build the guard; rows of one conversation share a session and come in order."""
    from benchmarks.ours import our_guard
    from discretion import __version__
    from discretion.guard import Session
    from discretion.text import Author, Message, Setting

    guard = our_guard(rules_only=rules_only)
    guard.review("load everything")
    sessions: dict[str, Session] = {}

    def session_of(row: dict[str, Any]) -> Session:
        name = row.get("conversation", "")
        if name not in sessions:
            sessions.clear()
            sessions[name] = guard.session(Setting(name, card=row.get("persona")))
        return sessions[name]

    def analyse(row: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
        rows = row.get("batch") or [row]
        messages = [
            Message(one["text"], Author(one.get("author", "user")), turn=one.get("turn", 0)) for one in rows
        ]
        scans = guard.scan_all(messages)
        for one, message, scanned in zip(rows, messages, scans, strict=True):
            for finding in session_of(one).review(message, scanned).findings:
                yield finding.start, finding.end, finding.kind.value

    return analyse, __version__


if __name__ == "__main__":
    serve(load)
