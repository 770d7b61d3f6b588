"""Postal codes that are an address by themselves, by the form of each country's post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discretion.guard.detectors._data import sections
from discretion.guard.detectors._reading import Reading

# Royal Mail's formats; the second half never has C I K M O V, but people mistype and invent.
_UK = re.compile(r"(?<![\w£$/-])([a-z]{1,2})(\d[a-z\d]?) ?(\d[a-z]{2})(?![\w-])")
# Canada Post: letters without D F I O Q U, the first also without W Z.
_CANADA = re.compile(r"(?<![\w/-])[abceghj-nprstvxy]\d[abceghj-nprstv-z][ -]?\d[abceghj-nprstv-z]\d(?![\w-])")
_CANADA_ANY = re.compile(r"(?<![\w/-])[A-Z]\d[A-Z] \d[A-Z]\d(?![\w-])")
# Eircode: routing key and unique identifier.
_IRELAND = re.compile(
    r"(?<![\w/-])(?:[ac-fhknprtv-y]\d{2}|d6w) ?(?=[a-z\d]{0,3}\d)(?=[a-z\d]{0,3}[a-z])[\dac-"
    r"fhknprtv-y]{4}(?![\w-])"
)
_BRAZIL = re.compile(r"(?<![\w.-])\d{5}-\d{3}(?![\w-])")
_STATE_ZIP = re.compile(r"(?<![\w.-])([a-z]{2,12}),? (\d{5}(?:-\d{4})?|\d{4})(?![\w-])")
_ZIP = re.compile(
    r"\b(?:zip(?:\s?code)?|post(?:al)?\s?codes?|postcode|postal|pin\s?code|pincode|plz|cep"
    r"|cap|code postal|código postal)"
    r"(?:'s|’s)?\b(?P<gap>[^\d.!?\n]{0,18})(?P<code>\d{5}(?:-\d{4})?|\d{4} ?[a-z]{2}|\d{4}"
    r"|\d{6}|\d{3} \d{3}|\d{2}-\d{3})(?![\w-])"
)

_LIVED_IN = re.compile(
    r"\b(?:live|lives|living|lived|based|located|reside|resides|residing|moved|moving|grew up|house is)"
    r" (?:in|at|near|to) (?P<code>\d{5}(?:-\d{4})?)(?![\w-])"
    r"(?! ?(?:sq|square|acres?|people|houses?|homes?|light|years?|bc|ad|different|other|km|miles?|feet)\b)"
)
_FROM = re.compile(
    r"\b(?:i'?m|i am|we'?re|we are|i come|we come) (?:from|in) (?P<code>\d{5}(?:-\d{4})?)"
    r"(?=\s?(?:[.,;!?)\n]|$)| (?:and|but|so|btw|lol|if)\b)(?![.,]\d)"
)

_EVERYDAY = frozenset(
    {"ok", "in", "or", "me", "hi", "oh", "pa", "ma", "al", "de", "la", "id", "ga", "pe", "act"}
)


def postcodes(reading: Reading, given: str) -> Iterator[tuple[int, int, float]]:
    """Postal codes as ``(start, end, confidence)`` in the folded text; ``given`` shows its capitals."""
    text = reading.text
    same = len(given) == len(text)
    areas, states = sections("street_words.txt")["uk_area"], sections("street_words.txt")["us_state"]
    for match in _UK.finditer(text):
        upper = same and given[match.start() : match.start() + len(match[1])].isupper()
        spaced = " " in match.group()
        if match[1] in areas and (upper or spaced) and not (match[1] + match[2]).startswith("mp3"):
            yield *match.span(), 0.9 if upper and spaced else 0.75
    for match in _CANADA.finditer(text):
        yield *match.span(), 0.9
    if same:
        for match in _CANADA_ANY.finditer(given):
            yield *match.span(), 0.8
    for match in _IRELAND.finditer(text):
        if " " in match.group() or (same and given[match.start() : match.end()].isupper()):
            yield *match.span(), 0.85
    for match in _BRAZIL.finditer(text):
        yield *match.span(), 0.75
    for match in _STATE_ZIP.finditer(text):
        upper = (
            same
            and given[match.start() : match.start() + len(match[1])].isupper()
            and len(match[1]) in {2, 3}
        )
        named = len(match[1]) > 3 and match[1] in states and len(match[2]) >= 5
        after_comma = text[max(0, match.start() - 2) : match.start()].strip() == ","
        if named or (upper and match[1] in states and (after_comma or match[1] not in _EVERYDAY)):
            yield *match.span(2 if named else 0), 0.8
    for pattern in (_LIVED_IN, _FROM):
        for match in pattern.finditer(text):
            yield *match.span("code"), 0.8
    for match in _ZIP.finditer(text):
        yield *match.span("code"), 0.85
