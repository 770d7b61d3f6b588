"""The sentences at the head of every report, in the terminal and on the page alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discretion.cli._tally import Tally, words
from discretion.exports import Export
from discretion.guard import Fact
from discretion.knowledge import help_lines


def when(moment: datetime | None) -> str:
    """A moment as people write it, or that it is unknown."""
    return f"{moment.day} {moment:%b %Y, %H:%M}" if moment else "time unknown"


def count(n: int, noun: str) -> str:
    """``1 message``, ``12,000 messages``."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def elsewhere(country: str | None) -> str:
    """What to say where no country is known, or no sourced line for it."""
    known = ", ".join(sorted({line.country for line in help_lines()} - {"EU", "INT"}))
    where = f"No line with a source is known for {country}." if country else "Where you live is not known."
    return f"{where} Name a country with --country ({known}). In danger call your emergency number."


@dataclass(frozen=True, slots=True)
class Headline:
    """Title, what was read, and the outcome in a sentence or two."""

    title: str
    source: str
    verdict: str


def headline(
    export: Export,
    tally: Tally,
    *,
    complete: bool,
    intimate: bool,
    name: str,
    since: datetime | None = None,
    facts: tuple[Fact, ...] = (),
) -> Headline:
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
        day = f"{last.day} {last:%b %Y}"
        parts.append(day if first == last else f"{first.day} {first:%b %Y} – {day}")
    if since:
        parts.append(f"since {since.day} {since:%b %Y}")
    if not intimate:
        parts.append("everyday chats")
    return Headline(
        f"Discretion · {name}",
        " · ".join(parts),
        " ".join(
            [
                *_outcome(export, tally, complete=complete, intimate=intimate, since=since),
                *_own_facts(tally, facts),
                *_without_model(tally),
            ]
        ),
    )


def _without_model(tally: Tally) -> list[str]:
    """That the model took no part, why, and what it means for what is read here."""
    left_out = tally.without_model
    if not left_out:
        return []
    n = sum(left_out.values())
    where = "" if n >= tally.user_messages else f" in {count(n, 'message')}"
    return [
        f"The model took no part{where} ({'; '.join(left_out)}): rules alone miss much of what is told in "
        "passing, and more often take a story for a life or a life for a story."
    ]


def _own_facts(tally: Tally, facts: tuple[Fact, ...]) -> list[str]:
    """Which kinds of the user's own facts were found how often; the question they came with."""
    if not facts:
        return []
    kinds = dict.fromkeys(fact.kind for fact in facts)
    told = [
        f"{words()[kind.value]['label']} {count(n, 'time') if (n := tally.own_facts[kind]) else 'not found'}"
        for kind in kinds
    ]
    return [f"Of your own facts: {', '.join(told)}."]


def _outcome(
    export: Export, tally: Tally, *, complete: bool, intimate: bool, since: datetime | None
) -> list[str]:
    said = []
    if not complete:
        said.append("Cancelled: this report covers only what was read until then.")
    if tally.held:
        said.append(f"{count(tally.held, 'message')} at a limit: to be held back before sending.")
    if tally.asked:
        said.append(f"{count(tally.asked, 'message')} near a limit: to be asked about before sending.")
    if (tally.held or tally.asked) and intimate:
        said.append("If these are ordinary chats, --everyday turns most of that into notes.")
    if tally.noticed:
        said.append(f"{count(tally.noticed, 'message')} with a note.")
    if tally.crises:
        said.append(f"{count(tally.crises, 'message')} may show a very hard time; see below who answers.")
    if tally.findings:
        above = f" at or above {tally.min_severity.value}" if tally.min_severity.rank else ""
        said.append(
            f"{count(tally.findings, 'finding')}{above}: what could identify you or tells of your life."
        )
    unchecked = bool(tally.not_checked or export.skipped or not complete)
    if tally.is_clear:
        said.append(_clear(tally, unchecked=unchecked, since=since))
    elif unchecked:
        said.append("Some of it could not be checked; see below.")
    return said


def _clear(tally: Tally, *, unchecked: bool, since: datetime | None) -> str:
    if not tally.user_messages:
        later = " from that day on" if since else ""
        return f"There was no message of yours{later} to check."
    if unchecked:
        return "In what could be checked there is no finding; some of it could not be checked, see below."
    if tally.crises or tally.noticed:
        return "No finding beside that."
    if tally.min_severity.rank:
        return f"Nothing found at or above {tally.min_severity.value}."
    return "Nothing found. No detector sees everything: this is no proof that there is nothing."
