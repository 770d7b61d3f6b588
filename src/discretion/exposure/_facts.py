"""The facts that an estimate is made of, and their file: a JSON list of kinds and values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from discretion.knowledge import normalise
from discretion.records import DiscretionError, Kind, Value

MOST_BYTES = 1_000_000
MOST_FACTS = 1_000
"""A longer file of facts is refused."""
LONGEST_KIND = 40
NO_PLACE = "this place is in no table"
NOTHING_SAID = "the value is empty"

_LONG_NUMBER = r"(?=(?:\D*\d){4})[^\W_].*[^\W_]"
SHAPES: Mapping[Kind, re.Pattern[str]] = {
    kind: re.compile(shape, re.IGNORECASE | re.DOTALL)
    for kind, shape in {
        Kind.EMAIL: r"\S+@[^\s@]+\.[^\s@.]+",
        Kind.PHONE: r"[+(\d](?:\D{0,3}\d){6,}.{0,12}",
        Kind.STREET_ADDRESS: r"(?=.*\d)(?=.*[^\W\d_]{2}).{8,}",
        Kind.USERNAME: r"@?(?!(?:none|nil|null|nope|unknown|never|empty|blank|no|n-a|na)$)[\w][\w.\-#]{2,}",
        Kind.GOVERNMENT_ID: _LONG_NUMBER,
        Kind.PAYMENT_CARD: r"\d(?:[ -]?\d){11,18}.{0,40}",
        Kind.BANK_ACCOUNT: _LONG_NUMBER,
        Kind.CRYPTO_WALLET: r"\S{20,}",
        Kind.IP_ADDRESS: r"\d{1,3}(?:\.\d{1,3}){3}(?:[:/]\d+)?|(?=.*:.*:)[0-9a-f:.]+(?:%\w+|/\d+)?",
        Kind.COORDINATES: r"(?=(?:.*?\d+){2}).{5,}",
        Kind.VEHICLE_PLATE: r"(?=.*\d)[^\W_][\w \-]{2,11}",
    }.items()
}
"""Kinds that lead to one person or household by themselves, and the form of their values."""

_KINDS = {str(kind): kind for kind in Kind}
_ZIP = re.compile(r"\D{0,12}(\d{5})(?:-\d{4})?\s*")
_TOWN_ZIP = re.compile(r"[^\W\d][^\d]{0,60}?[\s,]([0-9]{5})(?:-\d{4})?\s*")
_STREET = re.compile(
    r"\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|way|place|pl|boulevard|blvd|terrace|close"
    r"|house|cottage|farm|apt|unit|box)\b(?!\.?\s*(?:louis|paul|george|petersburg|cloud|charles|augustine))",
    re.IGNORECASE,
)
"""Words of a street or house; "St. Louis" has none."""
_DECADE = re.compile(r"\s*([1-9])0'?s\s*")
"""In a chat "80s" may be years of the calendar; said as an age, it is one."""
_SIDE = r"(?:(?:north|south|east|west)(?:ern)?|(?:north|south)[ -]?(?:east|west)(?:ern)?|central|middle)"
_CONTINENT = r"(?:(?:sub-saharan )?africa|asia|europe|oceania|antarctica|australasia|eurasia|latin america)"
_NO_PLACE = re.compile(
    rf"\s*(?:in |from )?(?:the )?(?:{_CONTINENT}|(?!south africa){_SIDE}[ -]{_CONTINENT}|{_SIDE} america"
    rf"|americas|(?:{_SIDE} )?(?:coast|country|countryside)|(?:far |middle |near )?(?:north|east|west)"
    r"|up north|down south|abroad|overseas|elsewhere|away|here|there|home|earth|world|suburbs"
    r"|downtown|central|city|town|caribbean|scandinavia|balkans|middle east|gulf|tropics|orient"
    r"|polynesia|melanesia)[.!]?\s*",
    re.IGNORECASE,
)
"""Continents, regions of the United Nations and words for no place in particular: as a whole answer they are
never the town of that name. The Midwest, the Northeast and the South are Census regions, with a table."""
_NEGATIVE = re.compile(r"\s*[-\u2212\u2013]\s*\d")


class FactsNotReadable(DiscretionError):
    """The file of facts is no JSON list of ``{"kind": …, "value": …}``, or is too big."""

    exit_code = 2


@dataclass(frozen=True, slots=True, repr=False)
class StatedFact:
    """One disclosed fact: its kind, the words (or what stands for them) and, where it is kept, its value.

    ``kind`` is a string so that a kind nobody knows can be shown as not checked. ``is_found_direct``: the
    guard found a direct identifier by its form and the words are not kept. ``no_value`` says why a fact from
    the ledger has no value. ``is_label``: the words are a label made from the value and are not read.
    """

    kind: str
    words: str
    value: Value | None = None
    is_found_direct: bool = False
    no_value: str | None = None
    is_label: bool = False

    def __repr__(self) -> str:
        return "<StatedFact, hidden>"

    @property
    def known_kind(self) -> Kind | None:
        """The kind of the taxonomy, ``None`` where the name is in none."""
        return _KINDS.get(self.kind)

    @property
    def said(self) -> str:
        """The words that were said; empty where only a label is left of them."""
        return "" if self.is_label else self.words

    @property
    def is_direct(self) -> bool:
        """Whether the fact names one person or household by itself; a ZIP code without a street does not."""
        if self.is_found_direct:
            return True
        is_zip = self.known_kind is Kind.STREET_ADDRESS and _zip_alone(self.words) is not None
        if is_zip or self.value is not None or self.no_value is not None:
            return False
        shape = SHAPES.get(self.known_kind) if self.known_kind else None
        return shape is not None and shape.fullmatch(self.words.strip()) is not None

    def normalised(self, today: date) -> Value | str:
        """The value, or why there is none."""
        kind = self.known_kind
        if self.value is not None:
            return self.value
        if self.no_value is not None:
            return self.no_value
        if kind is None:
            return "this kind of fact is not known"
        if not self.words.strip():
            return NOTHING_SAID
        if kind in SHAPES and kind is not Kind.STREET_ADDRESS:
            return f"these words have not the form of {kind}"
        if kind is Kind.AGE and _NEGATIVE.match(self.words):
            return "an age is not negative"
        if kind is Kind.AGE and (found := _DECADE.fullmatch(self.words)):
            return Value("age", (), 10 * int(found[1]), 10 * int(found[1]) + 9, "years")
        if kind in (Kind.LOCATION, Kind.STREET_ADDRESS) and (code := _zip_alone(self.words)):
            return Value("place", (f"zip:{code}",))
        if kind is Kind.LOCATION and _NO_PLACE.fullmatch(self.words):
            return NO_PLACE
        value = normalise(kind, self.words, reference=today)
        if value is None:
            return NO_PLACE if kind is Kind.LOCATION else "the words give no value that can be counted"
        return value


def _zip_alone(words: str) -> str | None:
    """The ZIP code where there is no house beside it: alone, or behind a town and a state."""
    found = _ZIP.fullmatch(words) or _TOWN_ZIP.fullmatch(words)
    return found[1] if found and not _STREET.search(words) else None


def read_facts(data: bytes) -> tuple[StatedFact, ...]:
    """The facts in a JSON document ``[{"kind": "age", "value": "34"}, …]``; a whole number is taken as text.

    Raises ``FactsNotReadable``; its message names positions, never values.
    """
    if len(data) > MOST_BYTES:
        raise FactsNotReadable(f"the facts are more than {MOST_BYTES} bytes; name fewer")
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=_refused)
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise FactsNotReadable('the facts are not JSON; write [{"kind": "age", "value": "34"}]') from None
    if not isinstance(document, list):
        raise FactsNotReadable("the facts are JSON, but no list; put [ ] around them")
    if len(document) > MOST_FACTS:
        raise FactsNotReadable(f"{len(document)} facts; at most {MOST_FACTS} can be read")
    return tuple(_fact(at, one) for at, one in enumerate(document, start=1))


def _refused(constant: str) -> None:
    raise ValueError(constant)


def _fact(at: int, one: Any) -> StatedFact:
    if not isinstance(one, dict):
        raise FactsNotReadable(f"fact {at} is no object with kind and value")
    kind, value = one.get("kind"), one.get("value")
    if not isinstance(kind, str) or not 0 < len(kind) <= LONGEST_KIND:
        raise FactsNotReadable(f'fact {at} has no "kind" that is a short text')
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**20:
        value = str(value)
    if not isinstance(value, str):
        raise FactsNotReadable(f'fact {at} has no "value" that is a text')
    return StatedFact(kind, value.encode("utf-8", "replace").decode("utf-8"))
