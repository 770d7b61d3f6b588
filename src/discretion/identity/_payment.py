"""Ways of paying and how far each keeps the payment apart: our reasoning, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from discretion.identity._data import table
from discretion.identity._errors import ValueNotValid


@dataclass(frozen=True, slots=True)
class PaymentWay:
    """One way of paying: what the platform learns, what a statement shows, what is lost, what it is good for.

    ``separation`` is our own grade: ``none``, ``some`` or ``much``. ``source``, ``as_of`` and ``quote`` name
    the page that a sentence leans on; empty where all of it is our own reasoning.
    """

    id: str
    name: str
    separation: str
    platform_learns: str
    statement_shows: str
    you_lose: str
    good_for: str
    source: str = ""
    as_of: str = ""
    quote: str = ""


@cache
def payment_ways() -> tuple[PaymentWay, ...]:
    """Every way that we have something to say of."""
    return tuple(PaymentWay(id=name, **row) for name, row in table("payment").items())


def payment_way(name: str) -> PaymentWay:
    """The way with this id. Raises ``ValueNotValid``."""
    for way in payment_ways():
        if way.id == name.strip().casefold().replace("-", "_"):
            return way
    raise ValueNotValid(f"the ways of paying are {', '.join(way.id for way in payment_ways())}")
