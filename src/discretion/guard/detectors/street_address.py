"""Street addresses with a number, buildings with a unit, post boxes and full postal codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard.detectors._postcodes import postcodes
from discretion.guard.detectors._reading import read
from discretion.guard.detectors._street_forms import (
    BEFORE_UNIT,
    BLOCK,
    BOX,
    CALENDAR,
    CHOME,
    CITY,
    CITY_FIRST,
    CITY_LAST,
    CODE_AFTER,
    CODE_ALONE,
    CODE_CITY,
    PLAIN_NUMBER,
    TAIL,
    kind_and_number,
    number_behind,
    number_first,
    one_word,
    street_words,
    type_first,
    type_joined,
    unit_in_building,
)
from discretion.records import Kind

_OWN = re.compile(r"\b(?:my|i|i'?m|me|we|our|we're|mine)\b[^.!?\n]{0,60}$")
_ENDS = frozenset({"", ".", "!", "?", ";", ")", '"', ":", "\n", ","})


@detector("street_address", {Kind.STREET_ADDRESS}, Scope.FORM)
def street_address(view: View) -> Iterator[Hit]:
    """Numbered streets in the order of each country, units in buildings, boxes, postal codes."""
    reading = read(view)
    if not reading.has_digit:
        return
    given = _as_given(view, reading.text)
    spans: list[tuple[int, int, float]] = [*_streets(reading.text, given), *postcodes(reading, view.text)]
    for start, end, confidence in _grown(sorted(spans), given):
        span = view.given(start, end)
        own = 0.6 if _OWN.search(reading.text[max(0, start - 70) : start]) else 0.1
        yield Hit(
            Kind.STREET_ADDRESS, span.start, span.end, confidence, "an address that can be visited", own
        )


def _as_given(view: View, text: str) -> str:
    """The text with its capitals, as long as the folded one: a character that folds to two stands twice."""
    if view.folded.starts is None:
        return view.text if len(view.text) == len(text) else text
    return "".join([view.text[start] for start in view.folded.starts])


def _streets(text: str, given: str) -> Iterator[tuple[int, int, float]]:
    strong, veto = street_words()["strong"], frozenset(street_words()["veto"])
    shouting = given.isupper()
    for match in number_first().finditer(text):
        words = match["name"].split()
        if any(word.strip(".,'’") in veto for word in words):
            continue
        heads = _heads(match["name"])
        titled = not shouting and bool(heads)
        titled = titled and all(given[match.start("name") + at].isupper() for at in heads)
        titled = titled and (match["kind"] in strong or given[match.start("kind")].isupper())
        cued = _is_cued(text, match.start())
        certain = match["kind"] in strong or match["kind"] in {
            "ct",
            "row",
            "court",
            "st",
            "dr",
            "pl",
            "close",
            "drive",
        }
        if (
            titled
            or (certain and (cued or match["kind"] in strong))
            or (shouting and certain)
            or (cued and match["unit"])
        ):
            begin = match.start()
            if match["house"] and not shouting:
                house = _capital_start(given, *match.span("house"))
                begin = match.start("number") if house is None else house
            yield begin, match.end(), 0.92 if titled or cued else 0.7
    yield from ((*span, 0.86) for span in _behind(text, given, veto))
    for match in one_word().finditer(text):
        if given[match.start("name")].isupper() and not shouting and _is_cued(text, match.start()):
            yield *match.span(), 0.75
    for match in type_first().finditer(text):
        at = "first" if match["before"] else "name"
        sure = {"rue", "calle", "rua", "jalan", "ul.", "ulica", "avenida", "via", "lebuh", "chemin", "quai"}
        heads = _heads(match[at])
        upper = bool(heads) and given[match.start(at) + heads[0]].isupper()
        if match["before"] and text.startswith(("via ", "cours "), match.start("first") - 4):
            continue
        if (upper and not shouting) or (
            match["kind"] in sure if match["kind"] else _is_cued(text, match.start())
        ):
            end = match.end()
            if match["before"] and (more := _CAPITALS.match(given, end)):
                end = more.end()
            yield match.start(), end, 0.88
    for match in type_joined().finditer(text):
        last = match["name"].split()[-1]
        if last in street_words()["not_street"] or not (match["number"] or match["first"]):
            continue
        start = _capital_start(given, *match.span("name"))
        is_sure = last.endswith(("straße", "strasse", "straat", "gracht", "gade", "gata", "laan"))
        if (start is not None and not shouting) or is_sure:
            if match["first"] and not match["number"]:
                start = match.start("first")
            yield match.end("name") - len(last) if start is None else start, match.end(), 0.86
    for pattern, confidence in ((BLOCK, 0.85), (BOX, 0.85), (CHOME, 0.85)):
        for match in pattern.finditer(text):
            yield *match.span(), confidence
    for match in unit_in_building().finditer(text):
        if any(given[match.start() + at].isupper() for at in _heads(match.group())) and not (
            frozenset(match.group().split()) & {"the", "is", "and", "of", "was"} - {"the"}
        ):
            yield *match.span(), 0.8
    if not shouting and given is not text:
        for match in BEFORE_UNIT.finditer(given):
            yield *match.span(), 0.82
        for pattern in (CITY_FIRST, CITY_LAST):
            for match in pattern.finditer(given):
                if not CALENDAR.match(match["street"]):
                    yield *match.span(), 0.86
        for match in PLAIN_NUMBER.finditer(given):
            firm = "/" in match["number"] or "m." in match["number"]
            if given[match.start() - 1 : match.start()] in {"@", "#", "/"} or CALENDAR.match(match["name"]):
                continue
            if firm or _is_at(text, match.start()):
                yield *match.span(), 0.7


def _behind(text: str, given: str, veto: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Streets with the number behind, where someone lives there or a town with its code follows."""
    if not kind_and_number().search(text):
        return
    for match in number_behind().finditer(text):
        start, words = match.start(), match["name"].split()
        if len(words) == 2 and words[0] in veto:
            start += len(words[0]) + 1
        elif words[0] in veto:
            continue
        if words[-1] in veto:
            continue
        upper = given[start].isupper() and given[match.start("kind")].isupper() and not given.isupper()
        city = CITY.match(given, match.end()) if upper else None
        if (city and CODE_AFTER.match(given, city.end())) or _LIVES.search(text[max(0, start - 40) : start]):
            yield start, match.end()


