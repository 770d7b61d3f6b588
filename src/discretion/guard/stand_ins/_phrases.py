"""A place, an employer or a school as it is told: only the names in it change."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from discretion.guard.stand_ins._maker import Found, Maker
from discretion.guard.stand_ins._neutral import missing_phrase
from discretion.guard.stand_ins._own_names import own_names
from discretion.guard.stand_ins._places import region_named, states_of_america, town_named
from discretion.guard.stand_ins._replacement import Replacement
from discretion.guard.stand_ins._seam import Asked
from discretion.guard.stand_ins._spelling import in_case_of
from discretion.records import Kind, Pair

IN_PHRASES = frozenset({Kind.LOCATION, Kind.WORKPLACE, Kind.EDUCATION})
"""Kinds that are told in phrases: "second year nursing" holds no name and goes out as it is."""
_CODE = 2
"""Letters of a state's postal code."""


def replaced_phrase(maker: Maker, kind: Kind, text: str, start: int, end: int) -> list[Replacement]:
    """The replacements of the names in ``text[start:end]``, each with a pair of its own.

    A state's code has one with the town before it only ("Gary, IN"): "IN" alone is a word.
    """
    found: list[Replacement] = []
    for first, stop in own_names(kind, text[start:end]):
        at, to = start + first, start + stop
        town = (
            found[-1]
            if found and to - at == _CODE and text[found[-1].end : at].strip() in ("", ",")
            else None
        )
        if town and town.pair:
            found[-1:] = _with_state(maker, text, town, town.pair, at, to)
            continue
        pair = maker.pair_for(Found(kind, text, at, to))
        if pair is None:
            found.append(Replacement(at, to, kind, missing_phrase(kind, text, at), None))
        else:
            new = in_case_of(text[at:to], pair.real, pair.stand_in)
            found.append(Replacement(at, to, pair.kind, new, pair))
    return found


def _with_state(
    maker: Maker, text: str, town: Replacement, own: Pair, at: int, to: int
) -> tuple[Replacement, ...]:
    """The replacements of a town and the code behind it: two, so that the town restores by itself, too."""
    between = text[town.end : at]
    offer = partial(_codes, own, between, text[at:to])
    pair = maker.pair_for(Found(town.kind, text, town.start, to), offer=offer)
    if pair is None:
        return (town, Replacement(at, to, town.kind, missing_phrase(town.kind, text, at), None))
    new = in_case_of(text[town.start : to], pair.real, pair.stand_in)
    if new.lower() == f"{town.text}{between}{new[-_CODE:]}".lower():
        return (town, Replacement(at, to, town.kind, new[-_CODE:], pair))
    return (Replacement(town.start, to, town.kind, new, pair),)


def _codes(town: Pair, between: str, code: str, asked: Asked) -> Iterator[str]:
    """The town's stand-in with the code of its state, else of any other."""
    known = town_named(town.stand_in)
    own = f"US.{code.upper()}"
    states = [one for one in states_of_america() if one != own]
    asked.random.shuffle(states)
    lies_in = known.region if known else region_named(town.stand_in, "US")
    for state in (lies_in, *states) if lies_in in states else states:
        yield f"{town.stand_in}{between}{state.removeprefix('US.')}"
