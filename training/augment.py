"""Conversations as someone else might have typed them: same facts, other letters, labels kept in place.

Noise goes over the user's words only; swaps of names and towns go over the whole conversation.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from discretion.knowledge.gazetteer import tagged_words
from training.corpus import Chat, Turn
from training.edits import FIXED, Edit, edited, free
from training.swaps import LISTS, origins, swapped

Style = Callable[[Turn, random.Random], Turn]

_WORD = re.compile(r"(?<![\w@#/.:'’*-])[^\W\d_]{4,}(?![\w@/:'’*-]|\.\w)")
_ANY_WORD = re.compile(r"[^\W\d_]+")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’](?=[^\W\d_])")
_STOP = re.compile(r"(?<=\w)[.,!?;:…]+(?=\s|$)")
_CLAUSE_END = re.compile(r"(?<=[.,!?…])(?=\s)|$")
_YEARS = re.compile(r"\b\d{1,2}(?=[ -]?(?:years?|yrs?)[ -]old\b)")
_NUMBER_WORD = re.compile(
    r"(?:teen|ty|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred)$", re.I
)
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LEET = str.maketrans("aeios", "43105")


def augmented(chat: Chat, rng: random.Random) -> Chat:
    """One other way in which ``chat`` might have been typed, by ``rng``; frames, flags and kinds stay."""
    chat = swapped(chat, rng, names=rng.random() < 0.6, places=rng.random() < 0.5)
    habits = [style for style, share in _HABITS if rng.random() < share]
    if rng.random() < 0.55:
        habits.insert(0, rng.choices((lower, no_capitals, title, shout, caps_lock), (6, 4, 1, 1, 0.5))[0])
    hidden = {word for word in _nameable(chat) if rng.random() < 0.5} if rng.random() < 0.08 else set()
    turns = []
    for turn in chat.turns:
        if turn.frame is not None:
            if hidden:
                turn = obfuscated(turn, rng, hidden)
            for habit in habits:
                turn = habit(turn, rng)
        turns.append(turn)
    return replace(chat, turns=tuple(turns))


def lower(turn: Turn, rng: random.Random) -> Turn:
    """All letters small."""
    return _by_letter(turn, lambda _, c: c.lower())


def no_capitals(turn: Turn, rng: random.Random) -> Turn:
    """No capital opens a word; what is written in capitals alone (ER, NHS) stays."""
    return edited(
        turn,
        (
            Edit(m.start(), m.end(), m[0].lower())
            for m in _ANY_WORD.finditer(turn.text)
            if free(turn, *m.span())
            and not (m[0].isupper() and len(m[0]) > 1)
            and len(m[0].lower()) == len(m[0])
        ),
    )


def title(turn: Turn, rng: random.Random) -> Turn:
    """A capital opens each word, as a phone's keyboard does that was told to."""
    return _by_letter(turn, lambda before, c: c if before.isalnum() or before in ("'", "’") else c.upper())


def shout(turn: Turn, rng: random.Random) -> Turn:
    """Some messages wholly in capitals."""
    return _by_letter(turn, lambda _, c: c.upper()) if rng.random() < 0.4 else turn


def caps_lock(turn: Turn, rng: random.Random) -> Turn:
    """Some messages with the caps-lock key left on."""
    return _by_letter(turn, lambda _, c: c.swapcase()) if rng.random() < 0.3 else turn


def no_apostrophes(turn: Turn, rng: random.Random) -> Turn:
    """ "dont", "im", "marias"."""
    return edited(
        turn, (Edit(*m.span(), "") for m in _APOSTROPHE.finditer(turn.text) if free(turn, *m.span()))
    )


def typos(turn: Turn, rng: random.Random) -> Turn:
    """Letters swapped, dropped or doubled inside some longer words; never a digit or a number."""
    made = []
    for match in _WORD.finditer(turn.text):
        word = match[0]
        if rng.random() < 0.06 and free(turn, *match.span()) and not _NUMBER_WORD.search(word):
            at = rng.randrange(1, len(word) - 2)
            pair = word[at : at + 2]
            start = match.start() + at
            made.append(Edit(start, start + 2, rng.choice((pair[::-1], pair[0], pair[0] * 2 + pair[1]))))
    return edited(turn, made)


