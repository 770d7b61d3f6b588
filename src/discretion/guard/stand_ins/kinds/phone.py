"""Stand-ins for telephone numbers: from the range that each country keeps for fiction, written alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

import phonenumbers

from discretion.guard.stand_ins._alike import drawn, other_figures
from discretion.guard.stand_ins._fiction_numbers import (
    NORTH_AMERICA,
    area_code,
    countries,
    groups,
    line,
    of_country,
    ranges,
)
from discretion.guard.stand_ins._figures import Figures, language_of, said
from discretion.guard.stand_ins._seam import Asked, offers
from discretion.records import Kind

_EXTENSION = re.compile(r"\s?,?\s?(?:x|ext\.?|extension)\s?\d{1,6}$", re.IGNORECASE)
_PLUS = re.compile(r"^\W{0,3}\+|^\W{0,3}plus\b", re.IGNORECASE)
# A named exchange, as numbers were given in North America until the 1960s ("PEnnsylvania 6-5000").
_EXCHANGE = re.compile(r"[A-Z]{2}[a-z]{2,12} \d-\d{4}$")
_FICTION_EXCHANGE = "KLondike 5"
"""555 as it was said: K and L stand on the 5."""
_SPOKEN_IN = {"fr": "FR", "de": "DE", "sv": "SE"}
_AREA, _LOCAL, _WHOLE = 5, 7, 10
_SHORTEST_PIECE = 3
_USES = {
    phonenumbers.PhoneNumberType.MOBILE: "mobile",
    phonenumbers.PhoneNumberType.FIXED_LINE: "fixed",
    phonenumbers.PhoneNumberType.TOLL_FREE: "free",
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the country that it is of; ``prefix`` is what is dialled before the ``national`` one."""

    figures: Figures = field(repr=False)
    country: str
    prefix: str
    national: str = field(repr=False)
    use: str = "any"

    @property
    def is_american(self) -> bool:
        """Whether it is of the North American plan."""
        return self.country in {"US", "CA"}


def read(words: str, locale: str) -> Number | None:
    """The number in ``words``; ``None`` for a piece of one, or where no country has such numbers."""
    figures = Figures.read(words)
    digits = figures.digits
    if _PLUS.search(words) or digits.startswith("00"):
        return _parsed(figures, "+" + digits.removeprefix("00"), "")
    if len(digits) == _LOCAL and locale in {"US", "CA"}:
        return Number(figures, locale, "", digits)
    if len(digits) <= _LOCAL:
        return None
    abroad = countries() if digits.startswith("0") else ()
    found = [number for country in (locale, "US", *abroad) if (number := _parsed(figures, digits, country))]
    shape = tuple(len(atom.digits) for atom in figures.atoms)
    as_there = [number for number in found if groups(number.country, number.national) == shape]
    spoken = _SPOKEN_IN.get(language_of(words), "") if figures.is_spoken else ""
    said = [number for number in found if number.country == spoken]
    first = [number for number in found[:1] if number.country == locale]
    return next(iter(first or said or as_there or found), None)


def _parsed(figures: Figures, digits: str, country: str) -> Number | None:
    try:
        number = phonenumbers.parse(digits, country or None)
    except phonenumbers.NumberParseException:
        return None
    national = phonenumbers.national_significant_number(number)
    region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    if number.country_code == int(NORTH_AMERICA):
        is_canadian = phonenumbers.region_code_for_number(number) == "CA" or country == "CA"
        region = "CA" if is_canadian else "US"
    is_fiction = any(national.startswith(row.prefix) for row in ranges(region))
    if country and not (phonenumbers.is_valid_number(number) or is_fiction):
        return None
    if country and region != country and country in countries():
        return None
    if not figures.digits.endswith(national):
        return None
    use = _USES.get(phonenumbers.number_type(number), "any")
    if is_fiction:
        use = next(row.use for row in ranges(region) if national.startswith(row.prefix))
    return Number(figures, region, figures.digits[: -len(national)], national, use)


@offers(Kind.PHONE)
def phone(asked: Asked) -> Iterator[str]:
    """Numbers that nobody is given, in the user's grouping, in words where the user's are in words."""
    match = _EXTENSION.search(asked.words)
    words, tail = (asked.words[: match.start()], match.group()) if match else (asked.words, "")
    if _EXCHANGE.match(words):
        yield from drawn(lambda: f"{_FICTION_EXCHANGE}-{line(asked.random)[3:]}")
        return
    number = read(words, asked.locale)
    made = chain(_known(words, number, asked), drawn(lambda: next(fresh, None)))
    fresh = _fresh(words, number, asked)
    for one in made:
        yield one + "".join(other_figures(c, asked.random) if c.isdecimal() else c for c in tail)


