"""Places on the map: decimal pairs, degrees, grid references, map links, three-word and plus codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard.detectors._overlaps import strongest
from discretion.guard.detectors._reading import read
from discretion.records import Kind

_PAIR = re.compile(
    r"(?<![\w.,$€£-])([-+−]?\d{1,2}\.\d{3,10})°?\s?([ns]\b)?\s{0,2}[,;/ ]\s{0,2}([-+−]?\d{1,"
    r"3}\.\d{3,10})°?(?![\w.]*\d)(?:\s?([ew])\b)?"
)
_SHORT_PAIR = re.compile(
    r"(?<![\w.,$€£-])(\d{1,2}\.\d{1,2})°?\s?([ns])\b[,; ]{0,3}(\d{1,3}\.\d{1,2})°?\s?([ew])\b"
)
_ANGLE = (
    r"\d{1,3}(?:\.\d{1,6})?\s?[°º]\s?(?:\d{1,2}(?:[.,]\d{1,4})?\s?['′’]?\s?"
    r"(?:\d{1,2}(?:[.,]\d{1,4})?\s?(?:[\"″”]|''|’’))?)?"
)
_DEGREES = re.compile(
    rf"(?<!\w)(?:[ns]\s?)?{_ANGLE}\s?(?:north|south|[ns])?[ ,;/]{{0,3}}(?:[ew]\s?)?{_ANGLE}\s"
    r"?(?:east|west|[ewo])?(?!\w)"
)
_WORDS = re.compile(
    r"(?<![\w.])\d{1,2}(?:[ .]\d{1,2}(?:\.\d+)?){0,2} (?:degrees )?(?:north"
    r"|south)[, ]{1,2}(?:by )?\d{1,3}(?:[ .]\d{1,2}(?:\.\d+)?){0,2} (?:degrees )?(?:east"
    r"|west)\b"
)
_GEO = re.compile(r"\bgeo:-?\d{1,2}(?:\.\d+)?,-?\d{1,3}(?:\.\d+)?")
_LINK = re.compile(
    r"https?://\S{0,80}?(?:maps|osm|openstreetmap|waze)\S{0,120}?[@=/]-?\d{1,2}\.\d{2,}(?:,"
    r"|%2c|/)-?\d{1,3}\.\d{2,}\S{0,100}|https?://(?:maps\.app\.goo\.gl"
    r"|goo\.gl/maps)/\w{5,40}"
)
# Open Location Code: alphabet without vowels and look-alikes.
_PLUS_CODE = re.compile(
    r"(?<![\w+])(?:[23456789cfghjmpqrvwx]{8}|[23456789cfghjmpqrvwx]{4}(?=\+[23456789cfghjmpq"
    r"rvwx]{2,3}[ ,]))\+[23456789cfghjmpqrvwx]{2,3}(?!\w)"
)
_THREE_WORDS = re.compile(r"(?<![\w./@])/{0,3}([a-z]{3,16})\.([a-z]{3,16})\.([a-z]{3,16})(?![\w@/]|\.\w)")
_THREE_CUE = re.compile(r"///|w3w|what ?3 ?words|what three words|three[- ]words?|3[- ]words?")
# National grid of Great Britain and Ireland: two letters (one in Ireland), two groups of equal length.
_GRID = re.compile(
    r"(?<!\w)(?:[hnst][a-hj-z]) ?(?:\d{3} ?\d{3}|\d{4} ?\d{4}|\d{5} ?\d{5})(?!\w)"
    r"|(?<!\w)e ?\d{6,7},? n ?\d{6,7}(?!\w)"
)
_GRID_CUE = re.compile(r"\b(?:grid|map ref(?:erence)?|os ref|gps|mountain rescue|position|coords?|pin|at)\b")
_OWN = re.compile(r"\b(?:my|mine|i'?m|i|we|our|us)\b[^.!?\n]{0,40}$")


@detector("coordinates", {Kind.COORDINATES}, Scope.FORM)
def coordinates(view: View) -> Iterator[Hit]:
    """Pairs of latitude and longitude and the codes that stand for one."""
    reading = read(view)
    text = reading.text
    if reading.has_digit:
        rows = ((*row, "") for row in _numeric(text, view.text))
        for start, end, confidence, _ in strongest(rows):
            yield _hit(view, start, end, confidence)
    if text.count(".") >= 2 and _THREE_CUE.search(text):
        for match in _THREE_WORDS.finditer(text):
            if match[1] != "www" and match[3] not in {"com", "org", "net"}:
                yield _hit(view, match.start(), match.end(), 0.8)


def _hit(view: View, start: int, end: int, confidence: float) -> Hit:
    span = view.given(start, end)
    own = 0.4 if _OWN.search(view.folded.text[max(0, start - 50) : start]) else 0.1
    return Hit(Kind.COORDINATES, span.start, span.end, confidence, "a place on the map", own)


def _numeric(text: str, given: str) -> Iterator[tuple[int, int, float]]:
    if "." in text:
        for match in _PAIR.finditer(text):
            latitude, longitude = _degrees(match[1]), _degrees(match[3])
            if abs(latitude) <= 90 and abs(longitude) <= 180:
                yield *match.span(), 0.95 if match[2] or match[4] or len(match[1]) >= 6 else 0.8
        for match in _SHORT_PAIR.finditer(text):
            yield *match.span(), 0.9
    if "°" in text or "º" in text:
        for match in _DEGREES.finditer(text):
            if any(c in match.group() for c in "nsewo'′’") or "north" in match.group():
                yield *match.span(), 0.95
    if "north" in text or "south" in text:
        for match in _WORDS.finditer(text):
            yield *match.span(), 0.85
    if "+" in text:
        for match in _PLUS_CODE.finditer(text):
            yield *match.span(), 0.85
    if "geo:" in text or "http" in text:
        for pattern in (_GEO, _LINK):
            for match in pattern.finditer(text):
                yield *match.span(), 0.95
    for match in _GRID.finditer(text):
        upper = len(given) == len(text) and given[match.start()].isupper()
        if upper and _GRID_CUE.search(text[max(0, match.start() - 60) : match.start()]):
            yield *match.span(), 0.8


def _degrees(text: str) -> float:
    return float(text.replace("−", "-"))
