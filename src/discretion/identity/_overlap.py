"""What a persona must stay clear of: the user's own facts in every spelling, and every other persona."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from discretion.identity._persona import Persona
from discretion.knowledge import normalise, places_named
from discretion.knowledge._values._place_tables import chain, lies_in, region_of
from discretion.knowledge.gazetteer import common_words
from discretion.records import Kind
from discretion.text import fold, unaccented
from discretion.vault import OwnFact

SHORTEST_PART = 3
"""Letters from which a part of the user's name counts inside a handle or an address."""
SHORTEST_WORD = 4
"""Letters from which a word of another fact does."""
SHARED_BEGINNING = 3
"""Letters in which a first name may not begin like the user's: Kathy for Katherine. Our own choice."""
YEARS_APART = 2
"""Years by which a birth year differs at least from the user's. Our own choice."""

_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
OWN = "it overlaps with one of your own facts"
OTHERS = "another persona has it"


def words_of(text: str) -> tuple[str, ...]:
    """The words of ``text`` as they are compared: folded, without accents and apostrophes."""
    return tuple(_WORD.findall(unaccented(fold(text).text).replace("'", "")))


class Taken:
    """What is taken. ``why_not`` tells of one value whether a persona may have it."""

    def __init__(
        self,
        facts: Iterable[OwnFact],
        others: Iterable[Persona],
        also: Iterable[str] = (),
        today: date | None = None,
    ) -> None:
        self._today = today or date.today()
        self._own: set[str] = set()
        self._name_words: set[str] = set(words_of(" ".join(also)))
        self._own_initials: set[frozenset[str]] = set()
        self._own_numbers: set[str] = set()
        self.own_years: set[int] = set()
        self.own_regions: set[str] = set()
        self._own_areas: set[str] = set()
        self.own_countries: list[str] = []
        self.others = tuple(others)
        self._parts: set[str] = set()
        for fact in facts:
            for spelling in (fact.value, *fact.aliases):
                self._add(fact.kind, spelling)
        for one in self.others:
            self._parts.update(words_of(f"{one.full_name} {one.handle} {one.email_local}"))
        self._own |= self._name_words

    def _add(self, kind: Kind, spelling: str) -> None:
        words = words_of(spelling)
        self._own.update(words)
        self._own_numbers.update(part for word in words for part in re.findall(r"\d+", word))
        if kind is Kind.NAME:
            self._name_words.update(words)
            if len(words) > 1:
                self._own_initials.add(frozenset((words[0][0], words[-1][0])))
        elif kind in (Kind.AGE, Kind.DATE_OF_BIRTH):
            self._add_years(kind, spelling)
        elif kind in (Kind.LOCATION, Kind.STREET_ADDRESS):
            self._add_places(spelling)
        if kind in (Kind.DATE_OF_BIRTH, Kind.USERNAME, Kind.EMAIL):
            self.own_years.update(map(int, _YEAR.findall(spelling)))

    def _add_years(self, kind: Kind, spelling: str) -> None:
        value = normalise(kind, spelling, reference=self._today)
        if value is None:
            return
        self.own_years.update(int(year) for code in value.codes for year in _YEAR.findall(code))
        if value.low is None or value.unit != "years":
            return
        youngest = int(value.low)
        oldest = int(value.high if value.high is not None else value.low)
        self.own_years.update(range(self._today.year - oldest - 1, self._today.year - youngest + 1))

    def _add_places(self, spelling: str) -> None:
        parts = spelling.split(",")
        for at in range(len(parts)):
            for one in places_named(",".join(parts[at:])):
                country, region = wider_places(one.id)
                if region:
                    self.own_regions.add(region)
                elif one.id.startswith("area:"):
                    self._own_areas.add(one.id)
                if country:
                    self.own_countries.append(country)
        for value in filter(None, [normalise(Kind.LOCATION, spelling)]):
            self._add_zip(value.code)

    def _add_zip(self, code: str) -> None:
        from discretion.knowledge.population import zip_stratum

        stratum = zip_stratum(code.removeprefix("zip:")) if code.startswith("zip:") else None
        if stratum and stratum.region.part:
            self.own_regions.add(stratum.region.part)
            self.own_countries.append(stratum.region.country)

    def why_not_word(self, text: str) -> str | None:
        """Why a name, answer or town may not be used: a word of it is the user's or another persona's."""
        words = set(words_of(text))
        if words & self._own:
            return OWN
        if any(words & set(words_of(f"{one.full_name} {one.city}")) for one in self.others):
            return OTHERS
        if any(words & set(words_of(" ".join(one.answers.values()))) for one in self.others):
            return OTHERS
        return None

    def why_not_name(self, given: str, family: str) -> str | None:
        """Why a first and last name may not be used together."""
        reason = self.why_not_word(f"{given} {family}")
        if reason:
            return reason
        first, last = "".join(words_of(given)), "".join(words_of(family))
        if not first or not last:
            return "it has no letters"
        if frozenset((first[0], last[0])) in self._own_initials:
            return "its initials are your own"
        for own in self._name_words:
            if len(own) >= SHARED_BEGINNING and own[:SHARED_BEGINNING] in (
                first[:SHARED_BEGINNING],
                last[:SHARED_BEGINNING],
            ):
                return "it begins like a name of yours"
        return None

    def why_not_handle(self, handle: str, persona_words: Iterable[str] = (), year: int = 0) -> str | None:
        """Why a handle, or the part of an address before the @, may not be used.

        ``persona_words`` and ``year`` are the persona's own name, town and birth year, which it must not tell
        either.
        """
        plain = "".join(words_of(handle))
        if any(part in plain for part in self._long_parts()):
            return OWN
        numbers = re.findall(r"\d+", plain)
        years = {str(one) for one in (*self.own_years, *([year] if year else ()))}
        if any(number in self._own_numbers for number in numbers):
            return OWN
        if any(number in years or number in {one[-2:] for one in years} for number in numbers):
            return "it holds a birth year"
        if any(word in plain for word in persona_words if len(word) >= SHORTEST_PART):
            return "it holds the persona's own name or town"
        for one in self.others:
            shown = {"".join(words_of(text)) for text in (one.handle, one.email_local, one.given_name)}
            if plain in shown or any(word in plain for word in words_of(one.full_name) if len(word) > 2):
                return OTHERS
        return None

    def _long_parts(self) -> Iterable[str]:
        for word in self._name_words:
            if len(word) >= SHORTEST_PART:
                yield word
        for word in self._own:
            if len(word) >= SHORTEST_WORD and word not in common_words():
                yield word

    def why_not_year(self, year: int) -> str | None:
        """Why a birth year may not be used: too near to the user's, or another persona's."""
        if any(abs(year - own) < YEARS_APART for own in self.own_years):
            return OWN
        return OTHERS if any(year == one.birth_year for one in self.others) else None

    def why_not_birthday(self, birthday: str) -> str | None:
        """Why a birthday (``MM-DD``) may not be used: its day stands in the user's facts, or it is taken."""
        day = birthday.partition("-")[2].lstrip("0")
        if day in {number.lstrip("0") for number in self._own_numbers}:
            return OWN
        return OTHERS if any(birthday == one.birthday for one in self.others) else None

    def why_not_city(self, city_id: str, name: str) -> str | None:
        """Why a town may not be used: it lies in a region of the user's, or its name is taken."""
        _, region = wider_places(city_id)
        if region in self.own_regions or any(lies_in(city_id, area) for area in self._own_areas):
            return "it lies in a region of yours"
        if any(city_id == one.city_id for one in self.others):
            return OTHERS
        return self.why_not_word(name)


def wider_places(one: str) -> tuple[str, str]:
    """Country and first-level region of a place; the region is empty for a country or a wider area."""
    return next((wide for wide in chain(one) if len(wide) == 2), ""), region_of(one)
