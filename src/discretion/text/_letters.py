"""What each character folds to by itself: case, width, style, digits, quotes, dashes, spaces, look-alikes."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

IGNORED = ""
"""The form of a character that nobody sees: zero-width, direction marks, soft hyphen, variation selectors."""

_ASCII_FORMS = {
    **dict.fromkeys(
        "\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u02b9\u02bb\u02bc\u02bd\u02c8\u00b4\uff40", "'"
    ),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u275d\u275e\u301d\u301e", '"'),
    **dict.fromkeys("\u275b\u275c", "'"),
    **dict.fromkeys("\u2212\u2043\u02d7\u30a0", "-"),
    **dict.fromkeys("\u2028\u2029\u0085", "\n"),
    "\u2800": " ",
    "\u2044": "/",
    "\u2215": "/",
    "\u0130": "i",
}
_MARK_BLOCKS = (
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0x3099, 0x309A),
    (0xFE20, 0xFE2F),
)
# Hangul letters typed alone ("ㅋㅋ") have compatibility forms that would tear them from their block.
_HANGUL_LETTERS = range(0x3130, 0x3190)
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_MOST_REMEMBERED = 20_000


class Forms(dict[str, str]):
    """The folded form of each character, worked out at its first use."""

    def __missing__(self, char: str) -> str:
        form = _settled(char)
        if len(self) < _MOST_REMEMBERED:
            self[char] = form
        return form


@cache
def forms() -> Forms:
    """The forms of single characters."""
    return Forms()


@cache
def _homoglyphs() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {"always": {}, "token": {}, "sight": {}}
    raw = files("discretion.text").joinpath("data/homoglyphs.tsv").read_text(encoding="utf-8")
    for line in raw.splitlines():
        if line and not line.startswith("#"):
            code, letter, when, _ = line.split("\t")
            table[when][chr(int(code, 16))] = letter
    return table


def look_alike(given: str, folded: str, *, by_sight: bool) -> str | None:
    """The Latin letter that a foreign one passes for, or ``None``; ``by_sight`` allows the loose pairs.

    ``given`` is looked up before its folded form: capitals resemble what their small letters do not.
    """
    table = _homoglyphs()
    for char in (given, folded):
        found = table["token"].get(char) or (table["sight"].get(char) if by_sight else None)
        if found:
            return found
    return None


def is_loose_mark(char: str) -> bool:
    """Whether ``char`` is a combining mark that a base letter can do without.

    The vowel signs of Indic scripts, Thai, Hebrew and Arabic are letters of their words and are not.
    """
    code = ord(char)
    return code >= 0x300 and any(low <= code <= high for low, high in _MARK_BLOCKS)


def script_class(char: str) -> str:
    """``latin``, ``foreign`` (a script with look-alikes of Latin letters) or empty for everything else."""
    code = ord(char)
    if code < 0x250:
        return "latin" if char.isalpha() else ""
    if 0x1E00 <= code <= 0x1EFF:
        return "latin"
    if (
        0x370 <= code <= 0x58F
        or 0x13A0 <= code <= 0x13FF
        or 0x1C80 <= code <= 0x1C8F
        or 0x1F00 <= code <= 0x1FFF
        or 0x2C80 <= code <= 0x2CFF
        or 0xA4D0 <= code <= 0xA4FF
        or 0xA640 <= code <= 0xA69F
        or 0xAB70 <= code <= 0xABBF
    ):
        return "foreign" if char.isalpha() else ""
    return ""


def _settled(char: str) -> str:
    """Fold one character until folding changes nothing more."""
    form = _once(char)
    for _ in range(4):
        again = "".join(_once(part) for part in form)
        if again == form:
            break
        form = again
    return form


def _once(char: str) -> str:
    if char.isascii():
        return char.lower()
    if char in _ASCII_FORMS:
        return _ASCII_FORMS[char]
    if char in _FILLERS or _is_variation_selector(char):
        return IGNORED
    if is_loose_mark(char):
        return char
    category = unicodedata.category(char)
    if category == "Cf":
        return IGNORED
    if category == "Zs":
        return " "
    if category == "Pd":
        return "-"
    if category in ("Nd", "No"):
        digit = unicodedata.digit(char, None)
        if digit is not None:
            return str(digit)
    squared = _squared_letter(char)
    if squared:
        return squared
    if ord(char) in _HANGUL_LETTERS:
        return char
    always = _homoglyphs()["always"].get(char)
    if always:
        return always
    form = unicodedata.normalize("NFKC", char)
    if form.startswith(" ") and len(form) > 1:
        return char  # a spacing accent; its compatibility form would put a space into the word
    form = form.casefold()
    return form if form == char else unicodedata.normalize("NFC", form)


def _is_variation_selector(char: str) -> bool:
    code = ord(char)
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x180B <= code <= 0x180F


def _squared_letter(char: str) -> str:
    """Letters in filled circles and squares, which have no compatibility form."""
    code = ord(char)
    for first in (0x1F150, 0x1F170):
        if first <= code < first + 26:
            return chr(ord("a") + code - first)
    return ""
