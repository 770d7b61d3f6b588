"""Our guard, behind the same protocol as the peers: a session for each conversation, rules only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.peers.adapters._loop import Analyse, serve


def load() -> tuple[Analyse, str]:
    """Import and build the guard; rows of one conversation share a session and come in order."""
    from discretion import __version__
    from discretion.guard import Guard, Session
    from discretion.text import Author, Message, Setting

    guard = Guard()
    sessions: dict[str, Session] = {}

    def analyse(row: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
        name = row.get("conversation", "")
        session = sessions.get(name)
        if session is None:
            sessions.clear()
            session = sessions[name] = guard.session(Setting(name, card=row.get("persona")))
        author = Author(row.get("author", "user"))
        review = session.review(Message(row["text"], author, turn=row.get("turn", 0)))
        for finding in review.findings:
            yield finding.start, finding.end, finding.kind.value

    return analyse, __version__


if __name__ == "__main__":
    serve(load)
