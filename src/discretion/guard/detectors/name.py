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
    names_pet,
)
from discretion.guard._passing_names import beside_ages, in_passing, is_famous, is_public
from discretion.guard._view import View
from discretion.guard._words import Words
from discretion.guard._written import of_life
from discretion.knowledge.gazetteer import cues
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
    (("its", "me"), 0.7),
    (("is", "me"), 0.7),
    (("me", "its"), 0.7),
    (("goodnight", "from"), 0.7),
    (("night", "from"), 0.7),
    (("greetings", "from"), 0.6),
    (("regards", "from"), 0.7),
    (("love", "from"), 0.6),
    (("thanks", "from"), 0.6),
    (("off", "as"), 0.7),
    (("everybody", "says"), 0.6),
    (("surname", "is"), 0.9),
    (("last", "name"), 0.8),
    (("first", "name"), 0.8),
    (("maiden", "name"), 0.8),
    (("everyone", "says"), 0.5),
    (("they", "say"), 0.4),
    (("me", "as"), 0.6),
)
_BY_LAST_WORD = {
    last: tuple((cue, sure) for cue, sure in _INTRODUCTIONS if cue[-1] == last)
    for last in {cue[-1] for cue, _ in _INTRODUCTIONS}
}
_OWNERS = frozenset(("my", "our", "his", "her"))
_SELF_CUES = frozenset(("im", "am", "its", "is"))
_SIGNS_OFF = cues("name", "signs_off")
_AFTER_SELF = cues("name", "after_self")
_NO_NAME = cues("name", "no_name")
# What lovers and masters are called; with a capital only those of the second list may be names.
_ENDEARMENTS = cues("name", "endearments")
_ENDEARING_NAMES = cues("name", "endearing_names")
_CALLED = frozenset(("me", "by", "as", "say", "says"))
_OF_NAMES = frozenset(("name", "real", "actual", "full", "legal", "true", "birth", "given", "own"))
_NOT = cues("name", "not")
_UNSAID = frozenset(("never", "didnt", "dont"))
_SAID = frozenset(("said", "say", "told", "tell"))
_GREETINGS = cues("name", "greetings")
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
@of_life
def name(view: View) -> Iterator[Hit]:
    """Names after introductions, beside kin and acquaintances, after titles, and clear names in passing."""
    words = view.words
    taken: set[int] = set()
    for i, confidence, why, evidence in _candidates(words):
        if i in taken or words.in_link(i) or not words.keys[i].replace("-", "").isalpha():
            continue
        if _is_no_name(words, i):
            continue
        j = name_end(words, i)
        full = j - i > 1 or (i > 0 and words.words[i - 1].capital and not words.words[i].gap)
        if is_public(words, i, j) or (full and why in ("plain", "capital") and is_famous(words, i, j)):
            taken.update(range(i, j))
            continue
        taken.update(range(i, j))
        if j - i > 1 and confidence < 0.8:
            confidence = min(0.85, confidence + 0.15)
        yield hit(view, Kind.NAME, (i, j), confidence, _REASONS[why], evidence)


def _is_no_name(words: Words, i: int) -> bool:
    """Whether word ``i`` is denied to be the name, or is what lovers call each other: "call me daddy"."""
    keys, word = words.keys, words.words[i]
    if word.opens:
        return False
    before = words.key(i - 1)
    if before in _NOT:
        return True
    called = before == "me" and words.key(i - 2) in ("call", "called", "calling")
    if called and not _NOT.isdisjoint(keys[max(0, i - 4) : i - 2]):
        return True
    if "my" in keys[max(0, i - 4) : i] and not _UNSAID.isdisjoint(keys[max(0, i - 7) : i]):
        return not _SAID.isdisjoint(keys[max(0, i - 5) : i])
    return before in _CALLED and (
        word.key in _ENDEARMENTS or (word.key in _ENDEARING_NAMES and not word.capital)
    )


def _candidates(words: Words) -> Iterator[tuple[int, float, str, float]]:
    yield from _introduced(words)
    yield from _self_named(words)
    yield from _beside_relations(words)
    for i in beside_ages(words):
        yield i, 0.75, "known", 0.4
    yield from in_passing(words)


