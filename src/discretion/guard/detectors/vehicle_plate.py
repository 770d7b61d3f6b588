"""Registration marks of vehicles, and vehicle identification numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard.detectors._data import lines, sections
from discretion.guard.detectors._overlaps import strongest
from discretion.guard.detectors._reading import read
from discretion.records import Kind

_CAPITALS = re.compile(r"[A-ZÄÖÜ]")
_VIN = re.compile(r"(?<!\w)(?=[A-HJ-NPR-Z]{0,16}\d)[A-HJ-NPR-Z\d]{17}(?!\w)", re.IGNORECASE)
_VIN_VALUES = dict(
    zip(
        "ABCDEFGHJKLMNPRSTUVWXYZ",
        (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9),
        strict=True,
    )
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
# A plate named as such, however it is written ("my plate is kxr 4471").
_NAMED = re.compile(
    r"\b(?:(?:licen[cs]e|number|registration|vanity) ?plates?(?: number)?|plates?|rego"
    r"|reg(?:istration)?(?: number| no\.?)?|tags?|matr[ií]cula|placa|targa|kennzeichen|vin)"
    r"(?:'?s| is| are| was| reads?| says|:| number| no\.?|,)*\s+[\"'“]?((?=[a-z\d -]{0,10}\d"
    r")(?:[a-z]{1,4}|\d{1,4})(?:(?! (?:and|or|but|so|i|is|in|on|at|my|the|it|if)\b)"
    r"[ -]?(?:[a-z]{1,4}\b|[a-z]{1,3}(?=\d)|\d{1,4})){1,3})(?!\w"
    r"|['’])"
)
_PHONETIC = re.compile(r"[^\W_]+")
_SHOUTED_BEFORE = re.compile(r"[A-Z]{2,} $")
_SHOUTED = re.compile(r" [A-Z]{2,}\b")
_OWN = re.compile(r"\b(?:my|mine|i'?m|i|our|me|we)\b[^.!?\n]{0,50}", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:flight|bus|route|road|motorway|room|gate|seat|zone|model|part|order|ticket"
    r"|course|class|exam|unit|platform|train|version|postcode|section"
    r"|level)\b[^.!?\n]{0,16}$",
    re.IGNORECASE,
)


@cache
def _forms() -> tuple[tuple[re.Pattern[str], bool], ...]:
    found = []
    for line in lines("plates.tsv"):
        _, pattern, strength, _ = line.split("\t")
        found.append((re.compile(rf"(?<![\w#@$£€./-])(?:{pattern})(?![\w@]|[-/.]\w)"), strength == "form"))
    return tuple(found)


@detector("vehicle_plate", {Kind.VEHICLE_PLATE}, Scope.FORM)
def vehicle_plate(view: View) -> Iterator[Hit]:
    """Marks in the forms of many countries; a weak form only where a vehicle is spoken of."""
    reading = read(view)
    rows: list[tuple[int, int, float, str]] = []
    if reading.has_digit:
        rows = [*_by_form(view.text, reading.text), *_named(view, reading.text)]
        rows += [
            (*m.span(), 0.95, "a vehicle's identification number")
            for m in _VIN.finditer(view.text)
            if is_vin(m.group())
        ]
    for start, end, confidence, reason in strongest((*rows, *_phonetic(view))):
        own = 0.5 if _OWN.search(view.text[max(0, start - 60) : start]) else 0.1
        yield Hit(Kind.VEHICLE_PLATE, start, end, confidence, reason, own)


def _by_form(text: str, folded: str) -> Iterator[tuple[int, int, float, str]]:
    if not _CAPITALS.search(text) or len(folded) != len(text):
        return
    for pattern, is_enough in _forms():
        for match in pattern.finditer(text):
            start, end = match.span()
            if _NOT.search(text[max(0, start - 30) : start]) or not any(c.isdigit() for c in match.group()):
                continue
            near = _is_near(folded, start, end)
            shouted = _SHOUTED_BEFORE.search(text, max(0, start - 14), start) or _SHOUTED.match(text, end)
            if (shouted and not is_enough) or _not_plate() & frozenset(match.group().lower().split()):
                continue
            if near or is_enough:
                confidence = 0.88 if near and is_enough else 0.72
                yield start, end, confidence, "a vehicle's registration, by its form"


def _named(view: View, folded: str) -> Iterator[tuple[int, int, float, str]]:
    for match in _NAMED.finditer(folded):
        value = match[1]
        says = (
            folded[match.start() : match.start(1)]
            .rstrip(" \"'“")
            .endswith(("is", "'s", ":", "reads", "says"))
        )
        given = view.given(*match.span(1))
        upper = view.text[given.start : given.end].isupper()
        if _not_plate() & frozenset(value.split()) or not (says or upper) or len(value) < 4:
            continue
        if any(c.isdigit() for c in value) and any(c.isalpha() for c in value):
            yield given.start, given.end, 0.75, "a vehicle's registration, named as such"


def _is_near(text: str, start: int, end: int) -> bool:
    around = re.findall(r"[^\W\d_]+", text[max(0, start - 90) : start] + " | " + text[end : end + 50])
    return not frozenset(around).isdisjoint(sections("cues.txt")["plate"])


@cache
def _not_plate() -> frozenset[str]:
    return frozenset(sections("spelling_alphabet.txt")["not_plate"])


@cache
def _alphabet() -> frozenset[str]:
    return frozenset(sections("spelling_alphabet.txt")["letter"])


def _phonetic(view: View) -> Iterator[tuple[int, int, float, str]]:
    """Marks spelled in the spelling alphabet ("Quebec Quebec one nine, India Zulu Oscar")."""
    reading = read(view)
    if len(reading.words & _alphabet()) < 2:
        return
    run: list[re.Match[str]] = []
    letters = 0
    numbers = frozenset(sections("spelling_alphabet.txt")["figure"])
    for match in [*_PHONETIC.finditer(reading.text), None]:
        word = match.group() if match else ""
        spells = word in _alphabet() or word in numbers or (word.isdigit() and len(word) <= 4)
        if match and spells and (not run or match.start() - run[-1].end() <= 2):
            run.append(match)
            letters += word in _alphabet()
            continue
        if len(run) >= 5 and letters >= 3 and letters < len(run):
            span = view.given(run[0].start(), run[-1].end())
            yield span.start, span.end, 0.8, "a vehicle's registration, spelled out"
        run, letters = [], 0


def is_vin(text: str) -> bool:
    """Whether the check digit of a vehicle identification number is right (49 CFR 565.15)."""
    upper = text.upper()
    total = sum(
        weight * (int(c) if c.isdigit() else _VIN_VALUES[c])
        for c, weight in zip(upper, _VIN_WEIGHTS, strict=True)
    )
    return upper[8] == "0123456789X"[total % 11] and any(c.isalpha() for c in upper)
