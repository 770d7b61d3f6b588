"""Where a prompt speaks of the user: below a heading, or in a sentence with the name they go by."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from discretion.knowledge.gazetteer import familiar_names, ordinary_words, plain

LONGEST_READ = 200_000
"""Characters of a prompt in which sentences are told apart; forms are looked for in all of it."""

_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|St|Mt)\.\s|[^.!?]|[.!?](?![\s\"”'’*)\]]))+[.!?\"”'’*)\]]*\s*|[.!?]+[\"”'’*)\]]*\s*"
)
_NAME = r"(?P<x>[A-ZÀ-Þ][\w’'-]*\w(?: [A-ZÀ-Þ][\w’'-]*\w)?)"
_BARE = _NAME.replace("?P<x>", "?:")
_OPENS = re.compile(rf"\W*{_NAME}(?='s\b|’s\b|,| is\b| was\b| has\b| lives\b| works\b| \()")
_SIGNED = re.compile(rf"{_NAME}:\s")
_HE_OR_SHE = re.compile(r"\W*(?:she|he|they|her|his|their)\b", re.IGNORECASE)
_HEADED = re.compile(r"\W*[A-Z][\w'’ ]{1,40}:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a prompt, where it starts, and whether it is about the user."""

    start: int
    text: str
    is_about: bool


def is_plain(sentence: str) -> bool:
    """Whether a sentence of a prompt tells no story: of an assistant, a clock."""
    return words().plain.fullmatch(sentence.strip()) is not None


