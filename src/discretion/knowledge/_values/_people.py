"""The people of one's life: family by relation and number, relationships by status and duration."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from discretion.knowledge._values._groups import Match, finest, group_value, is_denied, matches, phrases
from discretion.knowledge._values._keys import key, spelled
from discretion.knowledge._values._markers import marker
from discretion.records import Value

MOST_PEOPLE = 20
"""More of one relation are a mistake of reading or a joke."""
LONGEST_YEARS = 90

_COUNTED_AT_ONCE = {
    "twins": ("child", 2),
    "triplets": ("child", 3),
    "only_child": ("sibling", 0),
    "childless": ("child", 0),
}
_SUMMED = frozenset({"child", "sibling", "grandchild"})
_AGED = re.compile(
    r"\b\d{1,2}[\s-]{0,2}(?:years?|yrs?|months?|mos?|weeks?)[\s-]{0,2}olds?\b|\b\d{1,2}\s?yos?\b"
)
_DURATION = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:\.\d)?|an?|one|half a)\s?(?:and a half\s|1/2\s)?"
    r"(years?|yrs?|y|months?|mos?|weeks?|wks?|decades?)\b"
)
_SINCE = re.compile(r"\b(?:since|in)\s(?:\w+\s)?'?((?:19|20)\d\d)\b")
_NO_DURATION = re.compile(r"\bsince\b|\blasted\b|\bafter\b|\bin \d")
_IN_YEARS = {"y": 1.0, "m": 1 / 12, "w": 7 / 365.25, "d": 10.0}


def family_value(words: str) -> Value | None:
    """Relation and number: "two kids" is ``child`` 2, "my sister" ``sibling/sister`` without a number."""
    text = spelled(words)
    tokens = key(text).split(" ")
    found = [
        match
        for match in matches(phrases("family"), tokens)
        if not is_denied(tokens, match.start)
        and not (match.start and tokens[match.start - 1] in marker("someone_elses"))
    ]
    if not found:
        return Value("family", ("child",), unit="people") if _AGED.search(text) else None
    for match in found:
        if match.code in _COUNTED_AT_ONCE:
            relation, number = _COUNTED_AT_ONCE[match.code]
            return _people((relation,), number)
    numbers = [_number_before(tokens, found, at) for at in range(len(found))]
    heads = {match.code.partition("/")[0] for match in found}
    if len(found) == 1:
        return _people(
            (found[0].code,), numbers[0] if tokens[found[0].start - 1] not in ("a", "an") else None
        )
    if len(heads) == 1 and heads <= _SUMMED and None not in numbers:
        return _people(tuple(heads), _summed(found, numbers))
    return _people(finest(match.code for match in found), None)


def _summed(found: Sequence[Match], numbers: Sequence[int | None]) -> int:
    """All of one relation; in "two kids, a boy and a girl" the finer words tell of those counted already."""
    wide = finer = 0
    for match, number in zip(found, numbers, strict=True):
        if "/" in match.code:
            finer += number or 0
        else:
            wide += number or 0
    return max(wide, finer)


def _people(codes: tuple[str, ...], number: int | None) -> Value | None:
    if number is not None and number > MOST_PEOPLE:
        number = None
    return Value("family", codes, number, number, "people")


def _number_before(tokens: Sequence[str], found: Sequence[Match], at: int) -> int | None:
    """The number that counts the relation, not an age before it ("2 girls", but "my 9 year old girl")."""
    first = found[at - 1].end if at else 0
    for place in range(found[at].start - 1, max(first, found[at].start - 4) - 1, -1):
        token = tokens[place]
        if token in ("a", "an", "one"):
            return 1
        if token in marker("age_unit") or token in marker("not_counted"):
            return None
        if token.isascii() and token.isdigit():
            return int(token) if len(token) < 3 else None
    return None


def relationship_value(words: str, reference: date | None) -> Value | None:
    """Status, and for how long in years where that is said; either may be missing."""
    status = group_value("relationship", words)
    codes = status.codes if status else ()
    text = spelled(words)
    durations = list(_DURATION.finditer(text))
    is_told = bool(codes) or "ago" not in text.split()
    if len(durations) == 1 and len(codes) < 2 and is_told and not _NO_DURATION.search(text):
        years = _in_years(durations[0])
        return Value("relationship", codes, years, years, "years") if years <= LONGEST_YEARS else status
    since = _SINCE.search(text) if reference and status and not durations else None
    if reference and since:
        high = reference.year - int(since[1])
        if 0 <= high <= LONGEST_YEARS:
            return Value("relationship", codes, max(high - 1, 0), high, "years")
    return status


def _in_years(duration: re.Match[str]) -> float:
    many = duration[1]
    number = 0.5 if many == "half a" else 1.0 if many in ("a", "an", "one") else float(many)
    return round(number * _IN_YEARS[duration[2][0]], 2)
