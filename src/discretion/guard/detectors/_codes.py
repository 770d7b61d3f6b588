"""Figures that open something: PINs, door and one-time codes, combinations, a card's verification value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discretion.guard.detectors._data import either, sections
from discretion.guard.detectors._numbers import is_attached, is_quantity
from discretion.guard.detectors._reading import Reading, Run

_VERIFICATION = re.compile(
    r"\b(?:cvv2?|cvc2?|csc|cid|card security code|security code|(?:three|3|four"
    r"|4) (?:digits?|numbers) on the (?:back|front))\b[^\d\n.!?]{0,16}(\d{3,4})(?!\d)"
)
_YOUR_CODE = re.compile(
    r"(?<![\w.-])(?:g-)?(\d{3}[ -]?\d{3}|\d{4,8}) is (?:your|my|the) [\w' -]{0,30}?(?:code"
    r"|otp|pin|passcode)\b"
)
_KEYPAD = re.compile(
    r"(?<![\w.$€£-])[#*]?\d{3,8}(?:[#*]| ?,?(?:then )?(?:star|pound|hash)\b)|(?<![\w.$€£-])[#*]\d{3,8}(?!\w)"
)
_LETTERED = re.compile(
    r"(?<!\w)(?:[A-Z] (?:\d ?){3,5}[A-Z]?|[A-Z](?:\d ?){2,5}[A-Z]|[A-Z]\d{4,5}"
    r"|(?:\d ?){2,5}[A-Z])(?!\w)"
)
_BACKUP = re.compile(r"(?<![\w-])(?=[a-z\d-]{0,40}\d)[a-z\d]{4,6}(?:-[a-z\d]{4,6}){1,6}(?![\w-])")
_EXPIRY = re.compile(
    r"\b(?:exp(?:iry|ires|iration)?(?: date)?|valid (?:thru|until"
    r"|till))\b[^\d\n.!?]{0,10}(\d{2} ?/ ?\d{2,4}|\d{4})(?!\d)"
)
_CARD = re.compile(r"(?:\d[ -]?){13,19}")
_DENIED = re.compile(r"\b(?:isn'?t|is not|ain'?t|wasn'?t|not|never)\s(?:\w+\s)?$")
_OF_FIGURES = re.compile(r" of \d{3,8}(?=\s?(?:[.,;:!?)]|$))")
# Before four figures: a year, unless a word for a code follows at once.
_OF_A_YEAR = re.compile(r"\b(?:of|in|since|by|year|circa|anno|winter|summer|spring|autumn|fall)\s$")
OWN = re.compile(r"\b(?:my|mine|i|i'?m|our|me|us|we|u)\b", re.IGNORECASE)
"""Words by which an author speaks of themself."""
_FAR = 999


@cache
def secret_words() -> dict[str, frozenset[str]]:
    """The words of credentials by what they do."""
    return {key: frozenset(words) for key, words in sections("secret_words.txt").items()}


@cache
def secret_cues(key: str) -> re.Pattern[str]:
    """A pattern of one of these lists."""
    return re.compile(rf"(?<![\w-]){either(sections('secret_words.txt')[key])}(?:'s|’s)?(?![\w-])")


def codes(text: str, reading: Reading) -> Iterator[tuple[int, int, float, str]]:
    """Codes as ``(start, end, confidence, reason)`` in ``text``, which has the length of the folded one."""
    folded = reading.text
    cues = [(m.start(), m.end(), m.group().rstrip("s'’")) for m in secret_cues("code").finditer(folded)]
    cues = [cue for cue in cues if not _is_other_code(folded, cue[0], cue[1])]
    for match in _VERIFICATION.finditer(folded):
        yield *match.span(1), 0.9, "a card's verification value"
    if _CARD.search(folded):
        yield from ((*m.span(1), 0.75, "a card's expiry") for m in _EXPIRY.finditer(folded))
    if not cues:
        return
    for match in _YOUR_CODE.finditer(folded):
        yield *match.span(1), 0.85, "a one-time code"
    for pattern in (_KEYPAD, _LETTERED, _BACKUP):
        for match in pattern.finditer(text if pattern is _LETTERED else folded):
            if pattern is _KEYPAD and _ends_an_action(folded, match.start(), match.end()):
                continue
            gap = _gap(cues, match.start(), match.end())
            if gap < 50 and not is_quantity(folded, match.start(), match.end()):
                yield *match.span(), 0.76, "a code for a door or an account"
    hash_word = re.compile(r"\b(?:hekje|hash|star|pound|raute|stern|dièse|étoile) \d{3,6}\b")
    for match in hash_word.finditer(folded):
        yield match.start(), match.end(), 0.72, "a code for a door"
    for run in reading.runs:
        confidence = _code_likelihood(reading, run, cues)
        if confidence:
            yield run.start, run.end, confidence, "figures said to be a code"


def _is_other_code(text: str, start: int, end: int) -> bool:
    before = re.findall(r"[\w'-]+", text[max(0, start - 24) : start])
    after = text[end : end + 5]
    if _OF_FIGURES.match(text, end):
        after = ""  # "a pin of 4829", unlike "a code of honour"
    return bool(before and before[-1] in secret_words()["not_code"]) or after.startswith(
        (" of ", " name", " red", " blue")
    )


def _ends_an_action(text: str, start: int, end: int) -> bool:
    """Whether the star behind figures closes a stage direction ("*opens room 2217*") and is no key."""
    line = text.rfind("\n", 0, start) + 1
    return text[end - 1] == "*" and text[start].isdigit() and text.count("*", line, start) % 2 == 1


def _gap(cues: list[tuple[int, int, str]], start: int, end: int) -> int:
    return min(
        [start - cue[1] for cue in cues if cue[1] <= start]
        + [cue[0] - end + 20 for cue in cues if cue[0] >= end],
        default=_FAR,
    )


def _code_likelihood(reading: Reading, run: Run, cues: list[tuple[int, int, str]]) -> float:
    text, digits = reading.text, run.digits
    combination = len(run.atoms) == 3 and all(1 <= len(a.digits) <= 2 for a in run.atoms)
    if (
        not 3 <= len(digits) <= 10
        or is_attached(text, run.start, run.end)
        or is_quantity(text, run.start, run.end)
    ):
        return 0.0
    joints = "".join(text[a.end : b.start] for a, b in zip(run.atoms, run.atoms[1:], strict=False))
    if (
        "." in joints
        or "/" in joints
        or (len(run.atoms) > 1 and joints.strip() == "," and not run.is_spoken and len(digits) > 8)
    ):
        return 0.0
    start, end = run.start, run.end
    before = [cue for cue in cues if 0 <= start - cue[1] <= 70]
    after = [cue for cue in cues if 0 <= cue[0] - end <= 25]
    if not before and not after:
        return 0.0
    around = reading.cues(run.start, run.end)
    nearest = min([run.start - cue[1] for cue in before] + [cue[0] - run.end + 8 for cue in after])
    if _DENIED.search(text[max(0, run.start - 24) : run.start]) or run.shape == (3, 4):
        return 0.0
    rival = min(
        (around.get(kind, _FAR) for kind in ("reference", "phone", "account", "plate", "postal", "card")),
        default=_FAR,
    )
    if rival < nearest or (around.get("id", _FAR) < nearest and len(digits) > 6):
        return 0.0
    if nearest > 5 and run.shape == (4,) and _OF_A_YEAR.search(text[max(0, run.start - 12) : run.start]):
        return 0.0
    is_place = all(cue[2] in secret_words()["place"] for cue in [*before, *after])
    year = len(run.atoms) == 1 and len(digits) == 4 and digits[:2] in {"19", "20"} and not run.is_spoken
    joined = text[max(before)[1] : run.start] if before else ""
    if year and not (nearest <= 8 and not is_place and re.search(r"\b(?:is|its)|[:=']", joined)):
        return 0.0
    if is_place:
        if before and joined.strip() == "" and len(digits) <= 4 and len(run.atoms) == 1:
            return 0.0
        if len(digits) < 4 or (nearest > 45 and not combination):
            return 0.0
    own = OWN.search(text[max(0, run.start - 80) : run.end + 40]) is not None
    says = re.search(
        r"(?:\bis|'s|:|=|\bits|\bit's|,|\bto|\bcode|\bpin|\botp)\s{0,2}$",
        text[max(0, run.start - 8) : run.start],
    )
    if len(digits) >= 4 and (own or not is_place):
        return 0.74 if says or nearest < 30 else 0.62
    return 0.56 if says or nearest < 20 else 0.0
