"""What the ledger keeps in place of a fact's words: the normalised value, and its form in the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from discretion.exposure._facts import StatedFact
from discretion.exposure._ledger_names import name_form
from discretion.exposure._ledger_past import is_past
from discretion.exposure.variables.work import occupations_meant
from discretion.knowledge import normalise, place, places_named
from discretion.records import Finding, Frame, Kind, Value
from discretion.text import Message

_BETWEEN = "|"
"""Stands between the parts of a value; no system, code or unit holds it, nor a code a blank."""
_ANY_DAY = date(2000, 1, 1)
"""Addresses do not depend on the day."""
NAMED_AS = "named_as"
"""In the database only: a name that many places bear, as the id of one that bears it."""


def fact_value(message: Message, finding: Finding, *, is_own: bool) -> Value | None:
    """The value by which a fact is told apart and counted; ``None`` where the words alone tell it apart.

    The guard's own where it made one; also of the user's own facts inside a story. What is told of an earlier
    time has none, but a faith that was left is one of its own.
    """
    kind = finding.kind
    words = finding.span.of(message.text)
    if is_past(message, finding):
        return normalise(kind, f"formerly {words}") if kind is Kind.RELIGION else None
    if finding.value is not None:
        return _narrowed(finding.value, words)
    if kind.is_identifier and kind is not Kind.DATE_OF_BIRTH:
        return None
    if not is_own and finding.frame is not Frame.SELF:
        return None
    day = message.sent_at.date() if message.sent_at else None
    return _narrowed(normalise(kind, words, reference=day), words)


def _narrowed(value: Value | None, words: str) -> Value | None:
    """A group of occupations narrowed to those that the words mean, since the words are gone afterwards.

    Of such a value one of the codes holds, as "nurse" is one of five occupations.
    """
    if value is None or value.system != "occupation" or len(value.codes) != 1:
        return value
    meant = occupations_meant(value.code, words)
    return replace(value, codes=tuple(sorted(meant))) if meant else value


def kept_value(words: str, kind: Kind, value: Value | None, *, is_own: bool) -> Value | None:
    """What of a fact's value is kept: never words. A name leaves its form, a ZIP code itself."""
    if kind is Kind.NAME:
        return name_form(words) if is_own else None
    if kind is Kind.STREET_ADDRESS:
        return _zip_alone(words)
    return None if value is None or value.system == "text" else value


def _zip_alone(words: str) -> Value | None:
    """The ZIP code where nothing else was said; a whole address leaves no value: it is found by its form."""
    fact = StatedFact(Kind.STREET_ADDRESS.value, words)
    value = None if fact.is_direct else fact.normalised(_ANY_DAY)
    return value if isinstance(value, Value) else None


def written(value: Value | None) -> str | None:
    """A value as it stands in the database; ``None`` where it would be a word."""
    if value is None:
        return None
    if value.system == "place_name":
        one = _bearer(value.code)
        if one is None:
            return None
        value = Value(NAMED_AS, (one,))
    bounds = ("" if bound is None else f"{bound:.12g}" for bound in (value.low, value.high))
    return _BETWEEN.join([value.system, " ".join(value.codes), *bounds, value.unit])


def read(text: str) -> Value | None:
    """The value that ``written`` wrote; ``None`` where this version does not know the place any more."""
    system, codes, low, high, unit = text.split(_BETWEEN)
    if system != NAMED_AS:
        return Value(system, tuple(codes.split()), _bound(low), _bound(high), unit)
    known = place(codes)
    return Value("place_name", (_name(known.name),)) if known else None


def _bound(text: str) -> float | None:
    return float(text) if text else None


@lru_cache(maxsize=1_000)
def _bearer(name: str) -> str | None:
    """A place by whose own name the same places are found."""
    meant = [one.id for one in places_named(name)]
    for one in meant:
        known = place(one)
        if known and [other.id for other in places_named(_name(known.name))] == meant:
            return one
    return None


def _name(name: str) -> str:
    value = normalise(Kind.LOCATION, name)
    return value.code if value is not None and value.system == "place_name" else name.casefold()
