"""The author's gender, where they name it: a man, a woman, trans, nonbinary, pronouns."""

from __future__ import annotations

from collections.abc import Iterator

from discretion.guard._assertion import author_is, hit, is_denied, is_of_author
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard._words import Words, number_at
from discretion.guard._written import of_life
from discretion.records import Kind

_ARTICLES = frozenset(("a", "an", "the", "only", "one"))
_OWNERS = frozenset(("your", "his", "her", "my", "their", "our", "ur"))
_AFTER = frozenset(("friend", "friends", "to", "that", "on", "inside", "thing", "up", "enough", "down", "s"))


@detector("gender", {Kind.GENDER}, Scope.LANGUAGE)
@of_life
def gender(view: View) -> Iterator[Hit]:
    """Gender words that the author says of themself, identities and pronouns that they claim."""
    words = view.words
    named = words.runs("gender_word", "gender_identity")
    if not named:
        return
    plain = set(words.runs("gender_word"))
    starts = {c.at: c for c in author_is(view)}
    for i, j in named:
        before = words.keys[max(0, i - 3) : i]
        if (i, j) not in plain:
            if not is_denied(words, i) and (
                is_of_author(view, i) or any(k in starts for k in range(i - 2, i + 1))
            ):
                yield hit(
                    view, Kind.GENDER, (i, j), 0.75, "a gender identity or pronouns told of the author", 0.7
                )
            continue
        said = any(k in starts and _reaches(words.keys[k:i]) for k in range(max(0, i - 3), i + 1))
        said = said and not _ARTICLES.isdisjoint(before) and _OWNERS.isdisjoint(before)
        asked = before[-2:] in (("as", "a"), ("just", "a")) and "i" in words.keys[max(0, i - 8) : i + 8]
        alone = words.opens(i) and words.key(j) in ("here", "actually", "btw")
        titled = words.words[i].capital and words.words[i - 1].capital and not words.opens(i)
        if (said or asked or alone) and not titled and _goes_on(words, j):
            yield hit(view, Kind.GENDER, (i, j), 0.7, "a gender word that the author says of themself", 0.2)


def _goes_on(words: Words, j: int) -> bool:
    """Whether what follows leaves the word a gender: "a man of 44", not "a man of my word"."""
    after = words.key(j)
    if after == "of":
        return number_at(words, j + 1) is not None
    return after not in _AFTER


def _reaches(between: tuple[str, ...]) -> bool:
    return len(between) < 3 and all(len(key) > 1 for key in between)
