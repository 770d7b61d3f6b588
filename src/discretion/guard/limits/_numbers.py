"""Numbers as people write them: digits, words, "s1xteen", "1 6"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from discretion.guard.limits._words import grammar, table, words

_LEET = {"i": "[i1!|l]", "e": "[e3]", "o": "[o0]", "s": "[s5$]", "t": "[t7+]", "a": "[a4@]"}


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number in a folded text; ``is_disguised`` where letters and digits are mixed."""

    start: int
    end: int
    value: int
    is_disguised: bool = False


_ROMAN = ("x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix")


def _loose(word: str) -> str:
    return "".join(_LEET.get(c, re.escape(c)) + "{1,3}" for c in word)


@cache
def _grammar() -> tuple[re.Pattern[str], dict[str, int]]:
    small = words("ages.numbers.zero_to_nineteen")
    tens = words("ages.numbers.tens")
    values = {word: n for n, word in enumerate(small)}
    values |= {word: 20 + 10 * n for n, word in enumerate(tens)}
    elsewhere: dict[str, int] = table("ages")["numbers"]["elsewhere"]
    years = "|".join(words("ages.numbers.years"))
    units = "|".join(small[1:10])
    loose = "|".join(_loose(word) for word in sorted(small[10:], key=len, reverse=True))
    pattern = (
        r"(?=[\dotfsenzxducqv$+])(?:(?<![\w.,:$£€₹№+&@%^\-])|(?<=\b[fm])(?=1\d\b))(?:"
        rf"(?P<old_style>(?:{units})[\s-]and[\s-](?:{'|'.join(tens)}))"
        rf"|(?P<pair>(?:{'|'.join(tens)})(?:[\s-]?(?:{units}))?)"
        rf"|(?P<mixed>1(?:{units})|1[0-9]t[e3][e3]n)"
        rf"|(?P<loose>{loose})"
        r"|(?P<dozen>(?<!half a )dozen)(?=\s+years?\s+old)"
        rf"|(?P<small>{'|'.join(sorted(small, key=len, reverse=True))})"
        rf"|(?P<elsewhere>{'|'.join(elsewhere)})(?=\s(?:{years})\b)"
        rf"|(?P<parted>{'|'.join(word[:-4] for word in small[13:])})[\s.-]teen"
        r"|(?P<roman>x(?:v?i{0,3}|iv|ix))(?=\s(?:years?|yrs?|y/?o)\b)"
        r"|(?P<split>1[ .-][0-9])(?![ .-]?\d)(?=\s?(?:y(?:ears?|rs?|/|o\b)|[,!?]|$))"
        r"|(?P<half>1?\d)(?:[.,](?:25|5|75)(?!\d)|½|\s?1/2)"
        r"|(?P<digits>\d{1,4})(?![.,:]\d|\d|\s?%)"
        r")(?:(?![a-z])|(?=(?:yos?|yrs?|y|f|m|ish|years?|yearolds?)(?![a-z])))"
    )
    return re.compile(pattern), values | elsewhere


def numbers(text: str) -> Iterator[Number]:
    """The whole numbers below 10,000 in a folded text; small sums ("half of thirty") are worked out.

    No number is part of a longer one, of an amount or of a code.
    """
    last: Number | None = None
    for number in _plain_numbers(text):
        lead = text[max(0, number.start - 18) : number.start]
        if ("half" in lead or "twi" in lead or "doub" in lead or "two" in lead) and (
            part := grammar("numbers.sum").search(lead)
        ):
            value = number.value // 2 if part.group("half") else number.value * 2
            number = Number(number.start - len(part.group()), number.end, value, True)
        elif (
            last
            and grammar("numbers.minus").fullmatch(text[last.end : number.start])
            and last.value > number.value
        ):
            number = Number(last.start, number.end, last.value - number.value, True)
            last = None
        elif last and grammar("numbers.plus").fullmatch(text[last.end : number.start]):
            number = Number(last.start, number.end, last.value + number.value, True)
            last = None
        if last:
            yield last
        last = number
    if last:
        yield last


def _plain_numbers(text: str) -> Iterator[Number]:
    grammar, values = _grammar()
    for found in grammar.finditer(text):
        kind, run = found.lastgroup, found.group()
        if kind == "half":
            yield Number(*found.span(), int(found.group("half")))
        elif kind in ("digits", "split"):
            yield Number(*found.span(), int(re.sub(r"\D", "", run)), kind == "split")
        elif kind == "dozen":
            yield Number(*found.span(), 12)
        elif kind == "parted":
            stem = found.group("parted")
            yield Number(
                *found.span(), next(v for w, v in values.items() if w.startswith(stem) and 13 <= v < 20), True
            )
        elif kind == "roman":
            yield Number(*found.span(), _ROMAN.index(run) + 10 if run in _ROMAN else 20, True)
        elif kind == "old_style":
            yield Number(*found.span(), sum(values[part] for part in re.split(r"[\s-]and[\s-]", run)))
        elif kind == "pair":
            parts = re.split(r"[\s-]", run) if re.search(r"[\s-]", run) else [run]
            if len(parts) == 1 and run not in values:
                ten = next(word for word in values if values[word] >= 20 and run.startswith(word))
                parts = [ten, run[len(ten) :]]
            yield Number(*found.span(), sum(values.get(part, 0) for part in parts if part))
        elif kind == "mixed":
            tail = run[1:]
            value = 10 + values[tail] if tail in values else int(run[:2])
            yield Number(*found.span(), value, True)
        elif kind == "loose":
            value = next(v for word, v in values.items() if 10 <= v < 20 and re.fullmatch(_loose(word), run))
            yield Number(*found.span(), value, not run.isalpha())
        else:
            yield Number(*found.span(), values[run])
