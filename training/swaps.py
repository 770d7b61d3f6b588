"""Names and places of a conversation, each swapped for another of its kind and origin, in every turn alike.

A person of the life, a character, the card: one name becomes one other name wherever it stands. What could be
a public figure is left alone: a name in the user's own words that is neither marked nor in the card.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from discretion.knowledge.gazetteer import common_words, given_names, ordinary_words, plain
from training.corpus import Chat, Turn
from training.edits import Edit, edited, free

LISTS = Path(__file__).parent / "lists"
PEOPLE = 15_000
"""The people of a town from which on it may stand for another."""

_WORD = re.compile(r"[^\W\d_]+")
_BEFORE_PLACE = re.compile(r"\b(?:in|from|to|near|outside|around|of|over|through)\s+$", re.IGNORECASE)
_WRITTEN = frozenset({"email", "username"})
_NAMED = frozenset({"name", "family", "relationship"})


def swapped(chat: Chat, rng: random.Random, *, names: bool = True, places: bool = True) -> Chat:
    """``chat`` with its known names and towns swapped; every label keeps its kind."""
    table: dict[str, str] = {}
    if names:
        table |= _pets(chat, rng)
        table |= _people(chat, rng, table)
    if places:
        table = _towns(chat, rng, table) | table
    if not table:
        return chat
    return replace(
        chat,
        persona=edited(Turn(chat.persona, None, frozenset(), ()), _edits(chat.persona, table)).text,
        turns=tuple(
            edited(turn, (edit for edit in _edits(turn.text, table) if _may(turn, edit)))
            for turn in chat.turns
        ),
    )


def like(word: str, new: str) -> str:
    """``new`` in the case of ``word``."""
    if word.islower():
        return new.lower()
    return new.upper() if word.isupper() and len(word) > 1 else new.title()


@cache
def origins() -> Mapping[str, tuple[str, ...]]:
    """For each name of the list, the names of its kind and origin."""
    held: dict[str, tuple[str, ...]] = {}
    for line in (LISTS / "names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        group, _, names = line.partition(":")
        alike = tuple(name for name in names.split() if name.isalpha() and name not in common_words())
        if not group.startswith("pet"):
            held |= {name: alike for name in alike if name not in held}
    return held


@cache
def pets() -> tuple[str, ...]:
    """Names of pets."""
    lines = (LISTS / "names.txt").read_text(encoding="utf-8").splitlines()
    return tuple(name for line in lines if line.startswith("pet") for name in line.partition(":")[2].split())


@cache
def towns() -> tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]:
    """The region of each town's name (that of the biggest bearer), and the towns that a region may lend."""
    data = files("discretion.knowledge") / "data" / "place_ids" / "records.tsv"
    region: dict[str, str] = {}
    people: dict[str, int] = {}
    lent: defaultdict[str, list[str]] = defaultdict(list)
    for line in data.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if line.startswith("#") or len(cells) < 4 or not cells[0].isdigit() or not cells[3].isdigit():
            continue
        name, size = plain(cells[1]), int(cells[3])
        if (
            size < PEOPLE
            or len(name) < 4
            or not all(map(str.isalpha, name.split()))
            or name in common_words()
        ):
            continue
        if size > people.get(name, 0):
            people[name], region[name] = size, cells[2]
        if (
            name.isascii()
            and name not in given_names()
            and name not in ordinary_words()
            and name.count(" ") < 2
        ):
            lent[cells[2]].append(name)
    return region, {where: tuple(names) for where, names in lent.items()}


@cache
def _town_openers() -> frozenset[str]:
    return frozenset(name.partition(" ")[0] for name in towns()[0])


_plain = cache(plain)


def _people(chat: Chat, rng: random.Random, taken: Mapping[str, str]) -> dict[str, str]:
    shown, bare, anywhere = set(_keys(chat.persona)), set[str](), set(_keys(chat.persona))
    if any("real_person" in turn.flags for turn in chat.turns):
        shown = set()
    for turn in chat.turns:
        for match in _WORD.finditer(turn.text):
            key = _plain(match[0])
            anywhere.add(key)
            kinds = {x.kind for x in turn.labels if x.start < match.end() and x.end > match.start()}
            if kinds & _NAMED:
                shown.add(key)
            elif turn.frame in ("self", "neutral") and not kinds:
                bare.add(key)
    only_shown = any("real_person" in turn.flags for turn in chat.turns)
    known = sorted(
        key
        for key in anywhere & origins().keys()
        if key not in taken and (key in shown or (not only_shown and key not in bare))
    )
    alike = {one for one in known for other in known if one != other and one[:3] == other[:3]}
    table: dict[str, str] = {}
    for key in known:
        if key in alike:
            continue
        free_names = [name for name in origins()[key] if name not in anywhere and name not in table.values()]
        if free_names:
            table[key] = rng.choice(free_names)
    return table


def _pets(chat: Chat, rng: random.Random) -> dict[str, str]:
    labels = [(turn, label) for turn in chat.turns for label in turn.labels]
    people = {key for turn, x in labels if x.kind == "name" for key in _keys(turn.text[x.start : x.end])}
    table: dict[str, str] = {}
    for turn, label in labels:
        keys = list(_keys(turn.text[label.start : label.end]))
        if label.kind == "pet" and len(keys) == 1 and keys[0] not in people and len(keys[0]) > 2:
            table.setdefault(keys[0], rng.choice([name for name in pets() if name not in table.values()]))
    return table


def _towns(chat: Chat, rng: random.Random, taken: Mapping[str, str]) -> dict[str, str]:
    region, lent = towns()
    table: dict[str, str] = {}
    for turn in chat.turns:
        for start, end, key in _runs(turn.text, region, _town_openers()):
            labelled = any(x.kind == "location" and x.start <= start and end <= x.end for x in turn.labels)
            told = turn.frame == "fiction" and _BEFORE_PLACE.search(turn.text[max(0, start - 12) : start])
            choice = [name for name in lent.get(region[key], ()) if name != key]
            if (labelled or told) and len(choice) > 2 and not set(key.split()) & taken.keys():
                table.setdefault(key, rng.choice(choice))
    return table


def _runs(text: str, table: Mapping[str, str], openers: Set[str]) -> Iterator[tuple[int, int, str]]:
    """Where the table's keys of up to three words stand in a text, longest first; ``openers`` begin one."""
    words = [(m.start(), m.end(), _plain(m[0])) for m in _WORD.finditer(text)]
    done = 0
    for at, (start, _, first) in enumerate(words):
        if at < done or first not in openers:
            continue
        for many in (3, 2, 1):
            run = words[at : at + many]
            key = " ".join(word for _, _, word in run)
            joined = all(text[a[1] : b[0]] == " " for a, b in pairwise(run))
            if len(run) == many and joined and key in table:
                yield start, run[-1][1], key
                done = at + many
                break


def _edits(text: str, table: Mapping[str, str]) -> Iterator[Edit]:
    owners = {f"{key}s": f"{new}s" for key, new in table.items() if f"{key}s" not in table}
    held = {**owners, **table}
    for start, end, key in _runs(text, held, {key.partition(" ")[0] for key in held}):
        yield Edit(start, end, like(text[start:end], held[key]))


def _may(turn: Turn, edit: Edit) -> bool:
    if free(turn, edit.start, edit.end):
        return True
    inside = [x for x in turn.labels if x.start < edit.end and x.end > edit.start]
    return edit.text.isascii() and " " not in edit.text and all(x.kind in _WRITTEN for x in inside)


def _keys(text: str) -> Iterator[str]:
    return (_plain(match[0]) for match in _WORD.finditer(text))
