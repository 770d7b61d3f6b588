"""The facts put together: where, which states of which variables, and which facts cannot be counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import prod

from discretion.exposure._count import Counted, Counter
from discretion.exposure._facts import NOTHING_SAID, StatedFact
from discretion.exposure._where import Where, meant, narrowed, of_origin
from discretion.exposure.variables import Ask, asked
from discretion.knowledge.population import Stratum
from discretion.records import Kind, Value

CONTRADICTS = "contradicts an earlier fact"
UNKNOWN = "this kind of fact is not known"
SAID_TWICE = "said twice"
NO_TABLE_HERE = "no table counts this where the other facts place the person"
UNSEEN = {
    Kind.LOCATION: 1e-5,
    Kind.NAME: 1e-5,
    Kind.OCCUPATION: 2e-5,
    Kind.GENDER: 5e-4,
    Kind.HEALTH: 5e-4,
    Kind.RELIGION: 1e-3,
    Kind.ETHNICITY: 1e-3,
    Kind.ORIENTATION: 1e-3,
    Kind.EDUCATION: 1e-2,
    Kind.FINANCES: 1e-2,
    Kind.RELATIONSHIP: 1e-2,
    Kind.APPEARANCE: 1e-2,
}
"""What a fact may leave at least of the people, where its kind is counted but no table has it here: the share
of the rarest twentieth of the groups of that kind that our tables have, rounded down (tests/exposure/
test_unseen.py); of the last four, names and places our own choice. The number itself is not touched."""
SEEN = frozenset({SAID_TWICE, CONTRADICTS, UNKNOWN, NOTHING_SAID})
PLACES = frozenset({"place", "place_name"})
NAMES = frozenset({"first name", "family name"})
NAMES_NEED = "no table counts names worldwide; a country whose names are counted is needed"


Asked = Sequence[tuple[int, tuple[Ask, ...]]]
"""Facts by their index, with what they ask."""


@dataclass(frozen=True)
class Joined:
    """What is counted: ``asks`` and ``places`` by the index of their fact.

    ``reasons`` says of facts that are left out why, ``partly`` of counted ones which part is not.
    """

    counter: Counter
    asks: dict[int, tuple[Ask, ...]]
    places: dict[int, tuple[str, ...]]
    reasons: dict[int, str]
    partly: dict[int, str]
    direct: tuple[int, ...] = ()
    unseen: float = 1.0
    """What the facts that no table has may leave at least of those who fit the others."""

    @cached_property
    def counted(self) -> frozenset[int]:
        """The facts that take part."""
        return frozenset(self.asks) | frozenset(self.places)

    @cached_property
    def where(self) -> Where:
        """All facts on places together."""
        where = Where()
        for ids in self.places.values():
            where = narrowed(where, ids) or where
        return where

    @cached_property
    def states(self) -> dict[str, frozenset[str]]:
        """Variable → what all facts on it leave."""
        found: dict[str, frozenset[str]] = {}
        for asks in self.asks.values():
            _narrow(found, asks)
        return found

    @cached_property
    def strata(self) -> tuple[Stratum, ...]:
        """Among whom is counted; without a place, those of an origin are looked for where they live."""
        origins = [name.partition("/")[2] for name in self.states if name.startswith("origin ")]
        if self.where.ids or not origins:
            return self.where.strata
        return of_origin(origins[0].partition(".")[0])

    def count(self) -> Counted:
        """The people who fit."""
        scales: dict[str, float] = {}
        wider: dict[str, float] = {}
        for ask in (ask for asks in self.asks.values() for ask in asks):
            scales[ask.variable] = min(ask.scale, scales.get(ask.variable, 1.0))
            wider[ask.variable] = max(ask.wider, wider.get(ask.variable, 0.0))
        variance = sum(more**2 for more in wider.values())
        return self.counter.count(self.states, self.strata, variance, prod(scales.values()))

    def asking(self, at: int, asks: tuple[Ask, ...]) -> Joined:
        """The same with one fact more; its places and states, once known, are not put together anew."""
        others = (self.places, self.reasons, self.partly, self.direct, self.unseen)
        further = Joined(self.counter, {**self.asks, at: asks}, *others)
        states = dict(self.states)
        _narrow(states, asks)
        further.__dict__.update(where=self.where, states=states)  # where cached properties keep theirs
        return further

    def without(self, at: int) -> Joined:
        """The same without one fact."""
        return self.replaced(at, None, None)

    def replaced(self, at: int, asks: tuple[Ask, ...] | None, ids: tuple[str, ...] | None) -> Joined:
        """The same with another thing said in the place of one fact."""
        other_asks = {key: one for key, one in self.asks.items() if key != at}
        other_places = {key: one for key, one in self.places.items() if key != at}
        if asks:
            other_asks[at] = asks
        if ids:
            other_places[at] = ids
        direct = tuple(one for one in self.direct if one != at)
        changed = replace(self, asks=other_asks, places=other_places, direct=direct)
        return changed._with_tables()

    def lost(self, at: int, changed: Joined) -> frozenset[str]:
        """Variables of other facts than ``at`` that no table has any more once that fact is changed."""
        others = {ask.variable for key, asks in self.asks.items() if key != at for ask in asks}
        return frozenset(others - changed.states.keys())

    def _with_tables(self) -> Joined:
        """Without the variables that no table has among these people."""
        return self.only(
            name
            for name, states in self.states.items()
            if self.counter.share(name, states, self.strata) is not None
        )

    def only(self, variables: Iterable[str]) -> Joined:
        """The same, of these variables only."""
        names = frozenset(variables)
        if names >= self.states.keys():
            return self
        kept = {
            at: left
            for at, asks in self.asks.items()
            if (left := tuple(ask for ask in asks if ask.variable in names))
        }
        return replace(self, asks=kept)

    def source(self, at: int, whole: Counted) -> str:
        """The tables that one fact was counted with."""
        found = [
            whole.sources[ask.variable] for ask in self.asks.get(at, ()) if ask.variable in whole.sources
        ]
        if at in self.places:
            found += sorted({stratum.source for stratum in self.strata})[:2]
        return "; ".join(dict.fromkeys(found))


def joined(facts: Sequence[StatedFact], counter: Counter, today: date) -> Joined:
    """Put facts together in their order; one that nobody can fit beside the earlier ones is left out."""
    direct = tuple(at for at, fact in enumerate(facts) if fact.is_direct)
    known = Joined(counter, {}, {}, {}, {}, direct)
    seen: set[tuple[str, object]] = set()
    late: list[tuple[int, tuple[Ask, ...]]] = []
    for at, fact in enumerate(facts):
        if at in direct:
            continue
        value, asks = _read(fact, counter, today)
        if isinstance(value, str):
            known.reasons[at] = value
            continue
        mark = (fact.kind, (value.system, value.codes, value.low, value.high))
        if mark in seen:
            known.reasons[at] = SAID_TWICE
            continue
        seen.add(mark)
        if value.system in PLACES:
            known = _placed(known, at, value)
            continue
        if isinstance(asks, str):
            known.reasons[at] = asks
        else:
            late.append((at, asks))
    known = _with_asks(known, late)  # after the places, which decide on the tables
    unseen = (facts[at].known_kind for at, why in known.reasons.items() if why not in SEEN)
    least = prod(UNSEEN.get(kind, 1.0) for kind in unseen if kind)
    return replace(known, unseen=least * prod(UNSEEN[Kind.NAME] for _ in known.partly))


def _read(fact: StatedFact, counter: Counter, today: date) -> tuple[Value | str, tuple[Ask, ...] | str]:
    """The fact's value and what it asks, or why not; read once for all that one counter counts."""
    known = counter.read.get(fact)
    if known is None:
        value = fact.normalised(today)
        asks: tuple[Ask, ...] | str = ()
        if isinstance(value, Value) and value.system not in PLACES:
            asks = asked(fact.known_kind, value, fact.said) if fact.known_kind else UNKNOWN
        known = counter.read[fact] = value, asks
    return known


