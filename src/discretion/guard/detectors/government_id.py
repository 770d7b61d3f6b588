"""Identity, tax, social-security, passport and licence numbers, by the forms and checks of each country."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard.detectors._data import lines
from discretion.guard.detectors._numbers import is_date, is_quantity
from discretion.guard.detectors._overlaps import strongest
from discretion.guard.detectors._reading import Atom, Run, read
from discretion.records import Kind

_BEFORE = 100
_AFTER = 45
_LOOKS = re.compile(r"\d(?:[^\w\n]{0,2}\d){4}|[a-z]\d{4}[a-z]|[a-z]{3}\d{4}|\d{2}[a-z]\d{2}")
_ELSE = re.compile(r"\b(?:account|acct|bsb|routing|sort code|order|booking|ticket|tracking|card)\b")
_LAST_FOUR = re.compile(
    r"\blast (?:four|4)(?: digits)?(?: of)?(?: (?:my|the|her|his|your))? (?:ssn"
    r"|social(?: security)?(?: number)?|sin|nino|id|passport)"
    r"(?:'?s|,| are| is|:|\s){0,3}\s?(\d{4})(?!\d)"
    r"|\b(?:ssn|social(?: security)?(?: number)?)\b[^.!?\n\d]{0,25}\b(?:ends?|ending) (?:in"
    r"|with) (\d{4})(?!\d)"
)
_OWN = re.compile(r"\b(?:my|mine|i'?m|me|ko|yangu|akong)\b[^.!?\n]{0,50}$")
# A presented identity number in words: the cue, then figures said aloud.
_SPOKEN_CUE = re.compile(
    r"\b(?:ssn|social security|my social|sin number|tfn|pps|national insurance|nhs number"
    r"|aadhaar|passport number|bvn|nin)\b"
)


@dataclass(frozen=True, slots=True)
class Form:
    """One row of the table: what an identity number looks like and what makes it one."""

    name: str
    pattern: re.Pattern[str]
    checker: str
    strength: str
    cue: re.Pattern[str]

    def is_right(self, text: str) -> bool | None:
        """Whether the checksum is right; ``None`` where the form has none."""
        if self.checker == "-":
            return None
        return _checker(self.checker)(text)


@cache
def _checker(name: str) -> Callable[[str], bool]:
    check: Callable[[str], bool] = import_module(f"stdnum.{name}").is_valid
    return check


@cache
def forms() -> tuple[Form, ...]:
    """The table of identity numbers, read from ``data/government_ids.tsv``."""
    found = []
    for line in lines("government_ids.tsv"):
        name, pattern, checker, strength, cue, _ = line.split("\t")
        found.append(
            Form(
                name,
                re.compile(rf"(?<![\w$€£#%@/])(?<!\d[.,:-])(?:{pattern})(?![\w@])(?![.,:/-]\d)"),
                checker,
                strength,
                re.compile(rf"(?<!\w)(?:{cue})(?:'s|’s)?(?!\w)"),
            )
        )
    return tuple(found)


@detector("government_id", {Kind.GOVERNMENT_ID}, Scope.FORM)
def government_id(view: View) -> Iterator[Hit]:
    """Numbers that a state gave a person: right by form and checksum, or presented as such."""
    reading = read(view)
    text = reading.text
    rows: list[tuple[int, int, float, str]] = []
    if reading.has_digit:
        if _LOOKS.search(text):
            for form in forms():
                for match in form.pattern.finditer(text):
                    confidence = _judged(form, match, text, view.text)
                    rows.append((*match.span(), confidence, f"an identity number ({form.name})"))
        for match in _LAST_FOUR.finditer(text):
            rows.append((*match.span(1 if match[1] else 2), 0.85, "the last figures of an identity number"))
    if reading.has_spoken:
        for run in reading.runs:
            cue = _SPOKEN_CUE.search(text[max(0, run.start - 60) : run.start])
            if cue and run.is_spoken and 8 <= len(run.digits) <= 14:
                rows.append((run.start, run.end, 0.9, "an identity number said aloud"))
    for start, end, confidence, reason in strongest(row for row in rows if row[2]):
        yield _hit(view, start, end, confidence, reason)


def _hit(view: View, start: int, end: int, confidence: float, reason: str) -> Hit:
    span = view.given(start, end)
    own = 0.6 if _OWN.search(view.folded.text[max(0, start - 60) : start]) else 0.1
    return Hit(Kind.GOVERNMENT_ID, span.start, span.end, confidence, reason, own)


def _judged(form: Form, match: re.Match[str], text: str, given: str) -> float:
    start, end = match.span()
    value = match.group()
    near, gap = _cue(form, text, start, end)
    if (
        form.strength != "cue"
        and not near
        and any(c.isalpha() for c in value)
        and not _is_upper(given, text, start, end)
    ):
        return 0.0
    if form.strength == "cue" and not near:
        return 0.0
    if is_quantity(text, start, end) and form.checker == "-":
        return 0.0
    right = form.is_right(value)
    if form.strength == "check" and not right and not near:
        return 0.0
    base = {"form": 0.85, "check": 0.8, "cue": 0.7}[form.strength]
    if form.strength == "cue" and not right and gap < _BEFORE and _ELSE.search(text[start - gap : start]):
        return 0.0
    if form.strength == "cue" and right:
        return 0.97
    if near:
        base += 0.1 if gap < 30 else 0.06
    if right:
        base += 0.12
    elif right is False:
        base -= 0.05
    if form.strength == "cue" and not right and _is_calendar(value):
        return 0.0
    return min(base, 0.99)


def _is_calendar(value: str) -> bool:
    parts = [part for part in re.split(r"[ ./-]", value) if part]
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return False
    return is_date(Run(tuple(Atom(0, 0, part, False) for part in parts)))


def _is_upper(given: str, text: str, start: int, end: int) -> bool:
    return len(given) != len(text) or not any(c.islower() for c in given[start:end])


def _cue(form: Form, text: str, start: int, end: int) -> tuple[bool, int]:
    """Whether a cue stands near, and how far."""
    before = text[max(0, start - _BEFORE) : start]
    last = next(reversed([*form.cue.finditer(before)]), None)
    if last is not None:
        return True, len(before) - last.end()
    after = form.cue.search(text[end : end + _AFTER])
    return (True, after.start() + 10) if after else (False, 999)
