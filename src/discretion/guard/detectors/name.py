"""Names of real people: the author's own, as they give it, and those of people whom the author knows."""

from __future__ import annotations

from collections.abc import Iterator

from discretion.guard._assertion import hit
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._names import (
    NOT_NAMES,
    is_capital_name,
    is_clear,
    is_common,
    is_familiar,
    is_family,
    is_given,
    is_odd,
    is_ordinary,
    is_other_kind,
    name_end,
)
from discretion.guard._view import View
from discretion.guard._words import Words
from discretion.knowledge._gazetteer import cues, given_names, places
from discretion.records import Kind

# (words before the name, how sure the cue is that a name follows)
_INTRODUCTIONS: tuple[tuple[tuple[str, ...], float], ...] = (
    (("name", "is"), 0.95),
    (("names",), 0.7),
    (("name", "was"), 0.8),
    (("call", "me"), 0.9),
    (("calls", "me"), 0.85),
    (("called", "me"), 0.8),
    (("say", "me"), 0.4),
    (("known", "as"), 0.7),
    (("go", "by"), 0.8),
    (("goes", "by"), 0.8),
    (("short", "for"), 0.8),
    (("named", "me"), 0.85),
    (("christened",), 0.7),
    (("signed",), 0.5),
    (("called",), 0.6),
    (("named",), 0.7),
    (("named", "after"), 0.6),
    (("named", "for"), 0.6),
)
_BY_LAST_WORD = {
    last: tuple((cue, sure) for cue, sure in _INTRODUCTIONS if cue[-1] == last)
    for last in {cue[-1] for cue, _ in _INTRODUCTIONS}
}
# After a name and a comma these say who that is: "Carys, that's my daughter".
_INTRODUCES = frozenset(("thats", "my", "who", "shes", "hes"))
_SIGNING = frozenset(
    ("love", "kiss", "kisses", "x", "xx", "xo", "xoxo", "regards", "yours", "best", "respectfully")
)
_OWNERS = frozenset(("my", "our", "his", "her"))
_SELF_CUES = frozenset(("im", "am", "its", "is"))
_GREETINGS = cues("name", "greetings")
_AFTER_SELF = cues("name", "after_self")
_NO_NAME = cues("name", "no_name")
_PLACE_CUES = cues("name", "place_cues")
# What people are said to do: after a first name that is also an everyday word, one of these makes it a name.
_DOES = cues("name", "does")
_TOLD = cues("name", "told")
_TOLD_WEAKLY = cues("name", "told_weakly")
_SAYS = cues("name", "says")
_PLACE_WORDS = cues("name", "place_words")
_DETERMINERS = cues("name", "determiners")
_REASONS = {
    "self": "the author gives a name as their own",
    "cue": "a word that introduces a name stands before it",
    "known": "a name beside a word for someone whom the author knows",
    "title": "a title stands before it",
    "plain": "a first name that is no everyday word",
    "capital": "a capital inside a sentence, and in the list of names",
}


def _names_like(words: Words, i: int, *, lenient: bool = False) -> bool:
    if not 0 <= i < len(words.words):
        return False
    word = words.words[i]
    if word.key in NOT_NAMES or word.key in _NO_NAME:
        return False
    if not lenient and is_other_kind(words, i):
        return False
    if is_clear(word) or is_capital_name(words, i):
        return True
    if lenient:
        return not is_common(word) or is_given(word) or (word.capital and not word.opens)
    return False


@detector("name", {Kind.NAME}, Scope.LANGUAGE)
def name(view: View) -> Iterator[Hit]:
    """Names after introductions, beside kin and acquaintances, after titles, and clear names in passing."""
    words = view.words
    taken: set[int] = set()
    for i, confidence, why, evidence in _candidates(words):
        if i in taken:
            continue
        j = name_end(words, i)
        taken.update(range(i, j))
        if j - i > 1 and confidence < 0.8:
            confidence = min(0.85, confidence + 0.15)
        yield hit(view, Kind.NAME, (i, j), confidence, _REASONS[why], evidence)


def _candidates(words: Words) -> Iterator[tuple[int, float, str, float]]:
    yield from _introduced(words)
    yield from _self_named(words)
    yield from _beside_relations(words)
    yield from _in_passing(words)


def _introduced(words: Words) -> Iterator[tuple[int, float, str, float]]:
    keys = words.keys
    for i in range(1, len(keys)):
        cues_here = _BY_LAST_WORD.get(keys[i - 1])
        before = words.words[i - 1]
        if cues_here is None and before.key != "name":
            continue
        if words.words[i].opens or words.words[i].gap not in ("", ",", ":"):
            continue
        if before.key == "name" and before.owner:
            if _names_like(words, i, lenient=True):
                yield i, 0.95, "self" if _is_mine(words, i - 1) else "cue", 0.5
            continue
        for cue, confidence in cues_here or ():
            if keys[max(0, i - len(cue)) : i] == cue:
                lenient = confidence >= 0.8
                if _names_like(words, i, lenient=lenient):
                    mine = "me" in cue or _is_mine(words, i - len(cue))
                    yield i, confidence, "self" if mine else "cue", 0.5 if mine else 0.1
                break


