"""Birth dates: a full or near-full date, day and month, or a named feast, where birth is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard.detectors._data import either, sections
from discretion.guard.detectors._reading import read
from discretion.records import Kind

_BIRTH = re.compile(
    r"\b(?:born|birthdays?|bday|b-day|birthdate|birth ?date|d\.?o\.?b|date of birth"
    r"|year of birth|geboren|geburtstag|nacid[oa]|nací|cumpleaños|nascid[oa]|"
    r"nasci|aniversário|née?|nat[oa]|compleanno|urodzon[ya]|b['’]?day|birthday'?s"
    r"|came into (?:the|this) world|entered (?:the|this) world|popped out|"
    r"(?:had|birthed|delivered|gave birth to) me|birth certificate|leapling|cake day"
    r"|my special day|blow out|candles?|hatched|(?:made|make) my entrance|i arrived"
    r"|turned up|came out on|arriv(?:ed|ing) on his feast)\b"
)
_BABY = re.compile(r"\s?(?:baby|babies|bairn|child|kid|birthday|bday|born)\b")
_TURN_AFTER = re.compile(
    r"\s?,?\s?(?:i|when i|is when i|and i)(?:'ll| will)? (?:turn|be|hit|become) (?:\d{2}|[a-z]+ty)"
)
_TURN = re.compile(
    r"\b(?:turn(?:ed|ing|s)?|be|i'm|im|hit(?:ting)?) (?:\d{1,3}"
    r"|[a-z]+(?:-[a-z]+)?)(?: years(?: old)?)? (?:on|at|this|last|next|come)\s(?:the\s)?$"
)
_SELF = re.compile(r"\b(?:i'?m|i am|i was|me|we'?re)\b.{0,12}$")
_IM = re.compile(
    r"\b(?:mine'?s|mine is|my own is|my sign[^.!?\n]{0,16} i said|i'?m|i am|me,?"
    r"|we'?re) (?:a |an |of the |from the |the )?$"
)
_FORMAL = re.compile(r"\b(?:date of birth|birth ?date|birthday|d\.?o\.?b)\b")
_YEAR = re.compile(r"\b(?:19[2-9]\d|200[0-8])\b")
_FORM = re.compile(
    r"\b(?:details|clerical|form|forms|record|records|file|passport|licen[cs]e|nhs|register"
    r"|registration|age|older|pension|ssn|papers|id)\b"
)
_SAME_DAY = re.compile(
    r"\bborn (?:on |in )?(?:the )?(?P<span>(?:very |same )?(?:day|night|week|morning"
    r"|weekend|month)(?: and (?:hour|year))? (?:as |of |that |when |after |before |they "
    r"|[a-z']+ )[^,.;:!?\n]{3,60})"
)
_DEED = re.compile(r"\b(?:party|present|gift|cake|card|dinner|suit|weekend|plans|wish|wishes)\b")
_THIRD = re.compile(
    r"\b(?:his|her|their|your|its|he|she|they|'s|s') (?:birthday|bday|b-day|dob|was born"
    r"|were born)\b|\b(?:he|she|they) (?:was|were) born"
)
_OWN = re.compile(r"\b(?:i|my|me|i'?m|mine)\b")


@cache
def _date() -> re.Pattern[str]:
    words = sections("birth_words.txt")
    month = either(words["month"])
    ordinal = either(
        [*words["ordinal"], *(word.replace("-", "_").replace("_", " ") for word in words["ordinal"])]
    )
    feast = either(words["feast"]).replace("'", "['’]?").replace(r"st\s", r"st\.?\s")
    tens, unit = either(words["tens"]), either(words["unit"])
    said = (
        r"(?:(?:nineteen|eighteen|twenty|two thousand(?: and)?)\s)?"
        rf"(?:{tens}(?:[\s-]{unit})?|oh\s{unit}|(?:thir|four|fif|six|seven|eigh|nine)teen|ten|eleven|twelve)"
    )
    year = rf"(?:,?\s(?:of\s|in\s|de\s)?(?:['’]?\d{{2}}(?!\w|:)|(?:18|19|20)\d\d|{said}))"
    teens = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen")
    counted = either([*words["unit"], *teens])
    day = rf"(?:\d{{1,2}}(?:st|nd|rd|th|º|\.)?|{ordinal})"
    nth = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{ordinal})"
    return re.compile(
        rf"(?<![\w/.-])(?:(?P<feast>{feast})(?:,?\s(?:(?:18|19|20)\d\d|['’]?[3-9]\d(?!\w)))?"
        rf"|(?:the\s)?(?P<dm>{day}\s(?:of\s|de\s|di\s)?{month}\b{year}?)"
        rf"|(?:the\s)?(?P<nn>{nth}\sof\sthe\s{nth}{year}?)"
        rf"|(?P<md>{month}\.?,?\s(?:the\s)?(?:{day}|{counted})\b(?!:){year}?)"
        rf"|(?P<my>{month}(?:\sof)?,?\s(?:['’]?(?:18|19|20)\d\d|['’]\d\d|[3-9]\d|{said}))"
        rf"|(?P<full>\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?(?:18|19|20)?\d\d|(?:18|19"
        rf"|20)\d\d[/.-]\d{{1,2}}[/.-]\d{{1,2}}|\d{{1,2}} \d{{1,2}} (?:19|20)\d\d)"
        rf"|(?P<short>\d{{1,2}}/(?:\d{{1,2}}|19\d\d|20\d\d)|\d{{6}}|\d{{8}}"
        rf"|\d{{1,2}}\.\s?\d{{1,2}}\.(?!\d)))(?![\w/-]|[.:]\d)"
    )


@cache
def _gate() -> frozenset[str]:
    words = sections("birth_words.txt")
    first = {word.split()[0] for word in words["feast"]} | set(words["month"])
    return frozenset(first | {word.split("'")[0] for word in first})


@detector("date_of_birth", {Kind.DATE_OF_BIRTH}, Scope.FORM)
def date_of_birth(view: View) -> Iterator[Hit]:
    """Dates that the words around make a day of birth."""
    reading = read(view)
    text = reading.text
    spoken_of = _BIRTH.search(text) is not None
    if spoken_of and "born" in text:
        for match in _SAME_DAY.finditer(text):
            yield _hit(view, *match.span("span"), 0.7, text)
    if (
        not spoken_of
        and not reading.has_digit
        and "feast" not in reading.words
        and "baby" not in reading.words
        and "bairn" not in reading.words
        and "turn" not in text
        and "i'm" not in text
        and "im " not in text
    ):
        return
    if not reading.has_digit and reading.words.isdisjoint(_gate()):
        return
    for match in _date().finditer(text):
        confidence = _likelihood(match, text)
        if confidence:
            group = match.lastgroup or "full"
            start, end = match.span(group)
            if group == "feast":
                end = match.end()
            yield _hit(view, start, end, confidence, text)


def _likelihood(match: re.Match[str], text: str) -> float:
    kind = match.lastgroup
    if kind in {"full", "short"} and not _is_day(match.group()):
        return 0.0
    before = text[max(0, match.start() - 70) : match.start()]
    after = re.split(r"[.!?\n]", text[match.end() : match.end() + 60], maxsplit=1)[0]
    cut = max(before.rfind(c) for c in ".!?\n")
    lone = len(before) - cut <= 16
    near = (
        before[cut + 1 :] if not lone and not re.search(r"(?:dob|d\.o\.b|birth)\W{0,3}$", before) else before
    )
    if kind != "short" and _BABY.match(after) and kind in {"feast", "dm", "md", "nn"}:
        is_child = after.lstrip().startswith(("child", "kid"))
        return 0.85 if not is_child or kind != "feast" or _SELF.search(near) else 0.0
    cue = next(reversed([*_BIRTH.finditer(near)]), None)
    if cue:
        between = near[cue.end() :]
        if _DEED.search(between) and "born" not in cue.group():
            return 0.0
        firm = 0.9 if kind != "short" else 0.8
        if kind == "my" and "birthday" in cue.group():
            return 0.0
        return firm if len(between) < 45 else 0.6
    if kind in {"dm", "md", "nn", "feast", "full"} and (later := _BIRTH.search(after)) and later.start() < 40:
        return 0.8 if not _DEED.search(after[later.end() : later.end() + 20]) else 0.0
    if kind != "short" and kind != "my" and (_TURN.search(near) or _TURN_AFTER.match(after)):
        return 0.75
    if (
        len(text) < 30
        and match.end() - match.start() >= len(text.strip(" .!,"))
        and (kind == "full" and _is_past(match.group()))
    ):
        return 0.6
    if kind in {"dm", "md", "nn"} and _IM.search(near):
        return 0.65
    if kind in {"dm", "md", "nn"} and "feast" in near:
        return 0.65
    whole = before + after
    dated = kind in {"dm", "md"} and bool(_YEAR.search(match.group()))
    if kind == "full" and _FORMAL.search(text[max(0, match.start() - 110) : match.start()]):
        return 0.8
    if ((kind == "full" and _is_past(match.group())) or dated) and _FORM.search(whole):
        return 0.7
    return 0.0


def _is_day(text: str) -> bool:
    if text.isdigit():
        text = f"{text[:2]}/{text[2:4]}/{text[4:]}"
    numbers = [int(part) for part in re.split(r"[\s/.-]{1,3}", text.rstrip("."))]
    if len(numbers) == 2:
        return 1 <= numbers[0] <= 31 and (1 <= numbers[1] <= 31 or numbers[1] > 1900) and min(numbers) <= 12
    day, month = (numbers[2], numbers[1]) if numbers[0] > 31 else (numbers[0], numbers[1])
    return 1 <= day <= 31 and 1 <= month <= 31 and min(day, month) <= 12


def _is_past(text: str) -> bool:
    """Whether the year lies as far back as an adult's birth."""
    parts = re.split(r"[\s/.-]{1,3}", text)
    year = int(parts[0] if len(parts[0]) == 4 else parts[2])
    return 1915 <= year <= 2008 or 30 <= year <= 99


def _hit(view: View, start: int, end: int, confidence: float, text: str) -> Hit:
    around = text[max(0, start - 70) : end + 40]
    if _THIRD.search(around) and not re.search(r"\bmy (?:birthday|bday)|\bi was born", around):
        confidence = min(confidence, 0.6)
    span = view.given(start, end)
    own = 0.7 if _OWN.search(around) else 0.2
    return Hit(Kind.DATE_OF_BIRTH, span.start, span.end, confidence, "a day of birth", own)
