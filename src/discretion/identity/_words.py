"""Words as they are compared, and about how a name sounds."""

from __future__ import annotations

import re

from discretion.text import fold, unaccented

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> tuple[str, ...]:
    """The words of ``text`` as they are compared: folded, without accents and apostrophes."""
    return tuple(_WORD.findall(unaccented(fold(text).text).replace("'", "")))


def sound(word: str) -> str:
    """About how a name sounds in English: Jon and John, Sean and Shaun, Catherine and Katherine are one."""
    said = word.replace("ph", "f").replace("ck", "k").replace("x", "ks").replace("z", "s").replace("q", "k")
    said = re.sub(r"g(?=[eiy])", "j", re.sub(r"c(?=[eiy])", "s", said)).replace("c", "k")
    rest = re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouhy]", "", said))
    return ("a" if said[:1] in tuple("aeiou") else "") + rest
