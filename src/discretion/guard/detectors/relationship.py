"""Whether and how long the author is or was bound: single, married 16 years, widowed, divorced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discretion.guard._assertion import author_is, hit, is_denied, opening, people, speaker_of
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard._words import Words
from discretion.guard._written import of_life
from discretion.knowledge.gazetteer import cues
from discretion.records import Kind

_YEARS = (
    r"(?:\d{1,2}|(?:twenty|thirty|forty|fifty|sixty)(?:[ -]\w+)?|[a-z]+teen|one|two|three|four|five|"
    "six|seven|eight|nine|ten|eleven|twelve)"
)
_SPANS = re.compile(
    r"\b(?:happily |been |were |we're |got )?(?:married|together|wed|engaged|dating|separated|"
    "divorced|single|widowed|courting|on my own|alone|with (?:him|her)) "
    rf"(?:for |now |about |nearly |almost |over |going on |in june |\w+ )?{_YEARS} (?:\w+ )?(?:years?|"
    r"yrs?|months?|weeks?|winters)\b"
    rf"|\b{_YEARS} (?:years?|yrs?|months?) (?:married|wed|together|of marriage|divorced|separated|"
    r"widowed|single|remarried|engaged|on my own|into (?:my|our) marriage)\b"
    r"|\b(?:single|divorced|separated|widowed|on my own|alone|together|dating|engaged|married|with "
    r"(?:him|her)) since (?:the )?\w+(?: \w+)?"
    r"|\b(?:haven'?t|havent|not) (?:been on a date|dated|had a (?:boyfriend|girlfriend|bf|gf|date))"
    r"\b[^,.;!?\n]{0,20}"
    r"|\b(?:my |our )?(?:wife|husband|missus|fella|he|she|girlfriend|boyfriend) (?:left|walked out on|"
    r"divorced|is divorcing|dumped) me\b"
    r"|\bwe (?:split|separated|divorced|got married|got engaged|eloped|moved in together)\b(?: (?:in|"
    r"last|this|at|on|since)\b[^,.;!?\n]{1,20})?"
    r"|\b(?:my|our) (?:divorce|separation|marriage|engagement|wedding anniversary|anniversary|breakup)"
    r"\b|\bsince the divorce\b|\bthe divorce\b"
    rf"|\bdating (?:\w+ ){{1,3}}(?:for )?{_YEARS} (?:years?|months?|weeks?)\b"
    r"|\bi (?:was|got) (?:dumped|left at the altar)\b|\bbroke (?:up|off) (?:with|my engagement)\b|"
    r"\b(?:lost|buried) my (?:husband|wife)\b"
    rf"|(?:^|[.!?] ){_YEARS} years?\b"
    r"(?= (?:in (?:june|july|may|august|september|october|march|april)|of (?:it|this|him|her)"
    r"|and (?:he|she|we|i)|next|this|now|he|she)\b|, (?:and )?(?:he|she|we))",
)
_GATE = re.compile(
    r"(?:^|[.!?] )[\w -]{1,14} years?\b|"
    "marri|wed|divorc|separat|singl|widow|engag|togeth|dat(?:e|ing)|on my own|since|split|left me|"
    "dumped|broke|altar|courting|eloped|buried my|lost my"
)
_FIRM = cues("relationship", "firm")
_AFTER_NO_STATUS = cues("relationship", "after_no_status")


@detector("relationship", {Kind.RELATIONSHIP}, Scope.LANGUAGE)
@of_life
def relationship(view: View) -> Iterator[Hit]:
    """Statuses of the author and how long they have lasted."""
    words = view.words
    text = words.text
    if not words.tagged.get("status") and not _GATE.search(text):
        return
    others = people(view)
    taken: list[tuple[int, int]] = []
    for match in _SPANS.finditer(text):
        i, j = words.at(match.start()), words.at(match.end())
        if i < j and (words.keys[i] == "we" or speaker_of(words, i, others) != "other"):
            taken.append((i, j))
            while i + 1 < j and words.keys[i] in ("been", "were", "got", "we", "i", "was", "happily"):
                i += 1
            yield hit(view, Kind.RELATIONSHIP, (i, j), 0.75, "a bond of the author and how long", 0.45)
    starts = {c.at for c in author_is(view)}
    opens = set(opening(words))
    for i, j in words.runs("status"):
        if any(i < b and a < j for a, b in taken):
            continue
        confidence = _confidence(words, i, j, starts, opens, others)
        if confidence:
            yield hit(
                view, Kind.RELATIONSHIP, (i, j), confidence, "a status that the author says is theirs", 0.1
            )


def _confidence(
    words: Words, i: int, j: int, starts: set[int], opens: set[int], others: frozenset[int]
) -> float:
    keys = words.keys
    key, after = keys[i], words.key(j)
    if (
        key in ("single", "taken", "poly", "engaged")
        and j - i == 1
        and after
        in (
            "bed",
            "room",
            "mum",
            "mom",
            "dad",
            "parent",
            "handed",
            "file",
            "one",
            "day",
            "time",
            "word",
            "in",
            "aback",
            "malt",
            "thing",
            "person",
            "by",
            "bite",
            "note",
        )
    ):
        return 0.0
    if i in starts or (i - 1 in starts and keys[i - 1] in ("the", "a", "on", "still", "in")):
        return 0.85
    who = speaker_of(words, i, others - {i, j - 1})
    if key in ("no", "never") and who != "other":
        return 0.7 if who == "self" or i in opens else 0.45
    if key in ("ex", "ex-husband", "ex-wife", "second", "third", "first"):
        return 0.6 if keys[max(0, i - 1)] in ("my", "the") and i and j - i >= 1 else 0.0
    if who == "other" or is_denied(words, i, 3):
        return 0.0
    if key == "on":
        return 0.5 if keys[i - 1 : i] in (("been",), ("now",), ("all",)) or after in ("since", "now") else 0.0
    if i in opens and (
        words.opens(j)
        or words.words[j].gap
        or after in ("at", "since", "and", "with", "for", "now", "in", "but")
    ):
        return 0.65 if key in _FIRM or j - i > 1 or key == "single" else 0.0
    if words.text[words.words[j - 1].end : words.words[j - 1].end + 1] == "?" or after in _AFTER_NO_STATUS:
        return 0.0
    if key in _FIRM or j - i > 1:
        return 0.6 if who == "self" and _is_bound(words, i) else (0.5 if j - i > 1 else 0.0)
    return 0.0


def _is_bound(words: Words, i: int) -> bool:
    """Whether a status stands where a state of the author's may: not "a widow", "to get married men"."""
    near = words.keys[max(0, i - 4) : i]
    return near[-1:] not in (("the",), ("this",), ("that",), ("his",), ("her",), ("your",), ("every",))
