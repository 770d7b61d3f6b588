"""The author's faith, worship and politics, where they tell them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discretion.guard._assertion import author_is, hit, is_denied, is_of_author, people, speaker_of
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard._written import of_life
from discretion.knowledge.gazetteer import cues
from discretion.records import Kind

_AFTER_FAITH = cues("religion", "after_faith")
_RAISED = cues("religion", "raised")
_VOTE = re.compile(
    r"(?<!\w)(?:i|we|i've|ive|i'll|ill|started|been) (?:always |still |never |already )?"
    "(?:vote|voted|voting|canvass(?:ed|ing)? for|campaign(?:ed|ing)? for)(?: for)? (?:the )"
    r"?([^\W\d_][\w'-]*)"
)
_CHURCH = re.compile(
    r"(?<!\w)(?:my|our) (?:own )?(church|parish|mosque|temple|synagogue|congregation|chapel|gurdwara|"
    r"mandir|shul|bible study)\b"
    r"|(?<!\w)(?:i|we) (?:\w+ ){0,3}?(?:at|to|for|in) (?:the )?(church|mass|mosque|temple|synagogue|"
    "bible study|chapel|gurdwara|"
    r"mandir|shul|parish|friday prayers|prayer group|jummah|choir practice at church)\b"
)


@detector("religion", {Kind.RELIGION}, Scope.LANGUAGE)
@of_life
def religion(view: View) -> Iterator[Hit]:
    """Faiths after "i am" and "raised", worship that the author takes part in, votes."""
    words = view.words
    keys = words.keys
    faiths, worship, parties = words.runs("faith"), words.runs("worship"), words.runs("politics")
    if faiths or parties:
        starts = {c.at for c in author_is(view)}
        for i, j in words.runs("faith", "politics"):
            before = words.key(i - 1)
            is_party = (i, j) in parties
            said = (
                i in starts
                or (i - 1 in starts and before in _RAISED)
                or (i - 2 in starts and before in _RAISED)
            )
            if said and words.key(j) not in ("with", "about", "as", "school", "and-a"):
                yield hit(view, Kind.RELIGION, (i, j), 0.8, "a faith or party the author says is theirs", 0.7)
            elif is_denied(words, i) or is_party:
                continue
            elif before in ("raised", "lapsed", "being", "we", "were", "ex", "born") or keys[i].startswith(
                "ex-"
            ):
                if speaker_of(words, i, people(view)) != "other":
                    yield hit(
                        view, Kind.RELIGION, (i, j), 0.65, "a faith the author was raised in or left", 0.5
                    )
            elif words.key(j) in _AFTER_FAITH and words.key(j) != "":
                if is_of_author(view, i):
                    yield hit(
                        view, Kind.RELIGION, (i, j), 0.6, "a faith of the author's church or family", 0.5
                    )
            elif words.words[i].opens and (
                words.opens(j) or words.words[j].gap == "," or words.key(j) == "also"
            ):
                yield hit(view, Kind.RELIGION, (i, j), 0.5, "a faith alone at the start of a sentence", 0.5)
            elif words.key(j) == "on" and words.key(j + 1) == "paper":
                yield hit(view, Kind.RELIGION, (i, j), 0.6, "a faith on paper", 0.35)
    for i, j in worship:
        if is_of_author(view, i) and not is_denied(words, i):
            if (
                keys[i] == "church"
                and keys[max(0, i - 2) : i] != ()
                and words.key(i - 1) not in ("to", "at", "after", "from", "before", "then", "in")
            ):
                continue
            told = any(k in ("i", "im", "my", "we", "our", "ive", "me") for k in keys[max(0, i - 8) : j + 6])
            opens = words.opens(i)
            if told or opens:
                yield hit(
                    view,
                    Kind.RELIGION,
                    (i, j),
                    0.6 if told else 0.45,
                    "worship the author takes part in",
                    0.65,
                )
    text = words.text
    if "vot" in text or "campaign" in text or "canvass" in text:
        for match in _VOTE.finditer(text):
            i, j = words.at(match.start(1)), words.at(match.end(1))
            if i < j and keys[i] not in (
                "for",
                "in",
                "on",
                "by",
                "at",
                "yes",
                "no",
                "twice",
                "again",
                "with",
                "to",
                "him",
            ):
                yield hit(view, Kind.RELIGION, (i, j), 0.65, "whom the author votes for", 0.7)
    if any(k in _PLACES_OF_WORSHIP for k in keys):
        for match in _CHURCH.finditer(text):
            span = match.span(1) if match.group(1) else match.span(2)
            i, j = words.at(span[0]), words.at(span[1])
            if i < j:
                yield hit(view, Kind.RELIGION, (i, j), 0.6, "the author's own place of worship", 0.5)


_PLACES_OF_WORSHIP = cues("religion", "places_of_worship")
