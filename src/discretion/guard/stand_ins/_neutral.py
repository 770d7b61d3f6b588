"""Neutral phrases: what stands for a value that must never leave and never returns ("my card")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from discretion.guard.stand_ins._data import table
from discretion.records import Kind

_READ = 80
"""Characters before the value in which its noun and its owner are looked for."""
_QUOTES = " \t\"'`\u201c\u201d\u2018\u2019*("
_SENTENCE = re.compile(r"[.!?\n]\s+|\n")
_WORD = re.compile(r"[a-z]+")


def neutral_phrase(kind: Kind, text: str, start: int, end: int, used: Iterable[str] = ()) -> str:
    """A phrase for the value ``text[start:end]`` that keeps the sentence whole; the value is not in it.

    ``used`` are the phrases that other values of this text have: "my password", then "my other password".
    """
    before = text[max(0, start - _READ) : start].rstrip(_QUOTES)
    clause = _clause(before)
    after = text[end : end + _READ].lstrip(_QUOTES[:-1]).lower()
    words = _words(kind)
    if _ends(clause, table("neutral_phrases")["determiners"]):
        named = re.match(rf"(?:{words['names']})\b", after)
        return str(table("neutral_phrases")["before_noun"] if named else _noun(kind, clause))
    if clause and (_is_label(clause) or re.search(rf"(?:^|\W)(?:{words['names']})\s*#?$", clause)):
        return str(table("neutral_phrases")["after_noun"])
    if re.match(rf"(?:is|was|=|:)\s+(?:{'|'.join(table('neutral_phrases')['owners'])})\b", after):
        phrase = table("neutral_phrases")["subject"]
    else:
        owner, noun = _owner(clause), _noun(kind, clause)
        phrase = f"{owner} {noun}"
        if phrase in (one.lower() for one in used):
            phrase = f"{owner} other {noun}"
    is_first = not before or before[-1] in ".!?\n"
    is_written_so = next((char for char in text if char.isalpha()), "").isupper()
    return phrase[0].upper() + phrase[1:] if is_first and is_written_so else str(phrase)


def missing_phrase(kind: Kind, text: str, start: int) -> str:
    """What stands at ``start`` for a value of ``kind`` for which there is no stand-in ("my town").

    "my address is private", since "my address is my address" would be none.
    """
    clause = _clause(text[max(0, start - _READ) : start].rstrip(_QUOTES))
    phrase = str(table("neutral_phrases")["missing"].get(kind.value, "something of mine"))
    noun = phrase.removeprefix("my ")
    if clause and _ends(clause, table("neutral_phrases")["determiners"]):
        return noun
    if clause and _is_label(clause) and re.search(rf"\b{noun.rpartition(' ')[2]}\b", clause):
        return str(table("neutral_phrases")["before_noun"])
    return phrase


def _clause(before: str) -> str:
    return _SENTENCE.split(before)[-1].lower().replace("\u2019", "'")


@cache
def _words(kind: Kind) -> dict[str, Any]:
    """The nouns of ``kind`` as one pattern, the longest first, and what each is called."""
    nouns: dict[str, list[str]] = table("neutral_phrases")[kind.value]["nouns"]
    called = {name: noun for noun, names in nouns.items() for name in (noun, *names)}
    names = "|".join(re.escape(name) for name in sorted(called, key=len, reverse=True))
    return {"names": names, "called": called}


def _noun(kind: Kind, clause: str) -> str:
    """What the value is called before it, else its kind's noun."""
    words = _words(kind)
    found = re.findall(rf"(?<![a-z])(?:{words['names']})(?![a-z])", clause)
    return str(words["called"][found[-1]] if found else table("neutral_phrases")[kind.value]["noun"])


def _is_label(clause: str) -> bool:
    """Whether the words before say "is", or end in a sign that says so."""
    return clause[-1] in ":=>" or _ends(clause, table("neutral_phrases")["copulas"])


def _ends(clause: str, words: list[str]) -> bool:
    bounds = (r"(?<![a-z])" if word[0].isalpha() else "" for word in words)
    return any(
        re.search(rf"{bound}{re.escape(word)}$", clause) for bound, word in zip(bounds, words, strict=True)
    )


def _owner(clause: str) -> str:
    """Whose it is, by the last person that the clause names; mine where it names nobody."""
    persons: dict[str, list[str]] = table("neutral_phrases")["persons"]
    for word in reversed(_WORD.findall(clause)):
        for owner, names in persons.items():
            if word in names:
                return owner
    return "my"
