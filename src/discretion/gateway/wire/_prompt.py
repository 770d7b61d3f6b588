"""The prompt of ``/completions``: one string with a whole conversation in it, taken apart into its turns.

A turn is a passage of its own, so that a history that was reviewed stays reviewed when a line is added. The
marks between turns pass as they are; the names of speakers are passages. Who speaks: what the mark says; the
one whose line the prompt leaves open is the assistant; everybody unknown counts as the user. What stands
before the first turn is the card. A prompt without turns is the user's own, paragraph by paragraph.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final

from discretion.gateway.wire._request import Voice

_NAME: Final = r"[^\s:<>\[\]{}#*\"|][^\n:<>\[\]{}\"|]{0,47}"
_LINE: Final = re.compile(rf"(?P<line>{_NAME}):(?=[ \n]|\Z)")
_DESCRIBES: Final = re.compile(r"['’]s? ")
_PARAGRAPH: Final = re.compile(r"\n\s*\n\s*|\n")
_MOST: Final = 4000
"""Turns of one prompt; what comes after is one passage."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One stretch of a prompt: the mark before it, a name in the mark, and what was said."""

    mark: str = field(repr=False)
    name: str = field(repr=False)
    after: str = field(repr=False)
    text: str = field(repr=False)
    voice: Voice


@dataclass(frozen=True, slots=True)
class _Marks:
    pattern: re.Pattern[str]
    says: dict[str, str]
    roles: dict[str, str]
    role_only: frozenset[str]
    headings: frozenset[str]


def turns_of(prompt: str, users: frozenset[str] = frozenset()) -> Iterator[Turn]:
    """The turns of a prompt. ``users`` are names, in lower case, at which the client has the reply stop."""
    found = _found(prompt, users)
    if not any(_word(mark) or _marks().says.get(mark[0]) for mark in found):
        yield from _paragraphs(prompt)
        return
    ours = _left_open(prompt, found[-1])
    if head := prompt[: found[0].start()]:
        yield Turn("", "", "", head, Voice.SYSTEM)
    voice = Voice.SYSTEM
    for at, mark in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(prompt)
        word = _word(mark)
        voice = _voice(mark[0], word, users, ours, voice)
        text = prompt[mark.end() : end]
        if word and word not in _marks().roles:
            start, stop = mark.span(mark.lastgroup or 0)
            yield Turn(
                prompt[mark.start() : start], prompt[start:stop], prompt[stop : mark.end()], text, voice
            )
        else:
            yield Turn(mark[0], "", "", text, voice)


def _found(prompt: str, users: frozenset[str]) -> list[re.Match[str]]:
    """The marks of a prompt.

    A word before a colon is a speaker where it comes twice, or the client has the reply stop at it, or the
    prompt leaves its line open; of the last paragraph before an open line, also where it comes once. Else it
    is a heading, or prose.
    """
    marks = _marks()
    found = list(islice(_candidates(prompt), _MOST))
    times = Counter(_word(mark) for mark in found if mark.lastgroup == "line")
    ours = _left_open(prompt, found[-1]) if found else ""
    last_paragraph = prompt.rstrip().rfind("\n\n") if ours else len(prompt)
    kept = []
    for mark in found:
        word = _word(mark)
        is_kept = word in marks.roles or mark.lastgroup not in marks.role_only
        if mark.lastgroup == "line":
            is_named = times[word] > 1 or word in users or word == ours or mark.start() > last_paragraph
            # "Jess's persona: …" describes somebody; nobody speaks under such a name.
            is_kept = is_named and word not in marks.headings and not _DESCRIBES.search(word)
        if is_kept:
            kept.append(mark)
    return kept


def _candidates(prompt: str) -> Iterator[re.Match[str]]:
    """Every mark, and every start of a line that could be a name, in order."""
    marks = _marks().pattern.finditer(prompt)
    mark = next(marks, None)
    start = 0
    while start >= 0:
        line = _LINE.match(prompt, start)
        start = prompt.find("\n", start) + 1 or -1
        limit = start if start >= 0 else len(prompt) + 1
        if line is not None and (mark is None or mark.start() >= line.end()):
            yield line
        while mark is not None and mark.start() < limit:
            yield mark
            mark = next(marks, None)


def _word(mark: re.Match[str]) -> str:
    """The name in a mark, in lower case."""
    return (mark[mark.lastgroup] or "").strip().lower() if mark.lastgroup else ""


def _voice(mark: str, word: str, users: frozenset[str], ours: str, before: Voice) -> Voice:
    marks = _marks()
    if not word:
        return Voice(marks.says[mark]) if marks.says.get(mark) else before
    if word in marks.roles:
        return Voice(marks.roles[word])
    return Voice.ASSISTANT if word == ours and word not in users else Voice.USER


def _left_open(prompt: str, last: re.Match[str]) -> str:
    """The name whose line the reply is to go on with."""
    is_open = last.lastgroup == "line" and not prompt[last.end() :].strip()
    return _word(last) if is_open else ""


def _paragraphs(prompt: str) -> Iterator[Turn]:
    start = 0
    for number, gap in enumerate(_PARAGRAPH.finditer(prompt)):
        if number == _MOST:
            break
        yield Turn("", "", "", prompt[start : gap.start()], Voice.USER)
        yield Turn(gap[0], "", "", "", Voice.USER)
        start = gap.end()
    yield Turn("", "", "", prompt[start:], Voice.USER)


@cache
def _marks() -> _Marks:
    raw = tomllib.loads((files("discretion.gateway.wire") / "data/prompts.toml").read_text("utf-8"))
    fixed = "|".join(re.escape(mark) for mark in sorted(raw["mark"], key=len, reverse=True))
    named, role_only = [], set()
    for at, row in enumerate(raw["speaker"]):
        named.append(rf"{re.escape(row['before'])}(?P<name{at}>[^\n:<|]{{1,64}}){re.escape(row['after'])}")
        if row.get("is_role"):
            role_only.add(f"name{at}")
    return _Marks(
        re.compile("(?=[<#\\[])(?:" + "|".join([*named, fixed]) + ")"),
        raw["mark"],
        raw["role"],
        frozenset(role_only),
        frozenset(raw["heading"]["words"].split()),
    )
