"""The sentences at the head of every report, in the terminal and on the page alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretion.cli._tally import Tally
from discretion.exports import Export


def when(moment: datetime | None) -> str:
    """A moment as people write it, or that it is unknown."""
    return f"{moment.day} {moment:%b %Y, %H:%M}" if moment else "time unknown"


def count(n: int, noun: str) -> str:
    """``1 message``, ``12,000 messages``."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


@dataclass(frozen=True, slots=True)
class Headline:
    """Title, what was read, and the outcome in a sentence or two."""

    title: str
    source: str
    verdict: str


def headline(export: Export, tally: Tally, *, complete: bool, intimate: bool, name: str) -> Headline:
    """Say what was read and what came of it; with anything unchecked never that nothing was found."""
    parts = [
        export.title or "nothing recognised",
        count(export.files, "file"),
        count(len(tally.conversations), "conversation"),
        f"{count(tally.messages, 'message')}, {tally.user_messages:,} of them yours",
    ]
    days = tally.timeline.by_day
    if days:
        first, last = min(days), max(days)
        parts.append(f"{first.day} {first:%b %Y} – {last.day} {last:%b %Y}")
    if not intimate:
        parts.append("everyday chats")
    return Headline(
        f"Discretion · {name}",
        " · ".join(parts),
        " ".join(_outcome(export, tally, complete=complete)),
    )


def _outcome(export: Export, tally: Tally, *, complete: bool) -> list[str]:
    said = []
    if not complete:
        said.append("Cancelled: this report covers only what was read until then.")
    if tally.held:
        said.append(f"{count(tally.held, 'message')} would be held back.")
    if tally.asked:
        said.append(f"{count(tally.asked, 'message')} would be shown to you first, with a question.")
    if tally.noticed:
        said.append(f"{count(tally.noticed, 'message')} with a note.")
    if tally.findings:
        said.append(f"{count(tally.findings, 'finding')}: what could identify you or tells of your life.")
    unchecked = bool(tally.not_checked or export.skipped or not complete)
    if tally.is_clear:
        said.append(_clear(tally, unchecked=unchecked))
    elif unchecked:
        said.append("Some of it could not be checked; see below.")
    return said


def _clear(tally: Tally, *, unchecked: bool) -> str:
    if not tally.user_messages:
        return "There was no message of yours to check."
    if unchecked:
        return "In what could be checked there is no finding; some of it could not be checked, see below."
    if tally.min_severity.rank:
        return f"Nothing found at or above {tally.min_severity.value}."
    return "Nothing found. No detector sees everything: this is no proof that there is nothing."
