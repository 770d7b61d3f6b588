"""From kind and words to the value of a fact: what is counted, compared and kept in place of the words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from discretion.knowledge._values._age import age_value
from discretion.knowledge._values._amounts import appearance_value, finances_value
from discretion.knowledge._values._dates import birth_date_value
from discretion.knowledge._values._groups import group_value, origin_value
from discretion.knowledge._values._keys import LONGEST, key
from discretion.knowledge._values._people import family_value, relationship_value
from discretion.knowledge._values._places import place_value, zip_code
from discretion.knowledge._values._study import education_value
from discretion.knowledge._values._work import occupation_value
from discretion.records import Kind, Value
from discretion.text import fold


def normalise(kind: Kind, words: str, *, reference: date | None = None) -> Value | None:
    """The value of a fact of ``kind`` said in ``words`` (the span alone), ``None`` where it is not known.

    ``reference`` is the day on which it was said: a year of birth gives an age only with it. Systems and
    codes are those of docs/reference/values.md; nothing is guessed. Kinds without a value (secrets, numbers
    of papers and accounts, routines, events) and words longer than a fact give ``None``. Never raises,
    whatever the text.
    """
    read = _READERS.get(kind)
    if read is None or not 0 < len(words) <= LONGEST:
        return None
    return read(words, reference)


def _text(words: str, reference: date | None) -> Value | None:
    folded = key(fold(words).text)
    return Value("text", (folded,)) if folded else None


def _zip(words: str, reference: date | None) -> Value | None:
    code = zip_code(fold(words).text)
    return Value("place", (code,)) if code else None


def _alone(read: Callable[[str], Value | None]) -> Callable[[str, date | None], Value | None]:
    return lambda words, reference: read(words)


def _group(name: str) -> Callable[[str, date | None], Value | None]:
    return lambda words, reference: group_value(name, words)


_READERS: dict[Kind, Callable[[str, date | None], Value | None]] = {
    Kind.AGE: age_value,
    Kind.APPEARANCE: _alone(appearance_value),
    Kind.DATE_OF_BIRTH: birth_date_value,
    Kind.EDUCATION: _alone(education_value),
    Kind.ETHNICITY: _alone(origin_value),
    Kind.FAMILY: _alone(family_value),
    Kind.FINANCES: _alone(finances_value),
    Kind.GENDER: _group("gender"),
    Kind.HEALTH: _group("health"),
    Kind.LOCATION: _alone(place_value),
    Kind.NAME: _text,
    Kind.OCCUPATION: _alone(occupation_value),
    Kind.ORIENTATION: _group("orientation"),
    Kind.PET: _text,
    Kind.RELATIONSHIP: relationship_value,
    Kind.RELIGION: _group("religion"),
    Kind.STREET_ADDRESS: _zip,
    Kind.USERNAME: _text,
    Kind.WORKPLACE: _text,
}
