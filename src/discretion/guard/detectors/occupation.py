"""What the author does for a living: a trade they name, or what they say they do all day."""

from __future__ import annotations

from collections.abc import Iterator

from discretion.guard._assertion import (
    author_is,
    hit,
    is_denied,
    mentions_author,
    opening,
    people,
    speaker_of,
)
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._profiles import profiles
from discretion.guard._view import View
from discretion.guard._words import NUMBERS, Words
from discretion.guard._work import doing, for_a_living
from discretion.guard._written import of_life
from discretion.knowledge.gazetteer import cues, ordinary_words
from discretion.records import Kind

# Words in -er, -or, -ist ... that say no trade: what people are at heart, in a game or in a family.
_NO_TRADE = cues("occupation", "no_trade")
_SUFFIXES = (
    "er",
    "or",
    "ist",
    "ian",
    "man",
    "woman",
    "smith",
    "ess",
    "tech",
    "hand",
    "wright",
    "herd",
    "keeper",
    "ologist",
    "eer",
)
_OTHER_KINDS = ("orientation", "faith", "people", "status", "gender_word", "gender_identity", "condition")
_ADJECTIVES = cues("occupation", "adjectives")
_ROLES = cues("occupation", "roles")
_AFTER_TRADE = cues("occupation", "after_trade")
_YEARS = ("years", "yrs", "year")
_AT_WORK = ("as", "being", "become")


@detector("occupation", {Kind.OCCUPATION}, Scope.LANGUAGE)
@of_life
def occupation(view: View) -> Iterator[Hit]:
    """Trades after "i am a", "work as", alone at a sentence's start; "i drive a bus", "i do nails"."""
    words = view.words
    done: set[int] = set()
    for i, j, confidence, why, evidence in _found(view, words):
        if i < j and not done.intersection(range(i, j)):
            done.update(range(i, j))
            yield hit(view, Kind.OCCUPATION, (i, j), confidence, why, evidence)


def _found(view: View, words: Words) -> Iterator[tuple[int, int, float, str, float]]:
    keys, items = words.keys, words.words
    for complement in author_is(view):
        if run := _trade_run(words, complement.at):
            yield *run, 0.85, "a trade that the author says is theirs", 0.15
        elif keys[complement.at] in ("in", "on") and (end := _line_end(words, complement.at + 1)):
            yield complement.at + 1, end, 0.7, "a line of work that the author is in", 0.2
    for profile in profiles(view):
        if profile.trade:
            yield *profile.trade, 0.7, "a trade in a row of facts", 0.6 if profile.is_plain else 0.3
    opens = set(opening(words))
    for i, j in words.runs("occupation"):
        if found := _named(view, i, j, i in opens):
            yield i, j, *found
    for i, j in words.runs("trade"):
        if (
            i in opens
            and j < len(items)
            and (items[j].gap in (",", "-", "—") or words.key(j) in _AFTER_TRADE)
        ):
            yield i, j, 0.5, "a line of work alone at the start of a sentence", 0.5
    yield from for_a_living(words)
    yield from doing(view)


def _named(view: View, i: int, j: int, opens: bool) -> tuple[float, str, float] | None:
    """What the words around a listed trade say of whose it is: confidence, reason, evidence."""
    words = view.words
    items, keys = words.words, words.keys
    before, after = keys[max(0, i - 2) : i], words.key(j)
    if before[-1:] and (
        before[-1] in _AT_WORK or (before[0] in _AT_WORK and before[-1] in ("a", "an", "the"))
    ):
        if speaker_of(words, i, frozenset()) == "self" and not is_denied(words, i, 5):
            return 0.8, "a trade after work-as", 0.15
        return None
    if before[-1:] and (before[-1] in _YEARS or (before[0] in _YEARS and before[-1] in ("a", "as"))):
        return 0.65, "a trade after its years", 0.15
    if opens and _stands_alone(words, j) and _is_answer(words, i, j):
        return 0.55, "a trade alone at the start of a sentence", 0.3
    if after in ("here", "life", "by") and not items[j].gap and words.key(j + 1) not in ("my", "the"):
        return 0.6, "a trade the author signs with", 0.15
    said = before[-1:] == ("the",) and before[0] in ("im", "am", "was", "me")
    if said or (items[i].gap in (",", "(") and _lists_self(words, i)):
        return 0.5, "a trade in what the author says of themself", 0.1
    closed = words.opens(j) or items[j].gap == ","
    if not mentions_author(words, i, j):
        return None
    if items[i].gap == "," and closed and speaker_of(words, i, people(view)) != "other":
        return 0.5, "a trade between commas", 0.1
    return None


def _lists_self(words: Words, i: int) -> bool:
    """Whether commas reach back to "im" without another subject ("im 34, nurse, two kids")."""
    for k in range(i - 1, max(-1, i - 7), -1):
        if words.keys[k] in ("im", "ive"):
            return True
        if words.words[k].opens or words.keys[k] in (
            "is",
            "was",
            "my",
            "the",
            "a",
            "he",
            "she",
            "his",
            "her",
            "your",
            "you",
        ):
            return words.words[k].opens and k + 1 == i and words.keys[k].isdigit()
    return False


def _is_answer(words: Words, i: int, j: int) -> bool:
    """Whether a trade without a subject is told, not a headline or an advertisement."""
    if len(words.words) - j < 3 or words.words[j].key in NUMBERS or words.words[j].key.isdigit():
        return True
    return mentions_author(words, i, j) or words.key(j) not in ("at", "in", "for", "on")


def _stands_alone(words: Words, j: int) -> bool:
    """Whether a trade that ends before ``j`` is the whole of what is said: "plumber, 30 years"."""
    if words.opens(j):
        return True
    following = words.words[j]
    if following.key in NUMBERS or following.key.isdigit():
        return True
    return following.gap in (",", "-", "–", "—") or following.key in _AFTER_TRADE


def _trade_run(words: Words, i: int) -> tuple[int, int] | None:
    keys, items = words.keys, words.words
    j = i
    while j < len(keys) and j < i + 4 and not (j > i and (items[j].opens or items[j].gap not in ("", "-"))):
        end = words.run_at(j, "occupation")
        if end is not None:
            while end < len(keys) and keys[end] in _ROLES and not items[end].gap and not items[end].opens:
                end += 1
            if words.key(end) in ("of",) and j == i and keys[j] in ("host", "judge", "model", "master"):
                return None
            return i if keys[i] in _ADJECTIVES else j, end
        key = keys[j]
        if _is_agent(key) and _is_article(words, i) and not words.run_at(j, *_OTHER_KINDS):
            return i if keys[i] in _ADJECTIVES else j, j + 1
        if key not in _ADJECTIVES and key in (
            "not",
            "with",
            "at",
            "in",
            "to",
            "on",
            "so",
            "and",
            "the",
            "my",
        ):
            return None
        j += 1
    return None


def _is_article(words: Words, i: int) -> bool:
    return words.key(i - 1) in (
        "a",
        "an",
        "trainee",
        "retired",
        "former",
        "qualified",
        "apprentice",
        "licensed",
        "freelance",
    )


def _is_agent(key: str) -> bool:
    if key in _NO_TRADE or len(key) < 6:
        return False
    return key.endswith(_SUFFIXES) and (
        key in ordinary_words() or key.endswith(("man", "woman", "smith", "ologist", "wright"))
    )


def _line_end(words: Words, i: int) -> int | None:
    if words.key(i) == "the":
        i += 1
    return words.run_at(i, "trade")
