"""Street addresses with a number, buildings with a unit, post boxes and full postal codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard.detectors._data import either, sections
from discretion.guard.detectors._postcodes import postcodes
from discretion.guard.detectors._reading import read
from discretion.records import Kind

_NUMBER = r"\d{1,5}(?:\s?[a-z])?(?:\s?[-/–]\s?\d{1,5}[a-z]?)?"
_NAME = r"[^\W\d_](?:[\w'’-]{0,2}\.(?= )|[\w'’-]{0,30})"
_OWN = re.compile(r"\b(?:my|i|i'?m|me|we|our|we're|mine)\b[^.!?\n]{0,60}$")
# A real place follows a comma, in capitals, and the clause ends after it or a postal code comes.
_CITY = re.compile(
    r",? (?:[A-Z][\w'’.-]{1,20}|[A-Z]{2,})(?: (?:[A-Z][\w'’.-]{0,20}|on|upon|de|la|le|am|an|der)){0,3}"
    r"(?=\s?(?:[.;:!?)\"”*\n]|,|$| \d{4,6}\b| [A-Z]{1,2}\d| [a-z]))"
)
# The post code before the town, as in most of Europe ("75002 Paris").
_CODE_CITY = re.compile(
    r"(?:,|,? ?\n) ?(?:[A-Z]{1,2}-)?(?!(?:19|20)\d\d )\d{4,6} [A-ZÀ-ÖØ-Þ][\w'’-]{1,24}"
    r"(?:[ -][A-ZÀ-ÖØ-Þ][\w'’-]{1,24}){0,2}(?!\w)"
)
# Town and code first, then a street with its number ("10117 Berlin, Unter den Linden 5").
_CITY_FIRST = re.compile(
    r"(?<![\w$€£#.,:/-])\d{5} [A-ZÀ-ÖØ-Þ][\w'’-]{1,24}(?:[ -][A-ZÀ-ÖØ-Þ][\w'’-]{1,24}){0,2}, "
    r"(?P<street>[A-ZÀ-ÖØ-Þ][\w'’.-]{1,30}"
    r"(?: (?:[A-ZÀ-ÖØ-Þ][\w'’.-]{1,30}|den|der|dem|am|an|im|de|la|del|di)){0,3})"
    r" \d{1,4}[a-zA-Z]?(?![\w%:])"
)
_CODE_AFTER = re.compile(r",? (?:[A-Z]{2,3},? )?\d{4,6}(?:-\d{4})?(?!\w)")
_ENDS = frozenset({"", ".", "!", "?", ";", ")", '"', ":", "\n", ","})
_TAIL = re.compile(
    r"(?:,? ?(?:apt|apartment|unit|suite|ste|flat|room|rm|#|lot|interno|int\.?|apto\.?|piso"
    r"|depto\.?|lok\.?|m\.|bâtiment|bât|box)\.? ?#?[a-z]?-?\d{1,5}[a-z]?\b"
    r"|,? ?(?:(?:first|second|third|fourth|fifth|sixth|seventh|top|ground|\d{1,2}(?:st|nd"
    r"|rd|th|º|°|ª|er|e|ème))"
    r" ?(?:floor|fl\b|bell|étage|stock|etage|piso|planta|izquierda|izda|derecha|dcha"
    r"|[a-d]\b)(?: (?:left|right|rear|front))?)"
    r"|,? ?(?:hinterhaus|vorderhaus|upstairs|\d{1,2}\. ?og\b|eg\b)"
    r"|,? ?#\d{1,3}-\d{1,4})"
)


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return sections("street_words.txt")


@cache
def _english() -> re.Pattern[str]:
    kinds, building = either([*_words()["strong"], *_words()["weak"]]), either(_words()["building"])
    unit = (
        r"(?:(?:unit|flat|apt|apartment|suite|ste|room|rm|lot|shop|basement suite|house|villa"
        r"|door|plot|block|blk|rd)\.?"
        r"(?: ?(?:no\.?)? ?#?[a-z]?\d{1,5}[a-z]?(?:/\d{1,3})?)?,? (?:of )?)"
    )
    return re.compile(
        rf"(?<![\w$€£#.,:/-])(?P<unit>{unit}{{1,2}}(?:{_NAME}(?: {_NAME}){{0,2}}, )?"
        rf"|(?P<house>{_NAME}(?: {_NAME}){{0,2}}? {building}, ))??"
        rf"(?P<number>(?:(?:no\.?|number|plot|lot|house) ?)?{_NUMBER}),? (?P<name>(?:(?:n|s|e|w"
        rf"|ne|nw|se|sw)\.? )?{_NAME}(?: {_NAME}){{0,3}}?)"
        rf" (?P<kind>{kinds})\b(?!')(?P<dot>\.(?=[ ,]))?(?P<side> (?:north|south|east|west|n|s|e"
        r"|w|ne|nw|se|sw)\b)?"
    )


@cache
def _number_last() -> re.Pattern[str]:
    """English streets with the number behind ("oakfield rd 22"), at the end of a clause."""
    kinds = either([*_words()["strong"], "st", "dr"])
    return re.compile(
        rf"(?<![\w$€£#.,:/-])(?P<name>{_NAME}(?: {_NAME})??) (?P<kind>{kinds})\.?"
        r" \d{1,4}[a-z]?(?=\s?(?:[.,;!?)\"*\n]|$)| (?:and|with|but|so|if|near|btw|lol|rn|now|til|if)\b)"
        r"(?!\.\d)"
    )


@cache
def _joined() -> re.Pattern[str]:
    """English one-word streets ("3 Saltway") and saints' ("4 St Mary's")."""
    return re.compile(
        rf"(?<![\w$€£#.,:/-]){_NUMBER} (?P<name>[^\W\d_]{{3,16}}(?:way|gate|row|wynd|side|croft"
        r"|lea|leigh|wick|garth|mead))\b"
    )


