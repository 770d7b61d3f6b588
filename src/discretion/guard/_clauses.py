"""Where a message changes speaker: action marks, quotation marks, asides, sentence ends, slips."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

FINE_CHARACTERS = 20_000
"""Up to here a text is cut clause by clause; what follows is cut into large pieces, so that the number of
clauses of a huge text stays small."""

COARSE_CHARACTERS = 4_000

# No class may run over its own opening mark: that keeps a row of unclosed marks linear.
_PART = re.compile(
    r"(?P<ooc>\(\(.*?(?:\)\)|\Z)|\(\s?ooc\b.*?(?:\)|\Z)|\[\s?ooc\b.*?(?:\]|\Z)|//\s?ooc\b[^\n]*)"
    r"|(?P<action>\*{1,2}[^*\n]+\*{1,2}|(?<!\w)_[^_\n]+_(?!\w))"
    r"|(?P<quote>\"[^\"\n]*\"|“[^“”\n]*”|«[^«»\n]*»)",
    re.IGNORECASE | re.DOTALL,
)
_MARK = re.compile(r"[*_\"“«]|\(\(|ooc\b", re.IGNORECASE)
_SENTENCE_END = r"[.!?…]+[\"')\]]*(?=\s)|\n"


def _slip_cues(*strengths: str) -> str:
    strength, found = "", []
    text = files("discretion.guard").joinpath("data/slip_cues.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("= "):
            strength = line[2:]
        elif line and line[0] != "#" and strength in strengths:
            found.append(re.escape(line))
    return "|".join(sorted(found, key=len, reverse=True))


@cache
def _cut() -> re.Pattern[str]:
    """Sentence ends, and the gap before a slip cue."""
    return re.compile(rf"{_SENTENCE_END}|[\s,;:–—-](?=(?:{_slip_cues('strong', 'weak')})\b)", re.IGNORECASE)


@cache
def _strong() -> re.Pattern[str]:
    return re.compile(
        rf"[\s,;:(\[*–—-]{{0,4}}(?:ooc\b[\s:,]{{0,3}})?(?:{_slip_cues('strong')})\b", re.IGNORECASE
    )


def opens_with_slip(text: str, start: int, end: int) -> bool:
    """Whether the clause ``[start, end)`` opens with words after which the author speaks of life."""
    return _strong().match(text, start, end) is not None


def split_clauses(text: str) -> Iterator[tuple[int, int, str]]:
    """Cut ``text`` into ``(start, end, mark)`` runs that cover it without gap or overlap.

    ``mark`` is ``plain``, ``action``, ``quote`` or ``ooc``. Blank space goes with the clause before it.
    """
    fine = min(len(text), FINE_CHARACTERS)
    at = 0
    if _MARK.search(text, 0, fine):
        for part in _PART.finditer(text, 0, fine):
            yield from _sentences(text, at, part.start())
            yield part.start(), part.end(), part.lastgroup or "plain"
            at = part.end()
    yield from _sentences(text, at, fine)
    for start in range(fine, len(text), COARSE_CHARACTERS):
        yield start, min(start + COARSE_CHARACTERS, len(text)), "plain"


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    at = start
    for cut in _cut().finditer(text, start, end):
        if text[at : cut.end()].strip():
            yield at, cut.end(), "plain"
            at = cut.end()
    if at < end:
        yield at, end, "plain"
