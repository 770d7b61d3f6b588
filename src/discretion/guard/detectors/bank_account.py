"""Bank accounts: IBAN, the national forms with their checks, and numbers presented as an account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard.detectors._data import sections
from discretion.guard.detectors._numbers import is_attached, is_date, is_quantity
from discretion.guard.detectors._reading import Reading, Run, read
from discretion.records import Kind

_IBAN_HEAD = re.compile(r"(?<![^\W_])([a-z]{2})\d{2}(?=[ -]?[a-z\d])")
_IFSC = re.compile(r"(?<!\w)[a-z]{4}0[a-z\d]{6}(?!\w)")
_CLABE = re.compile(r"(?<![\w.-])\d{18}(?![\w-])|(?<![\w.-])\d{3} \d{3} \d{11} \d(?![\w-])")
# Sort code (UK) or BSB (Australia) and account number side by side.
_PAIR = re.compile(
    r"(?<![\w-])(?:\d{2}-\d{2}-\d{2}[ ,/]{1,3}(?:acc(?:ount)?\.?:? ?)?\d{8}"
    r"|\d{3}-\d{3}[ ,/]{1,3}(?:acc(?:ount)?\.?:? ?)?\d{6,9})(?![\w-])"
)
_SORT = re.compile(r"\b(?:sort ?code|bsb|routing(?: number| no\.?)?|aba)\b[^.!?\n\d]{0,60}$")
_ROUTING = re.compile(r"\b(?:routing|aba)\b[^.!?\n]{0,30}$")
_WEAK_CUE = re.compile(r"\b(?:pay(?:ing|ment)?|paid|refund|salary|cash|send|wire|transfer)\b")
_ACCOUNT_CUE = 75
_FAR = 999
_OWN = re.compile(r"\b(?:my|mine|i|me|our)\b[^.!?\n]{0,60}$")


@cache
def _lengths() -> dict[str, int]:
    pairs = (pair.split("=") for pair in sections("iban_lengths.txt")["length"])
    return {code: int(length) for code, length in pairs}


@cache
def _iban(length: int) -> re.Pattern[str]:
    return re.compile(rf"[a-z]{{2}}\d{{2}}(?:[ -]?[a-z\d]){{{length - 4}}}(?![^\W_])")


@detector("bank_account", {Kind.BANK_ACCOUNT}, Scope.FORM)
def bank_account(view: View) -> Iterator[Hit]:
    """Accounts that are right by their own checks, or presented as such."""
    reading = read(view)
    if not reading.has_digit and not reading.has_spoken:
        return
    text = reading.text
    taken: list[tuple[int, int]] = []
    for start, end, confidence, reason in (*_by_form(text, view.text), *_by_cue(reading)):
        if any(start < other and begun < end for begun, other in taken):
            continue
        taken.append((start, end))
        span = view.given(start, end)
        own = 0.6 if _OWN.search(text[max(0, start - 70) : start]) else 0.1
        yield Hit(Kind.BANK_ACCOUNT, span.start, span.end, confidence, reason, own)


def _by_form(text: str, given: str) -> Iterator[tuple[int, int, float, str]]:
    for head in _IBAN_HEAD.finditer(text):
        length = _lengths().get(head[1])
        match = _iban(length).match(text, head.start()) if length else None
        if match and sum(c.isdigit() for c in match.group()) >= 8:
            yield (
                *match.span(),
                *(
                    (0.99, "an IBAN, checksum right")
                    if _is_iban(match.group())
                    else (0.88, "an IBAN by form")
                ),
            )
    for match in _PAIR.finditer(text):
        yield *match.span(), 0.88, "a sort code with an account number"
    for match in _CLABE.finditer(text):
        if is_clabe(match.group().replace(" ", "")):
            yield *match.span(), 0.93, "a CLABE, check digit right"
    for match in _IFSC.finditer(text):
        if len(given) == len(text) and given[match.start() : match.end()].isupper():
            yield *match.span(), 0.8, "an Indian bank branch code"


def _by_cue(reading: Reading) -> Iterator[tuple[int, int, float, str]]:
    text = reading.text
    for run in reading.runs:
        count = len(run.digits)
        if (
            not 6 <= count <= 28
            or is_quantity(text, run.start, run.end)
            or is_attached(text, run.start, run.end)
        ):
            continue
        before = text[max(0, run.start - 80) : run.start]
        if _SORT.search(before) and count in {6, 9} and not (is_date(run) and count == 8):
            right = count == 9 and bool(_ROUTING.search(before)) and is_routing(run.digits)
            yield run.start, run.end, 0.95 if right else 0.85, "a bank's sort or routing code"
            continue
        if count < 7 or (is_date(run) and not run.is_spoken):
            continue
        cues = reading.cues(run.start, run.end)
        gap = cues.pop("account", _FAR)
        cues.pop("number", None)
        if count >= 20:
            cues.clear()
        if gap > _ACCOUNT_CUE or not _is_account(run, text):
            continue
        rival = min(cues.values(), default=_FAR)
        if rival < gap and not (rival > 12 and "reference" not in cues and "card" not in cues):
            continue
        yield (
            run.start,
            run.end,
            0.9 if gap < 40 and rival == _FAR else 0.78,
            "a number presented as a bank account",
        )


def _is_account(run: Run, text: str) -> bool:
    """Whether the groups may be those of an account: no decimal point, no thousands, no area code."""
    joints = "".join(text[a.end : b.start] for a, b in zip(run.atoms, run.atoms[1:], strict=False))
    return not {".", ")"} & set(joints) and ("," not in joints or run.is_spoken)


def _is_iban(text: str) -> bool:
    from stdnum import iban

    return bool(iban.is_valid(text, check_country=False))


def is_clabe(digits: str) -> bool:
    """Whether the control digit of an 18-figure CLABE is right (ABM, Mexico: weights 3 7 1)."""
    total = sum(int(digit) * weight % 10 for digit, weight in zip(digits[:17], (3, 7, 1) * 6, strict=False))
    return (10 - total % 10) % 10 == int(digits[17])


def is_routing(digits: str) -> bool:
    """Whether the check digit of an ABA routing number is right (weights 3 7 1, sum a multiple of ten)."""
    return sum(int(digit) * weight for digit, weight in zip(digits, (3, 7, 1) * 3, strict=True)) % 10 == 0
