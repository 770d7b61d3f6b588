"""Own facts that have a form: the regular expressions for all the ways in which they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from discretion.records import Kind
from discretion.text import fold

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

_NUMERIC_DATE = re.compile(r"(\d{1,4})[-./ ](\d{1,2})[-./ ](\d{1,4})")
_WORDED_DATE = re.compile(
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s+)?)?\b({'|'.join(m[:3] for m in MONTHS)})[a-z]*\.?"
    r"\s*(?:the\s+)?(?:(\d{1,2})(?:st|nd|rd|th)?\b)?,?\s*(\d{4})?"
)
_DIGITS = re.compile(r"[+(]?\d+")
_DIGIT_RUN = re.compile(r"(?<![\w.])[+(]?\d(?:[\s().,/-]{0,3}[+(]?\d)*(?!\w)")
_DOT = r"\s{0,2}(?:\.|[(\[]\s?(?:dot|\.)\s?[)\]]|\bdot\b)\s{0,2}"
_AT = r"\s{0,2}(?:@|[(\[]\s?(?:at|@)\s?[)\]]|\bat\b)\s{0,2}"
_SIGN = {
    ".": _DOT,
    "-": r"(?:-|\s{0,2}(?:dash|hyphen|minus)\s{0,2})",
    "_": r"(?:_|\s{0,2}underscore\s{0,2})",
    "+": r"(?:\+|\s{0,2}plus\s{0,2})",
}
LATEST_SHORT_YEAR = 15
"""Two-digit years below it lie in this century."""
FEWEST_PHONE_DIGITS = 6
"""Fewer digits, an extension perhaps, are found only as they were written."""
LOCAL_PHONE_DIGITS = 7
"""So many last digits are a number without its area code."""
FULL_PHONE_DIGITS = 9
"""So many digits are a number with its area code."""


def literal(value: str) -> Iterator[str]:
    """The value as written, up to a word bound, spaces free; once more as it folds among Latin words."""
    for folded in {fold(value).text, fold("a " + value).text[2:]}:
        words = [re.escape(word) for word in folded.split()]
        if words:
            yield r"\s+".join(words) + r"(?!\w)"


def email(value: str) -> Iterator[str]:
    """An address with its signs spelled out ("jess dot k at mail dot example"), in full or cut after @."""
    local, _, domain = fold(value).text.partition("@")
    labels = [label for label in domain.split(".") if label]
    if not local or not labels:
        return
    name = "".join(_SIGN.get(char, re.escape(char)) for char in local)
    place = re.escape(labels[0]) + "".join(rf"(?:{_DOT}{re.escape(label)})?" for label in labels[1:])
    yield rf"(?<![\w.+-]){name}{_AT}{place}(?!\w)"


def username(value: str) -> Iterator[str]:
    """A handle with or without its @."""
    handle = fold(value).text.strip().lstrip("@")
    if len(handle) >= 3:
        yield rf"(?<![\w.])@?{re.escape(handle)}(?![\w@])"


def code(value: str) -> Iterator[str]:
    """A number with letters or signs (an identity card, a plate, a card), grouped in any way."""
    signs = [char for char in fold(value).text if char.isalnum()]
    if len(signs) >= 5 and any(char.isdigit() for char in signs):
        yield r"(?<!\w)" + r"[\s./-]{0,2}".join(re.escape(char) for char in signs) + r"(?!\w)"


def phone_digits(text: str) -> str:
    """The digits of a number without the zeros of a trunk or international prefix."""
    return "".join(char for char in fold(text.replace("(0)", "")).text if char.isdigit()).lstrip("0")


def phones(text: str, values: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where one of the numbers (``phone_digits``) stands in a folded text, in whatever grouping.

    With or without country and area code. A group of digits before it belongs to it ("212 555 0142" has
    another area code) unless a comma parts the two or what follows is a full number by itself.
    """
    for run in _DIGIT_RUN.finditer(text):
        groups = [(group.start(), group.end()) for group in _DIGITS.finditer(text, *run.span())]
        joined = "".join(char for char in run[0] if char.isdigit())
        for value in values:
            if value[-LOCAL_PHONE_DIGITS:] in joined:
                yield from _phone_in(text, groups, value)