def laughs(turn: Turn, rng: random.Random) -> Turn:
    """An emoji or a laugh behind a clause, outside actions and quotes."""
    if rng.random() > 0.25 or not turn.text.strip():
        return turn
    ends = [
        m.start()
        for m in _CLAUSE_END.finditer(turn.text)
        if not any(x.start < m.start() < x.end for x in turn.labels)
        and turn.text.count("*", 0, m.start()) % 2 == 0
        and turn.text.count('"', 0, m.start()) % 2 == 0
    ]
    at = rng.choice(ends or [len(turn.text)])
    kind = "emoji" if rng.random() < 0.7 or turn.frame == "fiction" else "laugh"
    return edited(turn, [Edit(at, at, f" {rng.choice(noise()[kind])}")])


def dictated(turn: Turn, rng: random.Random) -> Turn:
    """Spoken to the phone: no stops, ages as words."""
    edits = [Edit(*m.span(), "") for m in _STOP.finditer(turn.text) if free(turn, *m.span())]
    for match in _YEARS.finditer(turn.text):
        edits.append(Edit(*match.span(), spelled(int(match[0]))))
    for label in turn.labels:
        words = turn.text[label.start : label.end]
        if label.kind == "age" and words.isascii() and words.isdigit() and len(words) < 3:
            edits.append(Edit(label.start, label.end, spelled(int(words))))
    return edited(turn, edits)


def obfuscated(turn: Turn, rng: random.Random, words: set[str]) -> Turn:
    """Those words (small letters) spaced out, or with digits and stars for letters."""
    made = []
    for match in _ANY_WORD.finditer(turn.text):
        word = match[0]
        if word.lower() in words and free(turn, *match.span()):
            at = rng.randrange(1, len(word) - 1)
            leet = word[0] + word[1:].translate(_LEET)
            made.append(
                Edit(*match.span(), rng.choice((" ".join(word), leet, f"{word[:at]}*{word[at + 1 :]}", leet)))
            )
    return edited(turn, made)


def spelled(number: int) -> str:
    """A number from 0 to 99 in words, as dictation writes it: "thirty four"."""
    if number < len(_ONES):
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]} {_ONES[ones]}" if ones else _TENS[tens]


@cache
def noise() -> dict[str, tuple[str, ...]]:
    """Emoji and laughs."""
    lines = (LISTS / "noise.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.partition(":") for line in lines if not line.startswith("#"))
    return {kind: tuple(words.split()) for kind, _, words in rows}


_HABITS: Sequence[tuple[Style, float]] = (
    (no_apostrophes, 0.3),
    (dictated, 0.1),
    (typos, 0.35),
    (laughs, 0.35),
)
"""Habits of a writer, with the share of writers that have each; a habit holds through a conversation."""


def _by_letter(turn: Turn, change: Callable[[str, str], str]) -> Turn:
    """Each letter changed by itself, where that leaves one letter: offsets stay as they are."""
    fixed = {at for x in turn.labels if x.kind in FIXED for at in range(x.start, x.end)}
    made = []
    for at, letter in enumerate(turn.text):
        new = change(turn.text[at - 1] if at else " ", letter)
        made.append(new if len(new) == 1 and at not in fixed else letter)
    return replace(turn, text="".join(made))


def _nameable(chat: Chat) -> Iterator[str]:
    """Words of the conversation that are names or towns, in a life and in the story alike, in order."""
    found = dict.fromkeys(
        match[0].lower()
        for turn in chat.turns
        for label in turn.labels
        if label.kind in ("name", "location")
        for match in _ANY_WORD.finditer(turn.text[label.start : label.end])
        if len(match[0]) > 3 and match[0].lower() not in tagged_words("region")
    )
    cast = (m[0].lower() for m in _ANY_WORD.finditer(chat.persona) if m[0].lower() in origins())
    told = (
        m[0].lower() for t in chat.turns if t.frame == "fiction" for m in _ANY_WORD.finditer(t.text)
        if m[0][0].isupper() and m[0].lower() in origins()
    )  # fmt: skip
    yield from dict.fromkeys((*found, *(w for w in (*cast, *told) if len(w) > 3)))
