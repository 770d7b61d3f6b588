"""What looks like a person's name: which words may be one, and how far a full name reaches."""

from __future__ import annotations

from discretion.guard._words import NUMBERS, Word, Words
from discretion.knowledge.gazetteer import (
    common_words,
    cues,
    familiar_names,
    family_names,
    given_names,
    ordinary_words,
    places,
)

_PARTICLES = cues("names", "particles")
# Chat shorthand, interjections and foreign function words that are also rare names.
NOT_NAMES = cues("names", "not_names")


def is_given(word: Word) -> bool:
    """Whether the word is listed as a first name."""
    return word.key in given_names() and word.key not in NOT_NAMES


def is_ordinary(word: Word) -> bool:
    """Whether the word is also one of everyday writing, or is too short or numeric to be a name by itself."""
    key = word.key
    return (
        key in ordinary_words() or key in NOT_NAMES or len(key) < 2 or key in NUMBERS or not key[0].isalpha()
    )


def is_common(word: Word) -> bool:
    """Whether the word is among the most common ones."""
    return word.key in common_words() or word.key in NOT_NAMES


def is_clear(word: Word) -> bool:
    """Whether the word is a first name and nothing else."""
    return is_given(word) and not is_ordinary(word)


def is_familiar(word: Word) -> bool:
    """Whether the word is a first name so frequent that it needs no cue."""
    return word.key in familiar_names() and word.key not in NOT_NAMES


def is_family(word: Word) -> bool:
    """Whether the word is listed as a surname and is no everyday word, unless typed with a capital."""
    return word.key in family_names() and (word.capital or not is_ordinary(word))


_OTHER_KINDS = (
    "people",
    "faith",
    "orientation",
    "elder",
    "child",
    "partner",
    "animal",
    "condition",
    "medication",
)
_STREET = cues("names", "street")
_BETWEEN = cues("names", "between")


def is_other_kind(words: Words, i: int) -> bool:
    """Whether word ``i`` says something else here: a people, a faith, kin, an illness, a street or a firm."""
    if any(words.run_at(i, tag) for tag in _OTHER_KINDS):
        return True
    k = i + 1
    while k < min(len(words.words), i + 3) and not words.words[k].gap and not words.words[k].opens:
        if words.keys[k] in _BETWEEN:
            break
        if words.keys[k] in _STREET and not words.words[k - 1].owner:
            return True
        k += 1
    return False


def is_odd(word: Word) -> bool:
    """Whether the word is in no list of ordinary words or places: a name from anywhere, or a misspelling."""
    key = word.key
    return not is_ordinary(word) and key not in places() and len(key) > 2 and key.replace("-", "").isalpha()


def is_capital_name(words: Words, i: int) -> bool:
    """Whether word ``i`` was typed with a capital that no sentence start explains, and is no common word."""
    word = words.words[i]
    if len(word.key) < 2:
        return False
    return (
        word.capital
        and not word.opens
        and (not is_common(word) or is_given(word))
        and word.key not in NOT_NAMES
    )


def names_pet(words: Words, a: int) -> bool:
    """Whether a title at word ``a`` is a pet's: "my cat Mr. Whiskers", "our dogs are Sir Barks and Bo"."""
    if words.run_at(a, "title") is None:
        return False
    end = a - 1 if words.key(a - 1) in ("is", "are", "called", "named") else a
    return any(words.run_at(i, "animal") == end for i in range(max(0, end - 3), end))


def name_end(words: Words, i: int, limit: int = 3) -> int:
    """The index after the full name that begins at word ``i``."""
    j = i + 1
    items = words.words
    while j < len(items) and j - i < limit:
        word = items[j]
        if items[j - 1].owner or word.opens or word.gap not in ("", "-", "."):
            break
        if (
            word.key in _PARTICLES
            and j + 1 < len(items)
            and (items[j + 1].capital or is_family(items[j + 1]))
        ):
            if items[j + 1].gap:
                break
            j += 2
            limit += 1
            continue
        if not (_continues(items[i], word) or _is_middle(items, i, j)):
            break
        j += 1
    return j


def _is_middle(items: tuple[Word, ...], i: int, j: int) -> bool:
    """Whether an everyday word is a second given name in small letters: "mckenna rose kowalski"."""
    after = items[j + 1] if j + 1 < len(items) else None
    is_bare = not items[i].capital and after is not None and not (after.gap or after.opens)
    return is_bare and is_given(items[j]) and len(items[j].key) > 3 and _continues(items[i], items[j + 1])


def _continues(first: Word, word: Word) -> bool:
    if word.key in NOT_NAMES or word.key in NUMBERS:
        return False
    if word.capital:
        return not is_common(word) or (first.capital and word.key in family_names() and len(word.key) > 3)
    if first.capital:
        return False
    return (word.key in family_names() and not is_ordinary(word)) or (
        len(word.key) > 5 and not is_ordinary(word)
    )
