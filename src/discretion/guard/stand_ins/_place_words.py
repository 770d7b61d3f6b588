"""What says where someone lives, in pieces: the names of towns, regions and streets, and all that stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from discretion.guard.stand_ins._alike import sections
from discretion.guard.stand_ins._pieces import MOST_READ, Piece, Role, is_one_of
from discretion.guard.stand_ins._places import country_of, is_kept, is_region, meant
from discretion.knowledge import Place, place, places_named
from discretion.knowledge._values._place_tables import BLOCKED, ids_of
from discretion.knowledge.gazetteer import common_words, ordinary_words, places, plain, tagged_words

_TOKEN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
_LONGEST = 4
_JOINS = re.compile(r"\s*|\s*-\s*|\.\s*")
_GLUED = re.compile(
    r"(\w{4,}?)(platz|stra(?:ß|ss)e|gasse|allee|damm|weg|markt|straat|laan|plein|gracht|gatan|vägen|gade|vej)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)?")


def pieces(words: str, after: str = "") -> tuple[Piece, ...]:
    """``words`` in pieces; joined, their texts are ``words``. ``after`` may say which of several is meant."""
    if len(words) > MOST_READ:
        return (Piece(words, Role.UNKNOWN),)
    tokens = list(_TOKEN.finditer(words))
    found: list[Piece] = []
    at = i = 0
    while i < len(tokens):
        end, role, whole = _run(words, tokens, i)
        stop = tokens[end - 1].end()
        found.append(Piece(words[at : tokens[i].start()], Role.KEPT))
        text = words[tokens[i].start() : stop]
        glued = _GLUED.fullmatch(text) if role is Role.UNKNOWN else None
        if glued:
            found += [Piece(glued[1], Role.STREET), Piece(glued[2], Role.KEPT)]
        else:
            found.append(Piece(text, role, next(iter(places_named(whole)), None) if whole else None))
        at, i = stop, end
    found.append(Piece(words[at:], Role.KEPT))
    return tuple(_placed(_first_named(tuple(one for one in found if one.text)), after))


def _has_article(tokens: list[re.Match[str]], i: int) -> bool:
    return i > 0 and is_of("the", tokens[i - 1][0])


def _first_named(found: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces; what stands alone before a comma and a place is a name, though it is an everyday word."""
    if not found:
        return found
    first, *rest = found
    is_alone = bool(rest) and rest[0].text.startswith(",") and any(one.role is not Role.KEPT for one in rest)
    if first.role is Role.KEPT and is_alone and not is_of("small", first.text):
        return (replace(first, role=Role.UNKNOWN), *rest)
    if all(one.role is Role.KEPT for one in found):
        return _everyday_named(found)
    return found


