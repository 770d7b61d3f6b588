"""Where the author is or will be, and when: hours of work, regular places, being alone at home."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discretion.guard._assertion import hit, may_be_told, people, speaker_of
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._times import CLOCK, HOUR, WEEKDAY
from discretion.guard._view import View
from discretion.guard._words import Words
from discretion.guard._written import of_life
from discretion.knowledge.gazetteer import cues
from discretion.records import Kind

_HINTS = re.compile(
    r"\d|right now|\brn\b|\batm\b|as we speak|empty|unattended|unoccupied|away|out of|vacation|holiday|"
    r"alone|myself|my own|just me|only me|shift|nights|till|until|\btil\b|every |each |days\b|noon|"
    "midnight|tomorrow|tmrw"
    "|tonight|half |quarter|stuck|parked|outside| at (?:one|two|three|four|five|six|seven|eight|nine|"
    "ten|eleven|twelve)"
    r"| to (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|close)"
)
_TAIL = (
    "(?: (?:till|until|til|tonight|this|all|for|from|at|in|every|with|on|through|thru|again|here)"
    r"\b[^,.;!?\n]{0,40})?"
)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], float, str, float], ...]:
    days = rf"(?:{WEEKDAY})s?\b"
    made = (
        (
            r"\b(?:i'm|im|i am|we're|we are|i'll be|ill be|we'll be|we will be|i will be) "
            r"(?:away|out of town|out of the country|on holiday|on vacation) "
            r"(?:till|until|til|from|for|next|all|on|this)\b[^,.;!?\n]{0,30}",
            0.6,
            "away from home",
            0.6,
        ),
        # alone at home
        (
            rf"\bhome alone\b{_TAIL}|\b(?:house|flat|place|apartment|home) (?:is )?(?:all )?to (?:myself|"
            rf"ourselves)\b{_TAIL}",
            0.9,
            "alone at home",
            0.7,
        ),
        (
            r"\b(?:all )?(?:alone|by myself|on my own) (?:at home|here|in (?:the|this|my|our) \w+|till|"
            "until|"
            r"til|tonight|all (?:night|day|week|weekend)|every|this week(?:end)?|from)\b[^,.;!?\n]{0,30}",
            0.75,
            "alone",
            0.65,
        ),
        (
            r"\b(?:just|only) me (?:here|tonight|at home|in (?:the|this) \w+|and (?:the|a|my|bub|baby)"
            r"\b|plus|"
            r"with the|till|until|til)[^,.;!?\n]{0,40}",
            0.65,
            "alone",
            0.65,
        ),
        # hours
        (
            rf"\b(?:{HOUR})(?: ?(?:to|till|til|until|thru|through) ?)(?:{HOUR}|close|closing|dawn|"
            "sunrise)"
            f"(?:,? (?:on )?(?:{days}(?:,? ?(?:to|thru|through|and|-|,) ?{days})*|(?:six|five|four|6|5|4) "
            r"(?:nights|days)|every \w+|tomorrow|weekdays|daily))?",
            0.55,
            "hours",
            0.7,
        ),
        (
            rf"\b(?:{days}(?:,? (?:to|thru|through|and|or) {days})*|weekdays|weekends|nights|every \w+|"
            "each "
            r"\w+|tomorrow|tmrw|tonight),? (?:\w+ ){0,2}?(?:at|from|till|until|til|by|around|round|before|"
            f"after|noon|half)? ?(?:{HOUR})",
            0.6,
            "day and time",
            0.55,
        ),
        (
            r"\b(?:at|from|till|until|til|by|before|around|round|for|between) (?:about |like |around )"
            rf"?(?:{CLOCK})(?: (?:on )?(?:{days}|tomorrow|tmrw|tonight|every \w+|sharp|to (?:{HOUR})))*",
            0.55,
            "time",
            0.45,
        ),
        (
            r"\b(?:starts?|starting|finish|finishing|open|opening|close|closing|clock (?:in|out|off)|knock "
            "off|knocking off|get off|getting off|home|back|up|on|off|here|there|done|leave|leaving|work|"
            "working|shift|break|duty|class|training|practice|rehearsal|meeting|mass|church|choir|"
            "pickup|gym|"
            r"appointment|lecture|lab|call time|first \w+|raid|scrims) (?:\w+ ){0,3}?(?:at|from|till|until|"
            rf"til|by) (?:about |like )?(?:{HOUR})(?: (?:on )?(?:{days}|tomorrow|tmrw|tonight|every \w+))?",
            0.65,
            "time",
            0.45,
        ),
        (
            rf"\b(?:at|till|until|til|by) (?:{HOUR})(?= (?:tomorrow|tmrw|tonight|on|every|sharp|and "
            r"(?:im|i)\b)"
            "|[,.;!?]|$)",
            0.45,
            "time",
            0.3,
        ),
        (
            rf"\b(?:till|until|til) (?:{WEEKDAY}|the \d{{1,2}}(?:st|nd|rd|th)|noon|midnight|morning|"
            r"tomorrow)\b",
            0.5,
            "until a day",
            0.35,
        ),
        (
            rf"\b(?:{CLOCK})(?: first \w+)?,? (?:tomorrow|tmrw|tonight|every \w+|sharp|most (?:days|"
            r"nights|mornings))\b",
            0.55,
            "time",
            0.45,
        ),
        (
            rf"\b{WEEKDAY} (?:nights?|mornings?|evenings?|afternoons?|arvos?)\b(?: at (?:{HOUR}))?",
            0.5,
            "a regular day",
            0.3,
        ),
        # regular days
        (
            rf"\b(?:every|each) (?:other |single |second )?(?:{WEEKDAY}|morning|evening|night|day|"
            "afternoon|"
            r"weekend|week|lunchtime|lunch)s?\b[^,.;!?\n]{0,25}",
            0.45,
            "a regular day",
            0.3,
        ),
        (
            r"\b(?:on )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)s(?: (?:and|to|thru) "
            r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)s)?\b",
            0.5,
            "a regular day",
            0.35,
        ),
        (
            r"\b(?:night|day|early|late|graveyard|morning|evening|swing|back|split|second|third|lunch|"
            "dinner|"
            r"closing|opening) (?:shifts?|turn|duty)\b(?= (?:till|until|til|at|from|tomorrow|"
            r"tmrw|tonight|again|all|this|in|on|every))[^,.;!?\n]{0,30}",
            0.6,
            "a shift",
            0.4,
        ),
        (
            r"\b(?:on|doing|do|work(?:ing)?) (?:nights|earlies|lates|days)\b(?: (?:till|until|all|this|"
            "at|in)"
            r"\b[^,.;!?\n]{0,25})?",
            0.5,
            "a shift",
            0.4,
        ),
        # where the author is right now
        (
            r"\b(?:im|i'm|i am|me|still|stuck|sat|sitting|hiding|crying|waiting|parked|typing this|writing "
            r"this)(?: \w+)? (?:at|in|on|outside|behind|by) (?:the|a|my|this) (?:\w+ ){0,3}?(?:parking lot|"
            "car ?park|walmart|target|tesco|station|airport|terminal|break room|staffroom|walk-in|"
            "stockroom|"
            "laundromat|laundrette|library|hospital|clinic|waiting room|bus stop|depot|warehouse|food "
            "court|"
            r"gas station|petrol station|mall|gym|dmv|er|a&e|ward|lobby|car park|truck stop|lot)\b(?: "
            "(?:on|"
            r"at|in|by|off|near|of) [^,.;!?\n]{1,30})?",
            0.55,
            "where the author is now",
            0.4,
        ),
        (
            r"\bon the (?:\d{1,3}[a-z]?|\d{1,2}[.:]\d\d|bus|train|tram|metro|subway|night bus|last bus|"
            "last "
            r"train|early bus) (?:home|to|from|into|going)\b[^,.;!?\n]{0,25}",
            0.55,
            "where the author is now",
            0.4,
        ),
        (
            r"\b(?:room|rm|cabin|unit|suite|bed|gate|seat) \d{1,4}[a-z]? (?:at|of|in) "
            r"(?:the )?\w[^,.;!?\n]{1,30}",
            0.6,
            "where the author is now",
            0.6,
        ),
        (
            r"\b(?:im|i'm|i am|we're|we are) (?:\w+ )?(?:at|in|outside) "
            r"(?:the |a |an |our )?[^,.;!?\n]{3,50}? "
            r"(?:right now|rn|as we speak|atm)\b",
            0.6,
            "a named place now",
            0.6,
        ),
        (
            r"\b(?:house|flat|place|apartment|home) "
            r"(?:will be|'ll be|is|is gonna be|is going to be|sits|stands) "
            r"(?:empty|unattended|unoccupied)\b[^,.;!?\n]{0,40}",
            0.7,
            "alone at home",
            0.65,
        ),
        (r"\boff (?:till|until|til|on) (?:\w+day|\w+days|tomorrow)\b", 0.6, "days off", 0.4),
        (r"\bon call\b(?: (?:from|till|until|tonight|all|this)\b[^,.;!?\n]{0,20})?", 0.6, "on call", 0.4),
    )
    return tuple(
        (re.compile(pattern), confidence, why, evidence) for pattern, confidence, why, evidence in made
    )


_HERE = cues("routine", "here")
_WHERE = cues("routine", "where")
_TOLD_ALONE = frozenset(("alone at home", "alone", "where the author is now"))
_AUTHOR = cues("routine", "author")
_BEING_AT = frozenset(
    ("im", "i", "am", "we", "were", "are", "at", "in", "outside", "still", "just", "here", "sat")
)
_ZONES = cues("routine", "zones")


@detector("routine", {Kind.ROUTINE}, Scope.LANGUAGE)
@of_life
def routine(view: View) -> Iterator[Hit]:
    """Hours, regular days and present places in clauses about the author, and being alone at home."""
    text = view.words.text
    if not _HINTS.search(text):
        return
    words = view.words
    others = people(view)
    taken: list[tuple[int, int]] = []
    for pattern, confidence, why, evidence in _patterns():
        for match in pattern.finditer(text):
            i, j = words.at(match.start()), words.at(match.end())
            if i >= j or any(i < b and a < j for a, b in taken):
                continue
            who = speaker_of(words, i, others)
            if who == "other" and why != "alone at home":
                continue
            if _is_stamp(words, i, j) or not may_be_told(view):
                continue
            if why == "a named place now":
                while i + 1 < j and words.keys[i] in _BEING_AT:
                    i += 1
                if not _is_named(words, i, j):
                    continue
            if why == "a regular day" and not _is_telling(words, i, j):
                continue
            if why == "until a day" and who != "self" and _HERE.isdisjoint(words.keys[max(0, i - 4) : i]):
                continue
            if why not in _TOLD_ALONE and not _is_about_author(view, i, j):
                confidence -= 0.15
                stated = words.opens(max(0, i - 1)) and words.key(j) in ("at", "in")
                if why in ("a regular day", "hours") and not (who == "self" or words.opens(i) or stated):
                    continue
            taken.append((i, j))
            yield hit(
                view,
                Kind.ROUTINE,
                (i, j),
                max(confidence, 0.2),
                f"{why}: the author's own whereabouts",
                evidence,
            )


def _is_named(words: Words, i: int, j: int) -> bool:
    """Whether the place where the author is now has a name: "at the Starbucks on 3rd", not "in the mood"."""
    inner = range(i, j)
    return any(words.run_at(k, "brand") or words.keys[k][0].isdigit() for k in inner) or any(
        words.words[k].capital and words.keys[k] not in ("i", "im") for k in inner
    )


def _is_about_author(view: View, i: int, j: int) -> bool:
    words = view.words
    return words.opens(i) or not _AUTHOR.isdisjoint(words.keys[max(0, i - 10) : j + 6])


def _is_telling(words: Words, i: int, j: int) -> bool:
    """Whether a regular day narrows when one is where: "every day" alone does not, "every monday" does."""
    if words.keys[i] not in ("every", "each"):
        return True
    unit = next((key for key in words.keys[i + 1 : i + 3] if key not in ("single", "other", "second")), "")
    named = unit.endswith(("day", "weekend")) and unit != "day"
    return named or not _WHERE.isdisjoint(words.keys[i + 2 : j])


def _is_stamp(words: Words, i: int, j: int) -> bool:
    """Whether a time belongs to a stamp or a programme: a year or month before it, a time zone after."""
    if words.key(j) in _ZONES:
        return True
    before = words.key(i - 1)
    return len(before) == 4 and before.isdigit() and before[:2] in ("19", "20")
