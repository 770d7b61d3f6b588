"""Where the author works: a named or singled-out employer."""

from __future__ import annotations

import re
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
from discretion.guard._employers import beside_trade, employers
from discretion.guard._view import View
from discretion.guard._words import NUMBERS, Words
from discretion.guard._written import of_life
from discretion.knowledge.gazetteer import common_words, cues, ordinary_words
from discretion.records import Kind

_CUE = re.compile(
    r"(?<!\w)(?:(?:i|ive|i've|im|i'm|me i|we|and) (?:\w+ ){0,3}?)?"
    "(?:work(?:ing|ed|s)?|job|jobs|shift|shifts|employed|temp(?:ing)?|intern(?:ing|ship)?|co-op|"
    "started|manager|boss|hired|clock in|hours|kitchen|till|counter|desk|floor|line|rota)"
    r"(?: \w+){0,2}? (?:at|for|down at|over at) (?:the |a |an |my )?(?=[\w'])"
)
_MINE = re.compile(
    r"(?<!\w)(?:my|our) (?:own |real |little )?(?:shop|store|salon|restaurant|cafe|place|bakery|"
    "garage|studio|company|firm|pharmacy|bar|pub|stall|office|work|workplace|hotel|practice|clinic|"
    "business)"
    r"(?:,| is| is called| called|'s called|s called)+ (?=[\w'])"
)
_NOT_WORK = cues("workplace", "not_work")
_STOP = cues("workplace", "stop")
_ARTICLES = frozenset(("the", "a", "an", "my", "our", "old", "this"))
_GENERIC = cues("workplace", "generic")
_NOT_DONE = frozenset(("not", "never", "you", "if", "would", "could", "want", "wish", "saw", "met", "a"))
_NAMELESS = frozenset(("ive", "im", "i", "id", "ill", "captain", "sir", "doctor", "madam", "mister"))


@detector("workplace", {Kind.WORKPLACE}, Scope.LANGUAGE)
@of_life
def workplace(view: View) -> Iterator[Hit]:
    """Employers after "work at" and after a trade with "at", large brands, one's own named shop."""
    words = view.words
    text = words.text
    others = people(view)
    done: set[int] = set()
    for i, is_plain in employers(words):
        if i in done or is_denied(words, i, 5):
            continue
        end = _employer_end(words, i, may_open=True) or (
            words.run_at(i, "workplace_noun") if is_plain else None
        )
        if end is not None:
            done.update(range(i, end))
            yield hit(view, Kind.WORKPLACE, (i, end), 0.75, "an employer that the author calls theirs", 0.6)
    for i in beside_trade(words):
        end = None if i in done else _employer_end(words, i, may_open=True)
        if end is not None and speaker_of(words, i, others) != "other":
            done.update(range(i, end))
            yield hit(view, Kind.WORKPLACE, (i, end), 0.6, "a firm beside the author's trade", 0.4)
    for i, confidence, evidence in _places_of_work(view, words, text):
        if i in done or i >= len(words.words):
            continue
        if speaker_of(words, i, others) == "other" or is_denied(words, i, 5):
            continue
        end = _employer_end(words, i)
        if end is not None:
            done.update(range(i, end))
            yield hit(view, Kind.WORKPLACE, (i, end), confidence, "an employer of the author", evidence)
    if words.tagged.get("brand"):
        for i, j in words.runs("brand"):
            near = words.keys[max(0, i - 7) : i]
            if i in done or not {"at", "for", "from"}.intersection(near[-3:]):
                continue
            if {
                "work",
                "shift",
                "boss",
                "manager",
                "job",
                "stock",
                "counter",
                "till",
                "register",
                "nights",
                "hired",
            }.intersection(near):
                yield hit(view, Kind.WORKPLACE, (i, j), 0.6, "a large employer in a clause about work", 0.4)


