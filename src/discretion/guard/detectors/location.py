"""Where the author lives, is, or is from: neighbourhood, town, region, country; a street without a number."""

from __future__ import annotations

from collections.abc import Iterator

from discretion.guard._assertion import author_is, hit, is_denied, people, speaker_of
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard._words import Words
from discretion.knowledge._gazetteer import common_words, cues, ordinary_words, places
from discretion.records import Kind

_LONGEST = 4
_IN = cues("location", "in")
_STAYS = cues("location", "stays")
# Before a place that is also a word, only these say that it is a place.
_FIRM = cues("location", "firm")
_STREET = cues("location", "street")
_AWAY = cues("location", "away")


@detector("location", {Kind.LOCATION}, Scope.LANGUAGE)
def location(view: View) -> Iterator[Hit]:
    """Known places after "live in", "from", "in"; others typed with a capital after a firm cue."""
    words = view.words
    if not _IN.intersection(words.keys) and not any(w.owner or w.capital for w in words.words):
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
    for i, word in enumerate(items):
        breaks = (word.opens and i) or word.gap not in ("", ",", "(")
        if breaks and not (word.opens and _ends_place(words, i)):
            continue
        before = keys[i - 1] if i else ""
        said_in = before in _IN and not word.gap
        after_the = before == "the" and words.key(i - 2) in _IN
        end = _place_end(words, i)
        firm = _is_firm(words, i, starts)
        if end is None:
            if said_in and firm and word.capital and before not in ("of", "on", "to", "at", "back"):
                end = _capital_end(words, i)
                if end and not _is_other_person(view, words, i, others) and not is_denied(words, i, 5):
                    yield i, end, 0.6, 0.45
            continue
        if words.key(end) in (
            "accent",
            "time",
            "style",
            "university",
            "college",
            "hospital",
            "food",
            "army",
            "vs",
        ):
            continue
        if not (said_in or after_the):
            if _is_known_alone(words, i, end) and not _is_other_person(view, words, i, others):
                yield i, end, 0.45, 0.25
            continue
        if before == "of" and not _is_place_noun(words.key(i - 2)):
            continue
        if _is_other_person(view, words, i, others) or is_denied(words, i, 5):
            continue
        if any(key in _AWAY for key in keys[max(0, i - 4) : i]):
            continue
        ordinary = end == i + 1 and word.key in ordinary_words()
        if ordinary and not ((word.capital and not word.opens) or (firm and word.key not in common_words())):
            continue
        if (
            before in ("to", "at", "on", "up", "down", "over", "around", "through", "back", "across")
            and not firm
        ):
            if ordinary or before in ("at", "on", "through"):
                continue
            yield i, end, 0.5, 0.3
            continue
        yield i, end, 0.8 if firm else 0.65, 0.5 if firm else 0.35


def _place_end(words: Words, i: int) -> int | None:
    known = places()
    items = words.words
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
    if words.key(i + 1) in _STREET and not items[i + 1].gap and words.key(i) not in common_words():
        return i + 2 if not items[i].key.isdigit() and not _numbered(words, i) else None
    return None


def _numbered(words: Words, i: int) -> bool:
    return i > 0 and words.keys[i - 1].isdigit()


def _capital_end(words: Words, i: int) -> int | None:
    items = words.words
    if words.key(i) in common_words() or words.run_at(i, "month", "weekday", "feast", "people"):
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


def _is_other_person(view: View, words: Words, i: int, others: frozenset[int]) -> bool:
    return speaker_of(words, i, others) == "other"


def _ends_place(words: Words, i: int) -> bool:
    """Whether a sentence holds nothing but a place: an answer to where someone is from."""
    end = _place_end(words, i)
    return end is not None and words.opens(end) and words.key(i) not in ordinary_words()


def _is_known_alone(words: Words, i: int, end: int) -> bool:
    """A place without "in": "Paris born", "Leeds, rain", "Hull's best welder"."""
    word = words.words[i]
    if word.key in ordinary_words() and end == i + 1:
        return False
    after = words.key(end)
    near_after = end < len(words.words) and not words.words[end].gap and not words.words[end].opens
    if near_after and after in (
        "born",
        "side",
        "based",
        "native",
        "born-and-bred",
        "district",
        "raised",
        "girl",
        "boy",
        "lad",
        "lass",
    ):
        return True
    if words.words[end - 1].owner and word.opens is False:
        return "my" in words.keys[max(0, i - 3) : i]
    alone = word.opens and words.opens(end)
    return alone or (word.gap == "," and words.opens(end) and word.capital and i > 1)


def _is_place_noun(key: str) -> bool:
    return key in (
        "city",
        "town",
        "north",
        "south",
        "east",
        "west",
        "outskirts",
        "edge",
        "middle",
        "end",
        "side",
        "out",
        "village",
    )
