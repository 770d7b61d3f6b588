"""How the parts of a leak are put in words, the same in terminal, page and picture."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from importlib import resources

from discretion.cli._report._printable import printable
from discretion.records import PERSON, Evidence, Frame, Leak, Link, Read, Severity, Strength

FIELDS = {
    "payment": "way to pay",
    "photo": "photo",
    "note": "something you noted",
    "security_answer": "answer to a security question",
}
"""Names of given fields that have no kind."""
SURE = {
    Strength.CERTAIN: "certain: one search is enough",
    Strength.LIKELY: "likely: enough for somebody who looks",
    Strength.WEAK: "weak: it narrows",
}
MOST_NUMBERS = 6


@cache
def _labels() -> dict[str, str]:
    text = resources.files("discretion.cli._report").joinpath("words.toml").read_text("utf-8")
    return {name: words["label"] for name, words in tomllib.loads(text).items()}


def kind_words(name: str) -> str:
    """What the reports call a kind or a field."""
    return _labels().get(name) or FIELDS.get(name) or printable(name.replace("_", " "))


def headline(leak: Leak) -> str:
    """The answer in a sentence or two; never that nothing would happen."""
    name = printable(leak.platform)
    if not leak.is_known:
        return (
            f"Nothing is kept about {name}: not what it was told, and not what it was given. "
            "What a breach there would do is not known."
        )
    said = [f"If {name} leaked: {_reads(leak)}"]
    person = next((one for one in leak.reaches if one.target == PERSON), None)
    accounts = sum(one.target != PERSON for one in leak.reaches)
    if person:
        how = {"certain": "It leads to you", "likely": "It likely leads to you"}
        said.append(f"{how.get(person.strength.value, 'With some work it may lead to you')}")
        if accounts:
            said[-1] += f", and to {count(accounts, 'other account')} of yours"
    elif accounts:
        said.append(f"It leads to {count(accounts, 'other account')} of yours; nothing known leads to you")
    elif leak.reads:
        said.append("Nothing that is known here leads from it to you or to another account of yours")
    if leak.not_checked:
        said.append("Some of it could not be checked")
    return ". ".join(said) + "."


def _reads(leak: Leak) -> str:
    real = [one for one in leak.reads if not one.is_invented]
    if not real:
        return "a thief would read " + ("what a persona was given" if leak.reads else "nothing that is known")
    grave = sum(one.severity.rank >= Severity.HIGH.rank for one in real)
    kinds = count(len(real), "kind") + " of facts about you"
    return f"a thief would read {kinds}" + (f", {grave} of them grave" if grave else "")


def count(n: int, noun: str) -> str:
    """``1 account``, ``3 accounts``."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def times_words(one: Read) -> str:
    """How often told and how often filled in."""
    told = "told once" if one.times == 1 else f"told {one.times:,} times" if one.times else ""
    given = ("filled in" if one.given == 1 else f"filled in {one.given} times") if one.given else ""
    return ", ".join(filter(None, (told, given)))


def facts_words(one: Read) -> str:
    """How many different ones."""
    return "" if one.facts < 2 else f"{one.facts:,} different"


def frame_words(one: Read) -> str:
    """In which frame, and whose it is."""
    said = {Frame.SELF: "life", Frame.FICTION: "story", Frame.NEUTRAL: "neutral"}
    frames = [said[frame] + (f" {n:,}" if len(one.frames) > 1 else "") for frame, n in one.frames]
    if one.is_invented:
        frames.append("invented")
    elif one.own:
        frames.append("yours")
    return ", ".join(frames)


def when_words(one: Read) -> str:
    """From when to when."""
    if one.first_at is None or one.last_at is None:
        return "time unknown"
    first, last = one.first_at.date(), one.last_at.date()
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def day(moment: date | datetime) -> str:
    return f"{moment.day} {moment:%b %Y}"


def between_words(link: Link, most: int = 4) -> str:
    """Who is linked."""
    names = ["you" if one == PERSON else printable(one) for one in link.between]
    if len(names) > most + 1:
        last = ["you"] if names[-1] == "you" else []
        rest = len(names) - most - len(last)
        names = [*names[:most], f"{rest} more", *last]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def link_words(link: Link) -> str:
    """What links, and how many facts it is."""
    kinds = ", ".join(_labels()[kind.value] for kind in link.kinds) if link.basis == "combination" else ""
    more = f" ({kinds})" if kinds else f" ({link.facts})" if link.facts > 1 else ""
    return link.label + more


def rows_words(evidence: Evidence) -> str:
    """The numbers of the rows, the first few."""
    parts = [_numbers("row", evidence.disclosures), _numbers("field", evidence.given)]
    return "; ".join(filter(None, parts))


def _numbers(what: str, numbers: Iterable[int]) -> str:
    told = list(numbers)
    if not told:
        return ""
    shown = ", ".join(map(str, told[:MOST_NUMBERS]))
    return f"{what if len(told) == 1 else what + 's'} {shown}" + (
        f" and {len(told) - MOST_NUMBERS:,} more" if len(told) > MOST_NUMBERS else ""
    )


def fit_words(leak: Leak) -> str:
    """How many people fit what was told there, where that was estimated."""
    if leak.k is None or leak.status != "estimated":
        return ""
    people = "one person fits" if leak.k == 1 else f"about {_people(leak.k)} people fit"
    return f"Even without what names you outright, {people} what was told there."


def _people(k: int) -> str:
    """Two leading digits: the estimate is no more exact than that."""
    step = 10 ** max(0, len(str(k)) - 2)
    return f"{round(k / step) * step:,}"
