"""The seam of the stand-ins: what is asked for, who offers, how the offers of each kind are found.

Every module in ``discretion.guard.stand_ins.kinds`` offers stand-ins for the kinds that it marks with
``@offers``. An offer knows neither the conversation nor what is taken: it yields candidates, best first, and
the table takes the first that nothing speaks against.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from random import Random

from discretion.records import Kind, Pair


@dataclass(frozen=True, slots=True)
class Asked:
    """What a stand-in is wanted for.

    ``words`` are the user's, as written; ``before`` and ``after`` up to 60 characters around them. ``locale``
    is a country code (ISO 3166-1, upper case). ``known`` are this persona's pairs of the same kind: where
    ``words`` are another notation of one of them, the stand-in is that one's in the same notation.
    ``random`` is seeded by persona, kind and value: the same value gets the same candidates in one order.
    """

    kind: Kind
    words: str = field(repr=False)
    random: Random = field(repr=False)
    today: date
    before: str = field(default="", repr=False)
    after: str = field(default="", repr=False)
    locale: str = "US"
    known: tuple[Pair, ...] = ()


Offer = Callable[[Asked], Iterator[str]]
"""Candidates for what is asked, best first, written in the way the user wrote; may be endless or empty."""

_OFFERS: dict[Kind, Offer] = {}


def offers(*kinds: Kind) -> Callable[[Offer], Offer]:
    """Mark a function as what offers stand-ins for ``kinds``. Raises ``ValueError`` for a second one."""

    def mark(offer: Offer) -> Offer:
        for kind in kinds:
            if _OFFERS.setdefault(kind, offer) is not offer:
                raise ValueError(f"two modules offer stand-ins for {kind.value}")
        return offer

    return mark


@cache
def discovered() -> dict[Kind, Offer]:
    """The offer of every kind that has one."""
    from discretion.guard.stand_ins import kinds as package

    for info in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{info.name}")
    return dict(_OFFERS)
