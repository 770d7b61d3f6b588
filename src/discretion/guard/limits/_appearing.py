"""Somebody with a full name who acts in the scene and whom nobody introduced ("X Y comes in and sits down").

No list of famous names: a given name with a family name, told neither as a part nor with a role, is how
people bring a public figure into a story; a character is introduced, on the card or in the lines before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discretion.guard._view import View
from discretion.guard.limits._cues import PersonCue, key
from discretion.guard.limits._words import any_of, entries, grammar, words
from discretion.knowledge import gazetteer

REAL = 0.55
"""Weight of such a person: asked about, never held by this alone."""


def appearing(view: View, parts: frozenset[str]) -> Iterator[PersonCue]:
    """People with a full name who act in a text; ``parts`` are its words, without apostrophes."""
    text = view.folded.text
    given = view.text if len(view.text) == len(text) else text
    if parts.isdisjoint(gazetteer.familiar_names()) or given.isupper() or len(text) > 4000:
        return
    for acts in grammar("real_person.appears").finditer(text):
        first, last = gazetteer.plain(acts.group("first")), gazetteer.plain(acts.group("last"))
        if not _is_name(first, last):
            continue
        start = max(0, acts.start() - 90)
        if _introduced().search(text[start : acts.start()]) or _invented().search(
            text, start, acts.end() + 130
        ):
            continue
        span = view.given(acts.start(), acts.end("last"))
        keys = (key(acts.group("first")), key(acts.group("last")))
        yield PersonCue(span.start, span.end, REAL, 0.0, keys, is_of_story=True)


def _is_name(first: str, last: str) -> bool:
    """Whether two words are a given name that is widely known and a word that may be a family name."""
    return (
        first in gazetteer.familiar_names()
        and first not in gazetteer.common_words()
        and first not in entries("real_person.names.not_first")
        and last not in entries("real_person.names.not_last")
        and last not in entries("real_person.names.not_family")
        and not last.endswith("ly")
        and (last in gazetteer.family_names() or last not in gazetteer.common_words())
    )


@cache
def _introduced() -> re.Pattern[str]:
    titles = "|".join(sorted({*words("real_person.invented.titles"), *words("terms.scene.role_nouns")}))
    parts = "my|our|an?|the|called|named|as|i['’]?m|i am|character|oc|play(?:s|ing)?"
    return re.compile(rf"\b(?:{titles}|{parts})\W+$")


@cache
def _invented() -> re.Pattern[str]:
    return re.compile(any_of("real_person.invented.words"))
