"""The author's body and mind: conditions, medication, treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discretion.guard._assertion import author_is, hit, is_denied, may_be_told, people, speaker_of
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard._words import Words
from discretion.guard._written import of_life
from discretion.knowledge.gazetteer import cues
from discretion.records import Kind

# Words that are an illness only where the author says "i have" or "my" close before.
_NEEDS_OWNER = cues("health", "needs_owner")
_OWNS = cues("health", "owns")
_GRAVE = cues("health", "grave")

_SELF = cues("health", "self")
# Words that are verbs or things as well; after one of the second list they are an illness.
_ZODIAC = cues("health", "zodiac")
_PATIENTS = cues("health", "patients")
_LIKENED = cues("health", "likened")
_NO_ALLERGEN = cues("health", "no_allergen")
_VERBS = frozenset(("fits", "fit", "add", "cast", "aids", "pan", "sad", "cold", "spots", "stroke"))
_HAVING = cues("health", "having")
_CHILDREN = cues("health", "expected")
_NO_PATIENT = cues("health", "no_patient")
_BODY = (
    "back|knees?|hips?|shoulders?|hands?|wrists?|ankles?|foot|feet|legs?|arms?|eyes?|ears?|heart|"
    "lungs?|chest|kidneys?|liver|stomach|"
    "gut|spine|neck|head|teeth|tooth|jaw|skin|thyroid|womb|uterus|ovar(?:y|ies)|breasts?|bladder|"
    "bowels?|prostate|nerves?|hearing|sight|vision|brain|collarbone|leg"
)
_PATTERNS: tuple[tuple[re.Pattern[str], float], ...] = (
    (
        re.compile(
            r"(?<!\w)(?:they|doctors?|surgeons?|doc) (?:\w+ )?((?:put|took|removed|cut|stuck|fitted) "
            "(?:a |an |my |the |two |three |out )"
            r"?(?:\w+ ){0,2}?(?:stents?|pins?|plates?|screws?|rods?|pacemaker|balloon|tumou?r|lump|"
            f"{_BODY}|spleen|gallbladder|appendix)"
            r"(?: (?:out|off|in me|in my \w+))?)"
        ),
        0.72,
    ),
    (
        re.compile(
            r"(?<!\w)((?:\w+ )?(?:screws?|pins?|plates?|rods?|metal|shrapnel) in (?:my|the|one) "
            rf"(?:{_BODY}))(?!\w)"
        ),
        0.65,
    ),
    (
        re.compile(
            r"(?<!\w)(?:im|i'm|i am) ((?:\w+ )?(?:weeks|months))(?= ?(?:[.,;!?]|$|along|pregnant|gone|"
            "and ))"
        ),
        0.6,
    ),
    (re.compile(r"(?<!\w)(off (?:the )?(?:drink|booze|gear|weed|smack|fags|bottle))(?!\w)"), 0.6),
    (
        re.compile(
            r"(?<!\w)(?:seeing|see|saw|got|have|to) (?:a |an |my |the )((?:\w+ )?(?:therapist|"
            "counsellor|counselor|psychiatrist|psychologist|specialist|oncologist|neurologist|"
            r"cardiologist|shrink|physio))(?!\w)"
        ),
        0.6,
    ),
    (
        re.compile(
            rf"(?<!\w)my (?:\w+ )?((?:{_BODY})(?:'?s)? (?:\w+ )?(?:is shot|are shot|went|gave out|quit|"
            "failed|"
            "failing|is bad|are bad|is gone|are gone|is fused|are fused|replacement|surgery|operation|op|"
            "specialist|doctor))"
        ),
        0.6,
    ),
    (
        re.compile(
            r"(?<!\w)(?:a |one |two |new |bad |fake |my )?((?:bad|new|bum|dodgy|broken|busted|replaced|"
            "torn|"
            rf"fused|cracked|fractured|prosthetic|artificial|titanium) (?:{_BODY}))(?!\w)"
        ),
        0.55,
    ),
    (
        re.compile(
            r"(?<!\w)((?:\w+ ){0,2}?(?:pills|tablets|meds|medication|injections|drops) for (?:my )?\w+)"
        ),
        0.6,
    ),
    (
        re.compile(
            r"(?<!\w)(?:im|i'm|i am|were|we're) ((?:\w+ )?(?:weeks|months)(?: pregnant| along| gone| "
            "clean| "
            r"sober)|(?:heavily |newly )?pregnant(?: with \w+)?|expecting)"
        ),
        0.75,
    ),
    (
        re.compile(
            r"(?<!\w)((?:\w+ ){1,2}(?:days|weeks|months|years|yrs|yr) (?:clean|sober|dry|in recovery|on "
            "(?:t|"
            r"e|testosterone|oestrogen|estrogen|hormones|hrt)))\b"
        ),
        0.75,
    ),
    (
        re.compile(
            r"(?<!\w)(?:been |im |i'm |got |get )((?:clean|sober|dry)(?: since| for)\b[^,.;!?\n]{0,25})"
        ),
        0.7,
    ),
    (
        re.compile(
            r"(?<!\w)((?:quit|stopped|gave up) (?:drinking|smoking|the drink|heroin|coke|pills|opiates))\b"
        ),
        0.6,
    ),
    (
        re.compile(
            r"(?<!\w)(?:diagnosed (?:me )?(?:with|as)|diagnosis (?:of|is|was)|tested positive for) "
            r"([^,.;!?\n]{3,30})"
        ),
        0.7,
    ),
    (
        re.compile(
            r"(?<!\w)(?:my|the) ((?:therapist|psychiatrist|psychologist|oncologist|neurologist|"
            "cardiologist|"
            "counsellor|counselor|shrink|rheumatologist|physio|meds|blood pressure|blood sugar|chemo|"
            "insulin|"
            r"bp|period|cycle|ptsd|anxiety|depression|adhd))\b"
        ),
        0.6,
    ),
    (
        re.compile(
            r"(?<!\w)((?:broken?|cracked|fractured|sprained|dislocated) (?:my |a |both |two |three |some )"
            rf"(?:{_BODY}|ribs?|fingers?|toes?|thumb)|(?:two|three|some) (?:broken|cracked) (?:{_BODY}|ribs?|"
            r"fingers?|toes?))(?!\w)"
        ),
        0.55,
    ),
    (re.compile(r"(?<!\w)((?:deaf|blind) in (?:one|my|the|both) \w+(?: \w+)?)"), 0.7),
    (
        re.compile(
            r"(?<!\w)(?:my|me) ((?:\w+ )?(?:scan|scans|surgery|operation|biopsy|transplant|stent|stents|"
            "pacemaker|hernia|cast|hip replacement|bloods|blood test|mri|infusion|dialysis|chemo|inhaler|"
            r"stoma|implant|hearing aids?|wheelchair|walker|crutches|cane|cpap))\b"
        ),
        0.6,
    ),
    (re.compile(r"(?<!\w)i(?:'?m| am) allergic to (\w+)"), 0.0),
    (re.compile(r"(?<!\w)(allergic to \w+(?: \w+)?)"), 0.6),
    (
        re.compile(
            r"(?<!\w)(?:the doctor|doctor|doc|gp|they|surgeon|hospital) (?:\w+ ){0,2}?(?:put|started|"
            "has|have|"
            r"took|gave) (?:me )?(?:on |out )?((?:my )?[^,.;!?\n]{3,28})"
        ),
        0.45,
    ),
)


@detector("health", {Kind.HEALTH}, Scope.LANGUAGE)
@of_life
def health(view: View) -> Iterator[Hit]:
    """Conditions, medication and treatment of the author; phrases of recovery, pregnancy, worn-out bodies."""
    words = view.words
    keys = words.keys
    taken: list[tuple[int, int]] = []
    named = words.runs("condition", "medication", "treatment")
    others = people(view)
    if named and may_be_told(view):
        starts = {c.at for c in author_is(view)}
        for i, j in named:
            if (i > 0 and i - 1 in starts and keys[i - 1] in ("on", "in", "a")) or i in starts:
                confidence = 0.85
            else:
                confidence = _confidence(words, i, j, others)
            if not confidence or is_denied(words, i, 4) or not _is_illness(words, i, j):
                continue
            taken.append((i, j))
            yield hit(
                view,
                Kind.HEALTH,
                (i, j),
                confidence,
                "a condition, medication or treatment of the author",
                0.6 if confidence >= 0.75 or keys[i - 1 : i] in (("i",), ("ive",)) else 0.45,
            )
    if not _SELF.intersection(keys):
        return
    for pattern, confidence in _PATTERNS:
        if not confidence:
            continue
        for match in pattern.finditer(words.text):
            i, j = words.at(match.start(1)), words.at(match.end(1))
            if i >= j or any(i < b and a < j for a, b in taken) or is_denied(words, i, 2):
                continue
            if _is_jest(words, i):
                continue
            if confidence < 0.5 and not any(
                words.run_at(k, "condition", "medication", "treatment") for k in range(i, j)
            ):
                continue
            if speaker_of(words, i, others) == "other" and confidence < 0.7:
                continue
            taken.append((i, j))
            yield hit(view, Kind.HEALTH, (i, j), confidence, "what the author tells of their health", 0.2)


def _is_jest(words: Words, i: int) -> bool:
    """Whether the listener is called one's therapist, or the author allergic to what nobody can be."""
    if words.key(i - 1) == "my" and words.key(i - 2) in _LIKENED:
        return True
    if words.keys[i] != "allergic":
        return False
    return any(key in _NO_ALLERGEN for key in words.keys[i + 2 : i + 5])