@cache
def _prefix() -> re.Pattern[str]:
    kinds = either(_words()["prefix"])
    name = _NAME
    small = r"(?:(?:de|des|du|la|las|los|le|les|del|dei|delle|della|degli|das|dos|da|do|van|den|der) ){0,2}"
    after = r"\d{1,5}(?:[ -]?[a-z]\b)?(?:\s?[-/]\s?\d{1,4}[a-z]?)?"
    return re.compile(
        rf"(?<![\w$€£#.,:/-])(?:(?P<before>{_NUMBER}),? (?:{kinds}) (?P<first>{small}{name})"
        rf"|(?P<kind>{kinds}) (?P<name>{small}{name}(?: {name}){{0,4}}?)"
        rf"(?:,| m\.)? (?:n[.º°]|nr\.?|no\.?|número|n°)? ?(?P<after>{after})(?![\d%]))(?=\W|$)"
    )


@cache
def _suffix() -> re.Pattern[str]:
    kinds = either(_words()["suffix"])
    return re.compile(
        rf"(?<![\w-])(?:(?P<first>\d{{1,4}}[a-z]?) )?(?P<name>(?:[^\W\d_][\w.'’-]{{0,24}}[ -]){{0"
        rf",3}}?[^\W\d_][^\W\d_-]{{1,30}}{kinds}|[^\W\d_]{{3,20}}[ -](?:straße|strasse|str\.|weg"
        r"|platz|allee|straat|plein))"
        rf"(?: (?P<number>\d{{1,4}}(?:\s?[a-h]\b)?(?:\s?[-/]\s?\d{{1,4}}[a-z]?)?))?(?![\d%])(?=\W|$)"
    )


