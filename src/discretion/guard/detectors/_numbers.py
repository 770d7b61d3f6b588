"""Which runs of figures are worth a look: windows over a run, and what rules a number out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discretion.guard.detectors._reading import Reading, Run

_UNIT_AFTER = re.compile(
    r"\s{0,2}(?:%|‰|°(?![ns\d])|°c|€|\$|£|₹|k\b|km\b|kgs?\b|kilos?\b|lbs?\b|mm\b|cm\b|mi\b"
    r"|miles?\b|m\b(?!\.)|ft\b|feet\b|mg\b|ml\b"
    r"|euros?\b|eur\b|dollars?\b|bucks\b|usd\b|pounds?\b|quid\b|rupees?\b|rs\b|inr\b"
    r"|naira\b|pesos?\b|reais\b|francs?\b|yen\b"
    r"|am\b|pm\b|a\.m|p\.m|o'clock|hrs?\b|hours?\b|mins?\b|minutes?\b|secs?\b|seconds?\b"
    r"|days?\b|weeks?\b|months?\b"
    r"|years?\b|yrs?\b|people\b|persons\b|times\b|percent\b|steps\b|calories\b|kcal\b"
    r"|points?\b|pts\b|followers\b"
    r"|views\b|words\b|pages\b|mph\b|kmh\b|rpm\b|hz\b|khz\b|mhz\b|fps\b|px\b|mb\b|gb\b|tb\b"
    r"|kb\b|kw\b|kwh\b|watts?\b|volts?\b)"
)
_MONEY_BEFORE = re.compile(
    r"(?:[$€£¥₹₦₱%#]|\brs\.?|\binr|\busd|\beur|\bkes|\bksh|\bphp|\bngn|\bsgd|\br\$|\baud|\bcad)\s?$"
)
_EXTENSION = re.compile(r"\s?(?:x|ext\.?|extension)\s?\d{1,6}(?!\w)")
_DATE_SHAPES = {
    (4, 2, 2),
    (2, 2, 4),
    (1, 2, 4),
    (2, 1, 4),
    (1, 1, 4),
    (2, 2, 2),
    (1, 2, 2),
    (1, 1, 2),
    (2, 1, 2),
}


def windows(run: Run, text: str, longest: int = 14) -> Iterator[Run]:
    """The whole run, then shorter stretches that begin at its start or a comma and end at white space."""
    yield run
    count = len(run.atoms)
    if count < 2 or run.is_spoken:
        return
    gaps = [text[run.atoms[i - 1].end : run.atoms[i].start] for i in range(1, count)]
    firsts = [0, *(i for i, gap in enumerate(gaps, 1) if any(c in ",;(" for c in gap))]
    lasts = [*(i for i, gap in enumerate(gaps, 1) if any(c in " \u00a0,;" for c in gap)), count]
    pairs = [(a, b) for a in firsts for b in lasts if 0 < b - a <= longest and b - a < count]
    for first, last in sorted(pairs, key=lambda pair: pair[0] - pair[1]):
        yield run.parts(first, last)


def is_attached(text: str, start: int, end: int) -> bool:
    """Whether letters or signs touch the run, so that it is part of something longer."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and (
        before.isalnum()
        or before in "_#$€£¥₹@&="
        or (before in ".,:-/" and text[start - 2 : start - 1].isalnum())
    ):
        return True
    if after and (after.isalnum() or after in "_@&=") and not _EXTENSION.match(text, end):
        return True
    return after in {".", ",", ":", "-", "/"} and after != "" and text[end + 1 : end + 2].isdigit()


def is_quantity(text: str, start: int, end: int) -> bool:
    """Whether a unit or a currency stands beside the run."""
    return bool(_UNIT_AFTER.match(text, end) or _MONEY_BEFORE.search(text[max(0, start - 6) : start]))


def is_date(run: Run) -> bool:
    """Whether the groups read as a calendar date or a span of years."""
    shape, digits = run.shape, run.digits
    if shape == (4, 4):
        return digits[:2] in {"18", "19", "20"} and digits[4:6] in {"18", "19", "20"}
    if shape not in _DATE_SHAPES:
        return False
    numbers = [int(atom.digits) for atom in run.atoms]
    if len(digits) == 8 and shape[0] == 4:
        return 1000 <= numbers[0] <= 2100 and 1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31
    return 1 <= numbers[0] <= 31 and 1 <= numbers[1] <= 31 and min(numbers[:2]) <= 12


def nearest(cues: dict[str, int], *, without: str = "") -> str:
    """The category whose cue stands nearest, or ""."""
    found = sorted((gap, kind) for kind, gap in cues.items() if kind != without)
    return found[0][1] if found else ""


def extension_end(text: str, end: int) -> int:
    """The end of a telephone number with its extension ("x204")."""
    match = _EXTENSION.match(text, end)
    return match.end() if match else end


def keycap_end(reading: Reading, end: int) -> int:
    """The end of a run with the keycap marks that belong to its last figure."""
    while end < len(reading.text) and reading.text[end] in "\ufe0f\u20e3":
        end += 1
    return end
