"""Pieces of a value drawn anew as the user wrote them: the same capitals, as many figures, as long."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from random import Random

from discretion.guard.detectors._data import sections as detector_sections

_TRIES = 400
_MOST = 120
_WORD = re.compile(r"[a-z]{3,}")
# Figures that say more than a figure: years, ages of the young, and numbers with a second meaning.
_LOADED = re.compile(r"69|88|420|666|1488|^(?:1[89]|20)\d\d$|^0?[01]\d$|^2[01]$|^18")
CONSONANTS = "bcdfghjklmnpqrstvwxz"
"""Letters of which no word comes together by chance."""


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """A file of ``key: word word`` lines that lies beside the stand-ins; a key that comes again goes on."""
    found: dict[str, list[str]] = {}
    for line in files(__package__).joinpath("data", name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            key, _, rest = line.partition(":")
            found.setdefault(key.strip(), []).extend(rest.split())
    return {key: tuple(words) for key, words in found.items()}


def cased(new: str, like: str) -> str:
    """``new`` in capitals where ``like`` is, with a capital first where ``like`` has one, else small."""
    letters = [c for c in like if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return new.upper()
    return new[:1].upper() + new[1:] if letters and letters[0].isupper() else new


def drawn(make: Callable[[], str | None], *, most: int = _MOST) -> Iterator[str]:
    """What ``make`` gives again and again, each once; ends after ``most`` or when nothing new comes."""
    seen: set[str] = set()
    for _ in range(_TRIES):
        made = make()
        if made and made not in seen:
            seen.add(made)
            yield made
            if len(seen) >= most:
                return


def other_figures(old: str, random: Random, *, is_plain: bool = False) -> str:
    """As many figures as ``old``, each another one than at its place in ``old``.

    A first zero stays one and no other comes about. Unless ``is_plain``, what reads as a year, a young age or
    a figure with a second meaning is drawn again.
    """
    for _ in range(_TRIES):
        new = "".join(_other(old, i, random) for i in range(len(old)))
        if is_plain or len(old) < 2 or not _LOADED.search(new):
            break
    return new


def _other(old: str, at: int, random: Random) -> str:
    if at == 0 and len(old) > 1 and old[0] == "0":
        return "0"
    low = "123456789" if at == 0 else "0123456789"
    return random.choice([figure for figure in low if figure != old[at]])


def other_letter(old: str, random: Random, of: str = CONSONANTS) -> str:
    """One of the letters ``of``, another than ``old``, large or small as it is."""
    new = random.choice([letter for letter in of if letter != old.lower()])
    return new.upper() if old.isupper() else new


def same_shape(old: str, random: Random, of: str = CONSONANTS) -> str:
    """Another letter for each letter and another figure for each figure; all else stays."""
    return "".join(
        other_figures(c, random, is_plain=True)
        if c.isdecimal()
        else other_letter(c, random, of)
        if c.isalpha()
        else c
        for c in old
    )


def other_word(old: str, random: Random, of: tuple[str, ...], *, avoid: str = "") -> str:
    """One of the words ``of``, about as long as ``old``, that begins otherwise and shares no part with it.

    What is longer than any of them is made of two. ``avoid`` is the whole value, of which no part may stand
    in the new word.
    """
    if len(old) == 1:
        return other_letter(old, random)
    usable = _usable(old, of, avoid)
    if len(old) > max(len(word) for word in usable):
        return two_words(old, random, of, avoid=avoid)
    return cased(_near(usable, len(old), random), old)


def two_words(old: str, random: Random, of: tuple[str, ...], *, avoid: str = "") -> str:
    """Two of the words ``of`` run together, about as long as ``old``: no word of a language by itself."""
    usable = _usable(old, of, avoid)
    first = _near(usable, len(old) // 2, random)
    rest = [word for word in usable if word != first and word[0] != first[-1]]
    return cased(first + _near(rest, len(old) - len(first), random), old)


def _usable(old: str, of: tuple[str, ...], avoid: str) -> list[str]:
    whole = (avoid or old).lower()
    usable = [word for word in of if word[0] != whole[:1] and word[0] != old[0].lower()]
    return [word for word in usable if not shares(word, whole)] or usable


def _near(usable: list[str], length: int, random: Random) -> str:
    """One of the dozen words whose length is nearest, or of more that are as near."""
    near = sorted(usable, key=lambda word: (abs(len(word) - length), word))
    gap = abs(len(near[min(11, len(near) - 1)]) - length)
    return random.choice([word for word in near if abs(len(word) - length) <= gap])


def shares(word: str, whole: str) -> bool:
    """Whether four letters in a row of ``word``, or all of it, stand in ``whole``, or the reverse."""
    if word in whole or any(part in word for part in _WORD.findall(whole)):
        return True
    return any(word[i : i + 4] in whole for i in range(len(word) - 3))


@cache
def symbol_of() -> dict[str, str]:
    """The words of ``email_words.txt`` and the sign that each stands for."""
    words = detector_sections("email_words.txt")
    low = {"underscore", "under score", "underline", "understreck"}
    plus = {"plus", "più"}
    found = dict.fromkeys(words["dot"], ".") | dict.fromkeys(words["at"], "@")
    for word in (*words["joint"], *plus):
        found.setdefault(word, "_" if word in low else "+" if word in plus else "-")
    return found
