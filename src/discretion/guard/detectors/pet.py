"""Pets by name."""

from __future__ import annotations

from collections.abc import Iterator

from discretion.guard._assertion import hit
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._names import NOT_NAMES, is_given, is_ordinary
from discretion.guard._view import View
from discretion.guard._words import Words
from discretion.knowledge._gazetteer import common_words, cues
from discretion.records import Kind

_OWNED = cues("pet", "owned")
_CALLED = cues("pet", "called")
# What animals do in these chats; beside a name that is no person's they make a pet likely.
_DOES = cues("pet", "does")


@detector("pet", {Kind.PET}, Scope.LANGUAGE)
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
        if j < len(items) and not items[j].opens:
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
                and _may_be_name(words, j)
                and (owned or items[j].capital)
            ):
                yield j, 0.8 if owned else 0.6
            elif keys[j] in ("is", "are") and _may_be_name(words, j + 1) and article:
                yield j + 1, 0.75
                if words.key(j + 2) == "and" and _may_be_name(words, j + 3):
                    yield j + 3, 0.75
            elif items[j - 1].owner and _may_be_name(words, j) and owned:
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
        if keys[max(0, i - 3) : i][-2:-1] in (("hes",), ("shes",)) or keys[max(0, i - 2) : i] in (
            ("hes", "a"),
            ("shes", "a"),
            ("he", "is"),
        ):
            for b in range(i - 3, max(-1, i - 14), -1):
                if _may_be_name(words, b) and (is_given(items[b]) or not is_ordinary(items[b])):
                    yield b, 0.6
                    break


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
