"""How identifiable disclosed facts make a person: how many living people fit all of them.

People by place, sex and age are counted from tables; every other fact multiplies them by its share given
these three, and facts on one thing (a husband, being married) are joined before. Shares that no table joins
are taken as independent and the interval grows. What has no table is named and not counted. The method, its
sources and where it is weak: docs/decisions/0011-identifiability.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from math import ceil, floor, log2

from discretion.exposure._advice import advice
from discretion.exposure._count import Counted, Counter
from discretion.exposure._facts import MOST_BYTES, FactsNotReadable, StatedFact, read_facts
from discretion.exposure._joined import CONTRADICTS, Joined, joined
from discretion.exposure._where import world_size
from discretion.knowledge.population import AS_OF, Region, people
from discretion.records import Estimate, FactShare, Kind, Population

__all__ = ["MOST_BYTES", "FactsNotReadable", "StatedFact", "estimate", "not_estimated", "read_facts"]

MOST_PLACES = 5
"""Facts on places that the estimate is also made without."""
ONE_PERSON = 1.0
"""Bearers of a full name who fit all else, at most, for the name to single a person out."""


def estimate(facts: Sequence[StatedFact], *, today: date | None = None) -> Estimate:
    """How many living people of all ages in the world fit ``facts``, and what each of them does.

    ``today`` is the day that dates of birth are seen from (the present day in UTC without it). Facts that
    contradict earlier ones, repeat them or have no table are named in the result and not counted. Never
    raises, whatever the facts say.
    """
    day = today or datetime.now(UTC).date()
    known = joined(facts, Counter(day), day)
    if not known.counted and not known.direct:
        return not_estimated("no fact could be counted", facts, known.reasons)
    whole = known.count()
    reason = _reason(facts, known, whole)
    shares = tuple(_share(at, fact, known, whole) for at, fact in enumerate(facts))
    k, k_low, k_high = (1, 1, 1) if reason else _ends(facts, known, whole, day)
    return Estimate(
        status="singled_out" if reason else "estimated",
        reason=reason or _contradiction(facts, known),
        k=k,
        k_low=k_low,
        k_high=k_high,
        bits=round(log2(world_size() / k), 2),
        population=_population(known),
        facts=shares,
        advice=advice(facts, known, k),
    )


def number_of(facts: Sequence[StatedFact], counter: Counter) -> tuple[int, int, int] | None:
    """k and the ends of its interval as ``estimate`` puts them; ``None`` where no fact could be counted."""
    known = joined(facts, counter, counter.today)
    if not known.counted:
        return None
    whole = known.count()
    return (1, 1, 1) if _reason(facts, known, whole) else _ends(facts, known, whole, counter.today)


def _ends(facts: Sequence[StatedFact], known: Joined, whole: Counted, day: date) -> tuple[int, int, int]:
    """People who fit, and the interval: its lower end allows for facts that no table has."""
    most = _at_most(facts, known, day)
    k = max(1, round(min(whole.people, *(one.people for one in most))))
    high = max(k, min(world_size(), *(ceil(one.high) for one in (whole, *most))))
    return k, min(k, max(1, floor(whole.low * known.unseen))), high


def not_estimated(
    reason: str, facts: Sequence[StatedFact] = (), why: dict[int, str] | None = None
) -> Estimate:
    """An estimate that says why there is none, such as "values not kept"."""
    shares = tuple(
        FactShare(fact.kind, fact.words, not_checked=(why or {}).get(at, reason))
        for at, fact in enumerate(facts)
    )
    population = Population("world", world_size(), AS_OF)
    return Estimate("not_checked", reason, None, None, None, None, population, shares, ())


def _reason(facts: Sequence[StatedFact], known: Joined, whole: Counted) -> str | None:
    if known.direct:
        kinds = sorted({facts[at].kind for at in known.direct})
        return f"{' and '.join(kinds)}: enough by itself to find one person or household"
    if {"first name", "family name"} <= known.states.keys() and whole.sure_below <= ONE_PERSON:
        return "name: nobody else with this full name is expected among those who fit the other facts"
    return None


def _at_most(facts: Sequence[StatedFact], known: Joined, day: date) -> tuple[Counted, ...]:
    """Counts without the places, and without each: a place whose tables lack a fact must not let more fit.

    A place that contradicts stays out: the number is not of those who live there.
    """
    is_left = {at for at, why in known.reasons.items() if why == CONTRADICTS and _is_place(facts[at])}
    left_out = [{at} for at in known.places][:MOST_PLACES]
    if len(left_out) > 1:
        left_out.append(set(known.places))
    found = [Counted(world_size(), 0.0, {})]
    for out in left_out:
        others = joined(
            [fact for at, fact in enumerate(facts) if at not in out | is_left], known.counter, day
        )
        if others.counted:
            found.append(others.count())
    return tuple(found)


def _is_place(fact: StatedFact) -> bool:
    return fact.known_kind in (Kind.LOCATION, Kind.STREET_ADDRESS)


def _contradiction(facts: Sequence[StatedFact], known: Joined) -> str | None:
    kinds = sorted({facts[at].kind for at, why in known.reasons.items() if why == CONTRADICTS})
    if not kinds:
        return None
    return f"{' and '.join(kinds)}: contradicts another fact; the number is of the one that was counted"


def _share(at: int, fact: StatedFact, known: Joined, whole: Counted) -> FactShare:
    if at in known.direct:
        most = round(log2(world_size()), 2)
        return FactShare(fact.kind, fact.words, 1 / world_size(), most, "direct identifier", None)
    if at in known.reasons:
        return FactShare(fact.kind, fact.words, not_checked=known.reasons[at])
    without = known.without(at)
    among = without.count().people
    lost = known.lost(at, without)
    fit = known.only(known.states.keys() - lost).count().people if lost else whole.people
    share = min(1.0, fit / among) if among > 0 else 1.0
    bits = round(-log2(share), 2) + 0.0 if share > 0 else None
    return FactShare(fact.kind, fact.words, share, bits, known.source(at, whole), known.partly.get(at))


def _population(known: Joined) -> Population:
    country = known.where.country
    if country is None:
        return Population("world", world_size(), AS_OF)
    return Population(country, round(float(people(Region(country)).sum())), AS_OF)
