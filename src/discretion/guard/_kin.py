"""People of the user's life who are named inside a message that reads as a story.

``My brother Tim is asking about you`` beside an action, and an aside about one's brother, are told by the
user; the same words in the middle of a long tale are the character's. How far they count in a story, and what
that costs on our corpus, stands with ``DOUBT``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from discretion.guard._frame import FrameJudgement
from discretion.guard._names import is_common, is_familiar
from discretion.guard._view import Mark, View
from discretion.guard._words import Words
from discretion.knowledge.gazetteer import familiar_names

DOUBT = 3.5
"""By how many points a story must lead for kin named in unmarked words to be the story's.

Of our corpus' 199 real names beside kin all but three are found with it (all but five without); of 97 that
are a character's it takes six for real.
"""

_RELATIONS = ("partner", "child", "elder", "former", "acquaintance")
_OWNERS = frozenset(("my", "our"))
_CALLED = frozenset(("called", "named"))
_BETWEEN = 3
_READ_CHARACTERS = 20_000
_GATE = re.compile(r"\b(?:my|our)\b", re.IGNORECASE)
# "(ooc: make my brother Aldric jealous)": what directs the story tells of nobody's life.
_DIRECTS = re.compile(
    r"\W*(?:ooc\b\W*)?(?:(?:ok|okay|so|now|and|pls|please)\W+)*"
    r"(?:can|could|would|will|let['’]?s|make|have|write|add|bring|cast|play|keep|skip|maybe)\b"
    r"|.*\b(?:story|scene|rp|role ?play|character|oc|plot|chapter|plays?|playing|pretend|as if)\b",
    re.IGNORECASE | re.DOTALL,
)


def own_kin(text: str, frames: FrameJudgement) -> tuple[tuple[int, int], ...]:
    """The spans of the first names beside "my" and kin that are the user's own, in a message of a story.

    In an aside they are, unless it directs the story; in unmarked words where these stand beside an action,
    or where the story leads by little; in an action or between quotation marks they are the story's.
    """
    text = text[:_READ_CHARACTERS]
    if not _GATE.search(text):
        return ()
    view = View(text)
    acted = [clause for clause in view.clauses if clause.mark in (Mark.ACTION, Mark.QUOTE)]
    counts_plain = bool(acted) or frames.margin >= -DOUBT
    played = " ".join(text[clause.start : clause.end].lower() for clause in acted)
    found = []
    for i in _beside(view.words):
        word = view.words.words[i]
        span = view.given(word.start, word.end)
        clause = view.clauses[bisect_right(view.clauses, span.start, key=lambda one: one.start) - 1]
        if clause.mark is Mark.OOC:
            counts = not _DIRECTS.match(text, clause.start, clause.end)
        else:
            counts = clause.mark is Mark.PLAIN and counts_plain
        if counts and not re.search(rf"\b{re.escape(word.key)}\b", played):
            found.append((span.start, span.end))
    return tuple(found)


def _beside(words: Words) -> Iterator[int]:
    """The frequent first names beside the user's own kin: "my sister Ann", "Ann, my sister"."""
    items, keys = words.words, words.keys
    for a, b in words.runs(*_RELATIONS):
        if not _is_owned(words, a):
            continue
        i = b
        if words.key(i) == "is" and words.key(i + 1) in _CALLED:
            i += 1
        if words.key(i) in _CALLED:
            i += 1
        follows = i < len(items) and not items[i].opens and items[i].gap in ("", ",")
        if follows and not items[b - 1].owner and _is_name(words, i):
            yield i
        if a > 1 and keys[a - 1] in _OWNERS and items[a - 1].gap in (",", "(", "-", "–", "—"):
            first = a - 2
            while first > 0 and first > a - 2 - _BETWEEN and not (items[first].gap or items[first].opens):
                first -= 1
            if _is_name(words, first):
                yield first


def _is_owned(words: Words, a: int) -> bool:
    return words.key(a - 1) in _OWNERS or (words.key(a - 2) in _OWNERS and not words.words[a - 1].gap)


def _is_name(words: Words, i: int) -> bool:
    word = words.words[i]
    known = is_familiar(word) or word.key.partition("-")[0] in familiar_names()
    return known and (word.capital or not is_common(word))
