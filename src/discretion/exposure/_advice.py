"""What to say more coarsely, or not at all: each with the people who then fit, best first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discretion.exposure._facts import StatedFact
from discretion.exposure._joined import CONTRADICTS, Joined, joined
from discretion.exposure._where import Where, wider_places
from discretion.exposure.variables import Ask
from discretion.exposure.variables.persons import born_in
from discretion.exposure.variables.work import in_group
from discretion.knowledge import describe
from discretion.knowledge.population import AGES
from discretion.records import Advice, Kind, Value

MOST = 60
"""Pieces of advice that are kept."""


def advice(facts: Sequence[StatedFact], known: Joined, k: int) -> tuple[Advice, ...]:
    """Coarser values of every counted fact that let more people fit."""
    found: list[Advice] = []
    for at in sorted(known.counted | set(known.direct)):
        for say, other in _coarser(at, facts, known):
            if known.lost(at, other):
                continue  # tables of other facts are missing there: more would fit only for want of them
            after = max(1, round(other.count().people)) if not other.direct else 1
            if after > k:
                found.append(Advice(facts[at].kind, say, after))
    found.sort(key=lambda one: -one.k_after)
    return tuple(found[:MOST])


def _coarser(at: int, facts: Sequence[StatedFact], known: Joined) -> Iterator[tuple[str | None, Joined]]:
    yield None, _left_out(at, facts, known)
    fact = facts[at]
    if at in known.direct:
        return
    if at in known.places:
        for name, wider in wider_places(Where(known.places[at])):
            yield name, known.replaced(at, None, wider.ids)
    for ask in known.asks.get(at, ()):
        for say, states in _wider_states(ask, fact):
            rest = tuple(one for one in known.asks[at] if one is not ask)
            yield say, known.replaced(at, (*rest, Ask(ask.variable, states, ask.wider)), None)
        if ask.variable == "birth":
            yield from _years(at, ask, known)
        if ask.variable == "family name":
            rest = tuple(one for one in known.asks[at] if one is not ask)
            yield fact.words.split()[0], known.replaced(at, rest, None)


def _left_out(at: int, facts: Sequence[StatedFact], known: Joined) -> Joined:
    """Without one fact; one of another kind that only these contradicted (age 7, a nurse) counts then."""
    kinds = {facts[other].kind for other in known.counted}
    if not any(why == CONTRADICTS and facts[other].kind not in kinds for other, why in known.reasons.items()):
        return known.without(at)
    others = [
        fact
        for other, fact in enumerate(facts)
        if other != at and not (known.reasons.get(other) == CONTRADICTS and fact.kind in kinds)
    ]
    return joined(others, known.counter, known.counter.today)


def _wider_states(ask: Ask, fact: StatedFact) -> Iterator[tuple[str, frozenset[str]]]:
    if ask.variable == "age" and len(ask.states) < 10:
        decade = min(map(int, ask.states)) // 10 * 10
        yield f"in my {decade}s" if decade else "under 10", _ages_from(decade)
    if ask.variable == "job":
        groups = {code.partition("/")[0] for code in ask.states}
        states = frozenset(code for group in groups for code in in_group(group))
        if len(groups) == 1 and states > ask.states:
            yield describe(Kind.OCCUPATION, Value("occupation", (groups.pop(),))), states


def _years(at: int, ask: Ask, known: Joined) -> Iterator[tuple[str, Joined]]:
    (code,) = ask.states if len(ask.states) == 1 else ("--",)
    if code.startswith("--"):
        return
    year = code[:4]
    if len(code) > 4:
        yield year, known.replaced(at, (Ask("birth", frozenset({year}), ask.wider),), None)
    ages = [age for age, share in enumerate(born_in(year, known.counter.today)) if share > 0]
    if ages:
        decade = max(ages) // 10 * 10
        yield f"in my {decade}s", known.replaced(at, (Ask("age", _ages_from(decade), 0.0),), None)


def _ages_from(decade: int) -> frozenset[str]:
    """The ages of one decade of life, as far as the tables go."""
    return frozenset(map(str, range(decade, min(decade + 10, AGES))))
