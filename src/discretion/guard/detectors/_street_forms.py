"""The forms of addresses in the order and language of each country, as patterns."""

from __future__ import annotations

import re
from functools import cache

from discretion.guard.detectors._data import either, sections

_NUMBER = r"\d{1,5}(?:\s?[a-z])?(?:\s?[-/–]\s?\d{1,5}[a-z]?)?"
_NAME = r"[^\W\d_](?:[\w'’-]{0,2}\.(?= )|[\w'’-]{0,30})"
# A real place follows a comma, in capitals, and the clause ends after it or a postal code comes.
CITY = re.compile(
    r",? (?:[A-Z][\w'’.-]{1,20}|[A-Z]{2,})(?: (?:[A-Z][\w'’.-]{0,20}|on|upon|de|la|le|am|an|der)){0,3}"
    r"(?=\s?(?:[.;:!?)\"”*\n]|,|$| \d{4,6}\b| [A-Z]{1,2}\d| [a-z]))"
)
# The post code before the town, as in most of Europe ("75002 Paris").
CODE_CITY = re.compile(
    r"(?:,|,? ?\n) ?(?:[A-Z]{1,2}-)?(?!(?:19|20)\d\d )\d{4,6} [A-ZÀ-ÖØ-Þ][\w'’-]{1,24}"
    r"(?:[ -][A-ZÀ-ÖØ-Þ][\w'’-]{1,24}){0,2}(?!\w)"
)
# Any name with a number, known for a street by the town and its code before or behind it
# ("10117 Berlin, Unter den Linden 5"); round thousands are no code.
_TOWN = r"[A-ZÀ-ÖØ-Þ][\w'’-]{1,24}(?:[ -][A-ZÀ-ÖØ-Þ][\w'’-]{1,24}){0,2}"
_STREET = (
    r"(?P<street>[A-ZÀ-ÖØ-Þ][\w'’.-]{1,30}"
    r"(?: (?:[A-ZÀ-ÖØ-Þ][\w'’.-]{1,30}|den|der|dem|am|an|im|de|la|del|di)){0,3}) \d{1,4}[a-zA-Z]?"
)
CITY_FIRST = re.compile(rf"(?<![\w$€£#.,:/-])\d{{5}} {_TOWN}, {_STREET}(?![\w%:])")
CITY_LAST = re.compile(
    rf"(?<![\w$€£#./-]){_STREET}, (?:\d{{4}} [A-Z]{{2}}|(?!\d\d?0000? )\d{{5}}) {_TOWN}(?!\w)"
)
CODE_ALONE = re.compile(r", \d{5}(?:-\d{4})?(?=\s?(?:[.;!?)\n]|$))")
CODE_AFTER = re.compile(r",? (?:[A-Z]{2,3},? )?\d{4,6}(?:-\d{4})?(?!\w)")
TAIL = re.compile(
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
def street_words() -> dict[str, tuple[str, ...]]:
    """The words of postal addresses by what they do, as in ``data/street_words.txt``."""
    return sections("street_words.txt")


@cache
def number_first() -> re.Pattern[str]:
    """English streets: a unit or a house, the number, the name, the type ("Flat 2B, 14 Mill Lane")."""
    kinds, building = (
        either([*street_words()["strong"], *street_words()["weak"]]),
        either(street_words()["building"]),
    )
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
def number_behind() -> re.Pattern[str]:
    """English streets with the number behind ("oakfield rd 22"), at the end of a clause."""
    kinds = either([*street_words()["strong"], "st", "dr"])
    return re.compile(
        rf"(?<![\w$€£#.,:/-])(?P<name>{_NAME}(?: {_NAME})??) (?P<kind>{kinds})\.?"
        r" \d{1,4}[a-z]?(?=\s?(?:[.,;!?)\"*\n]|$)| (?:and|with|but|so|if|near|btw|lol|rn|now|til|if)\b)"
        r"(?!\.\d)"
    )


@cache
def kind_and_number() -> re.Pattern[str]:
    """A cheap look for what ``number_behind`` needs."""
    return re.compile(rf" {either([*street_words()['strong'], 'st', 'dr'])}\.? \d")


@cache
def one_word() -> re.Pattern[str]:
    """English one-word streets ("3 Saltway") and saints' ("4 St Mary's")."""
    return re.compile(
        rf"(?<![\w$€£#.,:/-]){_NUMBER} (?P<name>[^\W\d_]{{3,16}}(?:way|gate|row|wynd|side|croft"
        r"|lea|leigh|wick|garth|mead))\b"
    )


@cache
def type_first() -> re.Pattern[str]:
    """Streets whose type stands before the name ("12 rue des Lilas", "via dei Girasoli 31")."""
    kinds = either(street_words()["prefix"])
    name = _NAME
    small = r"(?:(?:de|des|du|la|las|los|le|les|del|dei|delle|della|degli|das|dos|da|do|van|den|der) ){0,2}"
    after = r"\d{1,5}(?:[ -]?[a-z]\b)?(?:\s?[-/]\s?\d{1,4}[a-z]?)?"
    return re.compile(
        rf"(?<![\w$€£#.,:/-])(?:(?P<before>{_NUMBER}),? (?:{kinds}) (?P<first>{small}{name})"
        rf"|(?P<kind>{kinds}) (?P<name>{small}{name}(?: {name}){{0,4}}?)"
        rf"(?:,| m\.)? (?:n[.º°]|nr\.?|no\.?|número|n°)? ?(?P<after>{after})(?![\d%]))(?=\W|$)"
    )


@cache
def type_joined() -> re.Pattern[str]:
    """Streets whose type ends the name, the number behind ("Hauptstraße 12")."""
    kinds = either(street_words()["suffix"])
    return re.compile(
        rf"(?<![\w-])(?:(?P<first>\d{{1,4}}[a-z]?) )?(?P<name>(?:[^\W\d_][\w.'’-]{{0,24}}[ -]){{0"
        rf",3}}?[^\W\d_][^\W\d_-]{{1,30}}{kinds}|[^\W\d_]{{3,20}}[ -](?:straße|strasse|str\.|weg"
        r"|platz|allee|straat|plein))"
        rf"(?: (?P<number>\d{{1,4}}(?:\s?[a-h]\b)?(?:\s?[-/]\s?\d{{1,4}}[a-z]?)?))?(?![\d%])(?=\W|$)"
    )


BLOCK = re.compile(
    r"(?<!\w)(?:blk|block) ?\d{1,4}[a-z]?,? [^\W\d_][\w'’-]{1,20}(?: [^\W\d_][\w'’-]{1,20}){"
    r"0,3}?(?: ?,? #\d{1,3}-\d{1,4}|(?= ?[,.!?\n]|$)(?:, number [\w ,]{3,40}?(?=, [a-z]{4,})"
    r")?)"
    r"|(?<!\w)(?:blk|block) ?\d{1,3},? (?:lot|phase) ?\d{1,3},? [^\W\d_][\w'’-]{1,20}(?: [^"
    r"\W\d_][\w'’-]{1,20}){0,3}"
)
BOX = re.compile(
    r"(?<!\w)(?:p\.? ?o\.? ?box|gpo box|locked bag|private bag|pmb|postfach|casilla"
    r"|apartado|caixa postal|bp) ?#?\d{1,6}[a-z]?\b"
    r"|(?<!\w)(?:end of )?(?:route|rural route|rr|hwy|rd) ?\d{1,4},? (?:box|rmb|lot) ?\d{1,5}"
    r"|(?<!\w)rd ?\d{1,2}, (?=\d)|(?<!\w)h\.? ?no(?:\.|:| )[ ]?[\d/-]{1,14}(?:,? [\w' -]{2,30}){0,3}"
)
CHOME = re.compile(
    r"(?<!\w)(?:[^\W\d_][\w'-]{1,20} ){0,2}(?:\d{1,4}, )?\d{1,3}-\d{1,3}(?:-\d{1,3})? [^\W\d"
    r"_][\w-]{2,24}(?: \d-chome\b|-(?:cho|machi|ku)\b)|(?<!\w)\d-chome[ -][\w-]{1,12}"
    r"|(?<![\w$])\d{1,4}(?:-\d{1,3})?,? [^\W\d_][\w-]{2,20}-(?:ro|gil|daero|dong)\b"
)
CALENDAR = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July"
    r"|August|September|October"
    r"|November|December|Christmas|Easter|Chapter|Season|Episode|Room|Page|Level|Version"
    r"|Windows|Channel|Apollo|Route|Highway|Interstate|Flight)\b"
)
# A number and names in capitals, then a unit: an address whatever its street is called.
BEFORE_UNIT = re.compile(
    r"(?<![\w$€£#.,:/-])\d{1,5}[A-Za-z]?,? [A-ZÀ-ÖØ-Þ][\w'’.-]{1,24}(?: [A-ZÀ-ÖØ-Þ\d][\w'’.-]{0,24}){0,4},?"
    r"[ \n]{1,3}>?(?:Suite|Apt\.?|Apartment|Unit|Flat|Ste\.?|Room) #?\d{1,5}[A-Za-z]?(?!\w)"
)
PLAIN_NUMBER = re.compile(
    r"(?<!\w)(?P<name>[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]{3,24}(?: [A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]{2,24}){0,2}) (?"
    r"P<number>\d{1,3}(?:/\d{1,3}| ?m\. ?\d{1,3}|[a-zA-Z](?!\w))|\d{1,3})(?![\w.:%/-]*\d|\w)"
)


@cache
def unit_in_building() -> re.Pattern[str]:
    """A unit in a building that has a name ("Flat 302, B wing, Amaltas Residency")."""
    building = either(street_words()["building"])
    return re.compile(
        r"(?<![\w$€£#.:/-])(?:(?:flat|apt|apartment|unit|room|rm|villa|h\.no|house no\.?|plot"
        rf"|suite|shop|dorm|dorm room)\.? ?(?:no\.? ?)?#?[a-z]?-?\d{{1,5}}[a-z]?"
        rf"|\d{{1,4}}[a-z]?(?=, [^\d\W]))"
        rf"(?:, (?:[a-z]|[^\W\d_]{{1,8}}) (?:wing|block|tower|phase)| (?:in"
        rf"|at) (?:the )?)?,? {_NAME}(?: {_NAME}){{0,3}} {building}\b(?P<more>(?:, [\w' ]{{2,24}}"
        rf"){{0,2}})"
    )
