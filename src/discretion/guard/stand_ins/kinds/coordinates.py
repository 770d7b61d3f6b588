"""Stand-ins for places on the map: a point of the open ocean, as precise and in the same notation.

Around Point Nemo, 48.87° S, 123.39° W, "2,688 kilometres (1,670 miles; 1,451 nautical miles) from land"
(guinnessworldrecords.com/world-records/66641-remotest-spot-from-land, opened 25 November 2026). Points are
drawn within 6° of latitude and 8° of longitude of it, at most some 1,000 km away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from discretion.guard.stand_ins._alike import cased, drawn, other_figures, other_letter, sections
from discretion.guard.stand_ins._seam import Asked, offers
from discretion.records import Kind

NEMO = (-48.87, -123.39)
REACH = (6.0, 8.0)
"""Degrees of latitude and of longitude."""

_DECIMAL = re.compile(
    r"(?P<lat>[-+−]?\d{1,2}\.\d+)(?P<deg>\s?°?\s?)(?P<ns>[ns]?)(?P<gap>\s*[,;/ ]\s*|\s*%2c\s*)"
    r"(?P<lon>[-+−]?\d{1,3}\.\d+)(?P<dig>\s?°?\s?)(?P<ew>[ew]?)",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?P<host>https?://[^/\s]+)(?P<path>\S*)", re.IGNORECASE)
_IN_LINK = re.compile(r"(?P<lat>-?\d{1,2}\.\d{2,})(?P<gap>,|%2c|/)(?P<lon>-?\d{1,3}\.\d{2,})", re.IGNORECASE)
_ZOOM = re.compile(r"[?&#/](?:map=|z=|zoom=)(\d{1,2})")
_GEO = re.compile(r"geo:", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_SOUTH = re.compile(r"\b(?:north|south)\b|(?<![a-z])[ns](?![a-z])", re.IGNORECASE)
_WEST = re.compile(r"\b(?:east|west)\b|(?<![a-z])[ewo](?![a-z])", re.IGNORECASE)
# Open Location Code: 20 signs, pairs of latitude and longitude from 20 degrees down.
_CODE_SIGNS = "23456789CFGHJMPQRVWX"
_PLUS_CODE = re.compile(r"[23456789cfghjmpqrvwx]{4,8}\+[23456789cfghjmpqrvwx]{2,3}", re.IGNORECASE)
_WHOLE_CODE = 8
_THREE_WORDS = re.compile(
    r"(?P<slashes>/{0,3})(?P<words>[a-z]{3,16}\.[a-z]{3,16}\.[a-z]{3,16})", re.IGNORECASE
)
_GRID = re.compile(r"(?P<square>[a-z]{2}|e)(?P<figures> ?\d[\d ,n]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Point:
    """A place in degrees, south and west negative."""

    latitude: float
    longitude: float


@offers(Kind.COORDINATES)
def coordinates(asked: Asked) -> Iterator[str]:
    """Places in the open ocean; for codes that tell no place without a table, other codes of their form."""
    words, random = asked.words.strip(), asked.random
    if real := _place(words):
        for pair in asked.known:
            stand_in = _place(pair.stand_in)
            known = _place(pair.real)
            if pair.is_active and stand_in and known and _is_near(known, real):
                yield from _written(words, stand_in, random)
    yield from drawn(lambda: next(_written(words, _at_sea(random), random), None))


def _at_sea(random: Random) -> Point:
    north, east = (random.uniform(-reach, reach) for reach in REACH)
    return Point(NEMO[0] + north, NEMO[1] + east)


def _is_near(one: Point, other: Point) -> bool:
    """Whether both are one place, one of them perhaps less precise."""
    return abs(one.latitude - other.latitude) < 0.006 and abs(one.longitude - other.longitude) < 0.006


def _place(words: str) -> Point | None:
    """The place that two decimals tell."""
    match = _DECIMAL.search(words) or _IN_LINK.search(words)
    if not match:
        return None
    signs = match.groupdict()
    latitude, longitude = (float(match[part].replace("−", "-")) for part in ("lat", "lon"))
    south, west = (signs.get("ns") or "").lower() == "s", (signs.get("ew") or "").lower() == "w"
    return Point(-latitude if south else latitude, -longitude if west else longitude)


def _written(words: str, point: Point, random: Random) -> Iterator[str]:
    if link := _LINK.fullmatch(words):
        yield _in_link(link, point, random)
    elif match := _DECIMAL.search(words):
        yield words[: match.start()] + _decimal(match, point) + words[match.end() :]
    elif _PLUS_CODE.fullmatch(words):
        yield _plus_code(words, point, random)
    elif match := _THREE_WORDS.fullmatch(words):
        of = [word for word in sections("drawn_words.txt")["word"] if word not in match["words"].lower()]
        yield match["slashes"] + cased(".".join(random.sample(of, 3)), match["words"])
    elif "°" in words or "º" in words or re.search(r"\b(?:north|south)\b", words, re.IGNORECASE):
        yield from _in_degrees(words, point)
    elif match := _GRID.fullmatch(words):
        square = "".join(other_letter(c, random, "hjklnost") for c in match["square"])
        square = match["square"] if len(square) == 1 else square
        figures = re.sub(
            r"\d+", lambda run: other_figures(run.group(), random, is_plain=True), match["figures"]
        )
        yield square + figures


def _decimal(match: re.Match[str], point: Point) -> str:
    """Both numbers with as many decimals; with letters for the half of the globe where there were some."""
    pieces = []
    values = (("lat", "deg", "ns", point.latitude, "S"), ("lon", "dig", "ew", point.longitude, "W"))
    for part, sign, letter, value, half in values:
        decimals = len(match[part].partition(".")[2])
        written = f"{abs(value):.{decimals}f}"
        has_letter = bool(match[letter])
        minus = "" if has_letter else "−" if "−" in match[part] else "-"
        pieces.append(
            minus + written + match[sign] + (cased_letter(half, match[letter]) if has_letter else "")
        )
    return pieces[0] + match["gap"] + pieces[1]


def cased_letter(letter: str, like: str) -> str:
    """``letter`` large or small as ``like``."""
    return letter.upper() if like.isupper() else letter.lower()


def _in_degrees(words: str, point: Point) -> Iterator[str]:
    """Degrees, minutes and seconds: half of the numbers are the latitude's."""
    numbers = [*_NUMBER.finditer(words)]
    if not numbers or len(numbers) % 2 or len(numbers) > 6:
        return
    half = len(numbers) // 2
    texts = _parts(point.latitude, numbers[:half]) + _parts(point.longitude, numbers[half:])
    made, at = "", 0
    for match, text in zip(numbers, texts, strict=True):
        made, at = made + words[at : match.start()] + text, match.end()
    made += words[at:]
    made = _SOUTH.sub(lambda match: _half(match.group(), "south"), made)
    yield _WEST.sub(lambda match: _half(match.group(), "west"), made)


