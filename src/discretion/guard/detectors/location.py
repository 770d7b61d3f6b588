"""Where the author lives, is, or is from: neighbourhood, town, region, country; a street without a number."""

from __future__ import annotations

from collections.abc import Iterator

from discretion.guard._assertion import (
    author_is,
    hit,
    is_denied,
    may_be_told,
    mentions_author,
    people,
    speaker_of,
)
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._profiles import profiles
from discretion.guard._view import View
from discretion.guard._words import Words
from discretion.guard._written import of_life
from discretion.knowledge.gazetteer import (
    common_words,
    cues,
    family_names,
    given_names,
    ordinary_words,
    place_openers,
    places,
)
from discretion.records import Kind

_LONGEST = 4
_WITHIN = cues("location", "within")
_LOOSE = cues("location", "loose")
_PARTS = cues("location", "parts")
_BORN = cues("location", "born")
_AFTER_NO_PLACE = cues("location", "after_no_place")
_IN = cues("location", "in")
_STAYS = cues("location", "stays")
_STREET = cues("location", "street")
_AWAY = cues("location", "away")
_PERSONS = cues("location", "persons")
_GOING = cues("location", "going")
_GOES_ON = cues("location", "goes_on")
_ASKS = cues("location", "asks")
_AUTHOR = frozenset(("i", "im", "ive", "my", "me", "we", "our", "mine"))
_ARTICLES = frozenset(("a", "an", "the", "some", "one", "this", "that", "another"))


@detector("location", {Kind.LOCATION}, Scope.LANGUAGE)
@of_life
def location(view: View) -> Iterator[Hit]:
    """Known places after "live in", "from", "in"; others typed with a capital after a firm cue."""
    words = view.words
    if (
        not _IN.intersection(words.keys)
        and not any(w.owner or w.capital for w in words.words)
        and not profiles(view)
    ):
        return
    done = -1
    for i, j, confidence, evidence in _found(view, words):
        if i >= done:
            done = j
            yield hit(
                view,
                Kind.LOCATION,
                (i, j),
                confidence,
                "a place where the author lives, is or is from",
                evidence,
            )


def _found(view: View, words: Words) -> Iterator[tuple[int, int, float, float]]:
    items, keys = words.words, words.keys
    starts = {c.at for c in author_is(view)}
    others = people(view)
    listed = {part[0]: p.is_plain for p in profiles(view) for part in p.others if _is_listed(words, *part)}
    for i, word in enumerate(items):
        before = keys[i - 1] if i and not word.opens else ""
        said_in = before in _IN and not word.gap
        end = _place_end(words, i)
        if end is None and not (said_in and before in _WITHIN):
            continue
        if end is not None and words.key(end) in _AFTER_NO_PLACE and not items[end].gap:
            continue
        if i in listed and end is not None:
            yield i, end, 0.7, 0.6 if listed[i] else 0.3
            continue
        if words.run_at(i, "month") or words.in_link(i) or _is_of_somebody(words, i) or not may_be_told(view):
            continue
        if end == i + 1 and _is_half_a_name(words, i):
            continue
        found = _within(words, i, end, starts) if said_in or before == "the" else _alone(words, i, end)
        if found is None or speaker_of(words, i, others) == "other" or is_denied(words, i, 5):
            continue
        if not _AWAY.isdisjoint(keys[max(0, i - 4) : i]):
            continue
        yield found


def _within(words: Words, i: int, end: int | None, starts: set[int]) -> tuple[int, int, float, float] | None:
    """A place after "in", "from" and the like, by how firmly the words before say that one lives there."""
    word, before = words.words[i], words.key(i - 1)
    firm = _is_firm(words, i, starts)
    if end is None:
        unknown = _capital_end(words, i) if word.capital else None
        if unknown is not None:
            if firm:
                return i, unknown, 0.6, 0.25
            lived = before in ("in", "near", "outside") and mentions_author(words, i, unknown)
            return (i, unknown, 0.45, 0.15) if lived and not _is_passing_through(words, unknown) else None
        last = words.opens(i + 1) or words.words[i + 1].gap in (",", ")")
        if firm and last and word.key not in ordinary_words() and len(word.key) > 3 and word.key.isalpha():
            return i, i + 1, 0.45, 0.3
        return None
    if words.key(end - 1) in _STREET and end > i + 1:
        return i, end, 0.6, 0.35
    ordinary = end == i + 1 and word.key in ordinary_words()
    if before == "the" and (words.key(i - 2) not in _IN or (ordinary and not word.capital)):
        return None
    if before == "of" and words.key(i - 2) not in _PARTS:
        return None
    if ordinary and not word.capital and (word.key in common_words() or not (firm or before in _WITHIN)):
        return None
    if before in _LOOSE and not firm and not _GOING.isdisjoint(words.keys[max(0, i - 5) : i]):
        return None
    if before in _LOOSE and not firm:
        return None if ordinary or before in ("at", "on", "through") else (i, end, 0.5, 0.3)
    if (ordinary and not firm) or (not firm and _is_asked(words, i, end)):
        return None
    if not firm and (_is_passing_through(words, end) or (before == "the" and not _ends(words, end))):
        return None
    if not firm and before == "from" and end == i + 1 and word.key in given_names():
        return None
    return i, end, 0.8 if firm else 0.65, 0.25 if firm else 0.2


