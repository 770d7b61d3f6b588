"""Who a clause is about and whether it is asserted: the author, somebody else, a wish, a denial.

Shared grammar of the detectors of names and disclosures. It reads words, not trees: English as typed in
chats, without apostrophes, with elliptic subjects ("been divorced a year") and the word order of learners.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from discretion.guard._detector import Hit
from discretion.guard._view import Mark, View
from discretion.guard._words import Words
from discretion.knowledge.gazetteer import cues
from discretion.records import Kind

_BE = cues("assertion", "be")
_AUTHOR_BE = cues("assertion", "author_be")
# Words that may stand between "i am" and what the author is.
_LIGHT = cues("assertion", "light")
_DENIAL = cues("assertion", "denial")
_HYPOTHESIS = cues("assertion", "hypothesis")
_SELF = cues("assertion", "self")
_OTHER = cues("assertion", "other")
# After "and i" a modal before it says nothing more; "if" and "imagine" still do.
_MODALS = frozenset(("would", "could", "wouldnt", "whether"))
_STARTS = _SELF | _AUTHOR_BE
_POSSESSIVES = cues("assertion", "possessives")
_PUBLISHED = re.compile(r"https?:|www\.|(?<!\w)[#@] ?[a-z]|\brt\b|\burl\d")
_REACH = 12


class Complement(NamedTuple):
    """Where it says what the author is: the index of the first word after "i am a"; whether a subject stands
    there in words (else it is elliptic), and whether the being is past."""

    at: int
    is_plain: bool
    is_past: bool


def _complements(view: View) -> tuple[Complement, ...]:
    words = view.words
    keys = words.keys
    n = len(keys)
    found: list[Complement] = []
    for i, key in enumerate(keys):
        past = False
        j = i + 1
        if key in _AUTHOR_BE or (
            key == "were" and words.text[words.words[i].end - 4 : words.words[i].end][:1] != "w"
        ):
            pass
        elif key == "we" and words.key(j) in ("are", "were"):
            past = words.key(j) == "were"
            j += 1
        elif key == "i" or (key == "am" and words.words[i].opens):
            j = i if key == "am" else j
            while j < n and j < i + 4 and keys[j] in _LIGHT:
                j += 1
            if j < n and keys[j] in _BE:
                past = keys[j] == "was"
                j += 1
            elif j + 1 < n and keys[j] in ("have", "used", "had") and keys[j + 1] in ("been", "to"):
                past = True
                j += 2
                if j < n and keys[j] == "be":
                    j += 1
            else:
                continue
        elif key == "ive" or (key == "been" and words.words[i].opens):
            while j < n and j < i + 4 and keys[j] in _LIGHT:
                j += 1
            if key == "ive":
                if j >= n or keys[j] != "been":
                    continue
                j += 1
        elif key == "ill" and words.key(j) == "be":
            j += 1
        elif key in ("being", "as") and words.key(j) in ("a", "an", "the") and key == "as":
            if not any(k in _SELF for k in keys[max(0, i - 8) : i + 8]):
                continue
        elif key == "being":
            if i and not words.words[i].opens and (keys[i - 1] in _OTHER or words.words[i - 1].capital):
                continue
        elif key == "speak" and words.key(j) == "as":
            j += 1
        else:
            continue
        denied = False
        while j < n and j < i + 9 and not words.words[j].opens:
            if keys[j] in ("not", "never", "no"):
                denied = True
                break
            if keys[j] not in _LIGHT:
                break
            j += 1
        if j < n and not denied and not words.words[j].opens and not _is_hypothetical(words, i):
            found.append(Complement(j, key not in ("been", "being", "as"), past))
    return tuple(found)


def author_is(view: View) -> tuple[Complement, ...]:
    """Every place where the message says, without denial or hypothesis, what its author is or was."""
    return view.once(_complements)


def opening(words: Words) -> Iterator[int]:
    """The words that begin a sentence, after light words: where an elliptic "plumber, 30 years" stands."""
    for i, word in enumerate(words.words):
        if word.opens:
            j = i
            while (
                j < len(words.words)
                and j < i + 3
                and words.keys[j] in ("a", "an", "just", "only", "still", "also")
            ):
                j += 1
            yield j


def mentions_author(words: Words, i: int, j: int, reach: int = 12) -> bool:
    """Whether the author is named ("i", "my", "we") in the sentence of the words ``[i, j)``."""
    for k in range(i - 1, max(-1, i - 1 - reach), -1):
        if words.words[k + 1].opens:
            break
        if words.keys[k] in _SELF:
            return True
    for k in range(i, min(len(words.words), j + reach)):
        if k >= j and words.words[k].opens:
            return False
        if words.keys[k] in _SELF:
            return True
    return False


def _is_told(view: View) -> bool:
    return not _PUBLISHED.search(view.words.text) or not _SELF.isdisjoint(view.words.keys)


def may_be_told(view: View) -> bool:
    """Whether a message may tell of its author: it names them, or it has no link, hashtag or handle, with
    which news and advertisements are published."""
    return view.once(_is_told)


def _is_hypothetical(words: Words, i: int) -> bool:
    joined = False
    for k in range(i - 1, max(-1, i - _REACH), -1):
        if words.words[k + 1].opens or words.keys[k] in ("but", "cos", "because"):
            return False
        joined = joined or (words.keys[k] == "and" and words.keys[k + 1] in _STARTS)
        if words.keys[k] in _HYPOTHESIS and not (joined and words.keys[k] in _MODALS):
            return True
    return False


def is_denied(words: Words, i: int, reach: int = 4) -> bool:
    """Whether what begins at word ``i`` is denied close before it, or stands in a hypothesis."""
    for k in range(i - 1, max(-1, i - 1 - reach), -1):
        if words.words[k + 1].opens or words.words[k + 1].gap:
            break
        if words.keys[k] in _DENIAL:
            return True
    return words.key(i) != "" and _is_hypothetical(words, i)


def speaker_of(words: Words, i: int, others: frozenset[int] = frozenset()) -> str:
    """Who is nearest before word ``i`` in its sentence: ``self``, ``other`` or ``none``.

    ``others`` are indexes of further words that name somebody else (kin, a friend).
    """
    for k in range(i - 1, max(-1, i - 1 - _REACH), -1):
        if words.words[k + 1].opens:
            return "none"
        if k in others:
            return "other"
        key = words.keys[k]
        if key in _SELF:
            return "self"
        if key in _OTHER:
            return "other"
    return "none"


def _people(view: View) -> frozenset[int]:
    words = view.words
    kin = {j - 1 for _, j in words.runs("partner", "child", "elder", "former")}
    # "the nurse" is somebody; in "i am a nurse" it is the author.
    trade = {
        j - 1
        for i, j in words.runs("acquaintance")
        if words.key(i - 1) in _POSSESSIVES or words.words[j - 1].owner
    }
    return frozenset(kin | trade)


def people(view: View) -> frozenset[int]:
    """The indexes of words that name kin or acquaintances, for ``speaker_of``."""
    return view.once(_people)


def is_of_author(view: View, i: int) -> bool:
    """Whether what begins at word ``i`` is told of the author, or of nobody."""
    return speaker_of(view.words, i, people(view)) != "other"


def hit(view: View, kind: Kind, run: tuple[int, int], confidence: float, reason: str, evidence: float) -> Hit:
    """A hit on the words ``[i, j)``; inside action marks and quotation marks they show less of a life."""
    words = view.words.words
    span = view.given(words[run[0]].start, words[run[1] - 1].end)
    mark = view.clause_at(span.start).mark
    if mark is not Mark.PLAIN:
        confidence, evidence = confidence * 0.8, evidence * (0.8 if mark is Mark.OOC else 0.4)
    return Hit(kind, span.start, span.end, round(confidence, 3), reason, round(evidence, 3))
