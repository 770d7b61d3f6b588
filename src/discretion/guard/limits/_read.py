"""Reading one text for everything that a limit may turn on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zlib import crc32

from discretion.guard._view import View
from discretion.guard.limits._ages import (
    answered,
    asks_age_of,
    goes_on,
    last_referent,
    leaves_scene,
    read_ages,
    supposed_of_other,
    unmarked,
    who_leave,
)
from discretion.guard.limits._appearing import appearing
from discretion.guard.limits._asked_scene import asked_scenes
from discretion.guard.limits._cues import LimitCues
from discretion.guard.limits._gate import parts_of
from discretion.guard.limits._joined import joined
from discretion.guard.limits.crime import asks_again, gives_up, read_crimes
from discretion.guard.limits.crisis import shows_crisis
from discretion.guard.limits.real_person import read_people, wears_consent

_TOKEN = re.compile(r"[^\W\d_][\w’']*")
_OWNED = re.compile(r"['’]s?$")


PIECE, OVERLAP = 4_000, 300
"""Characters of a long text that are read at once, and how many of them the next piece reads again."""


def limit_cues(view: View) -> LimitCues:
    """Read the mentions of one text that a limit may turn on; a long one in overlapping pieces."""
    if len(view.text) <= PIECE:
        return _piece_cues(view)
    return joined([(start, _piece_cues(View(view.text[start:end]))) for start, end in _pieces(view.text)])


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = min(len(text), start + PIECE)
        if end < len(text) and (space := text.rfind(" ", start + PIECE // 2, end)) > 0:
            end = space
        yield start, end
        if end == len(text):
            return
        start = end - OVERLAP


def _keys_of(tokens: frozenset[str]) -> frozenset[int]:
    """Keys of words (``key`` written out, for speed), of a possessive also that of its owner."""
    owners = {_OWNED.sub("", word) for word in tokens if "'" in word or "’" in word}
    return frozenset([crc32(word.encode()) | 1 for word in (tokens | owners if owners else tokens)])


def _piece_cues(view: View) -> LimitCues:
    text = view.folded.text
    words = view.once(parts_of)
    ages = read_ages(view, words)
    tokens = frozenset(_TOKEN.findall(unmarked(text)))
    people, real_keys = read_people(view, tokens, words)
    return LimitCues(
        people=(*people, *asked_scenes(view, words)) or tuple(appearing(view, words)),
        real_keys=real_keys,
        crimes=read_crimes(view, tokens),
        crisis=shows_crisis(view, tokens),
        asks_again=asks_again(view),
        gives_up=view.once(gives_up),
        pleads=wears_consent(text, words),
        ages=ages,
        referent=last_referent(text, words),
        keys=_keys_of(tokens),
        goes_on=goes_on(text),
        leaves=leaves_scene(text, words),
        leavers=who_leave(text, words),
        asks_age_of=asks_age_of(text),
        supposes=supposed_of_other(text),
        answers=answered(text),
        acts=text.count("*") > 1,
        length=len(text),
    )
