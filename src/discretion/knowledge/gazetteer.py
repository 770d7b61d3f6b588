"""The lists of names, places and words that the guard looks its tokens up in, loaded on first use.

Keys are in lower case, without diacritics and without apostrophes (``plain``). Origins and licences stand in
``SOURCES.toml`` at the root of the package.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Phrases = Mapping[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]
"""By its first word: the further words of a phrase and its tags, longest phrase first."""

_DATA = files("discretion.knowledge") / "data"
_STRAIGHT = {ord(c): None for c in "'’ʼʻ`"}
_WORD_LISTS = (
    "calendar",
    "education",
    "event",
    "health",
    "identity",
    "kin",
    "occupation",
    "pet",
    "places",
    "relationship",
    "work_verbs",
    "workplace",
)


def plain(word: str) -> str:
    """A word as the lists spell it: lower case, no diacritics, no apostrophes."""
    word = word.translate(_STRAIGHT)
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _lines(name: str) -> list[str]:
    return _DATA.joinpath(name).read_text(encoding="utf-8").translate(_STRAIGHT).split("\n")


def _table(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """A list that is already folded: the entries before its blank line, and all of them."""
    first, _, rest = _DATA.joinpath(name).read_text(encoding="ascii").partition("\n\n")
    lead = frozenset(first.split("\n"))
    return lead, (lead.union(rest.split("\n")) if rest else lead) - {""}


@cache
def _given() -> tuple[frozenset[str], frozenset[str]]:
    return _table("given_names.txt")


@cache
def _ordinary() -> tuple[frozenset[str], frozenset[str]]:
    return _table("ordinary_words.txt")


@cache
def given_names() -> frozenset[str]:
    """First names of many origins (US, UK, Canada, France, Brazil)."""
    return _given()[1]


@cache
def familiar_names() -> frozenset[str]:
    """The first names so frequent that they are known without a cue."""
    return _given()[0]


@cache
def family_names() -> frozenset[str]:
    """Surnames with at least 1,000 bearers in the United States, of many origins."""
    return _table("family_names.txt")[1]


@cache
def places() -> frozenset[str]:
    """Populated places, first-level regions, countries; names of several words are joined by one space."""
    return _table("places.txt")[1] | tagged_words("region")


@cache
def place_openers() -> frozenset[str]:
    """The first words of all places, so that most words need one look-up only."""
    return frozenset(place.partition(" ")[0] for place in places())


@cache
def common_words() -> frozenset[str]:
    """The twelve thousand most common words that are written in lower case."""
    return _ordinary()[0]


@cache
def ordinary_words() -> frozenset[str]:
    """Every word of everyday spelling that is written in lower case: what alone is no sign of a name."""
    return _ordinary()[1]


def _tagged(name: str) -> list[tuple[str, str]]:
    rows = []
    tag = ""
    for line in _lines(f"words/{name}.txt"):
        if line.startswith("= "):
            tag = line[2:].strip()
        elif not line.startswith("#"):
            rows += [
                (tag, plain(phrase.replace("/", " ")).strip()) for phrase in line.split(",") if phrase.strip()
            ]
    return rows


@cache
def phrases() -> Phrases:
    """The tagged phrases of ``data/words``: kin, occupations, conditions, faiths, months and so on."""
    tags: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for name in _WORD_LISTS:
        for tag, phrase in _tagged(name):
            tags[tuple(phrase.split())].add(tag)
    table: defaultdict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = defaultdict(list)
    for words, marks in sorted(tags.items(), key=lambda item: -len(item[0])):
        table[words[0]].append((words[1:], frozenset(marks)))
    return {first: tuple(rest) for first, rest in table.items()}


@cache
def tagged_words(tag: str) -> frozenset[str]:
    """The phrases of one tag, words joined by one space."""
    return frozenset(phrase for name in _WORD_LISTS for mark, phrase in _tagged(name) if mark == tag)


@cache
def _cue_lists(name: str) -> dict[str, frozenset[str]]:
    lists: defaultdict[str, set[str]] = defaultdict(set)
    tag = ""
    for line in _DATA.joinpath(f"cues/{name}.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("= "):
            tag = line[2:].strip()
        elif not line.startswith("#"):
            lists[tag].update(line.split())
    return {tag: frozenset(words) for tag, words in lists.items()}


def cues(name: str, tag: str) -> frozenset[str]:
    """The words of one list of the cue file ``name``, as keys. Raises ``KeyError`` where there is none."""
    return _cue_lists(name)[tag]
