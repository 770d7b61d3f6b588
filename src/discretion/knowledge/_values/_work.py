"""What somebody does for a living, by the groups that the American Community Survey counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from discretion.knowledge._values._groups import (
    Match,
    by_first_word,
    finest,
    is_denied,
    is_former,
    matches,
    phrases,
    stem,
)
from discretion.knowledge._values._keys import key
from discretion.knowledge._values._markers import folder, marker, read
from discretion.records import Value
from discretion.text import fold

SEVERAL = "several"
"""The row of words that are jobs of several groups."""

_Phrases = dict[str, tuple[tuple[tuple[str, ...], str], ...]]


@cache
def titles() -> dict[str, str]:
    """Code → title of every occupation that the survey counts."""
    lines = folder().joinpath("occupation_titles.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if not line.startswith("#"))


@cache
def _phrases() -> _Phrases:
    """Our words for occupations, then the survey's own titles, also each half of "waiters and waitresses"."""
    found: dict[tuple[str, ...], str] = {}
    for code, phrase in read("occupation"):
        found.setdefault(tuple(map(stem, phrase.split(" "))), code)
    for code, title in titles().items():
        halves = title.split(" and ")
        is_pair = len(halves) == 2 and all(half.isalpha() and half.endswith("s") for half in halves)
        for name in (title, *(halves if is_pair else ())):
            found.setdefault(tuple(map(stem, key(name).split(" "))), code)
    return by_first_word(found)


def occupation_value(words: str) -> Value | None:
    """The occupation by group, finer where the words say it; of "nurse manager" the last word counts."""
    tokens = key(fold(words).text).split(" ")
    codes = []
    found = matches(_phrases(), tokens)
    for at, match in enumerate(found):
        if not _is_head(tokens, found, at) or _is_served(tokens, match) or is_denied(tokens, match.start):
            continue
        if match.code == SEVERAL or not marker("hoped").isdisjoint(tokens[: match.start]):
            continue
        codes.append(f"former/{match.code}" if is_former(tokens, match.start) else match.code)
    if not found:
        codes = [
            match.code
            for match in matches(phrases("occupation_verbs"), tokens)
            if not is_denied(tokens, match.start)
        ]
    kept = finest(codes)
    return Value("occupation", kept) if kept else None


def _is_head(tokens: Sequence[str], found: Sequence[Match], at: int) -> bool:
    """Whether the words end a job's name: no further noun follows that would make it another job."""
    end = found[at].end
    return end == len(tokens) or tokens[end] in marker("goes_on")


def _is_served(tokens: Sequence[str], match: Match) -> bool:
    """Whether it is somebody else's job ("billing for a dentist")."""
    at = match.start - 1
    if at > 0 and tokens[at] in marker("article"):
        at -= 1
    return at >= 0 and tokens[at] in marker("served")
