"""The people or nation that the author belongs to, where they say so."""

from __future__ import annotations

from collections.abc import Iterator

from discretion.guard._assertion import author_is, hit, is_denied, is_of_author
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard._written import of_life
from discretion.knowledge.gazetteer import cues
from discretion.records import Kind

_PERSON = cues("ethnicity", "person")
# A people's name before one of these says what is eaten, spoken or worn, not who someone is.
_THINGS = cues("ethnicity", "things")
_COLOURS = cues("ethnicity", "colours")


@detector("ethnicity", {Kind.ETHNICITY}, Scope.LANGUAGE)
@of_life
def ethnicity(view: View) -> Iterator[Hit]:
    """Peoples and nationalities after "i am", "being", "as a", "half", "we", "my side is"."""
    words = view.words
    runs = words.runs("people")
    if not runs:
        return
    starts = {c.at for c in author_is(view)}
    for i, j in runs:
        following = words.key(j)
        before = words.keys[max(0, i - 2) : i]
        colour = words.keys[i] in _COLOURS and not (words.words[i].capital and not words.words[i].opens)
        said = i in starts or (
            i - 1 in starts and before[-1:] and before[-1] in ("half", "quarter", "originally", "second")
        )
        if (
            said
            and words.key(i - 1) not in ("the", "of")
            and (
                not colour
                or j - i > 1
                or following in _PERSON
                or words.opens(j)
                or following in ("and", "btw", "so")
            )
        ):
            if following not in _THINGS and following != "from":
                yield hit(
                    view,
                    Kind.ETHNICITY,
                    _joined(view, i, j),
                    0.85,
                    "a people the author counts themself to",
                    0.7,
                )
        elif (
            (colour and j - i == 1 and before[-1:] != ("half",))
            or is_denied(words, i)
            or following in _THINGS
        ):
            continue
        elif before[-1:] in (("half",), ("being",), ("we",), ("us",)) or (
            following == "by" and words.key(j + 1) in ("birth", "father", "mother", "blood")
        ):
            yield hit(view, Kind.ETHNICITY, (i, j), 0.7, "a people the author counts themself to", 0.7)
        elif following in ("on", "through") and words.key(j + 1) in (
            "my",
            "mums",
            "moms",
            "dads",
            "mum",
            "both",
        ):
            yield hit(view, Kind.ETHNICITY, (i, j), 0.7, "a people on one side of the author's family", 0.6)
        elif following in (
            "household",
            "family",
            "blood",
            "citizen",
            "side",
            "roots",
            "heritage",
            "passport",
            "upbringing",
        ):
            if is_of_author(view, i):
                yield hit(view, Kind.ETHNICITY, (i, j), 0.6, "a people of the author's family", 0.5)
        elif (
            words.words[i].opens
            and following in ("here", "po", "girl", "guy", "kid", "gal", "boy")
            and j - i < 3
        ):
            yield hit(view, Kind.ETHNICITY, (i, j), 0.55, "a people the author names as theirs", 0.3)
        elif (
            before[-1:] in (("a",), ("an",), ("the",), ("this",), ("only",))
            and following in _PERSON
            and any(k in ("i", "im", "me", "my") for k in words.keys[max(0, i - 8) : i])
        ):
            yield hit(view, Kind.ETHNICITY, (i, j), 0.45, "a people in a clause about the author", 0.25)


def _joined(view: View, i: int, j: int) -> tuple[int, int]:
    words = view.words
    further = words.run_at(j + 1, "people") if words.key(j) == "and" else None
    return i, further or j
