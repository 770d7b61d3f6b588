"""Whom the author is drawn to, where they name it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discretion.guard._assertion import author_is, hit, is_denied, is_of_author
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard._written import of_life
from discretion.knowledge.gazetteer import cues
from discretion.records import Kind

# Words that name nothing but an orientation; the others ("straight", "pan") need "i am".
_UNMISTAKABLE = cues("orientation", "unmistakable")
_LIKES = re.compile(
    r"(?<!\w)i (?:do |only |also |really |still )?(?:like|date|fancy|love|prefer|sleep with|am into) "
    "((?:both )?(?:men|women|guys|girls|blokes|boys|dudes|chicks|ladies)(?: and (?:men|women|guys|"
    "girls|boys))?)"
    r"(?= ?(?:[.,;!?)]|$|and |but |too|as well|who|btw|instead|only|lol))"
    r"|(?<!\w)(?:im|i'm|i am) into ((?:men|women|guys|girls|blokes|both)\b)"
)


@detector("orientation", {Kind.ORIENTATION}, Scope.LANGUAGE)
@of_life
def orientation(view: View) -> Iterator[Hit]:
    """Orientations after "i am", "being", "as a", unmistakable ones alone, and "i like men"."""
    words = view.words
    starts = {c.at for c in author_is(view)}
    for i, j in words.runs("orientation"):
        key = words.keys[i]
        negated = words.key(i) == "not"
        alone = words.opens(i) and words.opens(j)
        said = i in starts or (i - 1 in starts and words.keys[i - 1] not in ("with", "in"))
        if key == "straight" and words.key(j) in (
            "up",
            "to",
            "from",
            "into",
            "away",
            "out",
            "back",
            "ahead",
            "off",
        ):
            continue
        if said and (
            words.opens(j) or words.key(j) not in ("to", "from", "out", "fried", "through", "about")
        ):
            yield hit(
                view, Kind.ORIENTATION, (i, j), 0.85, "an orientation that the author says of themself", 0.75
            )
        elif negated or (
            not is_denied(words, i, 6) and key in _UNMISTAKABLE and is_of_author(view, i) and not alone
        ):
            told = any(k in ("i", "im", "my", "me", "being", "ur") for k in words.keys[max(0, i - 8) : j + 8])
            if told and words.key(j) not in (
                "couple",
                "guy",
                "bar",
                "man",
                "men",
                "people",
                "friend",
                "friends",
                "club",
            ):
                yield hit(view, Kind.ORIENTATION, (i, j), 0.6, "an orientation told of the author", 0.6)
    if " like" in words.text or " into " in words.text or " date " in words.text:
        for match in _LIKES.finditer(words.text):
            span = match.span(1) if match.group(1) else match.span(2)
            run = (words.at(span[0]), words.at(span[1]))
            if run[0] < run[1]:
                yield hit(view, Kind.ORIENTATION, run, 0.7, "whom the author says they like", 0.5)
