"""From the ledger to the estimate: which of the told facts are of the user, and how old they are by now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import floor

from discretion.exposure._facts import SHAPES, StatedFact
from discretion.exposure._ledger_names import name_form
from discretion.exposure.identifiability import estimate, not_estimated
from discretion.knowledge import describe
from discretion.records import Disclosure, Estimate, Frame, Kind, NotChecked, Value

NOT_KEPT = "values not kept"
DAYS_A_YEAR = 365.2425
MOST_OF_A_KIND = 20
"""Further values of one kind only contradict the ones told more often."""
NO_VALUE = "the words gave no value that can be counted"
NAME_NOT_KEPT = "names are not kept"
SHORTER_NAME = "a part of another name that was told"
_AGEING = frozenset({"age", "relationship"})
"""Systems whose number of years grows while time passes."""


@dataclass(slots=True)
class Fact:
    """One fact over all platforms and personas."""

    newest: Disclosure
    times: int
    value: Value | None
    is_value_kept: bool


def stated(disclosures: Iterable[Disclosure], today: date) -> tuple[StatedFact, ...]:
    """The user's facts among ``disclosures`` as ``identifiability.estimate`` takes them.

    What was told of a life, and of a story what is the user's own or an identifier by its form; each fact
    once, most often told first, so that a rare mistake contradicts rather than the rule, and of those told
    equally often the latest, since people move. Years are counted on from when they were last told. Words are
    labels made from the values.
    """
    facts = sorted(
        _facts(disclosures),
        key=lambda one: (one.times, _last(one.newest), -(one.newest.number or 0), one.newest.digest),
        reverse=True,
    )
    longest = max((name_words(one) for one in facts), default=0)
    name = next((one for one in facts if longest and name_words(one) == longest), None)
    return tuple(stated_fact(one, today, is_counted_name=one is name) for one in facts)


def unkept(disclosures: Iterable[Disclosure]) -> tuple[int, int]:
    """How many of the user's facts have no value because none was to be kept, and how many there are."""
    facts = _facts(disclosures)
    return sum(not one.is_value_kept for one in facts), len(facts)


def estimate_told(disclosures: Sequence[Disclosure], today: date) -> tuple[Estimate, NotChecked | None]:
    """The estimate of what was told, and what it could not check.

    Where no value was kept, there is none: ``NotChecked("estimate", "values not kept")``. Where some were
    not, the number is of the others and the reason says how many were not. Of each kind the
    ``MOST_OF_A_KIND`` facts told most often are looked at.
    """
    facts = _first_of_each_kind(stated(disclosures, today))
    missing, all_facts = unkept(disclosures)
    if missing and missing == all_facts:
        return not_estimated(NOT_KEPT, facts), NotChecked("estimate", NOT_KEPT)
    told = estimate(facts, today=today)
    if missing:
        return told, NotChecked("estimate", f"{NOT_KEPT}: {missing} of {all_facts} facts")
    return told, None


def _first_of_each_kind(facts: Iterable[StatedFact]) -> list[StatedFact]:
    seen: Counter[str] = Counter()
    first = []
    for one in facts:
        seen[one.kind] += 1
        if seen[one.kind] <= MOST_OF_A_KIND:
            first.append(one)
    return first


def _facts(disclosures: Iterable[Disclosure]) -> list[Fact]:
    told: dict[tuple[Kind, bytes], list[Disclosure]] = {}
    for one in disclosures:
        if one.frame is Frame.SELF or one.is_own or one.kind.is_identifier:
            told.setdefault((one.kind, one.digest), []).append(one)
    return [_joined(same) for same in told.values()]


def _joined(same: list[Disclosure]) -> Fact:
    """One fact; through two sources the same message may have come twice, so the larger count stands."""
    times: dict[tuple[str, str, Frame], int] = {}
    for one in same:
        where = (one.platform, one.persona, one.frame)
        times[where] = max(times.get(where, 0), one.times)
    with_value = [one for one in same if one.value is not None] or [one for one in same if one.is_value_kept]
    newest = max(with_value or same, key=_last)
    return Fact(newest, sum(times.values()), newest.value, bool(with_value))


def _last(one: Disclosure) -> datetime:
    return one.last_at or one.noted_at


def name_words(fact: Fact) -> int:
    """How many words the user's own name has where the vault's own facts tell it, else 0."""
    is_told = fact.newest.kind is Kind.NAME and fact.value is not None and fact.value.system == "text"
    return len(fact.value.code.split()) if is_told and fact.value else 0


def stated_fact(fact: Fact, today: date, *, is_counted_name: bool) -> StatedFact:
    """The fact as the estimate takes it: its value as of ``today`` under a label, or why it has none.

    Of the user's own names one is counted (``is_counted_name``).
    """
    kind = fact.newest.kind
    value = _aged(fact.value, _last(fact.newest).date(), today) if fact.value else None
    is_told_name = kind is Kind.NAME and value is not None and value.system == "text"
    words = describe(kind, name_form(value.code) if is_told_name and value else value)
    if not fact.is_value_kept:
        return StatedFact(kind.value, words, no_value=NOT_KEPT, is_label=True)
    if kind is Kind.NAME and not is_counted_name:
        why = SHORTER_NAME if name_words(fact) else NAME_NOT_KEPT
        return StatedFact(kind.value, words, no_value=why, is_label=True)
    if value is not None:
        return StatedFact(kind.value, words, value, is_label=True)
    if kind in SHAPES:
        return StatedFact(kind.value, words, is_found_direct=True, is_label=True)
    return StatedFact(kind.value, words, no_value=NO_VALUE, is_label=True)


def _aged(value: Value, told: date, today: date) -> Value:
    """``value`` as it is ``today``: told as 34 two years and a half ago, it is 36 or 37."""
    days = (today - told).days
    if value.system not in _AGEING or value.unit != "years" or days <= 0:
        return value
    years = days / DAYS_A_YEAR
    least = floor(years)
    most = least + (years > least)
    return replace(
        value,
        low=None if value.low is None else value.low + least,
        high=None if value.high is None else value.high + most,
    )
