"""Names in passing, without an introduction: by their form and by what is told of their bearers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from discretion.guard._names import (
    NOT_NAMES,
    is_capital_name,
    is_clear,
    is_common,
    is_familiar,
    is_given,
    is_odd,
    is_ordinary,
    is_other_kind,
    name_end,
)
from discretion.guard._words import Words, number_at
from discretion.knowledge.gazetteer import cues, given_names, places

# After a name and a comma these say who that is: "Carys, that's my daughter".
_INTRODUCES = frozenset(("thats", "my", "who", "shes", "hes"))
_SIGNING = frozenset(
    (
        "love",
        "kiss",
        "kisses",
        "x",
        "xx",
        "xo",
        "xoxo",
        "regards",
        "yours",
        "best",
        "respectfully",
        "truly",
        "sincerely",
        "faithfully",
        "warmly",
    )
)
_GREETINGS = cues("name", "greetings")
# These open a sentence as well as a call: "so karen says", "ok priya is here" call nobody.
_OPENERS = cues("name", "openers")
_FROM = frozenset(("from", "at", "on", "in"))
_SOMEWHERE = cues("name", "somewhere")
_WORKS_OF_ART = cues("name", "works_of_art")
_STATES = cues("name", "states")
_MINE = frozenset(("my", "me", "our", "mine"))
_CITIES = cues("name", "cities")
_PUBLIC = cues("name", "public")
# So many everyday words with a capital inside sentences make a headline, where a capital says nothing.
_HEADLINE = 3
_PLACE_CUES = cues("name", "place_cues")
# What people are said to do: after a first name that is also an everyday word, one of these makes it a name.
_DOES = cues("name", "does")
_TOLD = cues("name", "told")
_TOLD_WEAKLY = cues("name", "told_weakly")
_SAYS = cues("name", "says")
_PLACE_WORDS = cues("name", "place_words")
_DETERMINERS = cues("name", "determiners")


def in_passing(words: Words) -> Iterator[tuple[int, float, str, float]]:
    """Names told in passing: the place, the confidence, how it is written, the evidence of a life."""
    items = words.words
    found: set[int] = set()
    given = given_names()
    headline = _is_headline(words)
    for i, word in enumerate(items):
        if not word.capital and word.key not in given and not (word.opens and words.key(i + 1) in _DOES):
            continue
        confidence = _passing_confidence(words, i, headline) or (
            _listed_confidence(words, i) if i - 2 in found or i - 1 in found else 0
        )
        if confidence:
            found.update((i, name_end(words, i) - 1))
            yield i, confidence, "plain" if not word.capital or word.opens else "capital", 0.1
    # A letter or two alone at the end is how messages are signed.
    last = len(items)
    while last and items[last - 1].capital and len(items[last - 1].key) == 1 and last > len(items) - 3:
        last -= 1
    if 0 < last < len(items) and items[last].opens and set(items[last].gap) <= set(".!\n?…-–—"):
        yield last, 0.6, "self", 0.4
    last = len(items) - 1
    if (
        last > 0
        and items[last].gap in (",", "-", "–", "—")
        and words.keys[last - 1] in _SIGNING
        and (is_given(items[last]) or items[last].capital)
    ):
        yield last, 0.7, "self", 0.4


def beside_ages(words: Words) -> Iterator[int]:
    """Names told with an age, as children's are: "Mila (6) and Anton (9)", "he's 3, Theo, teething"."""
    items, keys = words.words, words.keys
    for i in range(1, len(items)):
        if not keys[i].isdigit() or len(keys[i]) > 2:
            continue
        end = words.text[items[i].end : items[i].end + 1]
        if items[i].gap == "(" and end == ")" and _is_said_name(words, i - 1):
            yield i - 1
        is_told = keys[i - 1] in ("hes", "shes") or keys[max(0, i - 2) : i] in (("he", "is"), ("she", "is"))
        closed = i + 1 < len(items) and items[i + 1].gap == "," and not items[i + 1].opens
        if is_told and closed and (words.opens(i + 2) or items[i + 2].gap) and _is_said_name(words, i + 1):
            yield i + 1


def _is_said_name(words: Words, i: int) -> bool:
    word = words.words[i]
    return is_clear(word) or (word.capital and is_given(word) and not is_other_kind(words, i))