def _introduced(words: Words) -> Iterator[tuple[int, float, str, float]]:
    keys = words.keys
    for i in range(len(keys)):
        if _said_after(words, i) and _names_like(words, i, lenient=True):
            yield i, 0.9, "self", 0.5
    for i in range(1, len(keys)):
        cues_here = _BY_LAST_WORD.get(keys[i - 1])
        before = words.words[i - 1]
        if cues_here is None and before.key != "name":
            continue
        if words.words[i].opens or words.words[i].gap not in ("", ",", ":"):
            continue
        if (before.key == "name" and before.owner) or (before.key == "names" and words.key(i - 2) == "my"):
            if _names_like(words, i, lenient=True):
                yield i, 0.95, "self" if _is_mine(words, i - 1) else "cue", 0.5
            continue
        for cue, confidence in cues_here or ():
            if keys[max(0, i - len(cue)) : i] == cue:
                lenient = confidence >= 0.8
                called = cue[-1] in ("called", "named") and is_familiar(words.words[i]) and len(keys[i]) > 2
                if called or _names_like(words, i, lenient=lenient):
                    mine = "me" in cue or _is_mine(words, i - len(cue))
                    yield i, confidence, "self" if mine else "cue", 0.5 if mine else 0.1
                break


def _said_after(words: Words, i: int) -> bool:
    """Whether "is my name" or "is my real name" follows word ``i``."""
    if words.keys[i + 1 : i + 3] != ("is", "my") or words.words[i + 1].gap:
        return False
    return words.key(i + 3 if words.key(i + 3) == "name" else i + 4) == "name" and (
        words.key(i + 3) in _OF_NAMES
    )


def _is_mine(words: Words, i: int) -> bool:
    return any(key in ("my", "mine", "me", "i") for key in words.keys[max(0, i - 3) : i + 1])


def _self_named(words: Words) -> Iterator[tuple[int, float, str, float]]:
    items, keys = words.words, words.keys
    for i, word in enumerate(items):
        after = words.key(i + 1)
        if keys[i - 1] not in _SELF_CUES and after not in _SIGNS_OFF:
            continue
        if word.key in NOT_NAMES or is_other_kind(words, i) or words.run_at(i, "occupation", "status"):
            continue
        if word.loud and not is_familiar(word):
            continue
        before = keys[i - 1] if i else ""
        near = not word.gap
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
            elif not ordinary and is_odd(word) and _may_be_said(words, i, ends):
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
            after in _SIGNS_OFF
            and (word.opens or before in _GREETINGS)
            and (is_given(word) or (word.capital and is_odd(word)))
            and _signs_off(words, i + 1)
        ):
            yield i, 0.75, "self", 0.5


def _may_be_said(words: Words, i: int, ends: bool) -> bool:
    """Whether an unlisted word after "im" may be a name: a surname, or as short as nicknames are."""
    word = words.words[i]
    if is_family(word) and (ends or words.key(i + 1) in ("here", "btw")):
        return True
    if words.key(i + 1) == "from" and word.key[-2:] not in ("ed", "in", "ng"):
        return True
    return ends and 2 < len(word.key) < 6 and word.key[-1] not in "dgy"


def _signs_off(words: Words, i: int) -> bool:
    """Whether what follows a name says that it is the author's: "here", "over and out", ", that's me"."""
    key, item = words.keys[i], words.words[i]
    comma = item.gap == ","
    if key == "here":
        return not item.gap
    if key in ("thats", "its"):
        return comma and words.key(i + 1) in ("me", "what", "my")
    if key in ("that", "it"):
        return comma and words.keys[i + 1 : i + 3] == ("is", "me")
    if key == "by":
        return comma and words.keys[i + 1 : i + 3] == ("the", "way")
    if key == "btw":
        return comma or words.opens(i + 1)
    if key == "over":
        return words.keys[i + 1 : i + 3] == ("and", "out")
    if key == "again":
        return not item.gap and words.opens(i + 1)
    return not item.gap and (key == "typing" or words.key(i + 1) in ("off", "for", "in"))