def _phone_in(text: str, groups: list[tuple[int, int]], value: str) -> Iterator[tuple[int, int]]:
    free = 0  # the first group that no number found before has taken
    for last in range(len(groups)):
        for first in range(max(free, last - 9), last + 1):
            start, end = groups[first][0], groups[last][1]
            run = text[start:end].replace("(0)", "")
            digits = "".join(char for char in run if char.isdigit()).lstrip("0")
            if len(digits) < min(len(value), LOCAL_PHONE_DIGITS):
                break
            before = text[groups[first - 1][1] : start] if first > free else ","
            is_apart = "," in before or len(digits) >= FULL_PHONE_DIGITS
            extra = len(digits) - len(value)
            if is_apart and (value.endswith(digits) or (0 < extra <= 3 and digits.endswith(value))):
                yield start, end
                free = last + 1
                break


def date(value: str) -> Iterator[str]:
    """A date in the usual notations; day and month in words also without the year."""
    for year, month, day in _readings(fold(value).text):
        years = rf"(?:{year}|'?{year % 100:02})" if year else r"\d{2,4}"
        sep = r"\s?[-./ ]\s?"
        d, m = f"0?{day}", f"0?{month}"
        if year:
            yield rf"(?<![\d.]){year}{sep}{m}{sep}{d}(?!\d)"
            yield rf"(?<![\d.])(?:{d}{sep}{m}|{m}{sep}{d}){sep}{years}(?!\d)"
            yield rf"(?<!\d){year}{month:02}{day:02}(?!\d)|(?<!\d){day:02}{month:02}{year}(?!\d)"
        name = rf"{MONTHS[month - 1][:3]}(?:{MONTHS[month - 1][3:]}|{'t' if month == 9 else ''})?\.?"
        nth = rf"{d}(?:st|nd|rd|th)?"
        tail = rf"(?:,?\s{{0,2}}(?:of\s)?{years}(?!\d))?"
        yield rf"(?<!\d){nth}\s?(?:day\s)?(?:of\s)?[-./ ]?{name}(?![a-z]){tail}"
        yield rf"(?<![a-z]){name}\s?(?:the\s)?{nth}(?!\w){tail}"


def _readings(text: str) -> set[tuple[int, int, int]]:
    """Every year (0 where none is given), month and day that the value may mean."""
    found: set[tuple[int, int, int]] = set()
    numeric = _NUMERIC_DATE.fullmatch(text.strip())
    if numeric:
        a, b, c = (int(part) for part in numeric.groups())
        orders = [(a, b, c)] if a > 31 else [(c, b, a), (c, a, b)]
        found |= {(_century(y), m, d) for y, m, d in orders}
    worded = _WORDED_DATE.search(text)
    if worded and (worded[1] or worded[3]):
        month = [name[:3] for name in MONTHS].index(worded[2]) + 1
        found.add((int(worded[4] or 0), month, int(worded[1] or worded[3])))
    return {(y, m, d) for y, m, d in found if 1 <= m <= 12 and 1 <= d <= 31}


def _century(year: int) -> int:
    """A birth year in full; two digits mean the latest year in which an adult user can have been born."""
    if year > 99:
        return year
    return year + (2000 if year < LATEST_SHORT_YEAR else 1900)


def age(value: str) -> Iterator[str]:
    """A bare number of years counts only where the wording makes it an age."""
    number = fold(value).text.strip()
    if not number.isdigit():
        return
    yield rf"(?<![\w.]){number}(?=\s?-?\s?(?:years?\b|yrs?\b|y\.?o\b|y/o\b|[mf]\b))"
    cues = (r"\bim ", r"'m ", r"\bam ", r"\bage ", r"\baged ", r"\bturned ", r"\bturning ", r"\bonly ")
    yield "(?:" + "|".join(f"(?<={cue})" for cue in cues) + rf"){number}(?![\w%])"


PATTERNS = {
    Kind.EMAIL: email,
    Kind.USERNAME: username,
    Kind.DATE_OF_BIRTH: date,
    Kind.GOVERNMENT_ID: code,
    Kind.PAYMENT_CARD: code,
    Kind.BANK_ACCOUNT: code,
    Kind.VEHICLE_PLATE: code,
    Kind.AGE: age,
}
"""The notations of each kind that has any beside its literal value."""
