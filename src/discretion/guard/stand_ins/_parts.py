"""A name in a text, cut into what gets a stand-in of its own: given names, family name, with initials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from discretion.guard._fact_forms import lists
from discretion.guard._fact_matcher import is_rare
from discretion.guard.stand_ins._data import table
from discretion.guard.stand_ins._spelling import folded, words_of
from discretion.knowledge.gazetteer import family_names, given_names, ordinary_words

_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
FEWEST_LETTERS_OF_AN_OWNER = 5
"""Letters of a first name from which an s behind is an owner's; "Debs" and "Dess" are names."""
FEWEST_SPACED_LETTERS = 3
"""So many single letters in a row are a name spelled out ("j e s s"), fewer are initials."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name: the run ``[start, end)`` of the text as given, and its key.

    ``name`` is the run of the name itself, without the initials that stand before or after it.
    """

    start: int
    end: int
    key: str = field(repr=False)
    name: tuple[int, int]
    initials: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str

    @property
    def is_initial(self) -> bool:
        return len(self.word) == 1


def parts_of(text: str, start: int, end: int) -> list[Part]:
    """The parts of the name in ``text[start:end]``, in order; titles and particles ("van", "de la") stay.

    An initial goes with the name beside it ("J. Kowalski"); initials alone have no part.
    """
    tokens = list(_tokens(text, start, end))
    if len(tokens) >= FEWEST_SPACED_LETTERS and all(token.is_initial for token in tokens):
        whole = (tokens[0].start, tokens[-1].end)
        return [Part(*whole, "".join(token.word for token in tokens), whole)]
    tokens = [token for i, token in enumerate(tokens) if not _stays(token, i, len(tokens), text)]
    return list(_joined(tokens))


def is_title(written: str) -> bool:
    """Whether a title stands alone ("Mr"): it names nobody."""
    return _is_title_word(written.strip(" .").lower())


def _is_title_word(word: str) -> bool:
    if word in lists()["name"]["titles"]:
        return True
    is_name = (word in given_names() or word in family_names()) and word not in ordinary_words()
    return word in table("stand_in_words")["name"]["titles"] and not is_name


def _tokens(text: str, start: int, end: int) -> Iterator[_Token]:
    low = folded(text[start:end])
    for match in _TOKEN.finditer(low.text):
        word, last = match[0], match.end()
        if word.endswith("'s"):
            word, last = word[:-2], last - 2
        elif _is_owner(word) and text[start + low.given(last - 1, last).start] in "sS":
            word, last = word[:-1], last - 1
        if any(map(str.isalpha, word)):
            span = low.given(match.start(), last)
            yield _Token(start + span.start, start + span.end, " ".join(words_of(word)))


def _is_owner(word: str) -> bool:
    """Whether a word is a first name with the s of an owner, written without its apostrophe ("kevins")."""
    listed = given_names()
    is_name = word in listed or word in family_names() or not is_rare(word)
    return (
        word.endswith("s") and len(word) > FEWEST_LETTERS_OF_AN_OWNER and word[:-1] in listed and not is_name
    )


def _stays(token: _Token, i: int, count: int, text: str) -> bool:
    """Whether a word of the name is none: a title, or a particle before the family name."""
    names = lists()["name"]
    if _is_title_word(token.word):
        return count > 1
    is_given = i == 0 and token.word in given_names() and text[token.start].isupper()
    return token.word in names["particles"] and not token.is_initial and i < count - 1 and not is_given


def _joined(tokens: list[_Token]) -> Iterator[Part]:
    """Each name with the initials before it; the last one also with those after it."""
    names = [token for token in tokens if not token.is_initial]
    waiting: list[_Token] = []
    for token in tokens:
        if token.is_initial:
            waiting.append(token)
            continue
        after: list[_Token] = []
        if token is names[-1]:
            after = [one for one in tokens if one.is_initial and one.start > token.start]
        together = [*waiting, token, *after]
        yield Part(
            together[0].start,
            together[-1].end,
            token.word,
            (token.start, token.end),
            tuple(one.start for one in together if one.is_initial),
        )
        waiting = []