def _alone(words: Words, i: int, end: int | None) -> tuple[int, int, float, float] | None:
    """A place without "in": "Paris born", "Leeds, rain", "wrexham." as an answer."""
    word = words.words[i]
    if end is None or (word.key in ordinary_words() and end == i + 1):
        return None
    after = words.key(end)
    closed = words.opens(end)
    if not closed and not words.words[end].gap and after in _BORN:
        return i, end, 0.75, 0.4
    alone = word.opens and (closed or words.words[end].gap == ",") and word.key not in given_names()
    if alone or (word.gap == "," and closed and word.capital and i > 1 and word.key not in given_names()):
        return i, end, 0.45, 0.25
    return None


def _is_listed(words: Words, i: int, j: int) -> bool:
    """Whether a place is one whole part of a row of facts."""
    if _place_end(words, i) != j:
        return False
    word = words.words[i]
    return j > i + 1 or word.capital or word.key not in common_words()


def _is_half_a_name(words: Words, i: int) -> bool:
    """Whether a place is a first name with a surname behind it: "listening to Taylor Swift"."""
    if words.keys[i] not in given_names() or words.opens(i + 1) or words.words[i + 1].gap:
        return False
    after = words.words[i + 1]
    return after.capital and after.key in family_names() and after.key not in places()


def _is_asked(words: Words, i: int, end: int) -> bool:
    """Whether a place stands in a question that speaks of nobody: "what time is it in the US?"."""
    while not words.opens(end):
        end += 1
    gap = words.words[end].gap if end < len(words.words) else words.text[words.words[-1].end :]
    if "?" not in gap:
        return False
    start = max((k for k in range(i + 1) if words.words[k].opens), default=0)
    return words.keys[start] in _ASKS and _AUTHOR.isdisjoint(words.keys[start:end])


def _is_of_somebody(words: Words, i: int) -> bool:
    """Whether the place tells somebody else from others: "a cop in leeds", "the vet from delhi"."""
    if words.key(i - 1) not in ("in", "from") or words.key(i - 3) not in _ARTICLES:
        return False
    if words.words[i - 2].owner or words.key(i - 4) in ("as", "am", "im", "was", "ive", "being"):
        return False
    tags = ("occupation", "acquaintance", "partner", "child", "elder")
    return words.run_at(i - 2, *tags) == i - 1 or words.key(i - 2) in _PERSONS


def _ends(words: Words, end: int) -> bool:
    """Whether the place is not the first half of another thing: "the UK", not "the UK show"."""
    return words.opens(end) or bool(words.words[end].gap) or words.key(end) in _GOES_ON


def _is_passing_through(words: Words, end: int) -> bool:
    """Whether a time follows that makes a place a visit: "in leeds till sunday"."""
    return words.key(end) in ("till", "until", "til", "tomorrow", "today", "tonight", "yesterday", "at")


def _place_end(words: Words, i: int) -> int | None:
    items = words.words
    known = places()
    if words.keys[i] not in place_openers() and words.key(i + 1) not in _STREET:
        return None
    for n in range(min(_LONGEST, len(items) - i), 0, -1):
        if any(w.gap not in ("", "-", ".") or w.opens for w in items[i + 1 : i + n]):
            continue
        phrase = " ".join(words.keys[i : i + n])
        if phrase in known and (
            len(phrase) > 3 or (n == 1 and (items[i].capital or phrase in ("nyc", "usa")))
        ):
            if n == 1 and words.key(i + 1) in _STREET and not items[i + 1].gap:
                return i + 2
            return i + n
    if (
        words.key(i + 1) in _STREET
        and not items[i + 1].gap
        and len(words.key(i)) > 2
        and words.key(i) not in common_words()
    ):
        return i + 2 if not items[i].key.isdigit() and not _numbered(words, i) else None
    return None


def _numbered(words: Words, i: int) -> bool:
    return i > 0 and words.keys[i - 1].isdigit()


def _capital_end(words: Words, i: int) -> int | None:
    items = words.words
    if words.words[i].opens or len(words.key(i)) < 3:
        return None
    if words.key(i) in ordinary_words():
        further = i + 1 < len(items) and items[i + 1].capital and not items[i + 1].gap
        if not further or words.key(i + 1) in ordinary_words() or words.key(i + 1).isdigit():
            return None
    if words.run_at(i, "month", "weekday", "feast", "people", "brand", "medication", "condition"):
        return None
    j = i + 1
    while j < len(items) and j < i + 3 and items[j].capital and not items[j].gap and not items[j].opens:
        if words.keys[j] in common_words() and len(words.keys[j]) < 3:
            break
        j += 1
    return j


def _is_firm(words: Words, i: int, starts: set[int]) -> bool:
    keys = words.keys
    near = keys[max(0, i - 5) : i]
    if any(
        key in _STAYS and (key not in ("out", "up", "down", "over", "back") or near[-1:] == ("in",))
        for key in near
    ):
        return True
    before = keys[i - 1] if i else ""
    return (i - 1 in starts and before in ("in", "from", "near", "outside", "at")) or before == "outside"