_BLOCK = re.compile(
    r"(?<!\w)(?:blk|block) ?\d{1,4}[a-z]?,? [^\W\d_][\w'’-]{1,20}(?: [^\W\d_][\w'’-]{1,20}){"
    r"0,3}?(?: ?,? #\d{1,3}-\d{1,4}|(?= ?[,.!?\n]|$)(?:, number [\w ,]{3,40}?(?=, [a-z]{4,})"
    r")?)"
    r"|(?<!\w)(?:blk|block) ?\d{1,3},? (?:lot|phase) ?\d{1,3},? [^\W\d_][\w'’-]{1,20}(?: [^"
    r"\W\d_][\w'’-]{1,20}){0,3}"
)
_BOX = re.compile(
    r"(?<!\w)(?:p\.? ?o\.? ?box|gpo box|locked bag|private bag|pmb|postfach|casilla"
    r"|apartado|caixa postal|bp) ?#?\d{1,6}[a-z]?\b"
    r"|(?<!\w)(?:end of )?(?:route|rural route|rr|hwy|rd) ?\d{1,4},? (?:box|rmb|lot) ?\d{1,5}"
    r"|(?<!\w)rd ?\d{1,2}, (?=\d)|(?<!\w)h\.? ?no(?:\.|:| )[ ]?[\d/-]{1,14}(?:,? [\w' -]{2,30}){0,3}"
)
_CHOME = re.compile(
    r"(?<!\w)(?:[^\W\d_][\w'-]{1,20} ){0,2}(?:\d{1,4}, )?\d{1,3}-\d{1,3}(?:-\d{1,3})? [^\W\d"
    r"_][\w-]{2,24}(?: \d-chome\b|-(?:cho|machi|ku)\b)|(?<!\w)\d-chome[ -][\w-]{1,12}"
    r"|(?<![\w$])\d{1,4}(?:-\d{1,3})?,? [^\W\d_][\w-]{2,20}-(?:ro|gil|daero|dong)\b"
)
_CALENDAR = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July"
    r"|August|September|October"
    r"|November|December|Christmas|Easter|Chapter|Season|Episode|Room|Page|Level|Version"
    r"|Windows|Channel|Apollo)\b"
)
# A number and names in capitals, then a unit: an address whatever its street is called.
_BEFORE_UNIT = re.compile(
    r"(?<![\w$€£#.,:/-])\d{1,5}[A-Za-z]?,? [A-ZÀ-ÖØ-Þ][\w'’.-]{1,24}(?: [A-ZÀ-ÖØ-Þ\d][\w'’.-]{0,24}){0,4},?"
    r"[ \n]{1,3}>?(?:Suite|Apt\.?|Apartment|Unit|Flat|Ste\.?|Room) #?\d{1,5}[A-Za-z]?(?!\w)"
)
_PLAIN_NUMBER = re.compile(
    r"(?<!\w)(?P<name>[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]{3,24}(?: [A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]{2,24}){0,2}) (?"
    r"P<number>\d{1,3}(?:/\d{1,3}| ?m\. ?\d{1,3}|[a-zA-Z](?!\w))|\d{1,3})(?![\w.:%/-]*\d|\w)"
)


@cache
def _unit_in_building() -> re.Pattern[str]:
    building = either(_words()["building"])
    return re.compile(
        r"(?<![\w$€£#.:/-])(?:(?:flat|apt|apartment|unit|room|rm|villa|h\.no|house no\.?|plot"
        rf"|suite|shop|dorm|dorm room)\.? ?(?:no\.? ?)?#?[a-z]?-?\d{{1,5}}[a-z]?"
        rf"|\d{{1,4}}[a-z]?(?=, [^\d\W]))"
        rf"(?:, (?:[a-z]|[^\W\d_]{{1,8}}) (?:wing|block|tower|phase)| (?:in"
        rf"|at) (?:the )?)?,? {_NAME}(?: {_NAME}){{0,3}} {building}\b(?P<more>(?:, [\w' ]{{2,24}}"
        rf"){{0,2}})"
    )


@detector("street_address", {Kind.STREET_ADDRESS}, Scope.FORM)
def street_address(view: View) -> Iterator[Hit]:
    """Numbered streets in the order of each country, units in buildings, boxes, postal codes."""
    reading = read(view)
    if not reading.has_digit:
        return
    given = view.text if len(view.text) == len(reading.text) else reading.text
    spans: list[tuple[int, int, float]] = [*_streets(reading.text, given), *postcodes(reading, view.text)]
    for start, end, confidence in _grown(sorted(spans), given):
        span = view.given(start, end)
        own = 0.6 if _OWN.search(reading.text[max(0, start - 70) : start]) else 0.1
        yield Hit(
            Kind.STREET_ADDRESS, span.start, span.end, confidence, "an address that can be visited", own
        )