def signature(text: str) -> str:
    """The name with which a client signs a message ("Jess: hello"); empty where it bears none."""
    found = _SIGNED.match(text)
    return found["x"] if found else ""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of ``data/persona.toml``, compiled."""

    nobody: frozenset[str]
    heading: re.Pattern[str]
    told: re.Pattern[str]
    plain: re.Pattern[str]
    called: tuple[re.Pattern[str], ...]
    called_if_known: tuple[re.Pattern[str], ...]
    both: re.Pattern[str]
    character: tuple[re.Pattern[str], ...]
    keys: dict[str, str]
    phrases: dict[str, re.Pattern[str]]


@cache
def words() -> Words:
    """What prompts say of users."""
    raw = tomllib.loads((files("discretion.gateway") / "data/persona.toml").read_text("utf-8"))
    ends = "|".join(raw["heading_ends"].split())
    heading = (
        rf"\W*(?:{'|'.join(raw['headings'])})(?:'s|’s)?(?: (?:{ends}))*"
        r"\s*(?:[:=\])>-]|\W*$|(?:is|lives|works|was|has)\b)"
    )
    first, second = (_NAME.replace("<x>", f"<{at}>") for at in ("one", "two"))
    word = r"(?-i:[A-ZÀ-Þ])[\w’'&-]*"
    # Names and places come in lists ("Tom and Lily"); an employer's own name may hold an "and".
    listed = rf"(?P<x>{word}(?: {word})*(?:(?:,|,? and| &) {word}(?: {word})*)*)"
    whole = rf"(?P<x>{word}(?:,? (?:(?:of|the|and|de|la|&) )?{word})*)"
    proper = {kind: whole if kind in ("workplace", "education") else listed for kind in raw["phrases"]}
    return Words(
        frozenset(raw["nobody"].split()),
        re.compile(heading, re.IGNORECASE),
        re.compile(rf"^[\W\d]*(?:{raw['told']})\b", re.IGNORECASE),
        re.compile(rf"\W*(?:{raw['plain']})", re.IGNORECASE),
        tuple(_compiled(one) for one in raw["called"]),
        tuple(_compiled(one) for one in raw["called_if_known"]),
        re.compile(raw["both"].replace("XX", _BARE).replace("X", first, 1).replace("X", second)),
        tuple(_compiled(one) for one in raw["character"]),
        {key: kind for kind, row in raw["keys"].items() for key in row.split()},
        {
            kind: re.compile(rf"(?<!\w){before}\s+{proper[kind]}", re.IGNORECASE)
            for kind, before in raw["phrases"].items()
        },
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    before, after = pattern.split("X")
    return re.compile(rf"(?i:(?<!\w){before}){_NAME}(?i:{after})")


def is_name(name: str) -> bool:
    """Whether a name under which somebody takes part names anybody."""
    return any(map(str.isalpha, name)) and plain(name.strip("{}<> ")) not in words().nobody


def characters_of(text: str) -> frozenset[str]:
    """The names of those who take part in a prompt's story, word by word, folded; the user's may be one."""
    sides = [name for match in words().both.finditer(text[:LONGEST_READ]) for name in _names_in(match[0])]
    return _played(text) | {plain(part) for name in sides for part in name.split()}


def _played(text: str) -> frozenset[str]:
    """The names of whom a prompt has the other side play."""
    found = [match["x"] for one in words().character for match in one.finditer(text[:LONGEST_READ])]
    if opens := _OPENS.match(text):
        found.append(opens["x"])
    return frozenset(plain(part) for name in found for part in name.split())


def _names_in(text: str) -> list[str]:
    return [match["x"] for match in re.finditer(_NAME, text)]


def names_of_user(text: str) -> list[str]:
    """The names by which a prompt calls the user."""
    text = text[:LONGEST_READ]
    known = words()
    found = [match["x"] for one in known.called for match in one.finditer(text)]
    found += [
        match["x"] for one in known.called_if_known for match in one.finditer(text) if _is_known(match["x"])
    ]
    others = _played(text)
    for match in known.both.finditer(text):
        sides = [match["one"], match["two"]]
        named = [plain(side.split()[0]) in others for side in sides]
        found.append(sides[0] if named == [False, True] else sides[1])
    found += _named_below_headings(text)
    return [name for name in dict.fromkeys(found) if is_name(name)]


def _named_below_headings(text: str) -> Iterator[str]:
    for start, line in _blocks(text):
        key, _, value = line.partition(":")
        if value.strip() and words().keys.get(_key(key)) == "name":
            yield value.strip(" \t\"'[]().,;")
            continue
        heading = words().heading.match(line)
        rest = line[heading.end() :] if heading else line
        if (opens := _OPENS.match(rest)) and (heading or start >= 0) and _is_known(opens["x"]):
            yield opens["x"]


def _is_known(name: str) -> bool:
    first = plain(name.split()[0])
    return first in familiar_names() and first not in ordinary_words()


def sentences(text: str, user_names: Iterable[str]) -> Iterator[Said]:
    """The sentences of a prompt in order. Below a heading for the user all are about the user; elsewhere
    those that name the user, and those after them that go on with "she"."""
    named = [re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") for name in user_names if is_name(name)]
    named += [re.compile(r"\{\{user\}\}|<user>", re.IGNORECASE), words().told]
    below = {start for start, _ in _blocks(text)}
    for line in _LINE.finditer(text):
        is_below = line.start() in below
        goes_on = False
        if line.end() > LONGEST_READ:
            yield Said(line.start(), line[0], is_below)
            continue
        for sentence in _SENTENCE.finditer(line[0]):
            names = any(one.search(sentence[0]) for one in named)
            goes_on = names or (goes_on and bool(_HE_OR_SHE.match(sentence[0])))
            yield Said(line.start() + sentence.start(), sentence[0], is_below or goes_on)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """The lines that stand below a heading for the user, the heading among them."""
    is_below, has_own, end = False, False, 0
    for line in _LINE.finditer(text[:LONGEST_READ]):
        said = line[0]
        if heading := words().heading.match(said):
            is_below = True
            has_own = bool(said[heading.end() :].strip(" \t]>)*_"))
        elif is_below:
            is_apart = text.count("\n", end, line.start()) > 1
            is_below = not (_ends(said, is_apart=is_apart) or (has_own and is_apart))
        end = line.end()
        if is_below:
            yield line.start(), said
            if has_own and said.lstrip().startswith("[") and said.rstrip().endswith("]"):
                is_below = False


def _ends(line: str, *, is_apart: bool) -> bool:
    if line.lstrip().startswith(("[", "#", "<", "***", "---")):
        return True
    if not _HEADED.match(line):
        return False
    kind = words().keys.get(_key(line.partition(":")[0]))
    return kind is None or (is_apart and kind == "name")


def _key(words_: str) -> str:
    """A key of a persona sheet as ``data/persona.toml`` writes it."""
    return re.sub(r"[^a-z]+", "_", words_.casefold()).strip("_").removeprefix("user_")