def _everyday_named(found: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Everyday words in a row are a quarter's name ("oak cliff", "mill woods"); the kind behind it stays."""
    words = [one.text for one in found if one.text.strip(" -")]
    told = [word for word in words if not is_of("small", word)]
    is_row = len(words) > 1 and all(word.strip(".").isalpha() for word in words)
    if not told or not is_row or any(is_of("joins", word) for word in words):
        return found
    own = [word for word in told if not (is_of("landmark", word) or is_of("kind", word))]
    return tuple(replace(one, role=Role.UNKNOWN) if one.text in own else one for one in found)


def is_of(section: str, token: str) -> bool:
    """Whether ``token`` is one of the words of a section of the list of place words."""
    return is_one_of("place_words.txt", section, token)


def _run(words: str, tokens: list[re.Match[str]], i: int) -> tuple[int, Role, str]:
    """Where the run that begins at token ``i`` ends, what it is, and a name with the kind word behind it."""
    street = _street_end(words, tokens, i)
    if street:
        return (*street, "")
    if _is_state(words, tokens, i):
        return i + 1, Role.REGION, f"us {tokens[i][0]}"
    for count in range(min(_LONGEST, len(tokens) - i), 0, -1):
        end = i + count
        if not _is_joined(words, tokens, i, end) or not _is_listed(words, tokens, i, end):
            continue
        whole = words[tokens[i].start() : tokens[end - 1].end()]
        if count > 1 and is_of("kind", tokens[end - 1][0]):
            return end - 1, Role.TOWN, whole
        return end, Role.TOWN, ""
    if is_of("saint", tokens[i][0]) and i + 1 < len(tokens) and _is_joined(words, tokens, i, i + 2):
        return i + 2, Role.UNKNOWN, ""
    return i + 1, Role.UNKNOWN if _is_name(words, tokens, i) else Role.KEPT, ""


def _is_state(words: str, tokens: list[re.Match[str]], i: int) -> bool:
    """Whether a token is the postal code of an American state behind a name ("Tulsa, OK", "tulsa ok")."""
    token = tokens[i][0]
    if not i or len(token) != len("OK") or place(f"US.{token.upper()}") is None:
        return False
    if "," in words[tokens[i - 1].end() : tokens[i].start()] or (token.isupper() and not words.isupper()):
        return True
    return i == len(tokens) - 1 and not is_of("small", token)


def _street_end(words: str, tokens: list[re.Match[str]], i: int) -> tuple[int, Role] | None:
    """The end of a street's name before its word ("elm street", "5th ave") or behind it ("rua x")."""
    if _ORDINAL.fullmatch(tokens[i][0].lower()) and len(tokens) > 1:
        return i + 1, Role.NUMBER
    if is_of("small", tokens[i][0]):
        return None
    for end in range(i + 1, min(i + 3, len(tokens))):
        follows = _is_joined(words, tokens, i, end + 1) and is_of("street", tokens[end][0])
        if follows and not is_of("small", tokens[end - 1][0]) and not _is_listed(words, tokens, i, end + 1):
            return end, Role.STREET
    if i and _is_joined(words, tokens, i - 1, i + 1):
        before = i - 1
        while before > 0 and is_of("small", tokens[before][0]):
            before -= 1
        if is_of("street_first", tokens[before][0]) and not is_of("street", tokens[i][0]):
            return i + 1, Role.STREET
    return None


def _is_joined(words: str, tokens: list[re.Match[str]], i: int, end: int) -> bool:
    gaps = (words[a.end() : b.start()] for a, b in zip(tokens[i : end - 1], tokens[i + 1 : end], strict=True))
    return all(_JOINS.fullmatch(gap) for gap in gaps)


def _is_listed(words: str, tokens: list[re.Match[str]], i: int, end: int) -> bool:
    """Whether the tables have the tokens as one name; an everyday word alone must be all that there is."""
    phrase = words[tokens[i].start() : tokens[end - 1].end()].rstrip(".")
    low = " ".join(plain(phrase).replace("-", " ").replace(".", " ").split())
    if end - i > 1:
        first, last = tokens[i][0], tokens[end - 1][0]
        if all(is_of("small", token[0]) for token in tokens[i : end - 1]) and is_of("kind", last):
            return False
        if is_of("wide", first) and not any(one.id[0].isdigit() for one in places_named(low)):
            return False
        is_whole = low in places() or ids_of(low) not in ((), BLOCKED)
        if is_of("the", first) and " ".join(low.split()[1:]) in places():
            return False
        return is_whole and (is_of("kind", last) or not is_of("small", last))
    if is_of("small", phrase) or (len(tokens) > 1 and (is_of("kind", phrase) or is_of("landmark", phrase))):
        return False
    if low in tagged_words("brand") and len(tokens) > 1:
        return False
    if low in common_words() and not (_is_capital(tokens, i) or _stands_alone(words, tokens, i)):
        return False
    return low in places() or bool(places_named(low))


def _is_capital(tokens: list[re.Match[str]], i: int) -> bool:
    """Whether a token has a capital that says something: not where small words have it, too."""
    texts = [token[0] for token in tokens]
    if not texts[i][0].isupper() or all(text.isupper() for text in texts):
        return False
    return not any(is_of("small", text) and text[0].isupper() for text in texts[1:])


def _stands_alone(words: str, tokens: list[re.Match[str]], i: int) -> bool:
    before = words[: tokens[i].start()].rstrip()
    after = words[tokens[i].end() :].lstrip()
    return (not before or before[-1] in ",;(") and (not after or after[0] in ",;()")


def _is_name(words: str, tokens: list[re.Match[str]], i: int) -> bool:
    """Whether a token that the tables do not have is a name: a capital, or no everyday word."""
    token = tokens[i][0].rstrip(".")
    low = plain(token)
    if is_of("small", token) or token.isdigit():
        return False
    if low in tagged_words("brand"):
        return True
    if (
        is_of("kind", token)
        or is_of("landmark", token)
        or is_of("street", token)
        or is_of("street_first", token)
    ):
        return False
    if low not in ordinary_words():
        return True
    # Everyday words are a name together with what they stand before ("Capitol Hill", "fish market").
    follows = tokens[i + 1][0] if i + 1 < len(tokens) and _is_joined(words, tokens, i, i + 2) else ""
    return (
        (_is_capital(tokens, i) and i > 0)
        or len(tokens) == 1
        or (bool(follows) and is_of("landmark", follows) and not _has_article(tokens, i))
    )


def _placed(found: tuple[Piece, ...], after: str) -> Iterator[Piece]:
    """The pieces with their places and, by those, their roles; runs of unknown names are one."""
    joined = [
        replace(one, place=place(f"US.{one.text.upper()}")) if one.role is Role.REGION else one
        for one in _joined(found)
    ]
    for i, one in enumerate(joined):
        if one.role is not Role.TOWN:
            yield one
            continue
        wide = [later for later in joined[i + 1 :] if later.role in (Role.TOWN, Role.REGION)]
        behind = [later.text for later in wide]
        is_last = all(later.role is Role.KEPT for later in joined[i + 1 :])
        known = one.place or meant(one.text, " ".join(behind[:1]) or (_next_place(after) if is_last else ""))
        if i and is_of("wide", joined[i - 1].text.strip().rpartition(" ")[2]):
            known = next(filter(is_region, places_named(one.text)), known)
        if known is None:
            yield replace(one, role=Role.UNKNOWN)
        elif is_kept(known):
            yield Piece(one.text, Role.KEPT, known)
        else:
            is_twice = bool(wide) and wide[0].place == known  # "New York, NY"
            if is_last and is_region(known):
                is_twice = _next_state(after) == known
            role = Role.REGION if is_region(known) and not is_twice else Role.TOWN
            yield Piece(one.text, role, known)


WELL_KNOWN = 100_000
"""People of a town that is meant even beside a word that no table has."""


def _joined(found: tuple[Piece, ...]) -> Iterator[Piece]:
    """The pieces; words in a row of which no table has one are one name ("Bad Wilhelmshöhe")."""
    i = 0
    while i < len(found):
        one = found[i]
        while i + 2 < len(found) and found[i + 1].text in (" ", "-") and _is_one_name(one, found[i + 2]):
            text = one.text + found[i + 1].text + found[i + 2].text
            one = Piece(
                text, Role.UNKNOWN, meant(found[i + 2].text) if found[i + 2].role is Role.TOWN else None
            )
            i += 2
        yield one
        i += 1


def _is_one_name(one: Piece, other: Piece) -> bool:
    roles = {one.role, other.role}
    if roles == {Role.UNKNOWN}:
        return True
    if one.role is Role.KEPT and other.role is Role.UNKNOWN:
        return one.text[:1].isupper() and one.text.isalpha() and not _says_what(one.text)
    if roles == {Role.TOWN}:
        wide = meant(other.text)
        return wide is not None and wide.id.isdigit() and not places_named(f"{one.text} {other.text}")
    if roles != {Role.UNKNOWN, Role.TOWN}:
        return False
    town = one if one.role is Role.TOWN else other
    known = town.place or meant(town.text)
    return known is None or (known.id.isdigit() and (known.people or 0) < WELL_KNOWN)


def _says_what(word: str) -> bool:
    return any(is_of(section, word) for section in ("small", "kind", "landmark", "street", "street_first"))


_NEXT = re.compile(r"\s*,?\s*(?:in\s+)?([A-Za-z]+(?:\s[A-Z][a-z]+)?)")
_NEXT_STATE = re.compile(r",\s*([A-Za-z]{2})\b")


def _next_state(after: str) -> Place | None:
    found = _NEXT_STATE.match(after)
    return place(f"US.{found[1].upper()}") if found else None


def _next_place(after: str) -> str:
    state = _next_state(after)
    if state is not None:
        return state.id.removeprefix("US.")
    found = _NEXT.match(after)
    return found[1] if found and places_named(found[1]) else ""


def country_in(found: tuple[Piece, ...], locale: str) -> str:
    """The country that the pieces lie in; ``locale`` where they do not say."""
    known = (country_of(one.place.id) for one in found if one.place)
    if country := next(filter(None, known), ""):
        return country
    if locale in sections("place_words.txt")["english"]:
        for one in found:
            for country, words in sections("street_words.txt").items():
                if one.role is Role.KEPT and any(plain(word) in words for word in one.text.split()):
                    return country
    return locale