def _is_mine(words: Words, i: int) -> bool:
    return any(key in ("my", "mine", "me", "i") for key in words.keys[max(0, i - 3) : i + 1])


def _self_named(words: Words) -> Iterator[tuple[int, float, str, float]]:
    items, keys = words.words, words.keys
    for i, word in enumerate(items):
        if keys[i - 1] not in _SELF_CUES and words.key(i + 1) != "here":
            continue
        if word.key in NOT_NAMES or is_other_kind(words, i) or words.run_at(i, "occupation", "status"):
            continue
        before = keys[i - 1] if i else ""
        near = not word.gap
        after = words.key(i + 1)
        ends = words.opens(i + 1) or items[i + 1].gap == ","
        if near and (before == "im" or (before == "am" and words.key(i - 2) in ("i", ""))):
            ordinary = is_ordinary(word)
            if is_clear(word) or (word.capital and not is_common(word) and is_odd(word)):
                yield i, 0.85, "self", 0.5
            elif (
                is_given(word)
                and (word.capital or (ends or after in _AFTER_SELF))
                and not (is_common(word) and not word.capital)
            ):
                yield i, 0.6, "self", 0.4
            elif not ordinary and is_odd(word) and (ends or after in ("here", "btw")) and is_family(word):
                yield i, 0.5, "self", 0.4
        elif (near and before in ("its", "this")) or (
            near and before == "is" and words.key(i - 2) in ("this", "here")
        ):
            if before == "this":
                continue
            known = is_clear(word) or (word.capital and (is_given(word) or (is_odd(word) and ends)))
            if known and (ends or after in _AFTER_SELF or is_familiar(word)):
                yield i, 0.7 if ends or after in _AFTER_SELF else 0.5, "self", 0.4
        elif (
            after == "here"
            and not items[i + 1].gap
            and (word.opens or before in _GREETINGS)
            and (is_given(word) or (word.capital and is_odd(word)))
        ):
            yield i, 0.75, "self", 0.5


def _beside_relations(words: Words) -> Iterator[tuple[int, float, str, float]]:
    items, keys = words.words, words.keys
    for a, b in words.runs("partner", "child", "elder", "former", "acquaintance", "title"):
        i = b
        if i < len(items) and keys[i] in ("is", "was", "called", "named", "s") and not items[i].gap:
            if keys[i] in ("is", "was") and words.key(i + 1) in ("called", "named"):
                i += 1
            if not (keys[i] in ("is", "was") and not _is_named_by(words, i + 1)):
                i += 1
        if i < len(items) and items[i].gap == ":" and words.key(i - 1)[-1:] == "s":
            if items[i].capital or is_given(items[i]):
                yield i, 0.7, "known", 0.45
        elif i < len(items) and not items[i].opens and items[i].gap in ("", ",", "."):
            if items[b - 1].owner and i == b:
                if keys[i] != "name" and is_given(items[i]) and (items[i].capital or not is_common(items[i])):
                    yield i, 0.75, "known", 0.4
                continue
            if (found := _beside(words, a, b, i)) is not None:
                yield i, *found
        # "chris, my manager" and "greg (my ex"
        if a >= 2 and keys[a - 1] in ("my", "our", "the") and items[a - 1].gap in (",", "(", "-", "–", "—"):
            k = a - 2
            while k > 0 and k > a - 5 and not items[k].gap and not items[k].opens and is_family(items[k]):
                k -= 1
            if _names_like(words, k) or (
                is_given(items[k]) and (items[k].capital or not is_common(items[k]))
            ):
                yield k, 0.75, "known", 0.4


def _beside(words: Words, a: int, b: int, i: int) -> tuple[float, str, float] | None:
    """How sure it is that word ``i``, right after the relation ``[a, b)``, is that person's name."""
    item = words.words[i]
    is_title = words.run_at(a, "title") == b
    near = item.gap == "" or (item.gap == "." and is_title)
    if is_other_kind(words, i):
        return None
    listed = is_given(item) and not is_common(item)
    if near and not is_title and i == b and words.key(a - 1) in _OWNERS and (is_odd(item) or listed):
        return 0.85 if listed else 0.7, "known", 0.45
    if is_title and near and (is_odd(item) or listed or (is_family(item) and not is_common(item))):
        return 0.8, "title", 0.1
    if _names_like(words, i) and (near or is_clear(item)):
        return 0.85 if near else 0.6, "title" if is_title else "known", 0.45
    return None


