"""Pets by name."""

from __future__ import annotations

from collections.abc import Iterator

from discretion.guard._assertion import hit
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._names import NOT_NAMES, is_given, is_ordinary, names_pet
from discretion.guard._view import View
from discretion.guard._words import Words
from discretion.guard._written import of_life
from discretion.knowledge.gazetteer import common_words, cues
from discretion.records import Kind

_OWNED = cues("pet", "owned")
_CALLED = cues("pet", "called")
# What animals do in these chats; beside a name that is no person's they make a pet likely.
_DOES = cues("pet", "does")
# Before a name: "i have chowder", "me and deputy", "only pieróg".
_HELD = cues("pet", "held")


@detector("pet", {Kind.PET}, Scope.LANGUAGE)
@of_life
def pet(view: View) -> Iterator[Hit]:
    """Names beside a word for an animal: "my dog Biscuit", "a cat called Miso", "Rex is a beagle"."""
    words = view.words
    runs = words.runs("animal")
    if not runs and _DOES.isdisjoint(words.keys):
        return
    done: set[int] = set()
    for i, confidence in _named(words, runs):
        if 0 <= i < len(words.words) and i not in done and words.keys[i] not in _NO_NAME:
            done.add(i)
            yield hit(view, Kind.PET, (i, _end(words, i)), confidence, "the name of the author's animal", 0.3)


_NO_NAME = NOT_NAMES | cues("pet", "no_name")
_AFTER_NAME = cues("pet", "after_name")


def _is_called_so(words: Words, i: int) -> bool:
    """Whether the everyday word right after "my dog" is a name: something is told of its bearer, or the
    clause ends ("my dog biscuit hates rain"); else it is a compound ("my dog agility class")."""
    word = words.words[i]
    if word.capital or is_given(word) or not is_ordinary(word):
        return True
    if word.key.endswith(("ing", "ed", "ly")):
        return False
    closes = words.opens(i + 1) or words.words[i + 1].gap.startswith((",", ")"))
    return closes or words.key(i + 1) in _AFTER_NAME or words.key(i + 1) in _DOES


def _named(words: Words, runs: list[tuple[int, int]]) -> Iterator[tuple[int, float]]:
    items, keys = words.words, words.keys
    for i, word in enumerate(items):
        # "miso just farted", "biscuit is snoring on my feet"
        if word.opens and _may_be_name(words, i):
            verbs = [key for key in keys[i + 1 : i + 4] if key in _DOES]
            if verbs and not any(w.opens for w in items[i + 1 : i + 3]):
                yield i, 0.66
    for i, j in runs:
        owned = any(key in ("my", "our") for key in keys[max(0, i - 3) : i])
        article = any(key in _OWNED for key in keys[max(0, i - 3) : i])
        titled = j + 1 if words.key(j) in ("is", "are", "called", "named") else j
        if article and names_pet(words, titled) and (last := words.run_at(titled, "title")) is not None:
            if _may_be_name(words, last) and items[last].capital:
                yield last, 0.8
        elif j < len(items) and not items[j].opens:
            if keys[j] in _CALLED and not items[j].gap:
                yield j + 1, 0.9
            elif keys[j] in ("is", "s") and words.key(j + 1) in ("called", "named"):
                yield j + 2, 0.9
            elif (keys[j] in ("name", "names") and items[j - 1].owner) or (
                keys[j] == "name" and words.key(j + 1) in ("is", "was")
            ):
                yield j + (1 if words.key(j + 1) not in ("is", "was") else 2), 0.9
            elif (
                items[j].gap in ("", ",")
                and article
                and (_may_be_name(words, j) or (owned and words.key(j + 1) in _AFTER_NAME))
                and (owned or items[j].capital)
                and _is_called_so(words, j)
            ):
                yield j, 0.8 if owned else 0.6
                if words.key(j + 1) in ("and", "n") and _may_be_name(words, j + 2):
                    yield j + 2, 0.75
            elif keys[j] in ("is", "are") and _is_named(words, j + 1) and article:
                yield j + 1, 0.75
                if words.key(j + 2) == "and" and _may_be_name(words, j + 3):
                    yield j + 3, 0.75
            elif items[j - 1].owner and _is_named(words, j) and owned:
                yield j, 0.7
        # "rex is a beagle", "rex, my dog", "rex the cat"
        k = i - 1
        while (
            k > i - 5
            and k > 0
            and (
                keys[k] in _OWNED
                or keys[k] in ("is", "was", "very", "only", "old", "fat", "little")
                or not _may_be_name(words, k)
            )
        ):
            if items[k + 1].opens and keys[k] not in _OWNED:
                break
            k -= 1
        between = keys[k + 1 : i]
        if k >= 0 and _may_be_name(words, k) and between:
            copula = (
                between[0] in ("is", "was") and len(between) > 1 and between[1] in ("a", "an", "my", "our")
            )
            if copula or (between[0] == "the" and len(between) < 3 and not items[k + 1].gap):
                yield k, 0.75 if copula else 0.6
            elif between[0] in ("my", "our") and items[k + 1].gap in (",", "("):
                yield k, 0.75
        # "nala. shes a pitbull" and "hes a cat" after a name
        if (named := _before_pronoun(words, i)) is not None:
            yield named, 0.7
        if keys[max(0, i - 3) : i][-2:-1] in (("hes",), ("shes",)) or keys[max(0, i - 2) : i] in (
            ("hes", "a"),
            ("shes", "a"),
            ("he", "is"),
        ):
            for b in range(i - 3, max(-1, i - 14), -1):
                if _may_be_name(words, b) and (is_given(items[b]) or not is_ordinary(items[b])):
                    yield b, 0.6
                    break


def _is_named(words: Words, i: int) -> bool:
    """Whether the word after "my cat is" is a name, not what the cat is like."""
    if not _may_be_name(words, i):
        return False
    word = words.words[i]
    return word.capital or (is_given(word) and word.key not in common_words()) or not is_ordinary(word)


def _before_pronoun(words: Words, i: int) -> int | None:
    """The name that stands before "hes a" and the animal at ``i``: "i have chowder, shes a fat cat"."""
    for k in range(i - 1, max(0, i - 5), -1):
        at_noun = words.keys[k] in ("hes", "shes") or (
            words.keys[k] in ("he", "she") and words.key(k + 1) in ("is", "was")
        )
        if at_noun:
            b = k - 1
            near = words.keys[max(0, b - 2) : b]
            held = words.words[b].opens or not _HELD.isdisjoint(near[-1:]) or words.words[b].capital
            gap = words.words[k].gap[:1] in (",", ".", "(", "-", "–", "—")
            return b if gap and held and _may_be_name(words, b) else None
    return None


def _may_be_name(words: Words, i: int) -> bool:
    if not 0 <= i < len(words.words):
        return False
    word = words.words[i]
    if word.key in _NO_NAME or len(word.key) < 3:
        return False
    if word.capital and not word.opens:
        return True
    return is_given(word) or not is_ordinary(word) or word.key not in common_words()


def _end(words: Words, i: int) -> int:
    j = i + 1
    while (
        j < len(words.words)
        and j < i + 3
        and words.words[j].capital
        and not words.words[j].gap
        and not words.words[j].opens
        and words.words[i].capital
    ):
        j += 1
    return j
