"""Secrets: passwords, PINs, door and one-time codes, card verification values, keys, recovery phrases.

A confidence below ``FORM`` says that only the words around make it a secret ("the password is saltmarrow");
in a story such a hit is no finding, since a secret counts there only in a credential's form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard.detectors._codes import OWN, codes, secret_cues, secret_words
from discretion.guard.detectors._data import either, sections
from discretion.guard.detectors._key_shapes import ASSIGNED, BEARER, KEYS, PEM, URL_LOGIN
from discretion.guard.detectors._overlaps import strongest
from discretion.guard.detectors._reading import Reading, read
from discretion.guard.detectors._recovery import recovery_phrases
from discretion.records import Kind

FORM = 0.6
"""From this confidence on a hit has a credential's form, not only a cue."""

_TOKEN = re.compile(r"[^\s\"“”‘«»(){}<>,;|]{6,128}")
_EDGE = ".,:;'’`*_~-…"
_INNER = "!#$%&*?@^~=_"
_STRONG = "!#$%&*?@^~+="
_PLAIN = re.compile(
    r"\d+(?:[.,:/-]\d+)*(?:st|nd|rd|th|am|pm|k|m|h|hr|hrs|min|mins|kg|lbs?|km|mph|mg|ml|cm"
    r"|mm|ft|gb|mb|yo|yr|yrs|ish|x|s|%|p)?"
    r"|[^\W\d_]+(?:[-'’/.][^\W\d_]+)*|https?:.*|www\..*|\S+@\S+\.\S+|@.*|#\w+|:\w+:"
    r"|\d+[-/]\w+(?:[-/]\w+)?|\w+'\w+|[^\W\d_]+[?!.*~]*"
    r"|[^\W\d_]{1,12}-\d{1,4}|[^\W\d_]{1,2}\d{1,3}|.*(?:\.\.|…|\?!|!!).*[^\W\d_]+$",
    re.IGNORECASE,
)
_SAYS = r"(?:\s{0,2}(?:(?:'s|’s|is|was|are|be|now|to|as)\b|=|:|->|→|-|–)\s{0,2}){1,3}"
_COMBINATION = re.compile(
    r"\b(?:right|left|clockwise) \d{1,2}(?:,? (?:then |and )?(?:right|left|clockwise"
    r"|anticlockwise) (?:to )?\d{1,2}){1,3}"
    r"|\b\d{1,2} (?:right|left)(?:,? (?:then |and )?\d{1,2} (?:right|left)){1,3}"
)
_BASE32 = re.compile(
    r"(?<!\w)(?=[A-Z]{0,63}[2-7])[A-Z2-7]{16,64}(?!\w)|(?<!\w)(?=[a-z ]{0,38}[2-7])[a-z2-7]{"
    r"4}(?: [a-z2-7]{4}){3,7}(?!\w)"
)
_HYPHENED = re.compile(r"(?<![\w-])[^\W\d_]{3,14}(?:-[^\W\d_]{3,14}){3,7}(?![\w-])")
_PHRASE = re.compile(r"(?: [^\W\d_]{2,14}){2,7}(?=[.,;!?\n]|$)")
# Letters set apart ("p a s s w o r d").
_APART = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .*_|/~-][^\W\d_]){2,}(?![^\W_])")
_HEXADECIMAL = re.compile(r"(?:0x)?[0-9a-fA-F-]+")
_LONG = re.compile(r"(?<![\w/.@:=#-])[A-Za-z0-9+/_=-]{20,256}(?![\w.@-])")
_HANDLE_BEFORE = re.compile(
    r"\b(?:user ?name|handle|gamertag|screen ?name|account|acct|insta\w*|discord"
    r"|twitch)\b[^.!?\n]{0,40}(?:is|:|'s|as) $"
)