def _passing_confidence(words: Words, i: int, headline: bool) -> float:
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
    if word.opens and given and word.capital and _signs_with_age(words, i):
        return 0.6
    if len(items) == 1 and word.capital and given and words.text[word.end : word.end + 1] in ("", "."):
        return 0.5
    if _is_vocative(words, i) or (word.loud and not (is_familiar(word) and len(word.key) > 2)):
        return 0.0
    if headline and not (word.capital and is_familiar(word) and words.key(i + 1) in _SAYS):
        return 0.0
    before = words.keys[i - 1] if i and not word.opens and word.gap in ("", ".") else ""
    if not word.owner and before in ("in", "near", "outside", "around", "across", "towards", "via", "the"):
        return 0.0
    acts = words.key(i + 1) in _DOES and not _is_city(words, i)
    if before == "not" or (before == "like" and not acts) or "never" in words.keys[max(0, i - 4) : i]:
        return 0.0
    if before in ("a", "an") and not word.owner and not is_clear(word):
        return 0.0
    if word.key in places() and (before in _PLACE_CUES or before in _DETERMINERS):
        return 0.0
    if word.key in places() and not (
        word.owner
        or acts
        or before in _TOLD
        or before in _TOLD_WEAKLY
        or (is_familiar(word) and not _is_city(words, i))
    ):
        return 0.0
    if (before in _DETERMINERS and not inside) or before in _PLACE_WORDS:
        return 0.0
    does = words.key(i + 1) in _DOES and not items[i + 1].gap and not items[i + 1].opens
    told = before in _TOLD
    uncommon = not is_common(word) or (is_familiar(word) and word.capital and (inside or does))
    if before in ("my", "our") and given and inside and uncommon:
        return 0.55
    if given and _is_from_somewhere(words, i):
        return 0.6
    if is_clear(word):
        if is_familiar(word):
            return 0.65 if word.key not in places() or does or told else 0.45
        if word.capital or does or told or before in _TOLD_WEAKLY:
            return 0.55 if len(word.key) > 2 else 0.0
        return 0.0
    if given and uncommon and (inside or does or told) and before not in _DETERMINERS:
        return 0.55 if (does or told or word.owner) else 0.45
    if given and word.capital and word.opens and words.opens(i + 1) and i and is_familiar(word):
        return 0.5
    speaks = (
        does
        and (word.capital or words.key(i + 1) in _SAYS)
        and (given or inside or words.key(i + 1) not in _STATES or words.key(i + 2) in _MINE)
    )
    if (
        is_odd(word)
        and (speaks or told)
        and (inside or (word.opens and speaks))
        and before not in _DETERMINERS
    ):
        return 0.45
    return 0.0


def _signs_with_age(words: Words, i: int) -> bool:
    """Whether an age or a house number follows a name and a comma: "Marisol, 29", "Ann Birch, 4 Elm Road"."""
    j = name_end(words, i)
    if j >= len(words.words) or words.words[j].opens or words.words[j].gap != ",":
        return j - i > 1 and words.opens(j) and words.words[i].gap.endswith(":")
    return number_at(words, j) is not None or words.keys[j].isdigit()


def _is_from_somewhere(words: Words, i: int) -> bool:
    """Whether a first name is told apart by where one knows them from: "karen from accounting"."""
    word = words.words[i]
    if words.key(i + 1) not in _FROM or words.words[i + 1].gap or words.words[i + 1].opens:
        return False
    if words.key(i + 2) not in _SOMEWHERE or word.key in places():
        return False
    before = words.key(i - 1)
    if not (word.capital or word.opens or before in _TOLD or before in _TOLD_WEAKLY or before in _OPENERS):
        return False
    if not is_ordinary(word):
        return True
    return (
        (word.capital or not is_common(word))
        and len(word.key) > 2
        and not _DOES.isdisjoint(words.keys[i + 3 : i + 8])
    )


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
    if word.opens and _signs_with_age(words, i):
        return False
    if word.opens and closed:
        return not (i + 1 < len(items) and items[i + 1].gap.startswith("."))
    if closed and "meet" in words.keys[max(0, i - 3) : i] and "you" in words.keys[max(0, i - 2) : i]:
        return True
    if word.gap == "," and closed:
        return words.key(i - 2) not in ("and", "with") and not _is_row(words, i)
    if not i or word.gap or items[i - 1].key not in _GREETINGS or not (closed or items[i - 1].opens):
        return False
    return closed or items[i - 1].key not in _OPENERS or words.key(i + 1) not in _SAYS | _FROM


def _is_row(words: Words, i: int) -> bool:
    """Whether the word stands in a row of at least three capitals or names."""
    around = [k for k in (i - 1, i + 1, i + 2) if 0 <= k < len(words.words)]
    return sum(is_given(words.words[k]) or is_capital_name(words, k) for k in around) > 1


def _is_city(words: Words, i: int) -> bool:
    """Whether a place as well known as Paris is said to be something, not to do it: "Paris is beautiful"."""
    after = words.key(i + 1)
    return words.keys[i] in _CITIES and after in _STATES and words.key(i + 2) not in _MINE


def is_public(words: Words, i: int, j: int) -> bool:
    """Whether the name ``[i, j)``, with the word before it, is a public figure's or a brand's."""
    near = words.keys[max(0, i - 1) : j]
    return any(f"{a}-{b}" in _PUBLIC for a, b in pairwise(near))


def is_famous(words: Words, i: int, j: int) -> bool:
    """Whether a full name in passing stands beside a work or an office: "the new Jane Austen film"."""
    return not _WORKS_OF_ART.isdisjoint(words.keys[max(0, i - 6) : j + 5])


def _is_headline(words: Words) -> bool:
    capitals = sum(1 for w in words.words if w.capital and not w.opens and is_common(w) and len(w.key) > 3)
    return capitals >= _HEADLINE and capitals * 4 > len(words.words)