def _known(words: str, number: Number | None, asked: Asked) -> Iterator[str]:
    """What a number is called that was seen before in another writing, whole or a piece of it."""
    digits = Figures.read(words).digits
    for pair in asked.known:
        real, stand_in = read(pair.real, asked.locale), read(pair.stand_in, asked.locale)
        if not pair.is_active or not real or not stand_in:
            continue
        if number and real.national == number.national:
            yield from _written(number, stand_in.country, stand_in.national)
        elif number and real.national.endswith(number.national):
            yield from _written(number, stand_in.country, stand_in.national[-len(number.national) :])
        elif (
            number is None and len(digits) >= _SHORTEST_PIECE and len(real.national) == len(stand_in.national)
        ):
            at = real.national.rfind(digits)
            piece = Figures.read(words).filled(stand_in.national[at : at + len(digits)]) if at >= 0 else None
            yield from [piece] if piece else []


def _fresh(words: str, number: Number | None, asked: Asked) -> Iterator[str]:
    if number is None:
        yield from _pieces(words, asked)
    elif number.is_american or not ranges(number.country):
        country = number.country if number.is_american else "US"
        while True:
            code, tail = area_code(country, asked.random), line(asked.random)
            if not number.national.startswith(code) and tail[-2:] != number.national[-2:]:
                is_local = number.is_american and len(number.national) == _LOCAL
                yield from _written(number, country, tail if is_local else code + tail)
    else:
        shape = tuple(len(atom.digits) for atom in number.figures.atoms)
        for made in of_country(number.country, number.use, number.national, shape, asked.random):
            yield from _written(number, number.country, made)


def _pieces(words: str, asked: Asked) -> Iterator[str]:
    """A part of a number, or figures that no plan has room for: an American number, else other figures."""
    figures = Figures.read(words)
    count, shape = len(figures.digits), tuple(len(atom.digits) for atom in figures.atoms)
    while figures.digits:
        own = [row for row in ranges(asked.locale) if row.use in {"fixed", "any"} and row.length >= count]
        if own and count > _AREA:
            made = asked.random.choice(own).one(asked.random)[-count:]
        elif count == _WHOLE and shape in {(3, 3, 4), (_WHOLE,)} and asked.locale in {"US", "CA"}:
            made = area_code("US", asked.random) + line(asked.random)
        elif count > _LOCAL:
            made = NORTH_AMERICA + area_code("US", asked.random) + line(asked.random)
            yield _regrouped(figures, made, has_plus=True)
            continue
        elif count == _LOCAL:
            made = line(asked.random)
        else:
            made = line(asked.random)[3:] if count == 4 else other_figures(figures.digits, asked.random)
        if made != figures.digits and (written := figures.filled(made)):
            yield written


def _written(number: Number, country: str, national: str) -> Iterator[str]:
    """``national`` written as ``number`` is: in its groups where they fit, else in its country's."""
    is_same = country == number.country or {country, number.country} <= {"US", "CA"}
    if is_same and (made := number.figures.filled(number.prefix + national)):
        yield made
        return
    code = str(phonenumbers.country_code_for_region(country))
    is_abroad = not is_same or number.prefix not in {"", "0"}
    digits = (code if is_abroad else number.prefix) + national
    yield _regrouped(number.figures, digits, has_plus=is_abroad, country=country)


def _regrouped(figures: Figures, digits: str, *, has_plus: bool, country: str = "US") -> str:
    """``digits`` where the user's groups do not fit them: in the country's, with the user's sign between."""
    if figures.is_spoken:
        return ("plus " if has_plus else "") + said(digits, figures.words)
    form = phonenumbers.PhoneNumberFormat
    number = phonenumbers.parse(("+" if has_plus else "") + digits, country)
    written = phonenumbers.format_number(number, form.INTERNATIONAL if has_plus else form.NATIONAL)
    signs = re.findall(r"(?<=\d)[ .\-/](?=\d)", figures.folded.text)
    if not signs and len(figures.atoms) == 1:
        return re.sub(r"[^\d+]", "", written)
    sign = max(set(signs), key=signs.count) if signs else " "
    return re.sub(r"(?<=\d)[ -](?=\d)", sign, written)
