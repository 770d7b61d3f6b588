"""English number words, read as the digits they stand for.

A run of number words is read in the first way that fits: digit by digit ("five five oh one"), a year
("nineteen eighty four"), a cardinal ("a hundred and five", "four and twenty") with an ordinal end ("twenty
first"). "one", "first" and "second" alone are ordinary words and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Piece = tuple[int, int, str]
"""A run ``[start, end)`` of the text and the digits in its place."""

FEWEST_DIGITS = 3
"""Fewer single digits in a row are counts or sizes ("five four"), not a number read out."""
FEWEST_DIGITS_ACROSS_COMMAS = 7
"""Fewer digits with commas between are a list ("aged five, seven and nine"), more a telephone number."""

_MOST_DIGIT_WORDS = 40

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_BEFORE_MONTH = re.compile(rf"\s{{1,3}}(?:day\s{{1,3}})?(?:of\s{{1,3}})?{_MONTH}\b")
_AFTER_MONTH = re.compile(rf"\b{_MONTH}\s{{1,3}}(?:the\s{{1,3}})?$")
_TOKEN = re.compile(r"[a-z]+|\d+")
_GAP = re.compile(r"[ \t]{0,3}[-,.]?[ \t]{0,3}")
_RANGE = re.compile(r"\b(?:between|from)\s{1,3}$")
_TENS = "(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)"
_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    kind: str
    value: int
    text: str
    gap: str
    """What stands between the word before and this one."""


@cache
def _table() -> dict[str, tuple[str, int]]:
    raw = files("discretion.text").joinpath("data/number_words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in raw.splitlines() if line and not line.startswith("#"))
    return {word: (kind, int(value)) for word, kind, value in rows}


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, branched by first letter so that a miss costs little."""
    heads: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        heads.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{head}(?:{'|'.join(tails)})" for head, tails in heads.items())


@cache
def _cue() -> re.Pattern[str]:
    """Any word that can stand for digits by itself or begin a run; ordinary "one" and "oh" are not."""
    own = [word for word in _table() if word not in ("one", "oh", "o", "first", "second", "third", "double")]
    early = "(?:first|second|third)"
    dated = rf"{early}\s{{1,3}}(?:day\s{{1,3}})?of|{_MONTH}\s{{1,3}}(?:the\s{{1,3}})?{early}"
    return re.compile(rf"\b(?:(?:{_any_of(own)}|double\s{{1,3}}\w+|{dated})\b|{_TENS}[a-z]|[3-9]teen\b)")


@cache
def _run() -> re.Pattern[str]:
    """A number word or numeral with all that follow it without another word between."""
    word = rf"(?:(?:{_any_of(_table())})\b|{_TENS}[a-z]+\b|\d{{1,4}}(?:teen)?\b)"
    return re.compile(rf"\b(?:a )?{word}(?:{_GAP.pattern}(?:and |a )?{word})*")


def number_pieces(text: str) -> Iterator[Piece]:
    """The runs of number words in a folded text with their digits, in order and apart."""
    cue = _cue().search(text)
    if not cue:
        return
    # A run that holds the first cue may begin before it with "one", "oh" or numerals.
    for run in _run().finditer(text, text.rfind("\n", 0, cue.start()) + 1):
        if run[0].isdigit() or run[0] == "one":
            continue
        words = _words(text, run.start(), run.end())
        at = 0
        while at < len(words):
            used, pieces = _read(text, words, at)
            yield from pieces
            at += used


def _words(text: str, start: int, end: int) -> list[_Word]:
    """Number words, numerals and the joints between them; anything else is a wall."""
    found: list[_Word] = []
    table = _table()
    last = start
    for match in _TOKEN.finditer(text, start, end):
        word = match[0]
        gap = text[last : match.start()]
        begin = match.start()
        last = match.end()
        if word.isdigit():
            kind, value = "numeral", int(word)
        elif word in table:
            kind, value = table[word]
        elif word in ("and", "a"):
            kind, value = word, 0
        elif word == "teen" and not gap and found[-1].kind == "numeral" and 3 <= found[-1].value <= 9:
            before = found.pop()
            begin, kind, value, gap = before.start, "teen", before.value + 10, before.gap
        else:
            kind, value = _glued(word)
        found.append(_Word(begin, last, kind, value, text[begin:last], gap))
    return found