@cache
def _gate() -> frozenset[str]:
    words = secret_words()
    return frozenset(
        part for key in ("cue", "weak", "named", "code") for word in words[key] for part in word.split()
    ) | {
        "2fa",
        "phrase",
        "digits",
        "bearer",
        "exp",
        "expiry",
        "expires",
        "valid",
    }


@cache
def _named() -> re.Pattern[str]:
    names = either(sections("secret_words.txt")["named"])
    return re.compile(
        rf"(?<![\w-])(?:{names})(?:\s(?:for|to|on)\s(?:the\s|my\s"
        rf"|our\s)?[\w'-]{{1,20}}(?:\s[\w'-]{{1,20}})?)?{_SAYS}"
        r"(?:[\"“'‘](?P<quoted>[^\"”'’\n]{3,80})[\"”'’]|(?P<bare>[^\s\"“”,;]{3,128}))"
    )


@detector("secret", {Kind.SECRET}, Scope.FORM)
def secret(view: View) -> Iterator[Hit]:
    """What opens something: by its own shape, by being called so, or both."""
    text, reading = view.text, read(view)
    rows: list[tuple[int, int, float, str]] = []
    if len(text) > 15 and (any(len(word) > 15 for word in text.split()) or "-----BEGIN" in text):
        rows += _by_shape(text)
    spans: list[tuple[int, int, float, str]] = [*recovery_phrases(reading.text, reading.words)]
    same = text if len(reading.text) == len(text) else reading.text
    spans += _strong_tokens(same)
    if _is_spoken_of(reading):
        spans += [*_called(reading), *_shaped(same, reading), *codes(same, reading)]
    if "right" in reading.words and "left" in reading.words and reading.has_digit:
        spans += [(*m.span(), 0.75, "a lock's combination") for m in _COMBINATION.finditer(reading.text)]
    for start, end, confidence, reason in spans:
        span = view.given(start, end)
        rows.append((span.start, span.end, confidence, reason))
    if _APART.search(reading.text) and view.respelled is not view.folded:
        joined = Reading(view.respelled.text)
        if _is_spoken_of(joined):
            for start, end, confidence, reason in (*_called(joined), *codes(joined.text, joined)):
                span = view.respelled.given(start, end)
                rows.append((span.start, span.end, confidence, reason))
    for start, end, confidence, reason in strongest(rows):
        own = 0.6 if OWN.search(text[max(0, start - 60) : start]) else 0.2
        yield Hit(Kind.SECRET, start, end, confidence, reason, own)


def _is_spoken_of(reading: Reading) -> bool:
    gate = _gate()
    return not reading.words.isdisjoint(gate) or any(
        "'" in word and word.split("'")[0] in gate for word in reading.words
    )


def _by_shape(text: str) -> Iterator[tuple[int, int, float, str]]:
    for pattern, group, reason in (
        (PEM, 0, "a private key"),
        (KEYS, 0, "a key in its issuer's form"),
        (BEARER, 1, "a bearer token"),
        (URL_LOGIN, 1, "a password in a link"),
        (ASSIGNED, 1, "a credential in a setting"),
    ):
        for match in pattern.finditer(text):
            if pattern is ASSIGNED and not any(c.isdigit() for c in match[1]):
                continue
            yield *match.span(group), 0.86 if group else 0.96, reason
    for match in _LONG.finditer(text):
        word = match.group()
        if _is_random(word) and not _HEXADECIMAL.fullmatch(word):
            yield *match.span(), 0.66, "a random string as keys are"


def _is_random(word: str) -> bool:
    """Whether capitals, small letters and figures are mixed as chance mixes them."""
    if word.count("_") + word.count("-") > 3:
        return False
    kinds = [
        ("d" if c.isdigit() else "u" if c.isupper() else "l" if c.islower() else "s")
        for c in word
        if c.isalnum()
    ]
    if not {"d", "u", "l"} <= set(kinds) or kinds.count("d") < 2:
        return False
    changes = sum(a != b for a, b in pairwise(kinds))
    return changes >= len(kinds) * (0.35 if len(word) < 32 else 0.25)


