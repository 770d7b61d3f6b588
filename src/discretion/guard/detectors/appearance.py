"""What singles the author out to the eye: height, weight, tattoos, scars, hair."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discretion.guard._assertion import hit, people, speaker_of
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard._words import Words
from discretion.guard._written import of_life
from discretion.knowledge.gazetteer import cues
from discretion.records import Kind

_NUM = r"(?:\d|three|four|five|six|seven)"
_INCH = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|and a half)"
_PATTERNS: tuple[tuple[re.Pattern[str], float], ...] = (
    (
        re.compile(
            r"(?<![\w$])([4-7] ?(?:'|’|ft\.? ?|foot |feet )(?:\d{1,2}(?:\"|''|”| inches| in\b)?)?"
            r"(?:,? (?:and |at )?\d{2,3} ?(?:lbs?|pounds|kilos?|kgs?)\b)?)(?=$|\W)"
        ),
        0.7,
    ),
    (
        re.compile(
            r"(?:(?<!\w)(?:im|i'm|i am|at|me,?|only|barely|stand|being) |^|[.!?,] )(?:like |about |only "
            "|barely |a )"
            f"*({_NUM} (?:foot|feet|ft)(?: {_INCH})?|{_NUM} {_INCH})(?= ?(?:[.,;!?)]|$|tall|and |with |"
            "on |in "
            "|barefoot|as |so |btw|doing|hiding|man|woman|guy|girl))"
        ),
        0.65,
    ),
    (
        re.compile(
            r"(?<!\w)((?:1|2)[.,]\d\d ?m?|1\d\d ?cm|two met(?:er|re)s? (?:and )?\w+|one (?:fifty|sixty|"
            r"seventy|eighty|ninety)[ -]?\w*)(?=[^\w]|$)(?! ?(?:euro|eur|pesos|dollars|am|pm|usd|kg))"
        ),
        0.45,
    ),
    (
        re.compile(
            r"(?<!\w)(?:i weigh|i was|i'm|im|down to|up to|weigh(?:ed|ing)?) (?:now |about |only |like )"
            r"*((?:\d{2,3}|[a-z]+teen|twenty|thirty) ?(?:lbs?|pounds|kilos?|kgs?|stone)(?: \w+)?)(?!\w)"
        ),
        0.6,
    ),
    (
        re.compile(
            r"(?<!\w)((?:[\w'-]+ ){0,3}?(?:tattoos?|tattooed|birthmark|port wine stain|scars?|piercings?|"
            "freckles|dreads|dreadlocks|mohawk|braids|mullet|septum ring|nose ring|lip ring|gauges|"
            "glass eye|"
            r"gold tooth|missing (?:finger|tooth|teeth|thumb)|vitiligo|dimples|tribal mark)(?!\w)(?: "
            "(?:on|of|"
            "down|"
            r"across|under|over|behind|around|through|up|from|sa|shaped like|to)(?: [\w'-]+){1,5})?)"
        ),
        0.6,
    ),
    (
        re.compile(
            r"(?:(?<!\w)my |\d['’]\d{0,2},? (?:with |and )?|(?<!\w)(?:i have|ive got|i've got|i got) )"
            r"((?:bright |long |short |dyed |natural |bleached |shaved )*(?:red|ginger|pink|"
            "green|"
            "blue|purple|grey|gray|white|silver|orange|platinum|curly|buzzed|bald|auburn|blonde?) (?:hair|"
            "beard|head|eyebrows|afro|bob|streak|moustache|mustache))"
        ),
        0.6,
    ),
    (
        re.compile(
            r"(?<!\w)(?:im|i'm|i am|am|have) (?:a |completely |totally |fully |mostly |so |natural |also )"
            r"*((?:bald|ginger|redhead|albino|left[- ]handed|cross[- ]eyed|missing (?:a|two|one|my)(?: \w+)"
            r"{1,2}|no (?:hair|eyebrows|front teeth)|redheaded|heterochromia))(?!\w)"
        ),
        0.55,
    ),
    (
        re.compile(
            r"(?<!\w)(gap (?:in|between) my (?:front )?teeth|one (?:blue|green|brown) eye|(?:two )"
            "?different "
            "colou?red eyes|broken nose|crooked nose|burns? (?:on|down|across|over) (?:my|one|both)(?: "
            r"\w+)"
            "{1,4}|half an? ear|white streak|one leg shorter)"
        ),
        0.6,
    ),
)
_GATE = re.compile(
    r"\d ?(?:'|’|ft|foot|feet|,\d|\.\d|cm|lb|kg|kilo|stone|pound)|foot|feet|(?:four|five|six) \w|"
    "met(?:er|re)|tattoo|scar|mark|pierc|freckl|dread|mohawk|braid|mullet|ring|eye|teeth|tooth|hair|"
    "beard|bald|ginger|redhead|albino|weigh|nose|burn|streak|handed|missing|vitiligo|dimple|afro|one "
    "(?:fifty|sixty|seventy|eighty|ninety)"
)
# A height that opens a message is told of its author: "5'9, red hair".
_BARE = re.compile(r"\W*[4-7] ?['’]\d")
_LEADS = cues("appearance", "leads")
_WISHES = cues("appearance", "wishes")
_SELF = cues("appearance", "self")


def _is_no_look(words: Words, i: int, j: int) -> bool:
    """Whether a mark is wished for or somebody else's, or a height is an amount."""
    before = words.text[max(0, words.words[i].start - 2) : words.words[i].start]
    if any(sign in before for sign in "$£€'’"):
        return True
    if not _WISHES.isdisjoint(words.keys[max(0, i - 3) : j]):
        return True
    return any(words.run_at(k, "elder", "partner", "child") for k in range(i, j))


@detector("appearance", {Kind.APPEARANCE}, Scope.LANGUAGE)
@of_life
def appearance(view: View) -> Iterator[Hit]:
    """Heights, weights, marks on the skin and hair that the author says are theirs."""
    words = view.words
    text = words.text
    if not _GATE.search(text) or not (_SELF.intersection(words.keys) or "foot" in text or _BARE.match(text)):
        return
    others = people(view)
    taken: list[tuple[int, int]] = []
    for pattern, confidence in _PATTERNS:
        for match in pattern.finditer(text):
            i, j = words.at(match.start(1)), words.at(match.end(1))
            while i + 1 < j and words.keys[i] in _LEADS:
                i += 1
            if i >= j or _is_no_look(words, i, j) or any(i < b and a < j for a, b in taken):
                continue
            near = words.keys[max(0, i - 6) : j + 2]
            if speaker_of(words, i, others) == "other" or not (_SELF.intersection(near) or words.opens(i)):
                continue
            taken.append((i, j))
            yield hit(view, Kind.APPEARANCE, (i, j), confidence, "how the author says they look", 0.6)
