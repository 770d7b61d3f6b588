"""The report's answer in words; it names platforms, days, kinds and numbers, never a value."""

from __future__ import annotations

from datetime import date
from math import floor, log10

from discretion.exposure._told import NOT_KEPT
from discretion.records import Estimate, Exposure


def people_words(count: int) -> str:
    """A number of people as far as an estimate knows it: two digits, and words from a million on."""
    if count < 20:
        return f"{count}"
    digits = floor(log10(count)) - 1
    rounded = round(count, -digits)
    for size, word in ((10**9, "billion"), (10**6, "million")):
        if rounded >= size:
            return f"{rounded / size:.2g} {word}" if rounded < 100 * size else f"{rounded // size:,} {word}"
    return f"{rounded:,}"


def day_words(day: date) -> str:
    """``3 May 2026``."""
    return f"{day.day} {day:%B %Y}"


def sentence(asked: str | None, platforms: tuple[Exposure, ...], together: Exposure | None) -> str:
    """What is known, of one platform or of all, and how many people on earth that describes."""
    if together is None:
        return "The ledger holds nothing yet."
    if asked is not None:
        if not platforms:
            return f"The ledger holds nothing that {asked} was told."
        (one,) = platforms
        return " ".join(
            [f"By {day_words(one.last_day)} {asked} knew {_facts(one)}.", *_fit(one), *_else(one, together)]
        )
    told = f"{len(platforms):,} platforms" if len(platforms) > 1 else str(platforms[0].platform)
    comma = "," if len(platforms) > 1 else ""  # a year and a number would stand beside each other
    began = f"By {day_words(together.last_day)}{comma} {told} knew {_facts(together)}."
    return " ".join([began, *_fit(together, "put together, " if len(platforms) > 1 else "")])


def _facts(one: Exposure) -> str:
    return "one fact about you" if one.facts_known == 1 else f"{one.facts_known:,} facts about you"


def _fit(one: Exposure, before: str = "") -> list[str]:
    said = []
    if one.direct:
        kinds = _and([str(kind).replace("_", " ") for kind, _ in one.direct])
        are = "is" if len(one.direct) == 1 else "are each"
        said.append(f"{kinds[0].upper()}{kinds[1:]} {are} enough to find you without anything else.")
    if one.besides.k is None:
        if not one.direct or one.besides.reason == NOT_KEPT:
            said.append(f"How many people fit is not known: {one.besides.reason}.")
        return said
    which = _which(one, sum(fact.not_checked is None for fact in one.besides.facts))
    which = f"{before.capitalize()}{which}" if before else f"{which[0].upper()}{which[1:]}"
    said.append(f"{which} {_people(one.besides)}.")
    return said


def _which(one: Exposure, counted: int) -> str:
    """Which facts the number is of, as the subject of a sentence, with its verb."""
    if counted == one.facts_known:
        return "they fit" if counted > 1 else "it fits"
    others = " others" if one.direct and counted > 1 else " other" if one.direct else ""
    return (
        f"the {counted}{others} that can be counted fit"
        if counted > 1
        else f"the one{others} that can be counted fits"
    )


def _else(one: Exposure, together: Exposure) -> list[str]:
    """What the other platforms add."""
    if together.besides.k is None or together.facts_known == one.facts_known:
        return []
    if one.besides.k is not None and together.besides.k >= one.besides.k:
        return ["What you told others leaves no fewer."]
    return [f"With everything else you told others: {_people(together.besides)}."]


def _people(estimate: Estimate) -> str:
    """As the object of "fits"."""
    if estimate.k is None or estimate.k > 1:
        return f"about {people_words(estimate.k or 0)} people on earth"
    is_sure = estimate.k_high == 1
    return f"{'nobody' if is_sure else 'perhaps nobody'} on earth but you"


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