def _half(like: str, word: str) -> str:
    return cased(word, like) if len(like) > 1 else cased_letter(word[0], like)


def _parts(value: float, numbers: list[re.Match[str]]) -> list[str]:
    """The value in as many numbers: whole ones, the last with its decimals."""
    rest, texts = abs(value), []
    for i, match in enumerate(numbers):
        number = match.group()
        whole, sign, decimals = number.partition("." if "." in number else ",")
        if i == len(numbers) - 1 and decimals:
            texts.append(f"{min(rest, 59.9) if i else rest:.{len(decimals)}f}".replace(".", sign))
        else:
            texts.append(f"{int(rest):0{len(whole) if whole[0] == '0' else 1}d}")
        rest = (rest - int(rest)) * 60
    return texts


def _plus_code(words: str, point: Point, random: Random) -> str:
    """The point's code; of a short one, which needs a town beside it, another."""
    before, _, after = words.partition("+")
    if len(before) < _WHOLE_CODE:
        made = "".join(random.choice(_CODE_SIGNS) for _ in before + after)
    else:
        made, north, east, step = "", point.latitude + 90, point.longitude + 180, 20.0
        for _ in range(5):
            made += _CODE_SIGNS[int(north / step) % 20] + _CODE_SIGNS[int(east / step) % 20]
            step /= 20
        made += random.choice(_CODE_SIGNS) if len(after) > 2 else ""
    made = made[: len(before)] + "+" + made[len(before) : len(before) + len(after)]
    return made.lower() if words.islower() else made


def _in_link(link: re.Match[str], point: Point, random: Random) -> str:
    """A link to the point on the same map; a short one, which tells no place, with another code."""
    match = _IN_LINK.search(link["path"])
    if not match:
        head, _, code = link["path"].rpartition("/")
        return f"{link['host']}{head}/" + "".join(random.choice("bcdfghjkmnpqrstvwxz23456789") for _ in code)
    decimals = len(match["lat"].partition(".")[2])
    place = f"{point.latitude:.{decimals}f}{match['gap']}{point.longitude:.{decimals}f}"
    zoom = _ZOOM.search(link["path"])
    if match["gap"] == "/":
        return f"{link['host']}/#map={zoom[1] if zoom else '9'}/{place}"
    base = "/maps" if link["path"].startswith("/maps") else ""
    return f"{link['host']}{base}/@{place},9z" if "@" in link["path"] else f"{link['host']}{base}?q={place}"