def _strong_tokens(text: str) -> list[tuple[int, int, float, str]]:
    """Words that mix capitals, small letters, figures and signs inside, as only passwords do."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word.islower() or word.isalpha() or "://" in word:
            continue
        start, end = _trimmed(match)
        word = text[start:end]
        inner = word[1:-1]
        if (
            len(word) >= 8
            and any(c.isdigit() for c in word)
            and any(c.isupper() for c in word)
            and any(c.islower() for c in word)
            and any(c in _STRONG for c in inner)
            and not _PLAIN.fullmatch(word)
            and "@" not in word[:1]
            and not re.search(
                r"@[\w-]+\.[a-z]{2,}$|^[\w.]+#\d{4}$|^[A-Z][a-z]+[!?]+[A-Z][a-z]+\d?$|[?&]\w+=|^[#@]"
                r"|\w/\w+/\w",
                word,
            )
        ):
            found.append((start, end, 0.66, "a word as only passwords are"))
    return found


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    word = match.group()
    left = len(word) - len(word.lstrip(_EDGE))
    return match.start() + left, match.end() - (len(word) - len(word.rstrip(_EDGE)))


def _has_form(word: str, *, strict: bool = False) -> bool:
    """Whether a word has a credential's form: letters with figures or signs, and no everyday reading.

    ``strict`` leaves out what products and models are called ("RTX3080").
    """
    if len(word) < 6 or _PLAIN.fullmatch(word):
        return False
    letters = any(c.isalpha() for c in word)
    digits = any(c.isdigit() for c in word)
    signs = any(c in _INNER for c in word[1:-1])
    if strict:
        return letters and digits and not word.isupper() and (signs or len(word) >= 9)
    return letters and (digits or signs)


def _called(reading: Reading) -> Iterator[tuple[int, int, float, str]]:
    text, common = reading.text, secret_words()["common"]
    for match in _named().finditer(text):
        group = "quoted" if match["quoted"] else "bare"
        start, end = match.span(group)
        if group == "bare":
            end = start + len(match[group].rstrip(".,:;'’*…)"))
            more = _PHRASE.match(text, end) if "phrase" in match.group() else None
            if more:
                end = more.end()
            word = text[start:end]
            if not more and (
                word.strip("!?") in common or len(word) < 3 or word.startswith(("http", "i'", "it'"))
            ):
                continue
        form = _has_form(text[start:end]) or text[start:end].count("-") >= 2
        yield start, end, 0.9 if form else 0.5, "what is called a password"


def _shaped(text: str, reading: Reading) -> Iterator[tuple[int, int, float, str]]:
    if reading.words & {"phrase", "passphrase"}:
        for match in _HYPHENED.finditer(text):
            yield *match.span(), 0.7, "words joined as a passphrase"
    cues = [(m.end(), False) for m in secret_cues("cue").finditer(reading.text)]
    cues += [(m.end(), True) for m in secret_cues("weak").finditer(reading.text)]
    if not cues:
        return
    for match in _TOKEN.finditer(text):
        start, end = _trimmed(match)
        if end - start < 6 or not _has_form(text[start:end]):
            continue
        near = [is_weak for at, is_weak in cues if -90 <= at - start <= 0 or 0 <= at - end <= 45]
        if not near or not _has_form(text[start:end], strict=all(near)):
            continue
        while end < match.end() and text[end] in "!?#*$":
            end += 1
        is_address = re.search(r"@[\w-]+\.\w", text[start:end]) or text[start - 1 : start] == "@"
        if not is_address and not _HANDLE_BEFORE.search(reading.text[max(0, start - 50) : start]):
            yield start, end, 0.86, "a word in a credential's form"
    for match in _BASE32.finditer(text):
        yield *match.span(), 0.86, "a setup key"
