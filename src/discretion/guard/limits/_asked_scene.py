"""An intimate scene of the author with somebody by their full name, asked for outright.

Which names are public no conversation tells, and there is no list of them here: where neither a card nor the
story introduced the name, the user is asked whether they are invented.
"""

from __future__ import annotations

from collections.abc import Iterator

from discretion.guard._view import View
from discretion.guard.limits._cues import PersonCue, key
from discretion.guard.limits._words import entries, grammar
from discretion.guard.limits.real_person import full_name, is_invented, is_titled, name_at

_LONGEST = 4_000
_REAL = 0.55


def asked_scenes(view: View, parts: frozenset[str]) -> Iterator[PersonCue]:
    """People with a full name in a request for an intimate scene with the author; ``parts`` are its words."""
    text = view.folded.text
    if parts.isdisjoint(entries("gates.words.asked")) or len(text) > _LONGEST:
        return
    given = view.text if len(view.text) == len(text) else text
    for asked in grammar("real_person.asked_scene").finditer(text):
        sentence = asked.group()
        with_author = grammar("real_person.author").search(sentence)
        for beside in grammar("real_person.beside_name").finditer(text, asked.start(), asked.end()):
            at = beside.end()
            name = name_at(given, at, False)
            if not full_name(name) or is_titled(name) or name.lower().startswith(("me ", "my ")):
                continue
            if not (with_author or beside.group().startswith("with")):
                continue
            if grammar("real_person.appositive").match(text, at + len(name)):
                continue
            span = view.given(at, min(at + len(name), len(text)))
            keys = tuple(key(word.lower()) for word in name.split())
            invented = 0.6 if is_invented(sentence) else 0.0
            yield PersonCue(span.start, span.end, _REAL, invented, keys, is_asked_for=True)
            return
