"""How the parts of an exposure report are put in words, masked or not, the same in terminal and page."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from discretion.cli._report._printable import printable
from discretion.exposure.report import people_words
from discretion.records import Advice, Exposure, Kind, LearntFact, Step

TOGETHER = "all together"
ENOUGH = 10.0
"""How many times more people must fit for a coarser wording to be named before a still coarser one."""


@cache
def _words() -> dict[str, dict[str, str]]:
    text = resources.files("discretion.cli._report").joinpath("exposure_words.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _kinds() -> dict[str, str]:
    text = resources.files("discretion.cli._report").joinpath("words.toml").read_text("utf-8")
    return {name: words["label"] for name, words in tomllib.loads(text).items()}


def kind_words(kind: Kind | str) -> str:
    """What the reports call a kind."""
    return _kinds().get(str(kind), str(kind).replace("_", " "))


def platform_words(one: Exposure) -> str:
    """The platform's name, or that it is all of them."""
    return TOGETHER if one.platform is None else printable(one.platform)


def fact_words(fact: LearntFact, *, show_values: bool) -> str:
    """Kind and value of a fact; the kind alone where values are masked or there is none."""
    kind = kind_words(fact.kind)
    label = printable(fact.label)
    if not show_values or label in (kind, str(fact.kind).replace("_", " ")):
        return kind
    return f"{kind}: {label}"


def numbers_words(fact: LearntFact) -> str:
    """The ledger's rows of a fact, as `exposure forget --fact` takes them."""
    return joined_words(map(str, fact.numbers), 2)


def leaves_words(fact: LearntFact) -> str:
    """What the fact leaves of those who fit all the others."""
    if fact.is_direct:
        return "finds you"
    if fact.share is None:
        return "not counted"
    if fact.share <= 0:
        return "next to nobody"
    many = 1 / fact.share
    return (
        "adds nothing"
        if many < 1.05
        else f"1 in {many:.1f}"
        if many < 9.5
        else f"1 in {people_words(round(many))}"
    )


def times_words(fact: LearntFact) -> str:
    """How often it was told."""
    return "once" if fact.times == 1 else f"{fact.times:,} times"


def from_words(fact: LearntFact) -> str:
    """In which frame and from what source it is known: what is not a life told in an export."""
    said = [_words()["frame"][frame] for frame in fact.frames]
    said += [_words()["source"][source] for source in fact.sources]
    return ", ".join(said) + (", a fact of yours" if fact.is_own else "")


def when_words(fact: LearntFact) -> str:
    """First and last day; with an asterisk the day on which it was noted, where no time is known."""
    if fact.first_at is None:
        return f"{day(fact.noted_at.date())} *"
    first, last = fact.first_at.date(), (fact.last_at or fact.first_at).date()
    return span(first, last)


def span(first: date, last: date) -> str:
    """``3 May 2026``, ``3 – 20 May 2026``, ``3 Apr – 20 May 2026``."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {day(last)}"
    return (
        f"{first.day} {first:%b} – {day(last)}" if first.year == last.year else f"{day(first)} – {day(last)}"
    )


def day(one: date) -> str:
    """``3 May 2026``, the month short."""
    return f"{one.day} {one:%b %Y}"


def range_words(low: int | None, high: int | None) -> str:
    """The interval, as far as it says more than the number."""
    return "" if low is None or high is None or low == high else f"{people_words(low)} – {people_words(high)}"


def fit_words(one: Exposure) -> str:
    """How many people fit, or by what one is found."""
    k = one.besides.k
    number = f"{people_words(k)}" if k is not None else "not known"
    between = range_words(one.besides.k_low, one.besides.k_high)
    number = f"{number} ({between})" if between else number
    if one.direct:
        by = joined_words((kind_words(kind) for kind, _ in one.direct), 2)
        return f"you, by {by}; by the rest {number}"
    return number


def new_words(step: Step) -> str:
    """The kinds that came with a step."""
    return ", ".join(kind_words(kind) for kind in step.new)


@dataclass(frozen=True, slots=True)
class Help:
    """What would let more people fit: of which kind, what to say, and how many then fit."""

    kind: str
    say: str | None
    k_say: int | None
    k_without: int | None

    @property
    def most(self) -> int:
        """The most people that it would let fit."""
        return max(self.k_say or 0, self.k_without or 0)


def help_most(one: Exposure, *, show_values: bool) -> tuple[Help, ...]:
    """One line for each kind, the most effective first: to say it more coarsely, or not at all."""
    k = one.besides.k
    if k is None:
        return ()
    by_kind: dict[str, list[Advice]] = {}
    for advice in one.besides.advice:
        by_kind.setdefault(advice.fact, []).append(advice)
    found = []
    for kind, said in by_kind.items():
        coarser = sorted((one for one in said if one.say_instead), key=lambda one: one.k_after)
        best = next((one for one in coarser if one.k_after >= ENOUGH * k), coarser[-1] if coarser else None)
        without = max((one.k_after for one in said if not one.say_instead), default=None)
        say = None
        if best is not None:
            told = printable(best.say_instead or "")
            say = f"“{told}”" if show_values else _words()["coarser"].get(kind, "something wider")
        found.append(Help(kind_words(kind), say, best.k_after if best else None, without))
    return tuple(sorted(found, key=lambda one: -one.most))


def together_words(one: Exposure) -> str | None:
    """What to leave out at once, where no single kind would help enough."""
    if one.leave_out is None:
        return None
    *first, last = map(kind_words, one.leave_out.kinds)
    return (
        f"Leave out {', '.join(first)} and {last} together: {people_words(one.leave_out.k_after)} people fit."
    )


def joined_words(words: Iterable[str], most: int = 3) -> str:
    """A short list, and how many more there are."""
    told = list(words)
    rest = len(told) - most
    return ", ".join(told[:most]) + (f" and {rest:,} more" if rest > 0 else "")
