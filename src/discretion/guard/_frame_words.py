"""The words of a message as the frame weighs them: tokens, features, and the weights themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files

Tally = tuple[float, float, float]
"""Points for ``self``, ``fiction`` and ``neutral``, in the natural logarithm of odds."""

NOTHING: Tally = (0.0, 0.0, 0.0)

_TOKEN = re.compile(r"[a-z]+(?:['’][a-z]+)*|\d[\d.,:/-]*\d|\d|\.\.\.|[?!$£€@&:;()\[\]\"“”~*]|[^\x00-\x7f]")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_STRETCHED = re.compile(r"(.)\1{2,}")
_PERSONS = frozenset(("i", "he", "she", "you", "we", "they"))


def tokens(folded: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, str]]:
    """The tokens of a folded text with their offsets in it; numbers by their shape, never their value."""
    for match in _TOKEN.finditer(folded, start, len(folded) if end is None else end):
        yield match.start(), _token(match.group())


@lru_cache(8192)
def _token(raw: str) -> str:
    first = raw[0]
    if "a" <= first <= "z":
        word = raw.replace("'", "").replace("’", "") if "'" in raw or "’" in raw else raw
        return _STRETCHED.sub(r"\1\1", word) if len(word) > 3 else word
    if first.isdigit():
        if _CLOCK.fullmatch(raw):
            return "#t"
        return "#2" if len(raw) <= 2 else "#4" if len(raw) <= 4 else "#9"
    return "#u" if first > "\x7f" and first not in "“”" else raw


def word_features(token: str, before: str, prefix: str) -> Iterator[str]:
    """The features of one token after the token ``before`` it.

    ``prefix`` says how its clause stands out: ``a`` inside action marks, ``q`` inside quotation marks, ``x``
    outside them in a message that has action marks, else empty.
    """
    yield token
    yield f"{before} {token}"
    if len(token) > 4 and token.isalpha():
        yield f"-{token[-3:]}"
    if before in _PERSONS:
        yield f"{before}+{_form(token)}"
    if prefix:
        yield f"{prefix}:{token}"


def _form(word: str) -> str:
    if word in _auxiliaries():
        return "aux"
    for ending in ("ed", "ing", "s"):
        if word.endswith(ending):
            return ending
    return "v"


@cache
def _auxiliaries() -> frozenset[str]:
    return frozenset(_lines("frame_auxiliaries.txt"))


@cache
def weights() -> dict[str, Tally]:
    """The fitted points of every feature; made by ``tools/fit_frame_weights.py`` from our own corpus."""
    table = {}
    for line in _lines("frame_weights.tsv"):
        feature, own, story, neither = line.split("\t")
        table[feature] = (float(own), float(story), float(neither))
    return table


@cache
def common_words() -> frozenset[str]:
    """Words too frequent to tell one conversation's topic from another's."""
    return frozenset(_lines("frame_common_words.txt"))


def _lines(name: str) -> list[str]:
    text = files("discretion.guard").joinpath(f"data/{name}").read_text("utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("# ")]


def word_sets(folded: str, limit: int) -> tuple[frozenset[int], frozenset[int]]:
    """The rare words among the first ``limit`` characters, and all of them, as hashes.

    Enough to see a topic or a name come again within this run; no word can be read from them.
    """
    found = {_token(raw) for raw in _TOKEN.findall(folded, 0, limit)}
    topic = frozenset(topic_word for token in found if (topic_word := _topic_word(token)) is not None)
    return topic, frozenset(map(hash, found))


@lru_cache(8192)
def _topic_word(token: str) -> int | None:
    """The hash of a word rare enough to be a topic, its plural folded; ``None`` of any other token."""
    if len(token) <= 2 or token in common_words() or not token.isalpha():
        return None
    return hash(token[:-1] if len(token) > 4 and token[-1] == "s" else token)


def tally(features: Iterable[str]) -> Tally:
    """The sum of the points of ``features``; unknown ones count nothing."""
    table = weights()
    own = story = neither = 0.0
    for feature in features:
        points = table.get(feature)
        if points is not None:
            own += points[0]
            story += points[1]
            neither += points[2]
    return own, story, neither
