"""What a prompt tells of the user in the third person: names, places, employers, schools, pets, birthdays."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from discretion.gateway._about_user import Said, characters_of, is_name, sentences, words
from discretion.guard import OWN_FACT, severity
from discretion.knowledge.gazetteer import familiar_names, family_names, ordinary_words, places, plain
from discretion.records import Finding, Frame, Kind

_CAPITALISED = re.compile(r"[A-ZÀ-Þ][\wÀ-ÿ’'-]+(?: [A-ZÀ-Þ][\wÀ-ÿ’'-]+)*")
_HANDLE = re.compile(r"(?<![\w@])@[\w.]{2,30}\w")
_REASON = "named where the prompt describes the user"
_SURE = 0.7
_SHEET = re.compile(r"\W*(?P<key>[A-Za-z][\w'’ ]{1,24}?)\s*[:=(]\s*[\"“]?(?P<value>[^\n\"”;)\]]+)")
_BIRTH = re.compile(
    r"(?:born|birthday(?: is)?|birth date(?: is)?)(?: on)?:? +(?:the )?"
    r"(?P<x>(?:[A-Za-z]+ )?\d[\w/.-]*(?: of)?(?: (?!at\b|in\b|and\b)[A-Za-z]+)?(?:,? \d{4})?)",
    re.IGNORECASE,
)


def described(text: str, user_names: Sequence[str], besides: Iterable[Finding]) -> list[Finding]:
    """Findings in the sentences of ``text`` that describe the user; ``besides`` stand there already.

    A character's names, and words that the story uses elsewhere in the prompt, are the story's.
    """
    said = list(sentences(text, user_names))
    about = [one for one in said if one.is_about]
    if not about:
        return []
    own = {plain(part) for name in user_names if is_name(name) for part in name.split()}
    told = {word for one in said if not one.is_about for word in _proper(one.text)}
    found = _Found(list(besides), (characters_of(text) | told) - own, own)
    for one in about:
        _read(one, found)
    return found.made


class _Found:
    """Findings that share no character; the first to take a run has it."""

    def __init__(self, besides: list[Finding], story: set[str] | frozenset[str], own: set[str]) -> None:
        self._taken = sorted((one.start, one.end) for one in besides)
        self.story = story
        self.own = own
        self.made: list[Finding] = []

    def add(self, kind: Kind, start: int, value: str) -> None:
        value = value.rstrip(" ,.;:!?\"”’'*)]-")
        end = start + len(value)
        at = bisect_left(self._taken, (start, end))
        is_taken = (at > 0 and self._taken[at - 1][1] > start) or (
            at < len(self._taken) and self._taken[at][0] < end
        )
        if value and not is_taken:
            self._taken.insert(at, (start, end))
            grave = severity(kind, value)
            self.made.append(Finding(kind, start, end, Frame.SELF, grave, _SURE, OWN_FACT, _REASON))

    def is_story(self, value: str) -> bool:
        keys = [plain(word) for word in re.findall(r"[\w’'-]+", value)]
        named = [key for key in keys if key not in ordinary_words()] or keys
        return bool(named) and all(key in self.story for key in named)


def _read(one: Said, found: _Found) -> None:
    text = one.text
    sheet = _SHEET.match(text)
    kind = words().keys.get(_key(sheet["key"])) if sheet else None
    if sheet and kind and kind != "other":
        found.add(Kind(kind), one.start + sheet.start("value"), sheet["value"].strip())
    for match in _BIRTH.finditer(text):
        found.add(Kind.DATE_OF_BIRTH, one.start + match.start("x"), match["x"])
    for match in _HANDLE.finditer(text):
        found.add(Kind.USERNAME, one.start + match.start(), match[0])
    for name in ("name", "education", "workplace", "pet", "location"):
        for match in words().phrases[name].finditer(text):
            for value, start in _listed(name, match):
                if _may_be(Kind(name), value, found):
                    found.add(Kind(name), one.start + start, value)
    for match in _CAPITALISED.finditer(text):
        value = match[0].rstrip("’'-").removesuffix("'s").removesuffix("’s")
        if bare := _bare(value, found):
            found.add(bare, one.start + match.start(), value)


def _listed(kind: str, match: re.Match[str]) -> list[tuple[str, int]]:
    """The proper names behind a phrase, each with where it starts."""
    if kind in ("workplace", "education"):
        return [(match["x"], match.start("x"))]
    return [(one[0], match.start("x") + one.start()) for one in _CAPITALISED.finditer(match["x"])]


def _may_be(kind: Kind, value: str, found: _Found) -> bool:
    """Whether a proper name behind such a phrase is what the phrase says, and not the story's."""
    first, *rest = (plain(word) for word in value.split())
    is_persons = first in found.own | familiar_names() and first not in places()
    if kind not in (Kind.PET, Kind.NAME) and is_persons and set(rest) <= familiar_names() | family_names():
        return False
    return not found.is_story(value)


def _bare(value: str, found: _Found) -> Kind | None:
    """What a proper name is by itself: a place that there is, or somebody's name."""
    keys = [plain(word) for word in value.split()]
    if keys[0] in found.own:
        return Kind.NAME
    if found.is_story(value):
        return None
    if " ".join(keys) in places() and not all(key in familiar_names() for key in keys):
        return Kind.LOCATION
    return Kind.NAME if keys[0] in familiar_names() and keys[0] not in ordinary_words() else None


def _proper(text: str) -> set[str]:
    return {
        plain(re.sub(r"['’]s$", "", word))
        for match in _CAPITALISED.finditer(text)
        for word in match[0].split()
    }


def _key(said: str) -> str:
    return re.sub(r"[^a-z]+", "_", said.casefold()).strip("_").removeprefix("user_")
