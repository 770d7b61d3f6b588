"""Phrases before an employer's name that leave no doubt whose it is: "my manager at", "laid off from"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from discretion.guard._assertion import speaker_of
from discretion.guard._names import is_given, is_odd
from discretion.guard._words import Words
from discretion.knowledge.gazetteer import cues, ordinary_words

_HELD = re.compile(
    r"(?<!\w)(?:my|our) (?:old |new |big |line |shift |whole )*(?:boss|manager|supervisor|foreman|lead|team|"
    r"coworkers?|co-workers?|colleagues?|workmates?|job|shifts?|desk|gm|department|locker|apprenticeship|internship|contract)"
    r"(?P<who>(?: [\w'’-]+){0,2}?) (?:down |over )?(?:at|with) (?:the |a )?(?=[\w'])"
)
_LEFT = re.compile(
    r"(?<!\w)(?:laid off|fired|let go|sacked|made redundant|furloughed|hired|employed|recruited|retired|"
    r"resigned|promoted|a job|an interview|an offer|interned|intern|internship)(?: back)? "
    r"(?:from|by|at) (?:the )?(?=[\w'])"
)
_OWN = re.compile(
    r"(?<!\w)i (?:just |also |now |still |co-)?(?:own|run|owned|ran|opened|founded|manage) "
    r"(?:the |a |an |my )?(?=[\w'])"
)
_NAMED = re.compile(r"(?<!\w)(?:i|we|i've|ive|i'm|im|my) (?:[\w'’-]+ ){1,9}?(?:called|named) (?=[\w'])")
_THERE = re.compile(
    r"(?<!\w)(?:i(?:'ve|ve| have)? been there|i(?:'m|m| am| was)? work(?:ed|ing)? there|"
    r"i work|my shift|been there)(?!\w)"
)
_NO_EMPLOYER = cues("workplace", "no_employer")


class Employer(NamedTuple):
    """The word at which an employer begins; whether a bare noun ("the library") says enough there."""

    at: int
    is_plain: bool


def employers(words: Words) -> Iterator[Employer]:
    """The places in a message where an employer of the author's must begin."""
    text = words.text
    if "my " in text or "our " in text:
        for match in _HELD.finditer(text):
            first, last = words.at(match.start("who")), words.at(match.end("who"))
            if all(_is_name(words, k) for k in range(first, last)) and _is_sound(
                words, words.at(match.end())
            ):
                yield Employer(words.at(match.end()), True)
    for match in _LEFT.finditer(text):
        i = words.at(match.end())
        if speaker_of(words, words.at(match.start())) != "other" and _is_proper(words, i):
            yield Employer(i, False)
    if "i " in text:
        for match in _OWN.finditer(text):
            i = words.at(match.end())
            if _is_proper(words, i) and _ends_in_noun(words, i):
                yield Employer(i, False)
    if "called" in text or "named" in text:
        for match in _NAMED.finditer(text):
            i, start = words.at(match.end()), words.at(match.start())
            if any(words.run_at(k, "workplace_noun") for k in range(start, i)) and _is_same(words, start, i):
                yield Employer(i, False)
    yield from _explained(words)


def _explained(words: Words) -> Iterator[Employer]:
    """ "harrow & finch, the animal hospital off the ring road", where the author works there."""
    if not _THERE.search(words.text):
        return
    items, keys = words.words, words.keys
    for a, _ in words.runs("workplace_noun"):
        k = a - 1
        while k > max(0, a - 3) and keys[k] not in ("the", "a", "an") and not items[k].gap:
            k -= 1
        if k < 1 or keys[k] not in ("the", "a", "an") or items[k].gap != ",":
            continue
        start = k - 1
        while start > 0 and not items[start].opens and items[start].gap in ("", "&", "-") and k - start < 4:
            start -= 1
        joined = any(items[x].gap == "&" for x in range(start + 1, k))
        if items[start].opens and (joined or _is_proper(words, start)):
            yield Employer(start, False)


def beside_trade(words: Words) -> Iterator[int]:
    """Firms between commas beside the author's trade: "plumber, Tide & Sons", "Hale Textiles, sarees"."""
    items, keys = words.words, words.keys
    trades = words.runs("occupation", "trade", "work_object", "work_verb")
    for i, word in enumerate(items):
        if not (word.gap in (",", "-", "–", "—") or word.opens) or not word.capital or i + 1 >= len(items):
            continue
        j = i + 1
        while j < len(items) and not items[j].opens and items[j].gap in ("", "&") and j - i < 5:
            j += 1
        if j - i < 2 or not (j == len(items) or items[j].opens or items[j].gap in (",", "-", "–", "—", "(")):
            continue
        joined = any(items[k].gap == "&" for k in range(i + 1, j))
        noun = any(words.run_at(k, "workplace_noun") == j for k in range(i + 1, j))
        if not (joined or noun) or not all(items[k].capital for k in range(i, j)) or keys[i] in _NO_EMPLOYER:
            continue
        if any(a < i <= b + 6 or i < a <= j + 3 for a, b in trades):
            yield i


def _is_name(words: Words, k: int) -> bool:
    word = words.words[k]
    return is_given(word) or (word.capital and is_odd(word))


def _is_sound(words: Words, i: int) -> bool:
    return i < len(words.words) and not words.words[i].opens and words.keys[i] not in _NO_EMPLOYER


def _is_proper(words: Words, i: int) -> bool:
    """Whether word ``i`` may begin a firm's name: a capital, a large employer, or no everyday word."""
    if i >= len(words.words) or words.keys[i] in _NO_EMPLOYER:
        return False
    word = words.words[i]
    return word.capital or words.run_at(i, "brand") is not None or word.key not in ordinary_words()


def _ends_in_noun(words: Words, i: int) -> bool:
    """Whether a capital or a noun for workplaces follows, so that "i run Windows" is none."""
    if i + 1 >= len(words.words) or words.words[i + 1].opens:
        return False
    near = range(i + 1, min(i + 4, len(words.words)))
    joined = words.words[i + 1].gap in ("", "&")
    return joined and (words.words[i + 1].capital or any(words.run_at(k, "workplace_noun") for k in near))


def _is_same(words: Words, a: int, i: int) -> bool:
    return not any(words.words[k].opens for k in range(a + 1, i + 1) if k < len(words.words))