def _confidence(words: Words, i: int, j: int, others: frozenset[int]) -> float:
    who = speaker_of(words, i, others)
    keys = words.keys
    if who == "other":
        return 0.0
    near = keys[max(0, i - 4) : i]
    owned = any(key in _OWNS for key in near)
    first = _SELF.intersection(keys[max(0, i - 8) : i])
    weak = j - i == 1 and keys[i] in _NEEDS_OWNER
    if who == "self" and owned and first:
        return (
            0.55 if weak and not (near[-1:] == ("my",) or {"have", "on", "had", "got"} & set(near)) else 0.75
        )
    if keys[max(0, i - 2) : i] == ("since", "the") and keys[i] in _GRAVE:
        return 0.5
    if weak and keys[i - 1 : i] in (("the",), ("a",)) and keys[i] in _GRAVE:
        near_author = _SELF.intersection(keys[max(0, i - 10) : j + 10])
        return 0.5 if near_author else 0.0
    if weak:
        return (
            0.5
            if words.opens(i) and words.opens(j) and keys[i] not in ("sad", "add", "ms", "pan", "blind")
            else 0.0
        )
    if who == "self":
        return 0.6
    if words.words[i].opens:
        return 0.6
    return 0.55 if owned else 0.45


def _is_illness(words: Words, i: int, j: int) -> bool:
    """Whether a word that is also a verb stands where an illness may: "i have fits", not "it fits me"."""
    if words.in_link(i) or _is_jest(words, i):
        return False
    if words.keys[i] == "cancer" and j == i + 1:
        if not _ZODIAC.isdisjoint(words.keys):
            return False
        if words.key(i - 1) == "a" and words.key(i - 2) in ("im", "am") and words.key(j) not in _PATIENTS:
            return False
    if words.keys[j - 1] == "expecting":
        after = words.key(j)
        return words.opens(j) or after in _CHILDREN
    if words.key(j) in _NO_PATIENT:
        return False
    return j - i > 1 or words.keys[i] not in _VERBS or words.key(i - 1) in _HAVING
