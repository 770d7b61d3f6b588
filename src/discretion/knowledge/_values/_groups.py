"""From words to the codes of a group file: longest phrase first, "not" and "former" heeded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from discretion.knowledge._values._keys import key
from discretion.knowledge._values._markers import marker, read
from discretion.knowledge._values._place_tables import place
from discretion.records import Value
from discretion.text import fold

GROUP_FILES = (
    "appearance",
    "education",
    "ethnicity",
    "family",
    "finances",
    "gender",
    "health",
    "occupation",
    "orientation",
    "relationship",
    "religion",
)

_Phrases = dict[str, tuple[tuple[tuple[str, ...], str], ...]]

NEARBY = 3
"""Words before a phrase in which a "not" is looked for."""
_SHORTEST_PLURAL = 5
_OPPOSITES = frozenset({"female", "male"})


@dataclass(frozen=True, slots=True)
class Match:
    """The words ``[start, end)`` stand for ``code``."""

    start: int
    end: int
    code: str


def stem(word: str) -> str:
    """``word`` without the s of a plural; short words stay."""
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word[-1] == "s" and word[-2] != "s" else word


@cache
def phrases(name: str) -> _Phrases:
    """The phrases of a group file by their first word, longest first."""
    found: dict[tuple[str, ...], str] = {}
    for code, phrase in read(name):
        if phrase[0] != "!":
            found.setdefault(tuple(map(stem, phrase.split(" "))), code)
    return by_first_word(found)


@cache
def _whole(name: str) -> dict[str, str]:
    """The phrases that count only where they are all that was said ("broke")."""
    return {phrase[1:]: code for code, phrase in read(name) if phrase[0] == "!"}


def by_first_word(found: dict[tuple[str, ...], str]) -> _Phrases:
    """Phrases (stems) and codes as ``matches`` reads them."""
    table: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for words, code in sorted(found.items(), key=lambda item: -len(item[0])):
        table[words[0]].append((words[1:], code))
    return {first: tuple(rest) for first, rest in table.items()}


def matches(table: _Phrases, words: Sequence[str]) -> list[Match]:
    """The phrases of ``table`` in ``words``, apart and in order, the longest at each place."""
    stems = [stem(word) for word in words]
    found = []
    at = 0
    while at < len(stems):
        for rest, code in table.get(stems[at], ()):
            end = at + 1 + len(rest)
            if tuple(stems[at + 1 : end]) == rest:
                found.append(Match(at, end, code))
                at = end
                break
        else:
            at += 1
    return found


def is_denied(words: Sequence[str], start: int) -> bool:
    """Whether a "not" stands shortly before."""
    return not marker("not").isdisjoint(words[max(0, start - NEARBY) : start])


def is_former(words: Sequence[str], start: int) -> bool:
    """Whether what follows is said of the past ("ex", "raised", "no longer")."""
    before = words[:start]
    pairs = (f"{a} {b}" for a, b in pairwise(before))
    return not marker("former").isdisjoint((*before, *pairs))


def finest(codes: Iterable[str]) -> tuple[str, ...]:
    """Each code once, without those that a finer one contains."""
    listed = list(dict.fromkeys(codes))
    return tuple(one for one in listed if not any(other.startswith(f"{one}/") for other in listed))


def group_value(kind: str, words: str) -> Value | None:
    """The codes of the group file of ``kind`` in ``words``, ``None`` where there is none."""
    all_of_it = key(fold(words).text)
    if all_of_it in _whole(kind):
        return Value(kind, (_whole(kind)[all_of_it],))
    spelled = all_of_it.split(" ")
    codes = []
    for match in matches(phrases(kind), spelled):
        past = kind == "religion" and is_former(spelled, match.start)
        if is_denied(spelled, match.start) and not past:
            continue
        if spelled[match.end : match.end + 1] == ["never"]:
            continue
        codes.append(f"former/{match.code}" if past else match.code)
    kept = finest(codes)
    if not kept or _OPPOSITES.issubset(kept):
        return None
    return Value(kind, kept)


def origin_value(words: str) -> Value | None:
    """A people, or the country or region that somebody names as their origin."""
    found = group_value("ethnicity", words)
    if found:
        return found
    from discretion.knowledge._values._places import place_value

    named = place_value(words)
    if named and named.system == "place" and ((known := place(named.code)) and not known.id[0].isdigit()):
        return Value("ethnicity", (f"place/{named.code}",))
    return None
