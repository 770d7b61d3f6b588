"""Which language a message is in, offline.

An ordinary English message is told by its frequent words and costs some microseconds; the rest goes to CLD2
(Compact Language Detector 2), whose answer counts only where it is sure and little English stands beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from discretion.text._fold import fold

EVALUATED = frozenset({"en"})
"""Languages in which the guard's words, not only its forms, were measured (ISO 639-1)."""

UNDETERMINED = "und"
"""A message that is not English in a language that could not be named (ISO 639-2)."""

FEWEST_WORDS = 4
"""Fewer words in Latin letters are a name, a greeting or a loan phrase as often as another language."""
FEWEST_FOREIGN_LETTERS = 4
"""Fewer letters of another script are a name or an ornament."""
ENOUGH_ENGLISH = 0.2
"""Share of frequent English words from which a message is English unless another language has more."""
SURE_PERCENT = 75
"""Share of the text that CLD2 must give to one language, in percent."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+")
_NOT_LATIN = re.compile("[\u0370-\u1dff\u2c00-\u2c5f\u2c80-\ua6ff\ua7f8-\uab2f\uab70-\ufaff\ufb13-\uffff]")
_SCRIPTS = (
    ("ja", "[\u3040-\u30ff]"),
    ("ko", "[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]"),
    ("zh", "[\u4e00-\u9fff]"),
    ("el", "[\u0370-\u03ff]"),
    ("he", "[\u0590-\u05ff]"),
    ("th", "[\u0e00-\u0e7f]"),
    ("hi", "[\u0900-\u097f]"),
    ("uk", "[\u0454\u0456\u0457\u0491]"),
    ("ru", "[\u0400-\u04ff]"),
    ("ar", "[\u0600-\u06ff]"),
)
_NAMES_OF_ISO = {"iw": "he", "no": "nb", "zh-Hant": "zh", "sr-ME": "sr", "jw": "jv"}
# Languages without a row of frequent words, and the one whose words they mostly share.
_NEIGHBOURS = {"nb": "da", "ms": "id", "sk": "cs", "ca": "es"}
# English by other names, and invented languages.
_TAKEN_FOR_ENGLISH = frozenset({"en", "un", "sco", "ie", "ia", "la", "gv", "vo", "zzp", "xx", "tlh"})


@dataclass(frozen=True, slots=True)
class Language:
    """The language of a message, ISO 639-1; a message too short to tell counts as the evaluated one."""

    code: str

    @property
    def is_evaluated(self) -> bool:
        """Whether the guard's words were measured in it."""
        return self.code in EVALUATED


_ENGLISH = Language("en")


def evaluated_language(text: str) -> Language:
    """Tell the language of ``text``; mostly English with words of another language is English.

    Never raises, whatever the text.
    """
    folded = text.lower() if text.isascii() else fold(text).text
    if not folded.isascii() and _NOT_LATIN.search(folded):
        foreign = _other_script(folded)
        if foreign:
            return foreign
        folded = _NOT_LATIN.sub(" ", folded)
    words = _WORD.findall(folded)
    if len(words) < FEWEST_WORDS:
        return _ENGLISH
    common = _common_words()
    english = sum(word in common["en"] for word in words)
    if english > 0.3 * len(words):
        return _ENGLISH
    return _by_words_and_letters(folded, english)


@cache
def _common_words() -> dict[str, frozenset[str]]:
    raw = files("discretion.text").joinpath("data/common_words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in raw.splitlines() if line and not line.startswith("#"))
    return {code: frozenset(words.split()) for code, words in rows}


@cache
def _seldom_chatted() -> frozenset[str]:
    raw = files("discretion.text").joinpath("data/seldom_languages.txt").read_text(encoding="utf-8")
    return frozenset(code for line in raw.splitlines() if not line.startswith("#") for code in line.split())


def _other_script(folded: str) -> Language | None:
    """The language of a text that is mostly in another script, or ``None`` where Latin letters prevail."""
    letters = [char for char in folded if char.isalpha()]
    foreign = [char for char in letters if _NOT_LATIN.match(char)]
    if len(foreign) < FEWEST_FOREIGN_LETTERS or 2 * len(foreign) < len(letters):
        return None
    named = _detected(folded)
    if named and named[0] not in _TAKEN_FOR_ENGLISH | _seldom_chatted() | {"sr"}:
        return Language(named[0])
    for code, script in _SCRIPTS:
        if re.search(script, folded):
            return Language(code)
    return Language(UNDETERMINED)


def _by_words_and_letters(folded: str, english: int) -> Language:
    """Weigh frequent words of other languages, then CLD2's reading, against the English words."""
    clean = _NOISE.sub(" ", folded)
    words = _WORD.findall(clean)
    if len(words) < FEWEST_WORDS:
        return _ENGLISH
    share = english / len(words)
    counts = {code: sum(word in known for word in words) for code, known in _common_words().items()}
    del counts["en"]
    best = max(counts, key=lambda code: counts[code])
    named = _detected(" ".join(words))
    code, percent = named or ("un", 0)
    own = counts.get(_NEIGHBOURS.get(code, code), 0)
    if code in _TAKEN_FOR_ENGLISH:
        if not english and counts[best] >= 2 and not folded.isascii():
            return Language(best)
        is_foreign = counts[best] >= 3 and counts[best] > 2 * english and counts[best] >= 0.4 * len(words)
        return Language(best) if is_foreign else _ENGLISH
    if share >= ENOUGH_ENGLISH and counts[best] <= english:
        return _ENGLISH
    if code in _seldom_chatted():
        is_foreign = counts[best] >= 2 and counts[best] > english and counts[best] >= 0.3 * len(words)
        return Language(best) if is_foreign else _ENGLISH
    is_confirmed = own > 0 or not folded.isascii()
    if percent >= SURE_PERCENT and own >= english and (is_confirmed or (english == 0 and len(words) >= 6)):
        return Language(code)
    return _ENGLISH


def _detected(text: str) -> tuple[str, int] | None:
    """CLD2's first language and its share in percent, or ``None`` where it has no opinion."""
    import pycld2

    readable = " ".join(_WORD.findall(text)) + " "
    try:
        is_reliable, _, details = pycld2.detect(readable.encode("utf-8", "ignore"), bestEffort=True)
    except pycld2.error:
        return None
    _, code, percent, _ = details[0]
    if code == "un" or not (is_reliable or percent >= SURE_PERCENT):
        return None
    return _NAMES_OF_ISO.get(code, code), percent