def _places_of_work(view: View, words: Words, text: str) -> Iterator[tuple[int, float, float]]:
    if " at " in text or " for " in text:
        for match in _CUE.finditer(text):
            i = words.at(match.end())
            if _is_employed(words, words.at(match.start()), i):
                yield i, 0.75, 0.6
    if "my " in text or "our " in text:
        for match in _MINE.finditer(text):
            yield words.at(match.end()), 0.7, 0.45
    starts = {c.at for c in author_is(view)}
    opens = set(opening(words))
    keys, items = words.keys, words.words
    for i, j in words.runs("occupation", "trade", "work_object", "subject", "work_verb"):
        k = j
        if words.key(k) in (
            "nights",
            "days",
            "part",
            "full",
            "time",
            "down",
            "over",
            "out",
            "up",
            "here",
            "section",
        ):
            k += 1
        if words.key(k) in ("at", "for") and not items[k].opens and items[k].gap in ("", ","):
            told = i in opens or any(s in starts for s in range(max(0, i - 3), i + 1))
            told = told or any(key in ("i", "ive", "im") for key in keys[max(0, i - 5) : i])
            if told and _is_employed(words, k, _after_article(words, k + 1)):
                yield _after_article(words, k + 1), 0.75, 0.45
        elif (further := _at_further(words, j)) is not None and _is_by_author(words, i):
            yield further, 0.6, 0.4
        elif (
            k < len(items)
            and items[k].gap == ","
            and not items[k].opens
            and i in opens | starts
            and items[k].capital
            and keys[k] not in common_words()
            and _NAMELESS.isdisjoint((keys[k],))
            and not words.opens(k + 1)
        ):
            yield k, 0.67, 0.35
    # "at Fenside House", "the old Dudley Road Hospital", "at valley roofing"
    for a, b in words.runs("workplace_noun"):
        k = a
        while (
            k > a - 4
            and k > 0
            and not items[k].gap
            and not items[k].opens
            and keys[k - 1] not in _STOP
            and keys[k - 1] not in _ARTICLES
        ):
            if not (items[k - 1].capital or keys[k - 1] not in ordinary_words()) and k < a:
                break
            k -= 1
        lead = keys[k - 1] if k and not items[k].opens else ""
        back = k - 1
        while lead in _ARTICLES and back > 0 and not items[back].gap:
            back -= 1
            lead = keys[back]
        own = any(items[x].capital or keys[x] not in ordinary_words() for x in range(k, b))
        of = words.key(b) == "of" and b + 1 < len(items) and items[b + 1].capital
        if (
            (k < a or (of and items[a].capital))
            and own
            and (lead in ("at", "for") or (lead == "in" and any(s in starts for s in range(k - 5, k))))
            and items[k].gap == ""
            and mentions_author(words, k, b)
        ):
            yield k, 0.67, 0.35
    # "12 years at Brookfield Steel", "ive been at dunmore foods", "all day at the mill"
    for k, key in enumerate(keys):
        if key != "at" or not k:
            continue
        before = keys[k - 1]
        if before in (
            "years",
            "yrs",
            "months",
            "weeks",
            "been",
            "nurse",
            "nursed",
            "day",
            "shift",
            "nights",
            "here",
            "kiosk",
            "gig",
            "im",
        ):
            if before == "im" or (
                before in ("been", "day", "here")
                and not any(x in ("i", "ive", "im", "me") for x in keys[max(0, k - 5) : k])
            ):
                continue
            yield _after_article(words, k + 1), 0.62, 0.35


def _is_employed(words: Words, a: int, i: int) -> bool:
    """Whether "work for X" and the like is the author's: named after "for", with no other subject."""
    if i >= len(words.words):
        return False
    near = words.keys[a:i]
    if "for" in near and not (words.words[i].capital or words.keys[i] not in ordinary_words()):
        return words.run_at(i, "brand") is not None
    return "you" not in near and "not" not in near


def _at_further(words: Words, j: int) -> int | None:
    """The word after "at" a few words after what is done: "i count pills all day at walgreens"."""
    for k in range(j, min(j + 5, len(words.words) - 1)):
        if words.words[k].gap or words.words[k].opens:
            return None
        if words.keys[k] == "at":
            return _after_article(words, k + 1)
    return None


def _is_by_author(words: Words, i: int) -> bool:
    near = words.keys[max(0, i - 4) : i]
    return not {"i", "ive", "im", "we"}.isdisjoint(near) and _NOT_DONE.isdisjoint(near)


def _after_article(words: Words, i: int) -> int:
    return i + 1 if words.key(i) in ("the", "a", "an", "my") else i


def _employer_end(words: Words, i: int, *, may_open: bool = False) -> int | None:
    items, keys = words.words, words.keys
    if (
        i >= len(items)
        or (items[i].opens and not may_open)
        or (keys[i] in _NOT_WORK and not items[i].capital)
        or keys[i] in NUMBERS
        or keys[i][0].isdigit()
    ):
        return None
    brand = words.run_at(i, "brand")
    if brand:
        return brand
    j, named = i, False
    while j < len(items) and j < i + 5:
        item = items[j]
        if j > i and (item.opens or item.gap not in ("", "-", "&", "'", ".")):
            break
        if keys[j] == "of" and j > i and j + 1 < len(items) and items[j + 1].capital:
            j += 1
            continue
        if j > i and keys[j] in _STOP and not (item.capital and keys[j] not in ("I", "i")):
            break
        if keys[j] in _STOP and j == i:
            return None
        noun = words.run_at(j, "workplace_noun")
        named = named or (j > i and not words.words[i].gap and words.key(i - 1) in ("at", "for"))
        named = (
            named
            or item.gap == "&"
            or item.capital
            or keys[j] not in ordinary_words()
            or bool(noun and j > i)
        )
        j += 1
        if noun and j >= noun and j > i + 1 and not item.capital:
            j = max(j, noun)
            break
    while j > i and keys[j - 1] in ("the", "a", "of", "and"):
        j -= 1
    if j == i:
        return None
    if j == i + 1 and not items[i].capital and (keys[i] in common_words() or keys[i] in _GENERIC):
        # "at the mill" singles out nothing; "at the mill on fifth" and "at the big one" do not read here.
        return None
    return j if named else None