def _with_asks(known: Joined, late: Asked) -> Joined:
    """With everything asked, in its order, but for facts that leave nobody beside those before them."""
    left = list(late)
    gone: dict[int, str] = {}
    while True:
        found = _all_asked(known, left, gone)
        if not found.asks or found.count().people > 0:
            return found
        low, high = 0, len(left) - 1  # the first fact with which nobody is left lies between, both included
        while low < high:
            middle = (low + high) // 2
            before = _all_asked(known, left[: middle + 1], gone)
            if before.asks and before.count().people <= 0:
                high = middle
            else:
                low = middle + 1
        gone[left.pop(low)[0]] = CONTRADICTS


def _all_asked(known: Joined, late: Asked, gone: Mapping[int, str]) -> Joined:
    found = replace(known, reasons={**known.reasons, **gone}, partly=dict(known.partly))
    for at, asks in late:
        found = _asked(found, at, asks)
    return found


def _placed(known: Joined, at: int, value: Value) -> Joined:
    ids = meant(value)
    if not ids:
        known.reasons[at] = "no table counts the people of this place"
        return known
    if narrowed(known.where, ids) is None:
        known.reasons[at] = CONTRADICTS
        return known
    return replace(known, places={**known.places, at: ids})


def _narrow(states: dict[str, frozenset[str]], asks: Iterable[Ask]) -> None:
    """Leave of each variable's states those that are asked; of dates of birth any that were said."""
    for ask in asks:
        before = states.get(ask.variable)
        is_date = ask.variable == "birth" and before is not None
        states[ask.variable] = (
            ask.states if before is None else before | ask.states if is_date else before & ask.states
        )


def _asked(known: Joined, at: int, asks: tuple[Ask, ...]) -> Joined:
    further = known.asking(at, asks)
    if any(not states for states in further.states.values()):
        known.reasons[at] = CONTRADICTS
        return known
    has = tuple(
        ask
        for ask in asks
        if known.counter.share(ask.variable, further.states[ask.variable], further.strata) is not None
    )
    if not has:
        is_name = not known.where.ids and NAMES.issuperset(ask.variable for ask in asks)
        known.reasons[at] = NAMES_NEED if is_name else NO_TABLE_HERE
        return known
    if len(has) < len(asks):
        further = known.asking(at, has)
        missing = " and ".join(ask.variable.partition(" of ")[0] for ask in asks if ask not in has)
        known.partly[at] = f"{missing}: {NO_TABLE_HERE}"
    return further
