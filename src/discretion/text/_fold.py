"""Folding: one canonical spelling for what is written in many ways, with every offset mapped back.

``fold`` undoes case, compatibility forms (full width, styled letters), zero-width characters and homoglyphs;
accents stay (José is ``josé``), composed with their letter where Unicode has the pair, and marks without such
a pair are dropped. ``respell`` (its own module) joins spaced letters and writes number words as digits.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from discretion.text._letters import IGNORED, forms, is_loose_mark, look_alike, script_class
from discretion.text._span import Span


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the run of the text as given that it stands for.

    ``starts[i]`` and ``ends[i]`` bound that run; ``None`` for both means that every character stands for
    itself (the common case, kept cheap). Both never decrease, and what lies between two runs is invisible.
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def given(self, start: int, end: int) -> Span:
        """The span in the text as given of the run ``[start, end)`` in the folded text."""
        if self.starts is None or self.ends is None:
            return Span(start, end)
        if start < end:
            return Span(self.starts[start], self.ends[end - 1])
        if start < len(self.starts):
            return Span(self.starts[start], self.starts[start])
        at = self.ends[-1] if self.ends else 0
        return Span(at, at)


_FOREIGN = re.compile(
    "[\u0370-\u058f\u13a0-\u13ff\u1c80-\u1c8f\u1f00-\u1fff\u2c80-\u2cff\ua4d0-\ua4ff\ua640-\ua69f\uab70-\uabbf]"
)
_WORD = re.compile(r"[^\W_]+")
_LEET = str.maketrans("013457@$!", "oieastasi")
_LEET_RUN = re.compile(r"(?<=[a-z])[013457@$!]{1,3}(?=[a-z])|(?<![\w$@!])[0135@$]{1,2}(?=[a-z]{4})")


def fold(text: str) -> Folded:
    """Fold case, width, style, invisible characters, quotes, dashes, spaces, digits and homoglyphs.

    Never raises; folding its own text again changes nothing.
    """
    if text.isascii():
        return Folded(text.lower())
    form = forms()
    pieces = [form[char] for char in text]
    if all(len(piece) == 1 for piece in pieces) and not any(is_loose_mark(piece) for piece in pieces):
        chars, starts, ends = pieces, None, None
    else:
        chars, starts, ends = _composed(pieces)
    if _FOREIGN.search("".join(chars)):
        _unmask(chars, text, starts)
    if starts is None or ends is None:
        return Folded("".join(chars))
    return Folded("".join(chars), tuple(starts), tuple(ends))


def unleet(folded: Folded) -> Folded:
    """Read digits and signs inside a word as the letters they stand for ("s1xteen"); offsets stay.

    Only between letters or before four of them, so that "16yo" and "2nd" stay as they are.
    """
    if not _LEET_RUN.search(folded.text):
        return folded
    text = _LEET_RUN.sub(lambda run: run[0].translate(_LEET), folded.text)
    return Folded(text, folded.starts, folded.ends)


def unaccented(text: str) -> str:
    """``text`` with accents taken off Latin letters, same length ("josé" gives "jose")."""
    if text.isascii():
        return text
    return "".join(_bare(char) for char in text)


def _bare(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() and base.isalpha() else char


def _composed(pieces: list[str]) -> tuple[list[str], list[int], list[int]]:
    """Lay the forms out with their offsets; a loose mark joins its letter or is dropped."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    form = forms()
    for at, piece in enumerate(pieces):
        if piece == IGNORED:
            continue
        for char in piece:
            if not is_loose_mark(char):
                chars.append(char)
                starts.append(at)
                ends.append(at + 1)
            elif chars:
                pair = unicodedata.normalize("NFC", chars[-1] + char)
                if len(pair) == 1 and form[pair] == pair:
                    chars[-1] = pair
                ends[-1] = at + 1
    return chars, starts, ends


def _unmask(chars: list[str], text: str, starts: list[int] | None) -> None:
    """Write Latin for the look-alikes in tokens that only pose as Latin; real words of other scripts stay."""
    classes = [script_class(char) for char in chars]
    if "latin" not in classes:
        return
    whole: list[list[tuple[int, str]]] = []
    is_latin_text = True
    # One stand-in character each keeps the token's offsets those of the list.
    for token in _WORD.finditer("".join(char if len(char) == 1 else "?" for char in chars)):
        span = range(*token.span())
        foreign = [i for i in span if classes[i] == "foreign"]
        if not foreign:
            continue
        is_mixed = any(classes[i] == "latin" for i in span)
        swaps = []
        for i in foreign:
            given = text[starts[i] if starts else i]
            letter = look_alike(given, chars[i], by_sight=is_mixed)
            if letter is None:
                break
            swaps.append((i, letter))
        if len(swaps) < len(foreign):
            is_latin_text = is_latin_text and is_mixed
        elif is_mixed:
            for i, letter in swaps:
                chars[i] = letter
        else:
            whole.append(swaps)
    if is_latin_text:
        for i, letter in (swap for swaps in whole for swap in swaps):
            chars[i] = letter
