"""Names that the user gives to a part: "you are Ines", "I'll play Mordecai", "my character is Zelda Thorne".

They are the story's from then on. Whoever is told apart as a real person ("be trevor from accounts") is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from discretion.guard._detector import OWN_FACT, Hit
from discretion.knowledge.gazetteer import familiar_names, given_names, ordinary_words, plain
from discretion.records import Kind

_READ_CHARACTERS = 4_000
_TITLE = (
    r"(?:(?:mr|mrs|ms|miss|dr|doctor|prof|professor|sir|lady|lord|captain|capt|sergeant|inspector|detective|"
    r"commander|queen|king|prince|princess)\.? )?"
)
# "be X" alone is not among them: in our corpus nine of ten who are asked to be played so are real.
_PARTS = re.compile(
    r"\b(?:"
    r"(?:you(?:['’]?re| are)|u r|ur)(?: now| called| named)?"
    r"|you(?:['’]ll| will| can)? (?:now )?play"
    r"|(?:act|role-?play|rp|pose)(?:ing)? as"
    r"|pretend(?:ing)? (?:to be|(?:that )?(?:you(?:['’]?re| are)|i(?:['’]?m| am)))"
    r"|i(?:['’]?ll| will| want to|['’]?d like to|['’]?m going to|['’]?m gonna) (?:play(?: as)?|be)"
    r"|i(?:['’]?m| am) playing(?: as)?"
    r"|i play(?: as)?"
    r"|my (?:character|oc|char)(?:['’]s)?(?: name)?(?: is|['’]s)?(?: called| named)?"
    rf")\s+{_TITLE}[\"“_*]{{0,2}}(?=[^\W\d_])",
    re.IGNORECASE,
)
# Asked so, only a name that hardly anybody bears is a part: "i want you to be Gandalf", "you'll be Vex".
_ASKED = re.compile(rf"(?:\b(?:you(?:['’]ll| will)|to|please) |^\W*)be {_TITLE}", re.IGNORECASE)
_OWN_PART = re.compile(r"\b(?:i['’]?m|i am)\s+$", re.IGNORECASE)
_CAPITALISED = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?")
_CLOSES = re.compile(r"[\"”_*]{0,2}\s*(?:[.,;:!?)\n]|$|and\b)")
# "you are Karen, my manager", "you're jeroen from security"
_REAL_TIE = re.compile(
    r"[\"”_*]{0,2},?\s*(?:\(\s*)?(?:(?:who is|aka|really|actually)\s+)?(?:my|our)\b"
    r"|\s+(?:from|in|at|off|on)\s+(?:my|our|work)\b",
    re.IGNORECASE,
)


def cast(text: str, hits: Sequence[Hit], real: Sequence[tuple[int, int]] = ()) -> Iterator[str]:
    """The names that a message gives to a part of the story.

    ``real`` are spans of people whom the wording presents as real; own facts are never the story's.
    """
    text = text[:_READ_CHARACTERS]
    theirs = [*real, *((hit.start, hit.end) for hit in hits if hit.detector == OWN_FACT)]
    names = {hit.start: hit for hit in hits if hit.kind is Kind.NAME and hit.detector != OWN_FACT}
    parts = [
        *(name for part in _PARTS.finditer(text) if (name := _part(text, part.end(), names, theirs))),
        *(
            name
            for part in _ASKED.finditer(text)
            if (name := _part(text, part.end(), names, theirs)) and _first(name) not in given_names()
        ),
    ]
    yield from parts
    # "You are Gandalf. I'm Frodo.": beside a part a name that hardly anybody bears is the user's own part.
    for hit in names.values() if parts else ():
        name = text[hit.start : hit.end]
        introduced = _OWN_PART.search(text, max(0, hit.start - 12), hit.start)
        if introduced and _first(name) not in familiar_names() and _CLOSES.match(text, hit.end):
            yield name


def _part(text: str, at: int, names: Mapping[int, Hit], theirs: Sequence[tuple[int, int]]) -> str:
    """The name at ``at``, seen or typed with a capital; empty where it is none, or a real person's."""
    typed, hit = _CAPITALISED.match(text, at), names.get(at)
    end = max(typed.end() if typed else at, hit.end if hit else at)
    if end == at or _touches(at, end, theirs) or _REAL_TIE.match(text, end):
        return ""
    name = text[at:end]
    return name if hit or _first(name) not in ordinary_words() else ""


def _first(name: str) -> str:
    return plain(name.split()[0])


def _touches(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in spans)