def _capital_start(given: str, start: int, end: int) -> int | None:
    """Where the run of words in capitals begins that ends at ``end``; None where the last word is small."""
    first = None
    for match in reversed([*re.finditer(r"[^\s-]+", given[start:end])]):
        if not match.group()[0].isupper():
            break
        first = start + match.start()
    return first


_CAPITALS = re.compile(r"(?: [A-ZÀ-ÖØ-Þ][\w'’-]{1,24}){1,3}")


def _heads(name: str) -> list[int]:
    """Where the words of ``name`` begin, without little words that stay small in a title."""
    small = {
        "of",
        "the",
        "de",
        "del",
        "la",
        "le",
        "les",
        "des",
        "du",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "on",
        "upon",
        "an",
    }
    return [m.start() for m in re.finditer(r"[^\W\d_][\w'’.-]*", name) if m.group() not in small]


_LIVES = re.compile(
    r"\b(?:(?:live|lives|living|lived|stay|stays|staying|reside|resides|am|i'?m|we'?re|is|are) (?:at|on|in)"
    r"|at|address(?: is|:)?|house is|place is|home is|deliver(?:ed)? to|sent? to|moved to|move to) $"
)
_AT = re.compile(
    r"(?:\b(?:live|lives|living|lived|stay|stays|staying|reside|resides|board"
    r"|neighbou?rs here|house is|flat'?s|place is|"
    r"lies|door is)\s(?:in |on )?(?:at|in|on)|\baddress(?:ed)?(?:\s(?:is|to|as))?"
    r"|\bdeliver(?:ed|y)?\s(?:to|where)|"
    r"\b(?:sent|send|goes|letters?)\sto|\bwhere i live|\baddress:|it'?s at)[\s\"':.?“”]{1,6}$"
)


def _is_at(text: str, start: int) -> bool:
    """Whether the words just before say "lives at" or "address is"."""
    return bool(_AT.search(text[max(0, start - 40) : start]))


def _is_cued(text: str, start: int) -> bool:
    before = text[max(0, start - 60) : start]
    words = re.findall(r"[^\W\d_]+", before)
    return bool(words) and (
        words[-1] in {"at", "of", "from", "to", "on"}
        or not frozenset(words).isdisjoint(street_words()["cue"])
    )


def _grown(spans: list[tuple[int, int, float]], given: str) -> Iterator[tuple[int, int, float]]:
    """Join what touches, and take in floor, unit, city and postal code that follow directly."""
    merged: list[tuple[int, int, float]] = []
    shouting = given.isupper()
    lowered = given.lower() if len(given.lower()) == len(given) else given
    for start, end, confidence in spans:
        end = _tail(lowered, end) if confidence else end
        if merged and start - merged[-1][1] <= 2 and not given[merged[-1][1] : start].strip(", "):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]), max(confidence, merged[-1][2]))
            continue
        if merged:
            city = CITY.match(given, merged[-1][1])
            if city and 0 <= start - city.end() <= 2 and not given[city.end() : start].strip(", "):
                merged[-1] = (merged[-1][0], end, max(confidence, merged[-1][2]))
                continue
        merged.append((start, end, confidence))
    for start, end, confidence in merged:
        if not shouting and (city := CITY.match(given, end)) and given[end] == ",":
            code = CODE_AFTER.match(given, city.end())
            wider = None if code else CITY.match(given, city.end())
            if wider and (further := CODE_AFTER.match(given, wider.end())):
                end = further.end()
            elif code or given[city.end() : city.end() + 1] in _ENDS:
                end = code.end() if code else city.end()
        elif code := CODE_CITY.match(given, end) or CODE_ALONE.match(given, end):
            end = code.end()
        yield start, end, confidence


def _tail(lowered: str, end: int) -> int:
    for _ in range(3):
        match = TAIL.match(lowered, end)
        if not match or match.end() == end:
            return end
        end = match.end()
    return end
