"""Invented names: firms, saints' houses, signs, short forms; families that A to Z of few bear."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from random import Random

from discretion.guard.stand_ins._alike import sections
from discretion.guard.stand_ins._bearers import family_candidates
from discretion.guard.stand_ins._places import about_as_long
from discretion.knowledge.gazetteer import (
    family_names,
    given_names,
    ordinary_words,
    places,
    plain,
    tagged_words,
)

MOST_FAMILIES = 600
"""Family names that one draw is made from."""
_NO_VOWELS = "bdfghjklmnprtvwz"


@cache
def _firms() -> tuple[str, ...]:
    parts = sections("firm_parts.txt")
    made = (a + b for a, b in product(parts["first"], parts["last"]) if a[-1] != b[0])
    known = given_names() | family_names() | ordinary_words() | places() | tagged_words("brand")
    return tuple(name.capitalize() for name in made if name not in known)


def firms(words: str, random: Random) -> Iterator[str]:
    """Names of one word that no firm has in our lists ("Kelgard"), about as long as ``words``."""
    yield from about_as_long(_firms(), words, random)


def saints(words: str, random: Random) -> Iterator[str]:
    """Rare saints for "St. Luke's": the word for saint as it is written, the s of the owner where one is."""
    head, _, rest = words.partition(" ")
    bare = plain(rest)
    ends = "'s" if rest.lower().endswith(("'s", "’s")) else "s" if bare.endswith("s") else ""
    for name in about_as_long(sections("firm_parts.txt")["saint"], rest, random):
        if bare[:3] not in name and not (ends and name.endswith("s")):
            yield f"{head} {name.capitalize()}{ends}"


def signs(words: str, random: Random) -> Iterator[str]:
    """Names of pubs and small shops for "mad donkey": as many words, up to two."""
    parts = sections("firm_parts.txt")
    pairs = [f"{a.capitalize()} {b.capitalize()}" for a, b in product(parts["adjective"], parts["noun"])]
    yield from about_as_long(pairs, words, random)


def shorts(words: str, random: Random) -> Iterator[str]:
    """Initials that make no word, as many; a last U for university stays."""
    last = words[-1].upper() if words[-1].upper() in ("U", "C") else ""
    count = len(words) - len(last)
    seen: set[str] = set()
    for _ in range(MOST_FAMILIES):
        made = "".join(random.choice(_NO_VOWELS) for _ in range(count)).upper() + last
        if made[0] != words[0].upper() and made not in seen and made.lower() not in ordinary_words():
            seen.add(made)
            yield made


def families(words: str, random: Random) -> Iterator[str]:
    """Family names of few bearers, about as long as ``words``."""
    bare = words.removesuffix("'s").removesuffix("’s")
    drawn = random.sample(family_candidates(), min(MOST_FAMILIES, len(family_candidates())))
    yield from about_as_long([one.name.capitalize() for one in drawn], bare, random)


def numbers(text: str, random: Random) -> Iterator[str]:
    """Other numbers of streets and classes, those of as many figures first, with the right ending."""
    figures = "".join(c for c in text if c.isdigit())
    low = 10 ** (len(figures) - 1)
    for first, last in ((max(low, 2), 10 * low), (11, 250)):
        for number in random.sample(range(first, last), last - first):
            if str(number) != figures:
                yield f"{number}{_ending(number)}" if text != figures else str(number)


def _ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