def _glued(word: str) -> tuple[str, int]:
    """Tens and unit written together ("twentyfive", "thirtyfirst")."""
    for cut in (5, 6, 7):
        tens = _table().get(word[:cut])
        unit = _table().get(word[cut:])
        if tens and unit and tens[0] == "tens" and unit[0] in ("unit", "ordinal") and 1 <= unit[1] <= 9:
            return ("cardinal" if unit[0] == "unit" else "ordinal"), tens[1] + unit[1]
    return "wall", 0


def _read(text: str, words: list[_Word], at: int) -> tuple[int, list[Piece]]:
    """Read the longest number that begins at word ``at``: how many words it took, and its pieces."""
    if words[at].kind in ("wall", "and"):
        return 1, []
    digits = _digit_run(text, words, at)
    if digits:
        return digits
    year = _year(words, at)
    if year:
        used, value = year
        return used, [(words[at].start, words[at + used - 1].end, str(value))]
    return _cardinal(text, words, at)


def _digit_run(text: str, words: list[_Word], at: int) -> tuple[int, list[Piece]] | None:
    run: list[tuple[_Word, int, int, str]] = []  # the word, its start, its end, its digits
    i = at
    while i < len(words) and len(run) < _MOST_DIGIT_WORDS:
        word = words[i]
        if i > at and (len(word.gap.strip()) > 1):
            break
        follower = words[i + 1] if i + 1 < len(words) else None
        if word.kind == "repeat" and follower and follower.kind in ("unit", "oh", "numeral"):
            if follower.value > 9 or not follower.gap.isspace():
                break
            run.append((word, word.start, follower.end, str(follower.value) * word.value))
            i += 2
            continue
        if word.kind not in ("unit", "oh", "numeral"):
            break
        run.append((word, word.start, word.end, word.text if word.kind == "numeral" else str(word.value)))
        i += 1
    while run and run[-1][0].kind == "oh":
        run.pop()
    segments = _segments(run)
    pieces: list[Piece] = []
    used = 0
    for segment in segments:
        spoken = [row for row in segment if row[0].kind != "numeral"]
        total = sum(len(row[3]) for row in segment)
        starts_with_oh = segment[0][0].kind == "oh"
        is_read_out = any(row[0].kind == "repeat" for row in segment) or (
            len(spoken) >= FEWEST_DIGITS or (len(spoken) > 1 and total >= FEWEST_DIGITS_ACROSS_COMMAS)
        )
        if not is_read_out or (starts_with_oh and total < FEWEST_DIGITS + 1):
            break
        pieces += _joined(segment)
        used = words.index(segment[-1][0], at) - at + (2 if segment[-1][0].kind == "repeat" else 1)
    return (used, pieces) if pieces else None


def _segments(run: list[tuple[_Word, int, int, str]]) -> list[list[tuple[_Word, int, int, str]]]:
    """One segment where the whole run is long enough for a telephone number, else cut at commas."""
    if not run:
        return []
    if sum(len(row[3]) for row in run) >= FEWEST_DIGITS_ACROSS_COMMAS:
        return [run]
    cut: list[list[tuple[_Word, int, int, str]]] = [[run[0]]]
    for row in run[1:]:
        if "," in row[0].gap or "." in row[0].gap:
            cut.append([row])
        else:
            cut[-1].append(row)
    return cut


def _joined(segment: list[tuple[_Word, int, int, str]]) -> list[Piece]:
    """Each word's digits in its place; the gaps between fall away."""
    pieces: list[Piece] = []
    for (_, start, end, digits), following in zip(segment, [*segment[1:], None], strict=True):
        pieces.append((start, end, digits))
        if following and following[1] > end:
            pieces.append((end, following[1], ""))
    return pieces


