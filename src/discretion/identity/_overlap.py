"""What a persona must stay clear of: the user's own facts in every spelling, and every other persona."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from discretion.identity._data import table
from discretion.identity._persona import Persona
from discretion.identity._words import sound, words_of
from discretion.knowledge import is_shared_mail_domain, normalise, places_named, plain_domain
from discretion.knowledge._values._place_tables import chain, lies_in, region_of
from discretion.knowledge.gazetteer import common_words
from discretion.records import Kind
from discretion.vault import OwnFact

SHORTEST_PART = 3
"""Letters from which a part of the user's name counts inside a handle or an address."""
SHORTEST_WORD = 4
"""Letters from which a word of another fact does."""
SHARED_BEGINNING = 3
"""Letters in which a first name may not begin like the user's: Kathy for Katherine. Our own choice."""
YEARS_APART = 2
"""Years by which a birth year differs at least from the user's. Our own choice."""

SHARED_RUN = 5
"""Letters in a row that a handle may not have in common with a handle or address of the user's."""
LONGEST_PLACE = 3
"""Words of a place's name that are looked for inside a workplace, a school or an event."""
_PLACED = frozenset({Kind.EDUCATION, Kind.WORKPLACE, Kind.EVENT, Kind.ROUTINE})
"""Kinds in whose words a place may be named."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ZIP = re.compile(r"(?<!\d)\d{5}(?!\d)")
_SIX_OR_EIGHT = re.compile(r"(?<!\d)\d{6}(?:\d\d)?(?!\d)")
_PAIR = re.compile(r"\d\d")
_DAY = re.compile(r"-\d\d-(\d\d)\Z")
"""The day of a normalised date of birth: ``1985-05-09``, ``--05-09``."""
_SHORT_YEAR = re.compile(r"(?<!\d)\d\d(?!\d)")
OWN = "it overlaps with one of your own facts"
OTHERS = "another persona has it"


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
        self._own_single: set[str] = set()
        self._own_handles: set[str] = set()
        self._own_numbers: set[str] = set()
        self._own_days: set[str] = set()
        self._own_domains: set[str] = set()
        self.own_years: set[int] = set()
        self.own_regions: set[str] = set()
        self._own_areas: set[str] = set()
        self.own_countries: list[str] = []
        self.others = tuple(others)
        for fact in facts:
            for spelling in (fact.value, *fact.aliases):
                self._add(fact.kind, spelling)
        self._own_initials.update(frozenset((a, b)) for a in self._own_single for b in self._own_single)
        self._own |= self._name_words
        self._own_sounds = {sound(word) for word in self._name_words if len(word) >= SHARED_BEGINNING}
        self._own_runs = {run for one in self._own_handles for run in _runs(one)}
        seen = [*self._own_handles, *(_plain(text) for one in self.others for text in _handles(one))]
        self._used = {word for word in _handle_words() if any(word in plain for plain in seen)}

    def _add(self, kind: Kind, spelling: str) -> None:
        words = words_of(spelling)
        self._own.update(words)
        self._own_numbers.update(part for word in words for part in re.findall(r"\d+", word))
        if kind is Kind.NAME:
            self._name_words.update(words)
            if len(words) > 1:
                self._own_initials.add(frozenset((words[0][0], words[-1][0])))
            elif words:
                self._own_single.add(words[0][0])
        elif kind in (Kind.AGE, Kind.DATE_OF_BIRTH):
            self._add_years(kind, spelling)
        elif kind in (Kind.LOCATION, Kind.STREET_ADDRESS):
            self._add_places(spelling)
        elif kind in _PLACED:
            self._add_places_inside(spelling)
        if kind in (Kind.USERNAME, Kind.EMAIL):
            said = spelling.rpartition("@")[0] or spelling
            self._own_handles.add(_plain(said))
            self._add_short_years(said)  # kim85 may be born in that year
        if kind is Kind.EMAIL:
            self._own_domains.add(plain_domain(spelling.rpartition("@")[2]))
        if kind in (Kind.DATE_OF_BIRTH, Kind.USERNAME, Kind.EMAIL):
            self.own_years.update(map(int, _YEAR.findall(spelling)))

    def _add_years(self, kind: Kind, spelling: str) -> None:
        value = normalise(kind, spelling, reference=self._today)
        if value is None:
            if kind is Kind.DATE_OF_BIRTH:
                self._add_short_years(spelling)  # not understood: any of its numbers may be the year
                for run in _SIX_OR_EIGHT.findall(spelling):  # or the day, as in 090585
                    self._add_short_years(" ".join(_PAIR.findall(run)))
                    self._own_days.update(pair.lstrip("0") for pair in _PAIR.findall(run))
            return
        self._own_days.update(found[1].lstrip("0") for code in value.codes if (found := _DAY.search(code)))
        self.own_years.update(int(year) for code in value.codes for year in _YEAR.findall(code))
        if value.low is None or value.unit != "years":
            return
        youngest = int(value.low)
        oldest = int(value.high if value.high is not None else value.low)
        self.own_years.update(range(self._today.year - oldest - 1, self._today.year - youngest + 1))

    def _add_short_years(self, text: str) -> None:
        for year in _SHORT_YEAR.findall(text):
            self.own_years.update((1900 + int(year), 2000 + int(year)))

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
        for digits in _ZIP.findall(spelling):
            self._add_zip(f"zip:{digits}")

    def _add_places_inside(self, spelling: str) -> None:
        """Places that the words of a school, a workplace or an event may name; of each name the largest."""
        words = re.findall(r"[^\W\d_]+", spelling)
        for size in range(1, LONGEST_PLACE + 1):
            for at in range(len(words) - size + 1):
                part = words[at : at + size]
                if size > 1 or (len(part[0]) >= SHORTEST_WORD and part[0].casefold() not in common_words()):
                    for one in places_named(" ".join(part))[:1]:
                        self.own_regions.update(filter(None, [wider_places(one.id)[1]]))

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
        return self.why_not_part(given) or self.why_not_part(family)

    def why_not_part(self, name: str) -> str | None:
        """Why one part of a name comes too near to a name, handle or address of the user's."""
        plain = _plain(name)
        beginning = plain[:SHARED_BEGINNING]
        if any(
            len(own) >= SHARED_BEGINNING and own[:SHARED_BEGINNING] == beginning for own in self._name_words
        ):
            return "it begins like a name of yours"
        if sound(plain) in self._own_sounds:
            return "it sounds like a name of yours"
        if len(plain) >= SHORTEST_PART and any(plain in own for own in self._own_handles):
            return OWN
        return None

    def why_not_handle(self, handle: str, persona_words: Iterable[str] = (), year: int = 0) -> str | None:
        """Why a handle, or the part of an address before the @, may not be used.

        ``persona_words`` and ``year`` are the persona's own name, town and birth year, which it must not tell
        either.
        """
        plain = _plain(handle)
        if any(part in plain for part in self._long_parts()) or not self._own_runs.isdisjoint(_runs(plain)):
            return OWN
        numbers = re.findall(r"\d+", plain)
        years = {str(one) for one in (*self.own_years, *([year] if year else ()))}
        if any(number in self._own_numbers for number in numbers):
            return OWN
        if any(number in years or number in {one[-2:] for one in years} for number in numbers):
            return "it holds a birth year"
        if any(word in plain for word in persona_words if len(word) >= SHORTEST_PART):
            return "it holds the persona's own name or town"
        if any(word in plain for word in self._used):
            return "it holds a word of a handle or address of yours or of another persona"
        for one in self.others:
            shown = {_plain(text) for text in (*_handles(one), one.given_name)}
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

    def why_not_domain(self, domain: str) -> str | None:
        """Why an address may not lie at a domain: the user has one there too, or their name stands in it.

        A domain that many people share says nothing; one of somebody's own, subdomains and all, says whose.
        """
        said = plain_domain(domain)
        if not is_shared_mail_domain(said) and any(_is_below(said, own) for own in self._own_domains):
            return "an address of yours lies at the same domain"
        plain = _plain(domain)
        return OWN if any(len(word) >= SHORTEST_WORD and word in plain for word in self._name_words) else None

    def why_not_year(self, year: int) -> str | None:
        """Why a birth year may not be used: too near to the user's, or another persona's."""
        if any(abs(year - own) < YEARS_APART for own in self.own_years):
            return OWN
        return OTHERS if any(year == one.birth_year for one in self.others) else None

    def why_not_birthday(self, birthday: str) -> str | None:
        """Why a birthday (``MM-DD``) may not be used: its day stands in the user's facts, or it is taken."""
        day = birthday.partition("-")[2].lstrip("0")
        if day in self._own_days or day in {number.lstrip("0") for number in self._own_numbers}:
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


def _is_below(one: str, other: str) -> bool:
    """Whether two domains are the same, or one of them is a subdomain of the other, which nobody shares."""
    if one.endswith(f".{other}"):
        return not is_shared_mail_domain(other)
    return one == other or other.endswith(f".{one}")


def _plain(text: str) -> str:
    return "".join(words_of(text))


def _runs(plain: str) -> set[str]:
    """Every run of ``SHARED_RUN`` letters."""
    found = {plain[at : at + SHARED_RUN] for at in range(len(plain) - SHARED_RUN + 1)}
    return {run for run in found if run.isalpha()}


def _handles(persona: Persona) -> tuple[str, str]:
    return persona.handle, persona.email_local


@cache
def _handle_words() -> tuple[str, ...]:
    lists = table("handles")
    return (*lists["first"].split(), *lists["second"].split())


def wider_places(one: str) -> tuple[str, str]:
    """Country and first-level region of a place; the region is empty for a country or a wider area."""
    return next((wide for wide in chain(one) if len(wide) == 2), ""), region_of(one)
