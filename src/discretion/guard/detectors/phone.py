"""Telephone numbers: international and national forms, local ones with a cue, spoken ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard.detectors._numbers import (
    extension_end,
    is_attached,
    is_date,
    is_quantity,
    keycap_end,
    windows,
)
from discretion.guard.detectors._reading import Reading, Run, read
from discretion.records import Kind

_OWN = re.compile(
    r"(?:\bmy|\bmy (?:new|cell|phone|mobile|home|work|whatsapp) ?)\s?(?:number|num|digits"
    r"|cell|phone|mobile|landline)\b"
    r"[^.!?\n]{0,40}$|\b(?:call|text|ring|reach|whatsapp|sms|phone|message|msg"
    r"|hmu) me\b[^.!?\n]{0,40}$|\bi'?m on $"
)
_PIECE = re.compile(
    r"\b(?:number|num|digits|cell|phone|mobile)\b[^!?\n]{0,60}\b(?:it'?s|is|its|starts"
    r"|start with|begins with|:)\s?$"
    r"|\b(?:last|first|other) (?:\d|two|three|four|five|six) (?:digits?|numbers?"
    r"|of my (?:number|cell|phone|mobile))"
    r"[^!?\n]{0,24}$|\b(?:number|cell|phone|mobile)\b[^!?\n]{0,20}\bend(?:s|ing) (?:in|with) $"
)
# A named exchange and five figures, as numbers were given in North America until the 1960s.
_EXCHANGE = re.compile(r"(?<!\w)[A-Z]{2}[a-z]{2,9} \d-\d{4}(?!\d)")
_ON = re.compile(
    r"\b(?:i'?m|he'?s|she'?s|they'?re|who'?s|mum|mam|dad|\w+ is|'s|me|down at|line'?s) (?:on|at) $"
)
_FEWEST = 7
_FAR = 999
_MOST = 15


@detector("phone", {Kind.PHONE}, Scope.FORM)
def phone(view: View) -> Iterator[Hit]:
    """Numbers that can be dialled, judged by their groups and by the words around them."""
    reading = read(view)
    for run in reading.runs:
        if len(run.digits) < 3 or is_attached(reading.text, run.start, run.end):
            continue
        taken: list[Run] = []
        for part in windows(run, reading.text):
            if any(part.start < other.end and other.start < part.end for other in taken):
                continue
            confidence = _likelihood(reading, part, is_whole=len(part.atoms) == len(run.atoms))
            if confidence:
                taken.append(part)
                yield _hit(view, reading, part, confidence)
    if reading.has_digit and "-" in view.text:
        for match in _EXCHANGE.finditer(view.text):
            yield Hit(
                Kind.PHONE, match.start(), match.end(), 0.85, "a telephone number with a named exchange"
            )


def _hit(view: View, reading: Reading, run: Run, confidence: float) -> Hit:
    text, start = reading.text, run.start
    if text[max(0, start - 1) : start] == "(":
        start -= 1
    if text[max(0, start - 1) : start] == "+":
        start -= 1
    span = view.given(start, extension_end(text, keycap_end(reading, run.end)))
    own = 0.7 if _OWN.search(text[max(0, start - 60) : start]) else 0.1
    return Hit(Kind.PHONE, span.start, span.end, confidence, "a telephone number", own)


def _likelihood(reading: Reading, run: Run, *, is_whole: bool) -> float:
    """How likely the run is a telephone number, 0 where it is none."""
    text, digits, start = reading.text, run.digits, run.start
    count = len(digits)
    if count < _FEWEST or count > _MOST:
        return _piece(reading, run) if is_whole and count < _FEWEST else 0.0
    if run.is_spoken and is_quantity(text, start, run.end) and len(run.atoms) > _FEWEST:
        return _likelihood(reading, run.parts(0, len(run.atoms) - 1), is_whole=True)
    if is_quantity(text, start, run.end) or (is_date(run) and not run.is_spoken) or len(set(digits)) == 1:
        return 0.0
    if "+" in text[max(0, start - 2) : start]:
        return 0.97 if _is_possible(digits) else 0.0
    cues = reading.cues(start, run.end)
    cue = cues.get("phone", _FAR)
    if _ON.search(text[max(0, start - 24) : start]):
        cue = 0
    rivals = [kind for kind in _rivals(count) if kind != "secret" or not digits.startswith("555")]
    rival = min(cues.get(kind, _FAR) for kind in rivals)
    strong = _form(run, text)
    if strong:
        if rival < cue and rival <= 6 and ")" not in text[start : run.end]:
            return 0.0
        if cues.get("id", _FAR) < min(cue, 25):
            return 0.6
        return min(0.97, strong + (0.07 if cue < 60 else 0.0))
    if not is_whole or not _is_tidy(run, text):
        return 0.0
    if cue < 60 and cue <= rival:
        return 0.75 if len(run.atoms) <= 6 or run.is_spoken else 0.55
    if cues.get("number", _FAR) < 40 and rival == _FAR and _OWN.search(text[max(0, start - 60) : start]):
        return 0.7
    return 0.0


def _rivals(count: int) -> tuple[str, ...]:
    """The other kinds of number that may have so many figures."""
    rivals = ["account", "id", "reference"]
    if count <= 8:
        rivals += ["secret", "postal", "plate"]
    if count >= 12 or count <= 4:
        rivals.append("card")
    return tuple(rivals)


def _is_tidy(run: Run, text: str) -> bool:
    """Whether the groups may be those of a local number that only a cue makes one."""
    if len(run.digits) == 7 and not (run.shape in {(3, 4), (7,), (3, 2, 2)} or run.is_spoken):
        return False
    joints = "".join(text[a.end : b.start] for a, b in zip(run.atoms, run.atoms[1:], strict=False))
    return not (joints == "." or ("," in joints and not run.is_spoken))


def _form(run: Run, text: str) -> float:
    """The strength of the groups alone; 0 where they need a cue."""
    digits, shape = run.digits, run.shape
    count, has_open = len(digits), text[max(0, run.start - 1) : run.start] == "("
    joints = "".join(text[a.end : b.start] for a, b in zip(run.atoms, run.atoms[1:], strict=False))
    if shape in {(3, 3, 4), (1, 3, 3, 4)} and digits[-10] in "23456789":
        return 0.92 if has_open or set("-.·)") & set(joints) else 0.86
    if shape in {(3, 4), (3, 2, 2)} and digits.startswith("555") and not has_open:
        return 0.86
    if has_open and shape in {(2, 5, 4), (2, 4, 4), (3, 7), (4, 6), (5, 6)}:
        return 0.92
    if shape == (5, 5) and digits[0] in "6789" and "-" not in joints:
        return 0.75
    if run.is_spoken or set(shape) <= {1, 3}:
        if count in {10, 11} and digits[0] == "0" and digits[1] != "0":
            return 0.86
        if run.is_spoken and count == 10 and digits[0] in "23456789":
            return 0.8
        if run.is_spoken and count >= 7 and digits.startswith("555"):
            return 0.86
    if digits[0] == "0" and digits[1:2] != "0" and 9 <= count <= 12 and 2 <= len(shape) <= 5:
        tidy = shape[0] <= 5 and max(shape) <= 7 and min(shape) >= 2 and "/" not in joints[1:]
        return 0.86 if tidy and not is_date(run) else 0.0
    return 0.0


def _piece(reading: Reading, run: Run) -> float:
    """A part of a number, where the words say that it is one ("last four digits are …")."""
    before = reading.text[max(0, run.start - 90) : run.start]
    if len(run.digits) < 3 or not _PIECE.search(before) or is_quantity(reading.text, run.start, run.end):
        return 0.0
    cues = reading.cues(run.start, run.end)
    if any(kind in cues for kind in _rivals(len(run.digits))) or run.is_spoken is ("digit" in before):
        return 0.0
    return 0.6


def _is_possible(digits: str) -> bool:
    """Whether the numbering plan of some country has room for ``+digits`` (E.164)."""
    import phonenumbers

    try:
        return phonenumbers.is_possible_number(phonenumbers.parse("+" + digits, None))
    except phonenumbers.NumberParseException:
        return False