def _year(words: list[_Word], at: int) -> tuple[int, int] | None:
    """A year said in two halves: "nineteen eighty four", "twenty oh five", "nineteen hundred"."""
    century = words[at]
    rest = [word for word in words[at + 1 : at + 3] if word.gap in (" ", "-")]
    if not rest or rest[0] is not words[at + 1]:
        return None
    if not (century.kind in ("teen", "tens") and century.value in (18, 19, 20)):
        return None
    first, unit = rest[0], rest[1] if len(rest) > 1 else None
    base = century.value * 100
    is_digit = unit is not None and unit.kind == "unit" and unit.value > 0
    if first.kind == "oh" and unit and is_digit:
        return 3, base + unit.value
    if first.kind == "hundred" and century.value != 20:
        return 2, base
    if first.kind == "tens" and unit and is_digit:
        return 3, base + first.value + unit.value
    # "nineteen twenty" may be two ages, "nineteen ninety" hardly.
    if first.kind == "tens" and (century.value == 20 or first.value >= 30):
        return 2, base + first.value
    if first.kind == "cardinal":
        return 2, base + first.value
    if first.kind == "teen" and century.value == 20:
        return 2, base + first.value
    return None


def _cardinal(text: str, words: list[_Word], at: int) -> tuple[int, list[Piece]]:
    first = words[at]
    if first.kind == "decade":
        return 1, [(first.start, first.end, f"{first.value}s")]
    total, part, i, is_ordinal = 0, -1, at, False
    floor = 10**9  # the place that the next word must stay below
    while i < len(words):
        word = words[i]
        if i > at and word.gap not in (" ", "-"):
            break
        if word.kind == "and":
            ahead = words[i + 1] if i + 1 < len(words) else None
            if not ahead or ahead.gap != " " or word.gap != " ":
                break
            if words[i - 1].kind in ("hundred", "power") and ahead.kind in (
                "unit",
                "teen",
                "tens",
                "cardinal",
            ):
                i += 1
                word = ahead
            elif i == at + 1 and first.kind == "unit" and first.value and ahead.kind == "tens":
                if _RANGE.search(text, 0, first.start):
                    break
                return 3, [(first.start, ahead.end, str(first.value + ahead.value))]
            else:
                break
        if word.kind == "a":
            ahead = words[i + 1] if i + 1 < len(words) else None
            if i > at or not ahead or ahead.kind not in ("hundred", "power") or ahead.gap != " ":
                break
            part = 1
        elif word.kind in ("unit", "teen", "cardinal", "numeral") and (part < 0 or floor == 100):
            if word.kind == "numeral" and (i > at or _is_decimal(text, word)):
                break
            part, floor = max(part, 0) + word.value, 1
        elif word.kind == "tens" and (part < 0 or floor == 100):
            part, floor = max(part, 0) + word.value, 10
        elif word.kind == "unit" and floor == 10 and word.value:
            part, floor = part + word.value, 1
        elif word.kind == "hundred" and (part < 0 or (part < 100 and floor in (1, 10, 10**9))):
            part, floor = max(part, 1) * 100, 100
        elif word.kind == "power" and part >= 0 and (not total or word.value < 10**6):
            total, part, floor = total + max(part, 1) * word.value, -1, 100
        elif word.kind == "ordinal" and _may_end(text, words, at, i, floor):
            part, is_ordinal = max(part, 0) + word.value, True
            i += 1
            break
        else:
            break
        i += 1
    used = max(i - at, 1)
    value = total + max(part, 0)
    last = words[at + used - 1]
    if i == at or last.kind == "a":
        return 1, []
    if used == 1 and (first.kind in ("numeral", "oh", "repeat", "a") or first.text == "one"):
        return 1, []
    digits = str(value) + (_suffix(value) if is_ordinal else "")
    return used, [(first.start, last.end, digits)]


def _is_decimal(text: str, word: _Word) -> bool:
    return word.start > 0 and (text[word.start - 1].isalnum() or text[word.start - 1] in ".,")


def _may_end(text: str, words: list[_Word], at: int, i: int, floor: int) -> bool:
    """Whether an ordinal at ``i`` closes the number begun at ``at`` or stands as one itself."""
    word = words[i]
    is_dated = bool(_BEFORE_MONTH.match(text, word.end)) or bool(
        _AFTER_MONTH.search(text, max(0, words[at].start - 20), words[at].start)
    )
    if i == at:
        return word.value > 2 and word.text != "third" if not is_dated else True
    if floor == 10:
        # "twenty second" may be a time span ("a twenty second clip").
        return word.value < 10 and (word.text != "second" or word.gap == "-" or is_dated)
    return floor == 100


def _suffix(value: int) -> str:
    return "th" if 10 <= value % 100 <= 20 else _SUFFIXES.get(value % 10, "th")