def _beside_relations(words: Words) -> Iterator[tuple[int, float, str, float]]:
    items, keys = words.words, words.keys
    for a, b in words.runs("partner", "child", "elder", "former", "acquaintance", "title"):
        i = b
        if names_pet(words, a):
            continue
        if i < len(items) and keys[i] in ("is", "was", "are", "called", "named", "s") and not items[i].gap:
            if keys[i] in ("is", "was") and words.key(i + 1) in ("called", "named"):
                i += 1
            if not (keys[i] in ("is", "was", "are") and not _is_named_by(words, i + 1)):
                i += 1
        if i < len(items) and items[i].gap == ":" and words.key(i - 1)[-1:] == "s":
            if items[i].capital or is_given(items[i]):
                for k in _row(words, i):
                    yield k, 0.7, "known", 0.45
        elif i < len(items) and i == b and items[i].gap == "(" and words.text[items[i].end :][:1] == ")":
            if is_given(items[i]) or items[i].capital:
                yield i, 0.75, "known", 0.4
        elif i < len(items) and not items[i].opens and items[i].gap in ("", ",", "."):
            if items[b - 1].owner and i == b:
                own = is_given(items[i]) or (items[i].capital and is_odd(items[i]) and _closes(words, i))
                if keys[i] != "name" and own and (items[i].capital or not is_common(items[i])):
                    yield i, 0.75, "known", 0.4
                continue
            if (found := _beside(words, a, b, i)) is not None:
                yield i, *found
                if keys[i - 1] == "are":
                    for k in _row(words, i):
                        yield k, *found
        # "chris, my manager" and "greg (my ex"
        if a >= 2 and keys[a - 1] in ("my", "our", "the") and items[a - 1].gap in (",", "(", "-", "–", "—"):
            k = a - 2
            while k > 0 and k > a - 5 and not items[k].gap and not items[k].opens and _is_surname(words, k):
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
    if near and not is_title and i == b and _is_owned(words, a) and (is_odd(item) or listed):
        return 0.85 if listed else 0.7, "known", 0.45
    if is_title and near and (is_odd(item) or listed or (is_family(item) and not is_common(item))):
        return 0.8, "title", 0.1
    if item.loud and len(item.key) < 4 and not item.owner and not _closes(words, i) and not is_title:
        return None
    said = item.gap == "," and item.capital and _closes(words, i)
    said = said and (words.key(a - 1) in _OWNERS or (words.key(a - 1) == "the" and not words.opens(i + 1)))
    if _names_like(words, i) and (near or is_clear(item) or said):
        return 0.85 if near else 0.6, "title" if is_title else "known", 0.45
    return None


def _is_surname(words: Words, k: int) -> bool:
    """Whether word ``k`` is a listed surname, or one of no list right after a first name."""
    before = words.words[k - 1]
    is_first = is_given(before) and not is_common(before) and len(before.key) > 2
    return is_family(words.words[k]) or (is_first and not is_ordinary(words.words[k]))


def _is_owned(words: Words, i: int) -> bool:
    """Whether "my" and the like stand before word ``i``, or one word further: "my flat mate"."""
    return words.key(i - 1) in _OWNERS or (
        words.key(i - 2) in _OWNERS and not words.words[i - 1].gap and not words.words[i].gap
    )


def _closes(words: Words, i: int) -> bool:
    """Whether a comma or the sentence's end follows word ``i``."""
    return words.opens(i + 1) or words.words[i + 1].gap.startswith((",", ")"))


def _row(words: Words, i: int) -> Iterator[int]:
    """Word ``i``, a name, and the names that a row adds to it: "Cilla, Joy and Lulu"."""
    yield i
    items = words.words
    while True:
        i = name_end(words, i)
        if i < len(items) and not items[i].gap and words.keys[i] in ("and", "n"):
            i += 1
            joined = True
        else:
            joined = i < len(items) and items[i].gap == ","
        if not joined or i >= len(items) or items[i].opens or words.keys[i] in NOT_NAMES:
            return
        if not (items[i].capital or is_clear(items[i])):
            return
        yield i


def _is_named_by(words: Words, i: int) -> bool:
    if i >= len(words.words):
        return False
    word = words.words[i]
    if word.loud and not is_given(word):
        return False
    return is_clear(word) or (
        word.capital and not word.opens and (is_given(word) or (is_odd(word) and _closes(words, i)))
    )