def _streets(text: str, given: str) -> Iterator[tuple[int, int, float]]:
    strong, veto = _words()["strong"], frozenset(_words()["veto"])
    shouting = given.isupper()
    for match in _english().finditer(text):
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
    for start, end in _behind(text, given, veto):
        yield start, end, 0.86
    for match in _joined().finditer(text):
        if given[match.start("name")].isupper() and not shouting and _is_cued(text, match.start()):
            yield *match.span(), 0.75
    for match in _prefix().finditer(text):
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
    for match in _suffix().finditer(text):
        last = match["name"].split()[-1]
        if last in _words()["not_street"] or not (match["number"] or match["first"]):
            continue
        start = _capital_start(given, *match.span("name"))
        is_sure = last.endswith(("straße", "strasse", "straat", "gracht", "gade", "gata", "laan"))
        if (start is not None and not shouting) or is_sure:
            if match["first"] and not match["number"]:
                start = match.start("first")
            yield match.end("name") - len(last) if start is None else start, match.end(), 0.86
    for pattern, confidence in ((_BLOCK, 0.85), (_BOX, 0.85), (_CHOME, 0.85)):
        for match in pattern.finditer(text):
            yield *match.span(), confidence
    for match in _unit_in_building().finditer(text):
        if any(given[match.start() + at].isupper() for at in _heads(match.group())) and not (
            frozenset(match.group().split()) & {"the", "is", "and", "of", "was"} - {"the"}
        ):
            yield *match.span(), 0.8
    if not shouting and given is not text:
        for match in _BEFORE_UNIT.finditer(given):
            yield *match.span(), 0.82
        for match in _CITY_FIRST.finditer(given):
            if not _CALENDAR.match(match["street"]):
                yield *match.span(), 0.86
        for match in _PLAIN_NUMBER.finditer(given):
            firm = "/" in match["number"] or "m." in match["number"]
            if given[match.start() - 1 : match.start()] in {"@", "#", "/"} or _CALENDAR.match(match["name"]):
                continue
            if firm or _is_at(text, match.start()):
                yield *match.span(), 0.7


def _behind(text: str, given: str, veto: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Streets with the number behind, where someone lives there or a town with its code follows."""
    for match in _number_last().finditer(text):
        start, words = match.start(), match["name"].split()
        if len(words) == 2 and words[0] in veto:
            start += len(words[0]) + 1
        elif words[0] in veto:
            continue
        if words[-1] in veto:
            continue
        upper = given[start].isupper() and given[match.start("kind")].isupper() and not given.isupper()
        city = _CITY.match(given, match.end()) if upper else None
        if (city and _CODE_AFTER.match(given, city.end())) or _LIVES.search(text[max(0, start - 40) : start]):
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
    r"|at|address(?: is|:)|house is|place is|home is|deliver(?:ed)? to|sent? to|moved to|move to) $"
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
        words[-1] in {"at", "of", "from", "to", "on"} or not frozenset(words).isdisjoint(_words()["cue"])
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
            city = _CITY.match(given, merged[-1][1])
            if city and 0 <= start - city.end() <= 2 and not given[city.end() : start].strip(", "):
                merged[-1] = (merged[-1][0], end, max(confidence, merged[-1][2]))
                continue
        merged.append((start, end, confidence))
    for start, end, confidence in merged:
        if not shouting and (city := _CITY.match(given, end)) and given[end] == ",":
            code = _CODE_AFTER.match(given, city.end())
            wider = None if code else _CITY.match(given, city.end())
            if wider and (further := _CODE_AFTER.match(given, wider.end())):
                end = further.end()
            elif code or given[city.end() : city.end() + 1] in _ENDS:
                end = code.end() if code else city.end()
        elif code := _CODE_CITY.match(given, end):
            end = code.end()
        yield start, end, confidence


def _tail(lowered: str, end: int) -> int:
    for _ in range(3):
        match = _TAIL.match(lowered, end)
        if not match or match.end() == end:
            return end
        end = match.end()
    return end