def _is_named_by(words: Words, i: int) -> bool:
    return i < len(words.words) and (
        is_clear(words.words[i]) or (words.words[i].capital and is_given(words.words[i]))
    )


def _in_passing(words: Words) -> Iterator[tuple[int, float, str, float]]:
    items = words.words
    found: set[int] = set()
    given = given_names()
    for i, word in enumerate(items):
        if not word.capital and word.key not in given and not (word.opens and words.key(i + 1) in _DOES):
            continue
        confidence = _passing_confidence(words, i) or (
            _listed_confidence(words, i) if i - 2 in found or i - 1 in found else 0
        )
        if confidence:
            found.update((i, name_end(words, i) - 1))
            yield i, confidence, "plain" if not word.capital or word.opens else "capital", 0.1
    # A letter or two alone at the end is how messages are signed.
    last = len(items)
    while last and items[last - 1].capital and len(items[last - 1].key) == 1 and last > len(items) - 3:
        last -= 1
    if 0 < last < len(items) and items[last].opens:
        yield last, 0.6, "self", 0.4
    last = len(items) - 1
    if (
        last > 0
        and items[last].gap in (",", "-", "–", "—")
        and words.keys[last - 1] in _SIGNING
        and is_given(items[last])
    ):
        yield last, 0.7, "self", 0.4


def _passing_confidence(words: Words, i: int) -> float:
    """How sure it is that word ``i`` names somebody, by itself and by the words around it."""
    items = words.words
    word = items[i]
    given = is_given(word)
    inside = word.capital and not word.opens
    if not given and not inside and not (word.opens and words.key(i + 1) in _DOES):
        return 0.0
    if (
        word.key in NOT_NAMES
        or is_other_kind(words, i)
        or words.run_at(i, "occupation", "month", "weekday", "feast")
    ):
        return 0.0
    if _is_vocative(words, i):
        return 0.0
    before = words.keys[i - 1] if i and not word.opens and not word.gap else ""
    if word.key in places() and (before in _PLACE_CUES or before in _DETERMINERS):
        return 0.0
    if (before in _DETERMINERS and not inside) or before in _PLACE_WORDS:
        return 0.0
    does = words.key(i + 1) in _DOES and not items[i + 1].gap and not items[i + 1].opens
    told = before in _TOLD
    if is_clear(word):
        if is_familiar(word):
            return 0.65 if word.key not in places() or does or told else 0.45
        if word.capital or does or told or before in _TOLD_WEAKLY:
            return 0.55 if len(word.key) > 2 else 0.0
        return 0.0
    uncommon = not is_common(word) or (is_familiar(word) and word.capital and (inside or does))
    if given and uncommon and (inside or does or told) and before not in _DETERMINERS:
        return 0.55 if (does or told or word.owner) else 0.45
    if given and word.capital and word.opens and words.opens(i + 1) and i and is_familiar(word):
        return 0.5
    speaks = does and (word.capital or words.key(i + 1) in _SAYS)
    if (
        is_odd(word)
        and (speaks or told)
        and (inside or (word.opens and speaks))
        and before not in _DETERMINERS
    ):
        return 0.45
    return 0.0


def _listed_confidence(words: Words, i: int) -> float:
    """The same for a word that follows a name in a row of names ("Ana, Bea and Faith")."""
    word = words.words[i]
    if word.opens or word.key in NOT_NAMES or not i:
        return 0.0
    joined = word.gap == "," or (not word.gap and words.keys[i - 1] in ("and", "or", "n"))
    if joined and (is_given(word) or word.capital) and not is_common(word) and not is_other_kind(words, i):
        return 0.5
    return 0.0


def _is_vocative(words: Words, i: int) -> bool:
    """Whether a name is called out to the listener, who in these chats is the platform's character."""
    items = words.words
    word = items[i]
    closed = i + 1 >= len(items) or items[i + 1].opens or items[i + 1].gap.startswith(",")
    if word.owner or (closed and words.key(i + 1) in _INTRODUCES):
        return False
    if word.opens and closed:
        return not (i + 1 < len(items) and items[i + 1].gap.startswith("."))
    if word.gap == "," and closed:
        return words.key(i - 2) not in ("and", "with") and not _is_row(words, i)
    return bool(i) and not word.gap and items[i - 1].key in _GREETINGS and (closed or items[i - 1].opens)


def _is_row(words: Words, i: int) -> bool:
    """Whether the word stands in a row of at least three capitals or names."""
    around = [k for k in (i - 1, i + 1, i + 2) if 0 <= k < len(words.words)]
    return sum(is_given(words.words[k]) or is_capital_name(words, k) for k in around) > 1
